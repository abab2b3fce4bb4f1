"""Results: which numbers measure an outcome, of what, on what, against what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors import metrics
from extractors.linear import Weights, softmax
from extractors.quantities import Quantity
from extractors.scene import Place, Scene, words, words_between
from kg.model import Entity, Result

__all__ = ["SLOTS", "ResultReader", "candidate_features", "fit_for", "none_features", "quantity_features"]

#: Types of the entities that may fill each slot.
SLOTS = {"subject": ("METHOD", "MODEL", "BENCHMARK"), "benchmark": ("BENCHMARK",), "baseline": ("METHOD", "MODEL")}
#: Quantities and entities looked at for one paper; more than that is no abstract.
MOST_QUANTITIES, MOST_ENTITIES = 200, 60


def fit_for(slot: str, scene: Scene) -> list[int]:
    """The numbers of the entities that may fill a slot."""
    return [number for number, entity in enumerate(scene.entities) if entity.type in SLOTS[slot]][:MOST_ENTITIES]


def quantity_features(scene: Scene, quantity: Quantity) -> list[str]:
    """What says whether a number measures an outcome, and whether it compares."""
    text = scene.reading.text.field(quantity.field)
    sentence = scene.sentence(quantity.field, quantity.start)
    before = words(text[max(sentence.start, quantity.start - 80) : quantity.start])[-7:]
    after = words(text[quantity.stop : min(sentence.end, quantity.stop + 80)])[:7]
    whole = words(text[max(sentence.start, quantity.start - 250) : min(sentence.end, quantity.stop + 250)])
    unit = quantity.unit or ("-" if quantity.word is None else "w")
    found = [
        "bias",
        f"unit={unit}",
        f"field={quantity.field}",
        f"how={quantity.how}",
        f"place={min(quantity.place, 3)}",
        f"spelt={quantity.spelt}",
    ]
    number = text[quantity.start : quantity.end]
    form = ("d" if "." in number else "i") + ("k" if "," in number else "") + str(min(len(number.split(".")[0]), 5))
    year = quantity.value == int(quantity.value) and 1990 <= quantity.value <= 2035
    found += [f"form={form}/{unit}", f"decimals={len(number.partition('.')[2])}/{unit}", f"range={quantity.high is not None}"]
    found += ["year"] if year and unit in "-w" else []
    found += [f"word={(quantity.word or '').lower().lstrip('+-')}", f"glued={(quantity.word or ' ')[0] in '+-'}"]
    found += [f"b{len(before) - at}={word}" for at, word in enumerate(before) if len(before) - at <= 3]
    found += [f"b1u={before[-1] if before else '^'}/{unit}", f"a1u={after[0] if after else '$'}/{unit}", f"b12={'_'.join(before[-2:])}"]
    found += [f"a{at + 1}={word}" for at, word in enumerate(after[:3])] + [f"a12={'_'.join(after[:2])}"]
    found += [f"near={word}" for word in {*before}] + [f"next={word}" for word in {*after}]
    found += [f"s={word}" for word in {*whole}]
    places = scene.places(quantity.field, quantity.start)
    types = {scene.entities[place.entity].type for place in places}
    found += [f"has={kind}" for kind in types]
    if "METRIC" in types:
        gap = min(_distance(place, quantity) for place in places if scene.entities[place.entity].type == "METRIC")
        found.append(f"metric={min(gap // 15, 6)}")
    inside = any(place.start <= quantity.start < place.end for place in places)
    return [*found, "inside"] if inside else found


def _distance(place: Place, quantity: Quantity) -> int:
    return quantity.start - place.end if place.end <= quantity.start else max(0, place.start - quantity.stop)


def _bucket(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7-11" if count < 12 else "12-20" if count < 21 else "21+"


@dataclass(frozen=True, slots=True)
class _Order:
    """How the places of the slot's types stand around a quantity: those before from near to far, those after likewise."""

    before: list[int]
    after: list[int]


def _order(scene: Scene, quantity: Quantity, slot: str) -> _Order:
    places = [p for p in scene.places(quantity.field, quantity.start) if scene.entities[p.entity].type in SLOTS[slot]]
    before = list(dict.fromkeys(p.entity for p in reversed(places) if p.end <= quantity.start))
    after = list(dict.fromkeys(p.entity for p in places if p.start >= quantity.end))
    return _Order(before, after)


def candidate_features(scene: Scene, quantity: Quantity, kind: str, slot: str, number: int) -> list[str]:
    """What says whether the entity with this number fills the slot of this quantity."""
    entity = scene.entities[number]
    order = _order(scene, quantity, slot)
    rank = min(scene.ranks[number], 3)
    found = [
        f"type={entity.type}",
        f"role={entity.role}",
        f"role={entity.role}/{kind}",
        f"rank={entity.role}{rank}",
        f"title={entity.mentions[0].field == 'title'}",
    ]
    found.append(f"count={min(len(entity.mentions), 4)}")
    here = (quantity.field, scene.reading.index(quantity.field, quantity.start))
    nearest = min(
        (p for p in scene.places(quantity.field, quantity.start) if p.entity == number),
        key=lambda p: (_distance(p, quantity), p.start),
        default=None,
    )
    if nearest is None:
        gaps = [here[1] - at[1] for at in scene.sentences_of[number] if at[0] == here[0]]
        past = min((gap for gap in gaps if gap > 0), default=0)
        found += [
            f"far={min(past, 4)}/{entity.role}",
            f"far={min(past, 4)}",
            "last" if scene.sentences_of[number] and past == 1 else "notlast",
        ]
        return [*found, f"alone={not order.before and not order.after}/{entity.role}{rank}"]
    return found + _near(scene, quantity, nearest, order, f"{entity.role}/{kind}")


