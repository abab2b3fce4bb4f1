"""Stated relations between the entities of a paper, weighed over the words between them, their roles and their rivals."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from extractors.abbreviations import abbreviates
from extractors.linear import CountedScores, Weights
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


class _End(NamedTuple):
    """What is counted of one end of a pair."""

    type: str
    role: str
    rank: int
    mentions: int
    titled: bool


class _Standing(NamedTuple):
    """What is counted of a pair: both ends, how many entities the paper proposes that could be its head, and how many sentences behind the
    head the tail stands, by their abstracts; which of them stand there where not both do; nothing where they share a sentence. Counts end at 3 or 4.
    """

    head: _End
    tail: _End
    rivals: int
    gap: int | tuple[bool, bool] | None

    @property
    def roles(self) -> str:
        return f"{self.head.role}/{self.tail.role}"


def pair_features(scene: Scene, pair: Pair) -> list[str]:
    """What says whether the relation is stated; the same for every relation that could join the two."""
    standing, said = _shown(scene, pair)
    return _counted(standing) + said


def _shown(scene: Scene, pair: Pair) -> tuple[_Standing, list[str]]:
    """What is counted of a pair, and the features of the words between its nearest mentions or beside its tail."""
    near = _together(scene, pair)
    standing = _standing(scene, pair, apart=near is None)
    return standing, _beside(scene, pair.tail, standing) if near is None else _between(scene, near, standing.roles)


def _standing(scene: Scene, pair: Pair, *, apart: bool) -> _Standing:
    rivals = sum([scene.proposed[kind] for kind in ENDS[pair.type][0]])
    return _Standing(_end(scene, pair.head), _end(scene, pair.tail), min(rivals, 4), _gap(scene, pair) if apart else None)


def _end(scene: Scene, number: int) -> _End:
    entity = scene.entities[number]
    mentions = entity.mentions
    return _End(entity.type, entity.role, min(scene.ranks[number], 3), min(len(mentions), 4), mentions[0].field == "title")


def _gap(scene: Scene, pair: Pair) -> int | tuple[bool, bool]:
    first, second = ([place for name, place in scene.sentences_of[end] if name == "abstract"] for end in (pair.head, pair.tail))
    if not first or not second:
        return bool(first), bool(second)
    gap = min((b - a for a in first for b in second), key=lambda g: (abs(g), g))
    return max(-4, min(4, gap))


def _counted(standing: _Standing) -> list[str]:
    """The features of what is counted."""
    head, tail, rivals, gap = standing
    roles = standing.roles
    found = [
        "bias",
        f"h={head.type}{head.role}",
        f"t={tail.type}{tail.role}",
        f"ht={head.type}{head.role}/{tail.type}{tail.role}",
        f"hr={head.role}{head.rank}",
        f"tr={tail.role}{tail.rank}",
        f"rr={head.role}{head.rank}/{tail.role}{tail.rank}",
        f"rivals={rivals}/{head.role}{head.rank}",
        f"proposed={min(rivals, 2)}/{roles}",
        f"hn={head.mentions}",
        f"tn={tail.mentions}",
        f"htitle={head.titled}",
        f"ttitle={tail.titled}/{tail.rank}",
        f"titles={head.titled}/{tail.titled}",
    ]
    if isinstance(gap, tuple):
        found += ["apart", f"apart={gap[0]}/{gap[1]}"]
    elif gap is not None:
        found += ["apart", f"gap={gap}", f"gap={gap}/{roles}", f"apart/{roles}"]
    return found


def _beside(scene: Scene, tail: int, standing: _Standing) -> list[str]:
    """The words beside the first mention of a tail whose head stands in another sentence; none where not both are in the abstract."""
    if isinstance(standing.gap, tuple):
        return []
    mention = next(m for m in scene.entities[tail].mentions if m.field == "abstract")
    text = scene.reading.text.abstract
    sentence = scene.sentence("abstract", mention.start)
    found = [f"tb={word}" for word in {*words(text[max(sentence.start, mention.start - 80) : mention.start])[-6:]}]
    return found + [f"ta={word}" for word in {*words(text[mention.end : min(sentence.end, mention.end + 40)])[:3]}]


def _between(scene: Scene, near: tuple[Place, Place], roles: str) -> list[str]:
    """The words between two mentions in one sentence, and around them."""
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
        self._scores = {type_: CountedScores(weights[type_], _counted) for type_ in ENDS}
        self._least = least

    def read(self, scene: Scene) -> tuple[Relation, ...]:
        """The relations ordered by head, type and tail as the entities are; between two names at most one of a type and its reverse."""
        kept: dict[tuple[RelationType, int, int], float] = {}
        for pair, score in self._scored(scene):
            chance = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
            if chance >= self._least and not _one_thing(scene, pair) and chance > kept.get((pair.type, pair.tail, pair.head), 0.0):
                kept[pair.type, pair.head, pair.tail] = chance
                kept.pop((pair.type, pair.tail, pair.head), None)
        order = {type_: number for number, type_ in enumerate(ENDS)}
        return tuple(
            self._relation(scene, Pair(head, type_, tail), chance)
            for (type_, head, tail), chance in sorted(kept.items(), key=lambda item: (item[0][1], order[item[0][0]], item[0][2]))
        )

    def _scored(self, scene: Scene) -> Iterator[tuple[Pair, float]]:
        known: dict[tuple[int, int], tuple[_Standing, list[str]]] = {}
        for pair in pairs(scene):
            ends = pair.head, pair.tail
            if ends not in known:
                known[ends] = _shown(scene, pair)
            standing, said = known[ends]
            yield pair, self._scores[pair.type].score(standing, said)

    @staticmethod
    def _relation(scene: Scene, pair: Pair, chance: float) -> Relation:
        near = _together(scene, pair)
        if near is not None:
            start, end = min(p.start for p in near), max(p.end for p in near)
            evidence = scene.reading.evidence(near[0].field, start, end)
        else:
            evidence = scene.entities[pair.tail].evidence
        return Relation(scene.entities[pair.head].name, pair.type, scene.entities[pair.tail].name, evidence, round(chance, 2))
