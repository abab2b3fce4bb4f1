"""One tree of errors: drawn in its module, defined nowhere else, each of them one of ours."""

from __future__ import annotations

import ast
import builtins
import inspect
import re
from pathlib import Path

import pytest

from kg import errors

ROOT = Path(__file__).parents[1]
CLASSES = {name: value for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)}
BUILTIN = {name for name, value in vars(builtins).items() if inspect.isclass(value) and issubclass(value, BaseException)}


def drawn() -> dict[str, str | None]:
    """Each class in the picture of the module's docstring and the one it hangs on."""
    parents: dict[str, str | None] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"^(?P<indent>[ │├└─]{4,})(?P<name>[A-Z]\w+Error)\b", line)
        if not found:
            continue
        depth = len(found["indent"])
        while path and path[-1][0] >= depth:
            path.pop()
        parents[found["name"]] = path[-1][1] if path else None
        path.append((depth, found["name"]))
    return parents


def test_picture_in_the_docstring_is_the_tree() -> None:
    actual = {name: None if value is errors.PaperKGError else value.__bases__[0].__name__ for name, value in CLASSES.items()}
    assert drawn() == actual


def test_every_error_is_exported_and_says_what_it_is() -> None:
    assert {*CLASSES} == {name for name in errors.__all__ if name.endswith("Error")}
    assert [name for name, value in CLASSES.items() if not value.__doc__ or not issubclass(value, errors.PaperKGError)] == []


@pytest.mark.parametrize("package", ["kg", "extractors", "cypher"])
def test_no_other_module_defines_an_error(package: str) -> None:
    found = []
    for path in sorted((ROOT / package).rglob("*.py")):
        if path == ROOT / "kg" / "errors.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
                found += [f"{path.relative_to(ROOT)}: {node.name}" for base in bases if base in CLASSES or base in BUILTIN]
    assert not found


def test_only_what_may_succeed_later_is_retryable() -> None:
    assert {name for name, value in CLASSES.items() if value.retryable} == {"StoreUnavailableError"}


def test_choice_names_what_came_and_what_would_be_right() -> None:
    assert str(errors.choice("gif", ["html", "csv"], "format")) == "format 'gif' is unknown; valid are csv, html"
