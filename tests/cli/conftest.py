"""A store of the examples that the tests of one module share, and the command as a process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KG = Path(sys.executable).with_name("kg")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def kg() -> Run:
    """Runs `kg` with words, without any NEO4J_ variable of the tester's; keywords go to subprocess.run."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}

    def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
        settings: dict[str, object] = {"capture_output": True, "text": True, "env": environment, "timeout": 300} | options
        return subprocess.run([KG, *words], check=False, **settings)  # type: ignore[call-overload, no-any-return]

    return run


@pytest.fixture(scope="module")
def examples(kg: Run, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder that holds papers.kg, built of the examples by the fast engine; its engine stays up, so that commands start at once."""
    folder = tmp_path_factory.mktemp("examples")
    done = kg("build", "--engine", "fast", ROOT / "examples", cwd=folder)
    assert done.returncode == 0, done.stderr
    with subprocess.Popen([KG, "bolt"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        process.stdout.readline()
        yield folder
        process.send_signal(signal.SIGINT)
