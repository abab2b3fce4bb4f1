"""The file of the engine's Java classes: the first engine leaves it, the others map it, and none needs it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.graph import Change, Node
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.embedded_classes import archive
from kg.stores.embedded_files import Folder, take
from kg.stores.embedded_server import JVM


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder for archives."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "paperkg" / "engine"


def mapped_by_engine(folder: StoreSettings) -> bool:
    """Whether an engine of this folder, which writes and reads, has an archive in its memory."""
    with open_store(folder) as store:
        attach = Folder(Path(folder.address)).read_attach()
        assert attach is not None
        store.apply(Change(nodes=(Node("Task", "reasoning"),)))
        assert [node.key for node in store.nodes()] == ["reasoning"]
        return ".jsa" in Path(f"/proc/{attach.process}/maps").read_text()


def place_of(options: Sequence[str]) -> Path:
    path = archive(options)
    assert path is not None
    return path


def names(folder: Path, ending: str = ".jsa") -> Sequence[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(ending)]


def test_first_engine_leaves_its_classes_and_the_next_maps_them(kept: Path, new_folder: StoreSettings) -> None:
    kept.mkdir(parents=True)
    place = place_of(()).stem.partition("-")[0]
    (kept / f"{place}-ofpackagesbefore.jsa").write_bytes(b"old")
    (kept / "elsewhere-ofotherpackages.jsa").write_bytes(b"another's")
    assert not mapped_by_engine(new_folder)
    written = [name for name in names(kept) if name.startswith(place)]
    assert len(written) == 1, "what served the same packages before goes"
    assert (kept / "elsewhere-ofotherpackages.jsa").exists()
    assert names(kept, ".new") == []
    assert not list(Path(new_folder.address, "engine").glob("java_pid*")), "what Java's own process said"
    assert mapped_by_engine(new_folder)


def test_archive_that_java_cannot_use_is_passed_over(kept: Path, new_folder: StoreSettings) -> None:
    path = place_of(JVM)
    assert path.parent == kept
    kept.mkdir(parents=True)
    path.write_bytes(b"no classes" * 1000)
    assert not mapped_by_engine(new_folder)
    assert path.read_bytes().startswith(b"no classes")


def test_engine_needs_no_folder_for_archives(kept: Path, new_folder: StoreSettings) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_text("a file where the folder would be")
    assert not mapped_by_engine(new_folder)
    assert not mapped_by_engine(new_folder)


def test_engines_that_end_at_once_write_it_once(kept: Path, tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(mapped_by_engine, (StoreSettings(str(tmp_path / name)) for name in ("one", "other"))))
    assert len(names(kept)) == 1
    assert names(kept, ".new") == []


def test_other_options_need_another_archive(kept: Path) -> None:
    assert place_of(()) != place_of(JVM)
    assert place_of(JVM) == place_of(JVM)


def test_user_without_a_home_has_no_place_for_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert archive(JVM) is None


def test_lock_is_held_by_one(tmp_path: Path) -> None:
    held = take(tmp_path / "lock")
    assert held is not None
    assert take(tmp_path / "lock") is None
    held.close()
    again = take(tmp_path / "lock")
    assert again is not None
    again.close()
