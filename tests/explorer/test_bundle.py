from __future__ import annotations

import re

import pytest

from kg.errors import InputError
from kg.explorer.bundle import bundle, page_file

FILES = {
    "a.js": (
        'import { two } from "./b.js";\n\n/** Doc. @import { X } from "x" */\n'
        "export function one() {\n  return two() + shared;\n}\nconst shared = 1;\n"
    ),
    "b.js": "// alone\nexport const shared = 40;\nexport function two() {\n  return shared + 1;\n}\n",
    "round.js": 'import { round } from "./round.js";\n',
    "odd.js": "export default 3;\n",
    "end.js": 'export const bad = "</script>";\n',
}


def _read(name: str) -> str:
    return FILES[name]


def test_bundle_gives_each_module_a_scope_after_what_it_imports() -> None:
    script = bundle("a", _read)
    assert script.index("m_b = ") < script.index("m_a = ")
    assert "const { two } = m_b;" in script
    assert "return { one };" in script
    assert "Doc." not in script
    assert "export" not in script


@pytest.mark.parametrize(("entry", "message"), [("round", "circle"), ("odd", r"odd\.js"), ("end", "end it early")])
def test_bundle_refuses_what_it_cannot_carry(entry: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        bundle(entry, _read)


@pytest.mark.parametrize(
    "word", ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "srcdoc", "fetch(", "XMLHttp"]
)
def test_page_script_uses_nothing_that_runs_or_fetches_text(word: str) -> None:
    assert word not in bundle("main")


def test_page_has_no_inline_handlers_and_no_remote_address() -> None:
    for name in ("page.html", "page.css", "views.css"):
        text = page_file(name)
        assert "http:" not in text
        assert "https:" not in text
        assert not re.search(r"\son[a-z]+\s*=", text)
