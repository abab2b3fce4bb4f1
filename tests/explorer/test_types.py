from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from fixtures_browser import absent
from pages import npm_package

PAGE = Path(str(files("kg.explorer") / "page"))


def test_modules_of_the_page_are_small_and_of_one_concern() -> None:
    lengths = {path.name: len(path.read_text("utf-8").splitlines()) for path in PAGE.glob("*.js")}
    assert len(lengths) > 20
    assert max(lengths.values()) <= 300, lengths


@pytest.mark.browser
def test_types_of_the_page_hold() -> None:
    """The TypeScript compiler reads the JSDoc; nobody needs it to install or use the page."""
    node = shutil.which("node")
    if node is None:
        absent("node is not there to run the TypeScript compiler")
    compiler = npm_package("typescript") / "bin" / "tsc"
    done = subprocess.run([node, str(compiler), "-p", str(PAGE)], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout
