"""The Java classes of the embedded engine in one file, which the Java machine maps as they are: a third of a start is finding them.

This is Java's class data sharing. A file serves one Java with one set of packages in one place; any other Java passes over it. The first
engine on a machine writes it, when its last user has left.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kg.ids import digest
from kg.settings import cache_folder
from kg.stores.embedded_files import take

__all__ = ["archive", "write_archive"]


def archive(options: Sequence[str]) -> Path | None:
    """Where the classes of the engine that is installed lie, or will, for a Java machine with these options.

    None where there is no place for them: a user without a home, say.
    """
    try:
        return _archive(options)
    except (OSError, RuntimeError):
        return None


def _archive(options: Sequence[str]) -> Path:
    import arcadedb_embedded
    import jpype

    engine, bridge = (Path(package.__file__).parent for package in (arcadedb_embedded, jpype))
    # Java refuses a file written for other packages; so the name says for which: their order, sizes and times, as Java looks at them.
    packages = [*(engine / "jars").iterdir(), engine / "jre" / "release", *bridge.parent.glob("org.jpype.jar")]
    known = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in packages]
    return cache_folder() / "engine" / f"{digest(engine)}-{digest(known, options)}.jsa"


def write_archive(path: Path) -> None:
    """Have the Java machine of this process write what it has loaded, unless that is there; where it cannot be, starts stay slow."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() and (held := take(path.with_suffix(".lock"))) is not None:
            with held:
                _write(path)


def _write(path: Path) -> None:
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    if _dumped(draft):
        for old in path.parent.glob(f"{path.stem.partition('-')[0]}-*.jsa"):
            old.unlink(missing_ok=True)
        draft.replace(path)


def _dumped(path: Path) -> bool:
    """Whether Java has written the whole file: another Java process does it, and this one waits for it."""
    import jpype

    beans: Any = jpype.JClass("java.lang.management.ManagementFactory").getPlatformMBeanServer()
    commands = jpype.JClass("javax.management.ObjectName")("com.sun.management:type=DiagnosticCommand")
    text, anything = jpype.JClass("java.lang.String"), jpype.JClass("java.lang.Object")
    words = jpype.JArray(text)(["static_dump", str(path)])
    try:
        beans.invoke(commands, "vmCds", jpype.JArray(anything)([words]), jpype.JArray(text)(["[Ljava.lang.String;"]))
    except jpype.JException:
        return False
    finally:
        for said in Path().glob("java_pid*_std*"):  # what the process that Java started had to say, where this one works
            said.unlink(missing_ok=True)
    return path.exists()
