from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.exports import read_jsonl, write_jsonl
from kg.graph import Graph, Node, Ref, Relationship
from kg.testing.graphs import synthetic


def test_jsonl_reads_back_equal(tmp_path: Path) -> None:
    graph = synthetic(40)
    write_jsonl(graph, tmp_path / "graph.jsonl")
    back = Graph()
    back.add(*read_jsonl(tmp_path / "graph.jsonl"))
    assert back == graph


def test_jsonl_is_the_same_bytes_in_any_order_and_any_memory(tmp_path: Path) -> None:
    items = list(synthetic(20))
    write_jsonl(items, tmp_path / "a.jsonl")
    random.Random(3).shuffle(items)
    write_jsonl(iter(items), tmp_path / "b.jsonl", run_lines=7)
    lines = (tmp_path / "a.jsonl").read_bytes()
    assert lines == (tmp_path / "b.jsonl").read_bytes()
    assert lines.splitlines() == sorted(lines.splitlines())
    assert len(lines.splitlines()) == len(items)


def test_jsonl_keeps_types_and_any_text(tmp_path: Path) -> None:
    paper = Node("Paper", "arxiv:1", {"title": 'a\u2028b\n"</script>', "published": date(2025, 1, 2), "authors": ("A", "B"), "upvotes": 0})
    result = Node("Result", "r", {"value": 5.0, "confidence": 1.0})
    joined = Relationship("REPORTS", paper.ref, result.ref, {"paper": "arxiv:1", "extractor": "x", "start": 0, "confidence": 1.0})
    write_jsonl([joined, result, paper], tmp_path / "g.jsonl")
    back = Graph()
    back.add(*read_jsonl(tmp_path / "g.jsonl"))
    assert back.nodes[Ref("Paper", "arxiv:1")] == paper
    assert isinstance(back.nodes[result.ref].properties["value"], float)
    assert list(back.relationships.values()) == [joined]


@pytest.mark.parametrize("line", ["{", "[]", '{"kind":"node","label":"Paper"}', '{"kind":"thing"}', "1"])
def test_jsonl_names_the_line_that_is_none(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text('{"kind":"node","label":"Task","key":"a","properties":{}}\n' + line + "\n")
    with pytest.raises(InputError, match=r"bad\.jsonl:2"):
        list(read_jsonl(path))


def test_jsonl_leaves_no_half_file(tmp_path: Path) -> None:
    def items():
        yield Node("Task", "a")
        raise RuntimeError

    (tmp_path / "g.jsonl").write_text("before")
    with pytest.raises(RuntimeError):
        write_jsonl(items(), tmp_path / "g.jsonl")
    assert [path.name for path in tmp_path.iterdir()] == ["g.jsonl"]
    assert (tmp_path / "g.jsonl").read_text() == "before"


def test_jsonl_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot write"):
        write_jsonl([], tmp_path / "file" / "g.jsonl")
