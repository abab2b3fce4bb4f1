from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np

from kg.graph import Graph, Node
from kg.layout import KINDS, place
from kg.testing.graphs import synthetic


def _discs(graph: Graph) -> np.ndarray:
    places = place(graph).places
    return np.array([(p.x, p.y, p.size) for ref, p in sorted(places.items()) if not KINDS[ref.label].folded])


def test_place_gives_every_shown_node_a_place() -> None:
    graph = synthetic(40)
    layout = place(graph)
    assert set(layout.places) == {ref for ref in graph.nodes if ref.label in KINDS}
    assert {p.community for p in layout.places.values()} <= set(range(len(layout.communities)))


def test_place_lets_no_two_nodes_touch() -> None:
    discs = _discs(synthetic(150))
    gaps = np.hypot(discs[:, None, 0] - discs[None, :, 0], discs[:, None, 1] - discs[None, :, 1]) - discs[:, None, 2] - discs[None, :, 2]
    np.fill_diagonal(gaps, 1.0)
    assert gaps.min() > -0.15


def test_place_keeps_neighbours_near() -> None:
    graph = synthetic(150)
    places = place(graph).places
    pairs = [(r.start, r.end) for r in graph.relationships.values() if r.type == "PROPOSES"]
    near = [np.hypot(places[a].x - places[b].x, places[a].y - places[b].y) for a, b in pairs]
    rest = [np.hypot(places[a].x - places[b].x, places[a].y - places[b].y) for (a, _), (_, b) in itertools.pairwise(pairs)]
    assert np.median(near) < np.median(rest) / 3


def test_place_captions_fields_by_their_tasks() -> None:
    captions = [community.caption for community in place(synthetic(150)).communities]
    assert "Machine Translation" in captions
    named = [caption for caption in captions if caption]
    assert len(named) == len(set(named)) > 5


def test_place_does_not_depend_on_order_or_hash_seed() -> None:
    script = (
        "from kg.testing.graphs import synthetic; from kg.layout import place; from kg.graph import Graph; import hashlib;"
        "g = Graph(); g.add(*reversed(list(synthetic(60))));"
        "print(hashlib.sha256(repr(sorted(place(g).places.items())).encode()).hexdigest())"
    )
    found = {
        subprocess.run([sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("0", "1", "77")
    }
    assert len(found) == 1


def test_place_of_little_or_nothing() -> None:
    assert place(Graph()).places == {}
    one = Graph()
    one.add(Node("Author", "a", {"name": "A"}), Node("Name", "n", {"surface": "A"}))
    assert len(place(one).places) == 1
