"""Stated relations between the entities of a paper, weighed over the words between them, their roles and their rivals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.abbreviations import abbreviates
from extractors.linear import Weights
from extractors.scene import Place, Scene, words, words_between
from kg.model import EntityType, Relation, RelationType

__all__ = ["ENDS", "Pair", "RelationReader", "pair_features", "pairs"]

#: What may stand at the head and at the tail of each relation.
ENDS: Mapping[RelationType, tuple[frozenset[EntityType], frozenset[EntityType]]] = {
    "BASED_ON": (frozenset({"METHOD", "MODEL"}), frozenset({"METHOD", "MODEL"})),
    "OUTPERFORMS": (frozenset({"METHOD", "MODEL"}), frozenset({"METHOD", "MODEL"})),
    "EVALUATED_ON": (frozenset({"METHOD", "MODEL"}), frozenset({"BENCHMARK"})),
    "INTRODUCES_FOR": (frozenset({"METHOD", "MODEL", "BENCHMARK"}), frozenset({"TASK"})),
}
#: Pairs of one paper that are looked at, the nearest to the front.
_MOST = 1500
#: Surfaces of an entity that are compared.
_SURFACES = 6


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that a relation could join, by number."""

    head: int
    type: RelationType
    tail: int


def pairs(scene: Scene) -> Iterator[Pair]:
    """Every pair whose types fit a relation, at most some."""
    left = _MOST
    for type_, (heads, tails) in ENDS.items():
        for head, entity in enumerate(scene.entities):
            if entity.type not in heads or (type_ == "INTRODUCES_FOR" and entity.role != "proposes"):
                continue
            for tail, other in enumerate(scene.entities):
                if head != tail and other.type in tails and left:
                    left -= 1
                    yield Pair(head, type_, tail)


def _together(scene: Scene, pair: Pair) -> tuple[Place, Place] | None:
    """The places of both in one sentence that stand nearest to each other, the abstract's first."""
    best: tuple[tuple[bool, int, int], Place, Place] | None = None
    shared = [at for at in scene.sentences_of[pair.head] if at in scene.sentences_of[pair.tail]]
    for at in shared[:5]:
        places = scene.by_sentence[at]
        for a in [p for p in places if p.entity == pair.head][:4]:
            for b in [p for p in places if p.entity == pair.tail][:4]:
                gap = b.start - a.end if a.start <= b.start else a.start - b.end
                rank = (at[0] == "title", gap, a.start)
                if best is None or rank < best[0]:
                    best = (rank, a, b)
    return None if best is None else best[1:]


def _bucket(count: int) -> str:
    return str(count) if count < 3 else "3-5" if count < 6 else "6-10" if count < 11 else "11-20" if count < 21 else "21+"


def pair_features(scene: Scene, pair: Pair) -> list[str]:
    """What says whether the relation is stated; the same for every relation that could join the two."""
    head, tail = scene.entities[pair.head], scene.entities[pair.tail]
    rank, other = min(scene.ranks[pair.head], 3), min(scene.ranks[pair.tail], 3)
    rivals = sum(scene.proposed[kind] for kind in ENDS[pair.type][0])
    found = [
        "bias",
        f"h={head.type}{head.role}",
        f"t={tail.type}{tail.role}",
        f"ht={head.type}{head.role}/{tail.type}{tail.role}",
        f"hr={head.role}{rank}",
        f"tr={tail.role}{other}",
    ]
    found += [
        f"rr={head.role}{rank}/{tail.role}{other}",
        f"rivals={min(rivals, 4)}/{head.role}{rank}",
        f"proposed={min(rivals, 2)}/{head.role}/{tail.role}",
    ]
    found += [
        f"hn={min(len(head.mentions), 4)}",
        f"tn={min(len(tail.mentions), 4)}",
        f"htitle={head.mentions[0].field == 'title'}",
        f"ttitle={tail.mentions[0].field == 'title'}/{other}",
    ]
    found.append(f"titles={head.mentions[0].field == 'title'}/{tail.mentions[0].field == 'title'}")
    near = _together(scene, pair)
    if near is None:
        found += _apart(scene, pair)
    else:
        found += _between(scene, near, f"{head.role}/{tail.role}")
    return found


