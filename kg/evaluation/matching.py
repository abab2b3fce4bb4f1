"""What a prediction got right in one paper, counted: the rules by which gold and predicted things are the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from kg.evaluation.gold import GoldPaper
from kg.model import ROLES

__all__ = ["COUNTED", "SHARES", "Counts", "count", "normal", "right"]

TYPES = tuple(ROLES)
#: Figures that have precision and recall, and those that are shares.
COUNTED = ("entities", "entities*", *TYPES, "results", "results+", "relations", "links")
SHARES = ("role", "aliases", "subject", "baseline", "link_role")

#: For counted figures: right, gold, predicted; for shares: right, of.
Counts = dict[str, list[int]]
Item = Mapping[str, Any]

_UNITS = {"times": "x", "×": "x", "percent": "%", "percentage points": "points", "pp": "points", "point": "points"}


def normal(text: str | None) -> str:
    """A surface without case, markup, dashes, punctuation and plural."""
    text = unicodedata.normalize("NFKC", text or "").lower()
    text = re.sub(r"\\[a-z]+|[{}$\\^_]", "", text)
    text = re.sub(r"[\s\-‐-―/]+", " ", text)
    text = re.sub(r"[^\w+*@.%' ]", "", text).strip(" .'")
    return re.sub(r"(?<=[a-z]{3})s\b", "", text)


def count(gold: GoldPaper, predicted: GoldPaper) -> Counts:
    """The counts of one paper."""
    found: Counts = {name: [0, 0, 0] for name in COUNTED} | {name: [0, 0] for name in SHARES}
    named_gold, named_predicted = _Names(gold), _Names(predicted)
    _entities(found, named_gold, named_predicted)
    _results(found, (gold, named_gold), (predicted, named_predicted))
    _relations(found, (gold, named_gold), (predicted, named_predicted))
    _links(found, gold.get("links", []), predicted.get("links", []))
    return found


class _Names:
    """The entities of a paper with their surfaces."""

    def __init__(self, paper: GoldPaper) -> None:
        self.entities: Sequence[Item] = paper.get("entities", [])
        self.surfaces = [_surfaces(entity) for entity in self.entities]
        self.by_name = {entity.get("name"): number for number, entity in enumerate(self.entities)}

    @cached_property
    def others(self) -> list[set[str]]:
        """For each entity the surfaces of the others that are not its own."""
        return [set().union(*(s for k, s in enumerate(self.surfaces) if k != i)) - own for i, own in enumerate(self.surfaces)]

    def of(self, name: str | None) -> set[str]:
        """The surfaces of the entity with this name; the name itself where there is none."""
        return self.surfaces[self.by_name[name]] if name in self.by_name else {normal(name)}


def _surfaces(entity: Item) -> set[str]:
    mentions = [m if isinstance(m, str) else m["text"] for m in entity.get("mentions", [])]
    return {normal(text) for text in (entity.get("name", ""), *mentions)} - {""}


def _pair(gold: int, predicted: int, alike: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of numbers, the most alike first; 0 is not alike."""
    options = sorted((-alike(i, j), i, j) for i in range(gold) for j in range(predicted))
    pairs, used_gold, used_predicted = [], set(), set()
    for score, i, j in options:
        if score and i not in used_gold and j not in used_predicted:
            pairs.append((i, j))
            used_gold.add(i)
            used_predicted.add(j)
    return pairs


def _add(found: Counts, name: str, *numbers: int) -> None:
    for place, number in enumerate(numbers):
        found[name][place] += number


def right(gold: GoldPaper, predicted: GoldPaper) -> list[bool]:
    """Whether each predicted entity of a paper is one of the gold, by type and surfaces."""
    pairs = _pairs(_Names(gold), _Names(predicted), {})
    found = {j for _, j in pairs}
    return [number in found for number in range(len(predicted.get("entities", [])))]


def _pairs(gold: _Names, predicted: _Names, merged: Mapping[str, str]) -> list[tuple[int, int]]:
    """Entities of the gold with those predicted for them; `merged` types count as the types that they lead to."""

    def shared(i: int, j: int) -> int:
        """Surfaces in common; none where the prediction throws in as many surfaces of other entities."""
        common = len(gold.surfaces[i] & predicted.surfaces[j])
        return common if common > len(predicted.surfaces[j] & gold.others[i]) else 0

    def same(i: int, j: int) -> int:
        a, b = gold.entities[i]["type"], predicted.entities[j]["type"]
        return shared(i, j) if merged.get(a, a) == merged.get(b, b) else 0

    return _pair(len(gold.entities), len(predicted.entities), same)


