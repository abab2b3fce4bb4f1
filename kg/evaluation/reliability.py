"""What confidence means: of the entities of which something is said with so much of it, how many are right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.errors import GoldError
from kg.evaluation.gold import GoldPaper
from kg.evaluation.matching import right

__all__ = ["reliability"]


def reliability(gold: Mapping[str, GoldPaper], predicted: Mapping[str, GoldPaper]) -> list[dict[str, float]]:
    """For each tenth of confidence that occurs, ascending: `from` where it begins, how many `entities` were predicted with it in the
    papers of `gold`, their mean `confidence`, and the share of them that is `right`. After DeGroot and Fienberg, "The
    Comparison and Evaluation of Forecasters" (1983).

    Raises GoldError where a predicted entity says nothing of its confidence.
    """
    tenths: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for key in (key for key in gold if key in predicted):
        for entity, fine in zip(predicted[key].get("entities", []), right(gold[key], predicted[key]), strict=True):
            confidence = entity.get("confidence")
            if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
                raise GoldError(
                    f"paper {key!r} has an entity {entity['name']!r} with confidence {confidence!r}; it is a number from 0 to 1"
                )
            tenths[min(9, int(confidence * 10))].append((confidence, fine))
    return [
        {
            "from": tenth / 10,
            "entities": len(some),
            "confidence": round(sum(sorted(confidence for confidence, _ in some)) / len(some), 3),
            "right": round(sum(fine for _, fine in some) / len(some), 3),
        }
        for tenth, some in sorted(tenths.items())
    ]
