from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hostile import hostile_graph, texts

from kg.errors import InputError
from kg.exports import write_parquet
from kg.graph import Graph, Node, Ref, Relationship
from kg.testing.graphs import synthetic


def _value(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _read(paths: list[Path]) -> Graph:
    graph = Graph()
    for path in paths:
        kind, name = path.stem.split("-")
        for row in pq.read_table(path).to_pylist():
            known = {key: _value(value) for key, value in row.items() if value is not None}
            if kind == "nodes":
                graph.add(Node(name, known.pop("key"), known))
            else:
                start, end = Ref(known.pop("start_label"), known.pop("start_key")), Ref(known.pop("end_label"), known.pop("end_key"))
                graph.add(Relationship(name, start, end, known))
    return graph


@pytest.mark.parametrize("graph", [synthetic(30), hostile_graph(texts(200))], ids=["synthetic", "hostile"])
def test_parquet_reads_back_equal(tmp_path: Path, graph: Graph) -> None:
    assert _read(write_parquet(graph, tmp_path)) == graph


def test_parquet_has_types_for_pandas(tmp_path: Path) -> None:
    write_parquet(synthetic(20), tmp_path)
    papers = pd.read_parquet(tmp_path / "nodes-Paper.parquet")
    assert str(papers["upvotes"].dtype).lower().startswith("int")
    assert papers["published"].iloc[0].year in (2024, 2025)


def test_parquet_refuses_a_property_that_the_schema_lacks_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'colour'"):
        write_parquet([Node("Task", "a", {"name": "A"}), Node("Task", "b", {"colour": "red"})], tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == []
