"""The metric of a result: candidates from the entities of the sentence and from the noun phrase that the number belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.linear import Weights
from extractors.quantities import Quantity
from extractors.scene import Scene, words

__all__ = ["Candidate", "candidates", "choose", "features", "none_features", "quote"]

_W = r"(?<!\\)[A-Za-z][\w@.$^{}\\*/+'-]*|\d+(?:-[A-Za-z]\w*)"
_NP = rf"(?:{_W})(?:\s(?:{_W})){{0,5}}"
#: Words after which a name of a metric does not go on.
_LINKING = frozenset(
    [
        "and",
        "on",
        "in",
        "at",
        "by",
        "for",
        "with",
        "from",
        "than",
        "over",
        "compared",
        "while",
        "when",
        "across",
        "using",
        "under",
        "against",
        "via",
        "which",
        "that",
        "without",
        "where",
        "respectively",
        "to",
        "of",
        "relative",
        "our",
        "their",
        "its",
        "the",
        "a",
        "an",
    ]
)
#: Words that say more or less, not of what.
_GRADE = _LINKING | frozenset(
    [
        "higher",
        "lower",
        "better",
        "faster",
        "slower",
        "more",
        "fewer",
        "less",
        "greater",
        "larger",
        "smaller",
        "absolute",
        "average",
        "improvement",
        "improvements",
        "gain",
        "gains",
        "increase",
        "increases",
        "reduction",
        "reductions",
        "decrease",
        "boost",
        "drop",
        "decline",
        "degradation",
        "additional",
        "improved",
        "increased",
        "reduced",
        "overall",
        "up",
        "mean",
        "significant",
        "substantial",
        "consistent",
        "respective",
        "approximately",
        "about",
        "only",
        "around",
        "nearly",
    ]
)
_STOP = _LINKING | frozenset(
    [
        "or",
        "vs",
        "versus",
        "is",
        "are",
        "was",
        "were",
        "as",
        "but",
        "between",
        "among",
        "during",
        "after",
        "before",
        "through",
        "within",
        "can",
        "could",
        "we",
        "it",
        "this",
        "these",
        "those",
    ]
)
_DIGIT = re.compile(r"\d")
_FASTER = re.compile(
    r"\W{0,6}(?:inference\s|training\s|decoding\s|computational\s|wall-clock\s|end-to-end\s|real-time\s)?(faster|speed-?ups?|speeding|acceleration|slower|quicker)\b",
    re.IGNORECASE,
)
_IN = re.compile(rf"\W{{0,8}}(?:\w+\s){{0,3}}?(?:in|of|on)\s(?:the\s|its\s|their\s|average\s)?({_NP})")
_AFTER = re.compile(rf"[\s~$}})]{{0,4}}({_NP})")
_BY = re.compile(
    rf"\b(?:improv|reduc|increas|decreas|boost|lower|cut|enhanc|rais|accelerat|speed|sav|shrink|lift|drop|rise|grow|gain|minimi[sz]|elevat|advanc)\w*\s(?:up\s|down\s)?(?:the\s|its\s|their\s|average\s)?({_NP})"
    r"\s(?:scores?\s)?(?:by|from|to|of)\b[^.]{0,60}\Z"
)
_OF = re.compile(
    rf"(?<!\w)({_NP})[\s(:=$,~≈]*(?:\((?:{_NP})\)\s?)?(?:scores?\s|values?\s|rates?\s)?(?:of|is|was|at|to|reaches|reaching|by|=|:|from|\()?\s?(?:up to|over|about|only|nearly|approximately|around|just|as low as|as high as|under|below|above|more than|at least)?[\s~$\\≈<>(=:]*(?:sim|approx|(?:text|math)bf\{{)?\s*\Z"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be the metric, and how they were found."""

    text: str
    start: int
    end: int
    how: str
    entity: int | None = None


