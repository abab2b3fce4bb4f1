from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from hostile import hostile_graph, texts

from kg.errors import InputError
from kg.exports import write_csv
from kg.exports.values import to_text
from kg.graph import Node
from kg.testing.graphs import synthetic


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_writes_one_file_for_each_label_and_type(tmp_path: Path) -> None:
    graph = synthetic(20)
    paths = write_csv(graph, tmp_path)
    assert {path.stem for path in paths} == {f"nodes-{ref.label}" for ref in graph.nodes} | {
        f"relationships-{r.type}" for r in graph.relationships.values()
    }
    assert sum(len(_rows(path)) for path in paths) == len(graph.nodes) + len(graph.relationships)


def test_csv_gives_every_text_back(tmp_path: Path) -> None:
    graph = hostile_graph(texts(150))
    for path in write_csv(graph, tmp_path):
        kind, name = path.stem.split("-")
        if kind != "nodes":
            continue
        found = {row["key"]: row for row in _rows(path)}
        for ref, node in graph.nodes.items():
            if ref.label == name:
                assert {key: found[ref.key][key] for key in node.properties} == {k: to_text(v) for k, v in node.properties.items()}


def test_csv_opens_in_pandas(tmp_path: Path) -> None:
    graph = synthetic(20)
    write_csv(graph, tmp_path)
    results = pd.read_csv(tmp_path / "nodes-Result.csv")
    assert results["value"].dtype == float
    assert len(results) == sum(ref.label == "Result" for ref in graph.nodes)


def test_csv_formula_safe_marks_texts_but_no_numbers(tmp_path: Path) -> None:
    nodes = [Node("Task", "t", {"name": "=1+1"}), Node("Result", "r", {"value": -3.5, "quote": "-3.5"})]
    write_csv(nodes, tmp_path, formula_safe=True)
    assert _rows(tmp_path / "nodes-Task.csv")[0]["name"] == "'=1+1"
    assert _rows(tmp_path / "nodes-Result.csv")[0]["value"] == "-3.5"
    assert _rows(tmp_path / "nodes-Result.csv")[0]["quote"] == "'-3.5"


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_csv_formula_safe_covers_every_start(tmp_path: Path, text: str) -> None:
    write_csv([Node("Task", "t", {"name": text})], tmp_path, formula_safe=True)
    assert _rows(tmp_path / "nodes-Task.csv")[0]["name"] == f"'{text}"


def test_csv_tells_empty_from_missing(tmp_path: Path) -> None:
    write_csv([Node("ExtractionRun", "r", {"weights": ""})], tmp_path)
    assert (tmp_path / "nodes-ExtractionRun.csv").read_text().splitlines()[1] == 'r,,,,"",'


def test_csv_needs_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="needs a folder"):
        write_csv(synthetic(1), tmp_path / "file")
