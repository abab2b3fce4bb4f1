from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import Node
from kg.layout import kept, place
from kg.layout.cache import outline
from kg.testing.graphs import synthetic

GRAPH = synthetic(300)


def test_kept_gives_the_layout_of_place_from_the_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = place(GRAPH)
    assert kept(GRAPH, tmp_path) == wanted
    monkeypatch.setattr("kg.layout.cache.place", lambda graph: pytest.fail("was computed again"))
    assert kept(GRAPH, tmp_path) == wanted


def test_outline_is_small_and_has_the_layout_and_the_file_of_the_graph(tmp_path: Path) -> None:
    small = outline(iter(GRAPH))
    assert not {"Name", "ExtractionRun"} & {ref.label for ref in small.nodes}
    assert not any("evidence" in relationship.properties for relationship in small.relationships.values())
    assert kept(small, tmp_path) == kept(GRAPH, tmp_path) == place(GRAPH)
    assert len(list(tmp_path.iterdir())) == 1


def test_kept_computes_again_what_changed(tmp_path: Path) -> None:
    kept(GRAPH, tmp_path)
    other = synthetic(300)
    other.add(Node("Task", "a new one", {"name": "A new one"}))
    assert len(kept(other, tmp_path).places) == len(kept(GRAPH, tmp_path).places) + 1
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"not gzip"])
def test_kept_does_not_trust_a_broken_file(tmp_path: Path, content: bytes) -> None:
    wanted = kept(GRAPH, tmp_path)
    [path] = tmp_path.iterdir()
    path.write_bytes(content)
    assert kept(GRAPH, tmp_path) == wanted
    assert path.read_bytes() != content


def test_kept_needs_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert kept(GRAPH, tmp_path / "file" / "below").places
