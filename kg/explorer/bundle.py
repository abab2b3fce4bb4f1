"""Puts plain ES modules into one script that a page can hold inline: no tool, no package, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

from kg.errors import InputError

__all__ = ["bundle", "page_file"]

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (async function|function|const|class) (\w+)", re.MULTILINE)
_COMMENT = re.compile(r"^\s*(?:/\*\*.*?\*/|//[^\n]*)\s*?\n", re.MULTILINE | re.DOTALL)


def page_file(name: str) -> str:
    """A source file of the page."""
    return (files("kg.explorer") / "page" / name).read_text(encoding="utf-8")


def bundle(entry: str, read: Callable[[str], str] = page_file) -> str:
    """The script of `entry` and all that it imports. Each module becomes a function's scope, so names never collide.

    Modules may use `import { a, b } from "./name.js";` and exported functions, constants and classes; nothing else.
    """
    done: dict[str, str] = {}
    _add(entry, read, done, ())
    script = '"use strict";\n' + "".join(done.values())
    if "</script" in script.lower() or "<!--" in script:
        raise InputError("the page's script holds </script or <!--, which would end it early in HTML")
    return script


def _add(name: str, read: Callable[[str], str], done: dict[str, str], above: tuple[str, ...]) -> None:
    if name in above:
        raise InputError(f"the page's modules import each other in a circle: {' -> '.join((*above, name))}")
    if name in done:
        return
    source = _COMMENT.sub("", read(f"{name}.js"))
    for _, other in _IMPORT.findall(source):
        _add(other, read, done, (*above, name))
    exported = [found[1] for found in _EXPORT.findall(source)]
    body = _IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = m_{found[2]};\n", source)
    body = _EXPORT.sub(r"\1 \2", body)
    if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
        raise InputError(f"{name}.js imports or exports in a way that the page's bundle does not know")
    done[name] = f"const m_{name} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();\n"