def candidates(scene: Scene, quantity: Quantity) -> list[Candidate]:
    """Every candidate for the metric of a quantity, each text once, entities first."""
    found: dict[str, Candidate] = {}
    for candidate in _entities(scene, quantity):
        found.setdefault(candidate.text, candidate)
    others = [p for p in scene.places(quantity.field, quantity.start) if scene.entities[p.entity].type != "METRIC"]
    for candidate in _phrases(scene, quantity):
        if not any(place.start < candidate.end <= place.end for place in others):
            found.setdefault(candidate.text, candidate)
    return list(found.values())[:24]


def _entities(scene: Scene, quantity: Quantity) -> Iterator[Candidate]:
    places = [p for p in scene.places(quantity.field, quantity.start) if scene.entities[p.entity].type == "METRIC"]
    text = scene.reading.text.field(quantity.field)
    before = [p for p in reversed(places) if p.end <= quantity.start]
    after = [p for p in places if p.start >= quantity.end]
    for side, kept in (("b", before), ("a", after)):
        for nth, place in enumerate(kept[:5]):
            yield Candidate(text[place.start : place.end], place.start, place.end, f"entity{side}{nth}", place.entity)
    here = scene.reading.index(quantity.field, quantity.start)
    for number, entity in enumerate(scene.entities):
        if entity.type == "METRIC":
            past = [here - at[1] for at in scene.sentences_of[number] if at[0] == quantity.field]
            if past and min(map(abs, past)) > 0:
                near = min((gap for gap in past if gap > 0), default=9)
                yield Candidate(entity.name, 0, 0, f"entityfar{min(near, 3)}", number)


def _phrases(scene: Scene, quantity: Quantity) -> Iterator[Candidate]:
    text = scene.reading.text.field(quantity.field)
    sentence = scene.sentence(quantity.field, quantity.start)
    after, base = text[quantity.stop : min(sentence.end, quantity.stop + 90)], quantity.stop
    begin = max(sentence.start, quantity.start - 120)
    before = text[begin : quantity.start]
    if (found := _FASTER.match(after)) is not None:
        yield Candidate("speedup", base + found.start(1), base + found.end(1), "faster")
    for pattern, how, part, offset in ((_AFTER, "after", after, base), (_IN, "in", after, base)):
        if (found := pattern.match(part)) is not None:
            yield from _trimmed(found, offset, how, left=True)
    for pattern, how in ((_BY, "by"), (_OF, "of")):
        if (found := pattern.search(before)) is not None:
            yield from _trimmed(found, begin, how, left=pattern is _BY)


def _trimmed(found: re.Match[str], offset: int, how: str, *, left: bool) -> Iterator[Candidate]:
    """The noun phrase without words of grade at its start and without what follows a preposition (or, from the right, comes before it)."""
    pieces = [(m.group(), m.start(), m.end()) for m in re.finditer(r"\S+", found.group(1))]
    if left:
        while pieces and pieces[0][0].lower() in _GRADE:
            pieces = pieces[1:]
        stop = next((k for k, piece in enumerate(pieces) if piece[0].lower() in _STOP), len(pieces))
        pieces = pieces[:stop]
    else:
        stop = next((k + 1 for k in range(len(pieces) - 1, -1, -1) if pieces[k][0].lower() in _STOP), 0)
        pieces = pieces[stop:]
        while pieces and pieces[0][0].lower() in _GRADE:
            pieces = pieces[1:]
    pieces = pieces[-4:] if how == "of" else pieces[:4]
    if pieces:
        start, end = found.start(1) + pieces[0][1], found.start(1) + pieces[-1][2]
        yield Candidate(found.group(1)[pieces[0][1] : pieces[-1][2]].rstrip(".,"), offset + start, offset + end, how)


