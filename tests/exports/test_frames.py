from __future__ import annotations

from kg.exports import to_networkx, to_pandas
from kg.graph import Ref
from kg.testing.graphs import synthetic


def test_to_networkx_keeps_every_node_relationship_and_property() -> None:
    graph = synthetic(25)
    made = to_networkx(graph)
    assert len(made) == len(graph.nodes)
    assert made.number_of_edges() == len(graph.relationships)
    for identity, relationship in graph.relationships.items():
        attributes = made.edges[relationship.start, relationship.end, (identity.type, identity.paper, identity.extractor)]
        assert attributes == dict(relationship.properties) | {"type": relationship.type}
    paper = next(ref for ref in graph.nodes if ref.label == "Paper")
    assert made.nodes["Paper", paper.key]["title"] == graph.nodes[Ref(*paper)].properties["title"]


def test_to_pandas_gives_typed_columns() -> None:
    graph = synthetic(25)
    nodes, relationships = to_pandas(graph)
    assert (len(nodes), len(relationships)) == (len(graph.nodes), len(graph.relationships))
    assert str(nodes["upvotes"].dtype) == "Int64"
    assert str(relationships["confidence"].dtype) == "Float64"
    assert nodes.loc[nodes["label"] == "Task", "upvotes"].isna().all()
    assert list(nodes.columns[:2]) == ["label", "key"]
    assert list(relationships.columns[:5]) == ["type", "start_label", "start_key", "end_label", "end_key"]


def test_frames_of_nothing_have_their_columns() -> None:
    nodes, relationships = to_pandas([])
    assert list(nodes.columns) == ["label", "key"]
    assert relationships.empty
