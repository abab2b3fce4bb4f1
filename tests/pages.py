"""A graph for tests of the page, and what is where in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fixtures_browser import absent

from kg.graph import Ref
from kg.testing.graphs import synthetic

GRAPH = synthetic(60)
PAPER = next(ref for ref in sorted(GRAPH.nodes) if ref.label == "Paper")
#: What the tests fetch from the npm registry, and keep for the next run.
NPM = ("typescript@5.9.3", "axe-core@4.10.3", "graphology@0.26.0", "graphology-gexf@0.13.2")


def link(ref: Ref, view: str = "node", **more: str) -> str:
    """The address of a view of a node."""
    return "#" + urlencode({"view": view, "node": f"{ref.label}:{ref.key}", **more})


def busiest(label: str, *types: str) -> Ref:
    """The node of a label with the most relationships of these types, of any where none is given."""
    ends = Counter(end for r in GRAPH.relationships.values() if not types or r.type in types for end in (r.start, r.end))
    return max((ref for ref in GRAPH.nodes if ref.label == label), key=lambda ref: (ends[ref], ref))


def npm_package(name: str) -> Path:
    """The folder of a package of NPM, fetched once and only where a browser is required; skips with the reason elsewhere."""
    folder = Path.home() / ".cache" / "paperkg-tests" / "-".join(NPM).replace("@", "_")
    package = folder / "node_modules" / name
    if not package.is_dir():
        if os.environ.get("PAPERKG_REQUIRE_BROWSER") != "1":
            pytest.skip(f"{name} is fetched from the npm registry only with PAPERKG_REQUIRE_BROWSER=1")
        npm = shutil.which("npm")
        if npm is None:
            absent(f"npm is not there to fetch {name}")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), *NPM]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            absent(f"npm could not fetch {' and '.join(NPM)}: {done.stderr.strip()[-300:]}")
    return package