def features(scene: Scene, quantity: Quantity, kind: str, candidate: Candidate) -> list[str]:
    """What says whether a candidate is the metric."""
    unit = quantity.unit or "-"
    last = words(candidate.text)[-1:] or [""]
    text = scene.reading.text.field(quantity.field)
    before = words(text[max(0, quantity.start - 24) : quantity.start])[-1:] or ["^"]
    after = words(text[quantity.stop : quantity.stop + 24])[:1] or ["$"]
    found = [
        f"before={candidate.how}/{before[0]}",
        f"after={candidate.how}/{after[0]}",
        f"how={candidate.how}",
        f"how={candidate.how}/{kind}",
        f"how={candidate.how}/{unit}",
        f"last={last[0]}",
        f"last={last[0]}/{kind}",
        f"size={len(candidate.text.split())}",
        f"ends={candidate.how[:6]}/{last[0][-3:]}",
        f"capitals={candidate.how[:6]}/{sum(map(str.isupper, candidate.text)) > 1}",
    ]
    found += [f"w={word}" for word in {*words(candidate.text)}]
    if candidate.end:
        gap = quantity.start - candidate.end if candidate.end <= quantity.start else candidate.start - quantity.stop
        found += [
            f"gap={candidate.how[:7]}{min(gap // 8, 8)}",
            f"gap={'b' if candidate.end <= quantity.start else 'a'}{min(gap // 20, 6)}/{unit}",
            *_joint(text, quantity, candidate),
        ]
    if quantity.place and candidate.how.startswith("entity"):
        found.append(f"aligned={candidate.how[-1] == str(quantity.place)}")
    return found


def _joint(text: str, quantity: Quantity, candidate: Candidate) -> list[str]:
    """The words between a number and a candidate, where there are few, and whether a clause ends there."""
    left = candidate.end <= quantity.start
    piece = text[candidate.end : quantity.start] if left else text[quantity.stop : candidate.start]
    between = words(piece[:60]) if len(piece) <= 60 else []
    found = [f"all={left}/{'_'.join(between)}"] if len(between) <= 4 and len(piece) <= 60 else []
    return found + [f"mid={left}/{word}" for word in dict.fromkeys(between)]


def none_features(scene: Scene, quantity: Quantity, kind: str, count: int) -> list[str]:
    """What says that the text names no metric."""
    text = scene.reading.text.field(quantity.field)
    after = words(text[quantity.stop : quantity.stop + 50])[:4]
    before = words(text[max(0, quantity.start - 50) : quantity.start])[-5:]
    found = ["none", f"none/{kind}", f"none/{quantity.unit}", f"count={min(count, 4)}", f"none/{quantity.unit}/{kind}"]
    return (
        found
        + [f"nb={word}" for word in {*before}]
        + [f"na={word}" for word in {*after}]
        + [f"a1={after[0] if after else ''}", f"b1={before[-1] if before else ''}"]
    )


def choose(scene: Scene, quantity: Quantity, kind: str, weights: Weights) -> Candidate | None:
    """The best candidate, or None where the text names no metric."""
    options = candidates(scene, quantity)
    best, chosen = weights.score(none_features(scene, quantity, kind, len(options))), None
    for candidate in options:
        score = weights.score(features(scene, quantity, kind, candidate))
        if score > best:
            best, chosen = score, candidate
    return chosen


def quote(scene: Scene, quantity: Quantity, metric: Candidate | None) -> tuple[int, int]:
    """The shortest stretch that carries the number with its unit, and with its metric where that is next to it and no other number between."""
    text = scene.reading.text.field(quantity.field)
    start, end = quantity.start, max(quantity.end, quantity.stop)
    if metric is not None and metric.end:
        if 0 <= metric.start - end <= 40 and not _DIGIT.search(text, end, metric.start):
            end = metric.end
        elif 0 <= start - metric.end <= 30 and not _DIGIT.search(text, metric.end, start):
            start = metric.start
    sentence = scene.sentence(quantity.field, quantity.start)
    if end == quantity.stop and start == quantity.start:
        more = re.match(r"[\s~$]{1,3}([A-Za-z][\w-]*)", text[end : min(sentence.end, end + 30)])
        end += more.end() if more and more.group(1).lower() not in _STOP else 0
    return start, end
