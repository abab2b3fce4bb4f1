"""README.md and docs/ say what is true: their commands and Python run, their links lead somewhere, generated pages are fresh.

A page runs from top to bottom in a folder of its own, which holds `examples/` and the store `papers.kg` that `make graph` makes of it.
A block that cannot run has a comment right before it: `<!-- not run: the reason -->`.
"""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/*.md")])
MARKDOWN = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
RUN = {"sh", "python"}
NOT_RUN = re.compile(r"<!-- not run: (.+) -->")
#: Reads one JSON string a line, runs it in one namespace, and says that it is done.
PYTHON = """
import json, sys, traceback
space = {"__name__": "__main__"}
for line in sys.stdin:
    try:
        exec(compile(json.loads(line), "block", "exec"), space)
    except BaseException:
        print(json.dumps(traceback.format_exc()), file=sys.stderr, flush=True)
    else:
        print(json.dumps(""), file=sys.stderr, flush=True)
"""


@dataclass(frozen=True)
class Block:
    line: int
    language: str
    text: str
    reason: str | None


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page."""
    lines = page.read_text("utf-8").splitlines()
    number, before = 0, ""
    while number < len(lines):
        fence = re.match(r"```(\w*)$", lines[number])
        if fence:
            end = lines.index("```", number + 1)
            reason = NOT_RUN.fullmatch(before)
            yield Block(number + 1, fence[1], "\n".join(lines[number + 1 : end]), reason[1] if reason else None)
            number, before = end, ""
        elif lines[number].strip():
            before = lines[number].strip()
        number += 1


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return {**kept, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONWARNINGS": "default"}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make graph` leaves: examples/ and papers.kg."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(ROOT / "examples", folder / "examples")
    subprocess.run([BIN / "kg", "build", "examples"], cwd=folder, env=environment(), check=True, capture_output=True)
    return folder


def run_shell(block: Block, folder: Path) -> None:
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block.text],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"line {block.line}: {block.text}\n{done.stdout[-1000:]}\n{done.stderr[-2000:]}"


def run_python(block: Block, process: subprocess.Popen[str]) -> None:
    assert process.stdin
    assert process.stderr
    process.stdin.write(json.dumps(block.text) + "\n")
    process.stdin.flush()
    said = ""
    for line in process.stderr:
        if line.startswith('"'):
            trouble = json.loads(line)
            assert not trouble, f"line {block.line}: {block.text}\n{said}{trouble}"
            return
        said += line
    pytest.fail(f"line {block.line}: Python ended\n{said}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page_does_what_it_says(page: Path, made: Path, tmp_path: Path) -> None:
    due = [block for block in blocks(page) if block.language in RUN and block.reason is None]
    if not due:
        return
    folder = tmp_path / "page"
    shutil.copytree(made, folder)
    with subprocess.Popen(
        [sys.executable, "-c", PYTHON],
        cwd=folder,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for block in due:
            if block.language == "python":
                run_python(block, process)
            else:
                run_shell(block, folder)
        process.communicate()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_its_language_and_why_it_is_not_run(page: Path) -> None:
    for block in blocks(page):
        assert block.language, f"line {block.line}: a block without a language"
        assert block.language not in {"bash", "shell", "console", "py"}, f"line {block.line}: write sh or python"
        assert block.reason is None or len(block.reason) > 10, f"line {block.line}: say why it is not run"


@pytest.mark.parametrize("page", MARKDOWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    targets = [target.split("#")[0] for target in re.findall(r"\]\(([^)\s]+)\)", text)]
    assert [target for target in targets if target and "://" not in target and not (page.parent / target).exists()] == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")
    assert [page.name for page in ROOT.glob("docs/*.md") if page.name != "index.md" and f"({page.name})" not in index] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [page.name[:4] for page in ROOT.glob("docs/decisions/[0-9]*.md")]
    assert len(numbers) == len(set(numbers))


def test_generated_pages_are_fresh() -> None:
    generated = runpy.run_path(str(ROOT / "docs" / "generate.py"))["pages"]()
    assert [name for name, text in generated.items() if (ROOT / "docs" / name).read_text("utf-8") != text] == [], "run `make docs`"
