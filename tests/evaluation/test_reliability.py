"""What confidence means, counted from gold and predictions."""

from __future__ import annotations

from typing import Any

import pytest

from kg.errors import GoldError
from kg.evaluation.reliability import reliability
from kg.evaluation.scoring import score

Paper = dict[str, Any]


def said(name: str, confidence: object = None, type_: str = "METHOD") -> Paper:
    entity = {"name": name, "type": type_, "role": "uses", "mentions": [name]}
    return entity if confidence is None else entity | {"confidence": confidence}


def paper(*entities: Paper) -> Paper:
    return {"id": "1", "entities": list(entities)}


def test_each_tenth_says_how_many_are_right() -> None:
    gold = {"1": paper(said("Alpha"), said("Beta"), said("Gamma", type_="MODEL")), "2": paper(said("Delta"))}
    predicted = {
        "1": paper(said("alpha", 0.91), said("Beta", 0.95), said("Gamma", 0.98), said("Omega", 0.42), said("Gamma", 0.4, "MODEL")),
        "2": paper(said("Delta", 1.0)),
        "3": paper(said("Epsilon", 0.1)),
    }
    assert reliability(gold, predicted) == [
        {"from": 0.4, "entities": 2, "confidence": 0.41, "right": 0.5},
        {"from": 0.9, "entities": 4, "confidence": 0.96, "right": 0.75},
    ]


def test_right_ones_are_those_that_the_score_counts() -> None:
    gold = {"1": paper(said("Alpha"), said("Beta"), said("Beta Net"))}
    predicted = {"1": paper(said("Alpha", 0.2), said("Alpha", 0.3), said("Beta", 0.5), said("Other", 0.7))}
    found = reliability(gold, predicted)
    right = score(gold, predicted)["entities"]
    assert sum(each["entities"] * each["right"] for each in found) == right["p"] * right["predicted"] == 2


@pytest.mark.parametrize("confidence", [None, "high", True, 1.2, -0.1, float("nan")])
def test_entity_without_a_confidence_is_named(confidence: object) -> None:
    with pytest.raises(GoldError, match="paper '1' has an entity 'Alpha' with confidence"):
        reliability({"1": paper()}, {"1": paper(said("Alpha", confidence))})


def test_nothing_predicted_gives_no_tenths() -> None:
    assert reliability({"1": paper(said("Alpha"))}, {}) == []
