"""`make graph` on a machine that has nothing of ours: from a copy of the repository to a page to open."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: What a clone holds; built things are left behind.
PARTS = ("Makefile", "pyproject.toml", "constraints.txt", "README.md", "LICENSE", "kg", "extractors", "cypher", "examples")


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "MAKE", "PYTHON", "VIRTUAL_ENV"))}
    return subprocess.run(["make", *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=900, check=False)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / part, folder)
    return folder


def test_graph_makes_its_environment_and_leaves_a_page(clone: Path) -> None:
    first = make(clone, "graph")
    assert first.returncode == 0, first.stderr
    page = Path(first.stdout.splitlines()[-1])
    assert page == clone / "out" / "papers.html"
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "Paper" in first.stdout
    assert "% accuracy" in first.stdout, "a few results with their evidence"
    assert "kg why" in first.stdout, "what to try next"

    again = make(clone, "graph")
    assert again.returncode == 0, again.stderr
    assert "0 new, 0 changed" in again.stderr
    assert again.stdout == first.stdout


def test_help_lists_every_command(clone: Path) -> None:
    listed = {line.split()[1] for line in make(clone).stdout.splitlines()}
    declared = {
        name for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith(".PHONY:") for name in line.split()[1:]
    }
    assert listed == declared


def test_python_that_is_too_old_is_named(clone: Path) -> None:
    done = make(clone, "graph", "PYTHON=", f"VENV={clone / 'other'}")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in done.stderr + done.stdout