def _near(scene: Scene, quantity: Quantity, place: Place, order: _Order, tag: str) -> list[str]:
    text = scene.reading.text.field(quantity.field)
    left = place.end <= quantity.start
    between = (
        words_between(text, place.end, quantity.start) if left else words_between(text, quantity.stop, max(quantity.stop, place.start))
    )
    side = "b" if left else "a"
    lead = words(text[max(0, place.start - 40) : place.start])[-2:]
    tail = words(text[place.end : place.end + 30])[:2]
    ranks = order.before if left else order.after
    position = ranks.index(place.entity) if place.entity in ranks else 9
    found = [
        "here",
        f"side={side}/{tag}",
        f"dist={side}{_bucket(len(between))}",
        f"nth={side}{min(position, 4)}",
        f"nth={side}{min(position, 4)}/{tag}",
    ]
    found += [
        f"lead={side}{'_'.join(lead)}",
        f"lead1={side}{lead[-1] if lead else '^'}",
        f"tail1={side}{tail[0] if tail else '$'}",
        f"tail={side}{'_'.join(tail)}",
    ]
    found += [f"mid={side}{word}" for word in {*between[:12], *between[-12:]}]
    if len(between) <= 4:
        found.append(f"all={side}{'_'.join(between)}")
    if quantity.place or quantity.how:
        found.append(f"aligned={position == quantity.place}/{side}")
    found.append(f"of={side}{min(position, 4)}/{min(len(ranks), 5)}/{min(quantity.place, 4)}")
    return found


def none_features(scene: Scene, quantity: Quantity, kind: str, slot: str) -> list[str]:
    """What says that the text names nothing for the slot."""
    text = scene.reading.text.field(quantity.field)
    order = _order(scene, quantity, slot)
    sentence = scene.sentence(quantity.field, quantity.start)
    before = words(text[max(sentence.start, quantity.start - 120) : quantity.start])
    after = words(text[quantity.stop : min(sentence.end, quantity.stop + 80)])[:6]
    proposed = sum(entity.role == "proposes" and entity.type in SLOTS[slot] for entity in scene.entities)
    found = [
        "none",
        f"none/{kind}",
        f"nb={min(len(order.before), 3)}",
        f"na={min(len(order.after), 3)}",
        f"np={min(proposed, 2)}",
        f"np={min(proposed, 2)}/{kind}",
    ]
    found += [f"nc={min(len(fit_for(slot, scene)), 4)}", f"nu={quantity.unit}", f"nplace={min(quantity.place, 2)}{quantity.how}"]
    return found + [f"nw={word}" for word in {*before[-12:]}] + [f"nx={word}" for word in {*after}]


class ResultReader:
    """Reads the results of a scene with trained weights: which numbers count, then metric, subject, benchmark and baseline."""

    def __init__(self, weights: Mapping[str, Weights], *, least: float) -> None:
        self._weights = weights
        self._least = least

    def read(self, scene: Scene, quantities: Sequence[Quantity]) -> tuple[Result, ...]:
        """The results in text order."""
        found = []
        for quantity in quantities[:MOST_QUANTITIES]:
            kind = self._weights["kind"]
            chances = dict(zip(kind.classes, softmax(kind.scores(quantity_features(scene, quantity))), strict=True))
            outcome = 1.0 - chances.get("no", 0.0)
            if outcome >= self._least:
                kinds = ("absolute", "relative")
                found.append(self._result(scene, quantity, max(kinds, key=lambda name: chances.get(name, 0.0)), outcome))
        return tuple(found)

    def _result(self, scene: Scene, quantity: Quantity, kind: str, outcome: float) -> Result:
        named = {slot: self._entity(scene, quantity, kind, slot) for slot in SLOTS}
        metric = metrics.choose(scene, quantity, kind, self._weights["metric"])
        start, end = metrics.quote(scene, quantity, metric)
        evidence = scene.reading.evidence(quantity.field, start, end)
        names = {slot: None if entity is None else entity.name for slot, entity in named.items()}
        if names["baseline"] is not None and names["baseline"] == names["subject"]:
            names["baseline"] = None
        return Result(
            value=quantity.value, value_high=quantity.high, unit=quantity.unit, kind="absolute" if kind == "absolute" else "relative",
            quote=scene.reading.text.field(quantity.field)[start:end], evidence=evidence, confidence=round(outcome, 2),
            metric=None if metric is None else metric.text, subject=names["subject"], benchmark=names["benchmark"], baseline=names["baseline"],
        )  # fmt: skip

    def _entity(self, scene: Scene, quantity: Quantity, kind: str, slot: str) -> Entity | None:
        weights, candidates = self._weights[slot], fit_for(slot, scene)
        if not candidates:
            return None
        best, chosen = weights.score(none_features(scene, quantity, kind, slot)), None
        for number in candidates:
            score = weights.score(candidate_features(scene, quantity, kind, slot, number))
            if score > best:
                best, chosen = score, scene.entities[number]
        return chosen