def _apart(scene: Scene, pair: Pair) -> list[str]:
    first = [s[1] for s in scene.sentences_of[pair.head] if s[0] == "abstract"]
    second = [s[1] for s in scene.sentences_of[pair.tail] if s[0] == "abstract"]
    if not first or not second:
        return ["apart", f"apart={bool(first)}/{bool(second)}"]
    gap = min((b - a for a in first for b in second), key=lambda g: (abs(g), g))
    roles = f"{scene.entities[pair.head].role}/{scene.entities[pair.tail].role}"
    found = ["apart", f"gap={max(-4, min(4, gap))}", f"gap={max(-4, min(4, gap))}/{roles}", f"apart/{roles}"]
    mention = next(m for m in scene.entities[pair.tail].mentions if m.field == "abstract")
    text = scene.reading.text.abstract
    sentence = scene.sentence("abstract", mention.start)
    found += [f"tb={word}" for word in {*words(text[max(sentence.start, mention.start - 80) : mention.start])[-6:]}]
    found += [f"ta={word}" for word in {*words(text[mention.end : min(sentence.end, mention.end + 40)])[:3]}]
    return found


def _between(scene: Scene, near: tuple[Place, Place], roles: str) -> list[str]:
    head, tail = near
    text = scene.reading.text.field(head.field)
    sentence = scene.sentence(head.field, head.start)
    forward = head.start <= tail.start
    first, second = (head, tail) if forward else (tail, head)
    way = ">" if forward else "<"
    middle = words_between(text, first.end, max(first.end, second.start))
    before = words(text[max(sentence.start, first.start - 60) : first.start])[-4:]
    after = words(text[second.end : min(sentence.end, second.end + 50)])[:4]
    others = sum(first.end <= p.start and p.end <= second.start for p in scene.places(head.field, head.start))
    found = [
        "near",
        f"way={way}",
        f"way={way}/{roles}",
        f"dist={way}{_bucket(len(middle))}",
        f"dist={way}{_bucket(len(middle))}/{roles}",
        f"others={min(others, 4)}",
        f"field={head.field}",
    ]
    found += [f"m{way}{word}" for word in {*middle[:25]}] + [f"m{way}{a}_{b}" for a, b in zip(middle[:20], middle[1:21], strict=False)]
    found += [f"mr{way}{roles}{word}" for word in {*middle[:25]}]
    found += [f"b={way}{word}" for word in {*before}] + [f"a={way}{word}" for word in {*after}]
    found += [f"l={way}{'_'.join(middle[-2:])}", f"f={way}{'_'.join(middle[:2])}"]
    if len(middle) <= 4:
        found.append(f"all={way}{'_'.join(middle)}")
    found += [f"o={word}" for word in words(text[sentence.start : sentence.start + 40])[:3]]
    return found


def _one_thing(scene: Scene, pair: Pair) -> bool:
    """Whether one of the two names abbreviates the other: then they are hardly two things that a relation joins."""
    head, tail = scene.entities[pair.head].surfaces[:_SURFACES], scene.entities[pair.tail].surfaces[:_SURFACES]
    return any(
        " " not in short and sum(map(str.isupper, short)) > 1 and abbreviates(short, long)
        for a, b in ((head, tail), (tail, head))
        for short in a
        for long in b
        if " " in long
    )


class RelationReader:
    """Reads relations with trained weights, one set for each type."""

    def __init__(self, weights: Mapping[str, Weights], *, least: float) -> None:
        self._weights = weights
        self._least = least

    def read(self, scene: Scene) -> tuple[Relation, ...]:
        """The relations ordered by head, type and tail as the entities are; between two names at most one of a type and its reverse."""
        kept: dict[tuple[RelationType, int, int], float] = {}
        known: dict[tuple[int, int], list[str]] = {}
        for pair in pairs(scene):
            features = known.get((pair.head, pair.tail)) or pair_features(scene, pair)
            known[pair.head, pair.tail] = features
            score = self._weights[pair.type].score(features)
            chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
            if chance >= self._least and not _one_thing(scene, pair) and chance > kept.get((pair.type, pair.tail, pair.head), 0.0):
                kept[pair.type, pair.head, pair.tail] = chance
                kept.pop((pair.type, pair.tail, pair.head), None)
        order = {type_: number for number, type_ in enumerate(ENDS)}
        return tuple(
            self._relation(scene, Pair(head, type_, tail), chance)
            for (type_, head, tail), chance in sorted(kept.items(), key=lambda item: (item[0][1], order[item[0][0]], item[0][2]))
        )

    @staticmethod
    def _relation(scene: Scene, pair: Pair, chance: float) -> Relation:
        near = _together(scene, pair)
        if near is not None:
            start, end = min(p.start for p in near), max(p.end for p in near)
            evidence = scene.reading.evidence(near[0].field, start, end)
        else:
            evidence = scene.entities[pair.tail].evidence
        return Relation(scene.entities[pair.head].name, pair.type, scene.entities[pair.tail].name, evidence, round(chance, 2))
