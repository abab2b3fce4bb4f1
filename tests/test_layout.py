"""The architecture as rules: which package may import which, which library is seen where, how long things may grow.

Read from the syntax trees, so that an import inside a function counts as well.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg", "extractors", "cypher")
#: Modules that speak of the graph and know no stage; everything may use them.
CORE = {"cycles", "errors", "graph", "ids", "model", "nodes", "output", "ports", "schema", "settings", "text"}
#: What each stage may import of ours beside itself and the core.
STAGES: dict[str, set[str]] = {
    "sources": set(),
    "resolve": set(),
    "facts": set(),
    "evaluation": set(),
    "stores": {"cypher"},
    "queries": {"cypher"},
    "layout": set(),
    "exports": {"kg.layout"},
    "explorer": {"kg.layout"},
    "testing": set(),
}
EXTRACTORS_SEE = {"kg.errors", "kg.ids", "kg.model", "kg.ports", "kg.text"}
COMMANDS_SEE = {"kg.api"}
#: Libraries that one room alone may see, so that each can be replaced there.
RESERVED = {
    "neo4j": "kg/stores/bolt*.py",
    "arcadedb_embedded": "kg/stores/embedded*.py",
    "jpype": "kg/stores/embedded*.py",
    "spacy": "extractors/**/*.py",
    "pyvis": "kg/exports/pyvis.py",
    "click": "kg/cli/**/*.py",
    "rich": "kg/cli/**/*.py",
}
MAX_LINES, MAX_FUNCTION = 400, 50


def modules() -> list[Path]:
    """Every module of the distribution, relative to the root."""
    return sorted(path.relative_to(ROOT) for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"), str(path))


def dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, types: bool = True) -> Iterator[tuple[int, str]]:
    """Line and absolute name of everything that the module imports; `from a import b` gives a.b where that is a module, else a.

    Without `types`, what is imported for annotations alone (`if TYPE_CHECKING:`) is left out.
    """
    module = tree(path)
    unreal = {id(node) for test in ast.walk(module) if for_types(test) for node in ast.walk(test)}
    for node in ast.walk(module):
        if id(node) in unreal and not types:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
                base = ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield node.lineno, full if is_module(full) else base


def for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def is_module(name: str) -> bool:
    path = ROOT / Path(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in PACKAGES


def within(name: str, allowed: set[str]) -> bool:
    return any(name == one or name.startswith(one + ".") for one in allowed)


def allowed(path: Path) -> set[str]:
    """The modules of ours that this module may import."""
    core = {f"kg.{name}" for name in CORE}
    match path.parts:
        case ("kg", "__init__.py"):
            rule = {"kg.api"}
        case ("kg", "pipeline.py" | "api.py" | "bulk.py" | "audit.py" | "names.py" | "offline.py"):
            rule = set(PACKAGES)
        case ("kg", _):
            rule = core
        case ("kg", "cli", *_):
            rule = core | COMMANDS_SEE | {"kg.cli"}
        case ("kg", stage, *_):
            rule = core | STAGES[stage] | {f"kg.{stage}"}
        case ("extractors", *_):
            rule = EXTRACTORS_SEE | {"extractors"}
        case _:
            rule = core | {"cypher"}
    return rule


def test_every_folder_of_kg_is_a_known_stage() -> None:
    folders = {path.parts[1] for path in modules() if path.parts[0] == "kg" and len(path.parts) > 2}
    assert folders <= {*STAGES, "cli"}


def test_every_module_of_kg_is_a_known_one() -> None:
    names = {path.stem for path in modules() if path.parts[0] == "kg" and len(path.parts) == 2}
    assert names <= {*CORE, "__init__", "__main__", "api", "audit", "bulk", "names", "offline", "pipeline"}


@pytest.mark.parametrize("path", modules(), ids=str)
def test_module_imports_only_what_its_place_allows(path: Path) -> None:
    rule = allowed(path)
    wrong = [f"line {line}: {name}" for line, name in imports(path) if ours(name) and name != "kg" and not within(name, rule)]
    assert not wrong


@pytest.mark.parametrize(("library", "room"), RESERVED.items())
def test_library_is_seen_in_one_room_alone(library: str, room: str) -> None:
    inside = {path.relative_to(ROOT) for path in ROOT.glob(room)}
    seen = [
        str(path)
        for path in modules()
        if path not in inside and any(name.split(".")[0] == library for _, name in imports(path, types=False))
    ]
    assert not seen


def test_core_modules_need_the_standard_library_alone() -> None:
    for name in sorted(CORE):
        foreign = {found.split(".")[0] for _, found in imports(Path("kg", f"{name}.py"))} - {"kg"} - sys.stdlib_module_names
        assert not foreign, name


@pytest.mark.parametrize("path", modules(), ids=str)
def test_module_and_its_functions_are_short_enough_to_read(path: Path) -> None:
    assert len((ROOT / path).read_text("utf-8").splitlines()) <= MAX_LINES
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    long = [f"{node.name}: {length}" for node in functions if (length := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION]
    assert not long


def test_packages_have_no_sink_for_everything() -> None:
    sinks = {"utils", "util", "common", "helpers", "core", "misc"}
    assert not [path for path in modules() if sinks & {*path.with_suffix("").parts}]


def test_rules_see_an_import_inside_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    (tmp_path / "kg" / "sources").mkdir(parents=True)
    path = Path("kg", "sources", "page.py")
    (tmp_path / path).write_text("def read():\n    from kg.stores import bolt\n    from . import other\n    from ..api import read\n")
    assert [name for _, name in imports(path)] == ["kg.stores", "kg.sources", "kg.api"]
    assert not within("kg.stores", allowed(path))