def _entities(found: Counts, gold: _Names, predicted: _Names) -> None:
    size = len(gold.entities), len(predicted.entities)
    pairs = _pairs(gold, predicted, {})
    _add(found, "entities", len(pairs), *size)
    _add(found, "entities*", len(_pairs(gold, predicted, {"MODEL": "METHOD"})), *size)
    for kind in TYPES:
        right = sum(gold.entities[i]["type"] == kind for i, _ in pairs)
        _add(found, kind, right, *(sum(e["type"] == kind for e in names.entities) for names in (gold, predicted)))
    for i, j in pairs:
        _add(found, "role", gold.entities[i]["role"] == predicted.entities[j].get("role"), 1)
        if len(gold.surfaces[i]) > 1:
            whole = gold.surfaces[i] <= predicted.surfaces[j] and not predicted.surfaces[j] & gold.others[i]
            _add(found, "aliases", whole, 1)


def _number(value: float | None) -> float | None:
    return None if value is None else round(abs(float(value)), 4)


def _unit(text: str | None) -> str:
    text = (text or "").lower().strip()
    return _UNITS.get(text, text)


def _words(text: str | None) -> set[str]:
    return set(normal(text).split())


def _same_metric(gold: Item, predicted: Item) -> bool:
    a, b = gold.get("metric"), predicted.get("metric")
    return bool(_words(a) & _words(b)) or (not a and not b)


def _results(found: Counts, gold: tuple[GoldPaper, _Names], predicted: tuple[GoldPaper, _Names]) -> None:
    wanted, got = gold[0].get("results", []), predicted[0].get("results", [])

    def alike(i: int, j: int) -> float:
        a, b = wanted[i], got[j]
        if _number(a["value"]) != _number(b.get("value")) or _unit(a.get("unit")) != _unit(b.get("unit")):
            return 0
        near, metric = _words(a.get("evidence")) & _words(b.get("evidence")), _same_metric(a, b)
        return (1 if near or metric else 0) + len(near) / 100 + metric

    def agree(a: Item, b: Item, slot: str) -> bool:
        mine, other = a.get(slot), b.get(slot)
        return bool(gold[1].of(mine) & predicted[1].of(other)) if mine and other else not mine and not other

    pairs = _pair(len(wanted), len(got), alike)
    full = sum(
        _same_metric(wanted[i], got[j]) and agree(wanted[i], got[j], "benchmark") and wanted[i].get("kind") == got[j].get("kind")
        for i, j in pairs
    )
    _add(found, "results", len(pairs), len(wanted), len(got))
    _add(found, "results+", full, len(wanted), len(got))
    for slot in ("subject", "baseline"):
        _add(found, slot, sum(agree(wanted[i], got[j], slot) for i, j in pairs), len(pairs))


def _relations(found: Counts, gold: tuple[GoldPaper, _Names], predicted: tuple[GoldPaper, _Names]) -> None:
    wanted, got = gold[0].get("relations", []), predicted[0].get("relations", [])

    def alike(i: int, j: int) -> float:
        a, b = wanted[i], got[j]
        ends = all(gold[1].of(a[end]) & predicted[1].of(b.get(end)) for end in ("head", "tail"))
        return int(a["type"] == b.get("type") and ends)

    _add(found, "relations", len(_pair(len(wanted), len(got), alike)), len(wanted), len(got))


def _address(link: Item) -> str:
    address = re.sub(r"^https?://(www\.)?", "", str(link.get("url", "")).strip().rstrip(").,;:'\"]"))
    return address.rstrip("/").removesuffix(".git").lower()


def _links(found: Counts, gold: Sequence[Item], predicted: Sequence[Item]) -> None:
    a, b = [_address(link) for link in gold], [_address(link) for link in predicted]
    pairs = _pair(len(a), len(b), lambda i, j: int(a[i] == b[j]))
    _add(found, "links", len(pairs), len(a), len(b))
    _add(found, "link_role", sum(gold[i]["role"] == predicted[j].get("role") for i, j in pairs), len(pairs))
