"""B-cubed scores of groups of names, and the scores of ours on the clusters that we annotated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.api import evaluate_names
from kg.errors import GoldError
from kg.evaluation.clusters import bcubed, read_clusters

CLUSTERS = Path(__file__).parents[1] / "resolve" / "clusters.jsonl"


def lines(*groups: str) -> list[str]:
    return [json.dumps({"type": "METHOD", "names": group.split()}) for group in groups]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ({"a": 1, "b": 1, "c": 2}, (1.0, 1.0, 1.0)),
        ({"a": 1, "b": 2, "c": 3}, (1.0, 2 / 3, 0.8)),
        ({"a": 1, "b": 1, "c": 1}, (5 / 9, 1.0, 5 / 7)),
        ({"a": 1, "b": 2, "c": 2}, (2 / 3, 2 / 3, 2 / 3)),
    ],
)
def test_bcubed_is_the_mean_over_names(groups: dict[str, int], expected: tuple[float, float, float]) -> None:
    gold = read_clusters(lines("a b", "c"))
    figures = bcubed(gold, {name: groups[name.name] for cluster in gold for name in cluster.names})
    assert (figures["precision"], figures["recall"], figures["f1"]) == pytest.approx(expected)
    assert bcubed([], {})["f1"] == 0.0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "x:2: want an object"),
        ('{"type": "ROBOT", "names": []}', "x:2: want an object"),
        ('{"type": "METHOD", "names": [1]}', "x:2: want an object"),
        ('{"type": "METHOD", "names": ["d", "a"]}', "x:2: 'a' is in another cluster"),
    ],
)
def test_wrong_line_is_named(line: str, said: str) -> None:
    with pytest.raises(GoldError, match=said):
        read_clusters([*lines("a b"), line], "x")


def test_clusters_of_names_out_of_abstracts_are_found() -> None:
    figures = evaluate_names(CLUSTERS)
    assert figures["precision"] >= 0.99
    assert figures["recall"] >= 0.95


def test_pairs_of_development_are_decided(shared: Path) -> None:
    figures = evaluate_names(shared / "eval" / "names-dev.jsonl")
    assert figures["precision"] >= 0.98
    assert figures["f1"] >= 0.97


def test_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="cannot read"):
        evaluate_names(tmp_path / "missing.jsonl")
