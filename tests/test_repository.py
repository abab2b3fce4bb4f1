"""What the repository must not hold: statements inside Python, names of somebody's machine or mirror, words about how it was made."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
#: Beginnings of Cypher clauses that no English sentence has.
CYPHER = re.compile(
    r"\b(?:OPTIONAL\s+)?MATCH\s*\(|\bMERGE\s*\(|\bCREATE\s*\(|\bUNWIND\s+\S+\s+AS\b|\bDETACH\s+DELETE\b|\bRETURN\s+\w+(?:\.\w+)?\s+AS\b"
    r"|\bCREATE\s+(?:CONSTRAINT|INDEX|FULLTEXT|VECTOR)\b|\bCALL\s*\{|\bSHOW\s+(?:INDEXES|CONSTRAINTS)\b"
)
#: Absolute paths of a home or work folder, package mirrors, trackers; spelt so that this file does not match itself.
PLACES = re.compile(
    r"(?<![\w.{$])/(?:wor[k]|hom[e]|roo[t]|User[s])/\w|\bpypi\.or[g]|files\.pythonhosted\.or[g]|repo1?\.maven\.(?:apache\.)?or[g]"
    r"|registry\.npmjs\.or[g]|deb\.debian\.or[g]|proxy\.golang\.or[g]|crates\.i[o]\b|\bissue [0-9]"
)
BINARY = {".gz", ".onnx", ".bin", ".npz", ".png", ".parquet"}


def tracked() -> list[Path]:
    """The files under version control; without it, all of the tree that a checkout would hold."""
    found = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if found.returncode == 0 and found.stdout:
        return [ROOT / name for name in found.stdout.rstrip("\0").split("\0") if (ROOT / name).is_file()]
    pytest.skip("not a checkout under version control")


def strings(path: Path) -> list[tuple[int, str]]:
    """Every string of a module that is no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
    ]


@pytest.mark.parametrize("package", ["kg", "extractors", "cypher"])
def test_python_holds_no_cypher(package: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]!r}"
        for path in sorted((ROOT / package).rglob("*.py"))
        if path.parent != ROOT / "kg" / "testing"  # conformance suites ask what users ask
        for line, text in strings(path)
        if CYPHER.search(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "statement", ["MATCH (p:Paper) RETURN p", "UNWIND $rows AS row", "CREATE INDEX x FOR (n:A) ON n.b", "MERGE (n {key: 1})"]
)
def test_cypher_is_recognised(statement: str) -> None:
    assert CYPHER.search(statement)


def test_files_name_no_place_outside_the_repository() -> None:
    found = []
    for path in tracked():
        if path.suffix in BINARY:
            continue
        text = path.read_text("utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {text[max(0, hit.start() - 20) : hit.end() + 20]!r}" for hit in PLACES.finditer(text)]
    assert not found


def test_no_file_is_large_without_need() -> None:
    large = {
        str(path.relative_to(ROOT)): size
        for path in tracked()
        if (size := path.stat().st_size) > 300_000 and path.suffix not in BINARY and path.parent.name != "models"
    }
    assert not large


def test_built_things_are_not_tracked() -> None:
    wrong = [path for path in tracked() if {"__pycache__", ".venv", "node_modules", "dist", ".cache"} & {*path.relative_to(ROOT).parts}]
    assert not wrong


def test_every_package_folder_says_that_it_is_typed() -> None:
    assert [package for package in ("kg", "extractors", "cypher") if not (ROOT / package / "py.typed").is_file()] == []
