"""Further surfaces of a group that the tagger left out: stretches beside its mentions, and parts of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractors.grouping import GENERIC, STOP, Group, normal
from extractors.lexicon import Lexicon, term
from extractors.linear import CountedScores, Weights
from extractors.reading import FIELDS, Reading
from kg.model import Field, Mention

__all__ = ["Surface", "SurfaceScores", "surface_features", "surfaces"]

#: Surfaces weighed for one text at most.
_MOST_SURFACES = 400
_TOKEN = re.compile(r"[^\s()\[\],;:]{1,60}")
_LEFT = re.compile(r"(?<=\s)[^\s()\[\],;:.]{1,30}\s(?:[^\s()\[\],;:.]{1,30}\s)?\Z")
_COMPOSITE = re.compile(r"\s\(([A-Za-z][\w.\-+]{1,14})\)(?:\s([a-z][\w\-]{1,30}))?")


@dataclass(frozen=True, slots=True)
class Surface:
    """A stretch of text that may be a further surface of a group: how it comes from a known one, and the words that make the difference."""

    mention: Mention
    how: str
    base: str
    changed: tuple[str, ...]


def surfaces(reading: Reading, groups: Sequence[Group]) -> list[list[Surface]]:
    """For each group the untagged stretches that could name it too."""
    taken = _Taken(reading, groups)
    found: list[list[Surface]] = []
    left = _MOST_SURFACES
    for group in groups:
        mine: dict[str, Surface] = {}
        for surface in _around(reading, group, taken) if left > 0 else ():
            key = normal(surface.mention.text)
            if key and key not in taken.keys:
                mine.setdefault(key, surface)
        left -= len(mine)
        found.append(list(mine.values()))
    return found


class _Taken:
    """Which characters belong to mentions, and every key."""

    def __init__(self, reading: Reading, groups: Sequence[Group]) -> None:
        self.keys = frozenset(key for group in groups for key in group.keys)
        self.lowered: dict[Field, str] = {}
        self.marks: dict[Field, bytearray] = {}
        for name in FIELDS:
            body = reading.text.field(name)
            low = body.lower()
            self.lowered[name] = low if len(low) == len(body) else body
            self.marks[name] = bytearray(len(body))
        for group in groups:
            for m in group.mentions:
                self.marks[m.field][m.start : m.end] = b"\x01" * (m.end - m.start)

    def free(self, name: Field, start: int, end: int) -> bool:
        return self.marks[name].find(1, start, end) < 0


def _around(reading: Reading, group: Group, taken: _Taken) -> Iterator[Surface]:
    first = {mention.text: mention for mention in reversed(group.mentions)}
    for text in list(dict.fromkeys(m.text for m in group.mentions))[:4]:
        yield from _parts(reading, first[text], taken)
    for mention in group.mentions[:5]:
        yield from _longer(reading, mention, taken)


def _longer(reading: Reading, mention: Mention, taken: _Taken) -> Iterator[Surface]:
    """A mention with the short form in brackets behind it, with one or two words more on the left, with one more on the right."""
    name, body = mention.field, reading.text.field(mention.field)
    sentence = reading.sentence(name, mention.start)
    composite = _COMPOSITE.match(body, mention.end, max(mention.end, min(sentence.end, mention.end + 60)))
    if composite is not None:
        end = composite.end() if composite.group(2) else composite.end(1) + 1
        yield Surface(Mention(body[mention.start : end], name, mention.start, end), "composite", mention.text, (composite.group(2) or "",))
    lead = _LEFT.search(" " + body[max(sentence.start, mention.start - 40) : mention.start])
    pieces = lead.group().split() if lead is not None else []
    start = mention.start
    for count, piece in enumerate(reversed(pieces), 1):
        start = body.rfind(piece, max(0, sentence.start), start)
        if piece.lower() in STOP or start < 0 or not taken.free(name, start, mention.start):
            break
        changed = tuple(word.lower() for word in pieces[-count:])
        yield Surface(Mention(body[start : mention.end], name, start, mention.end), f"left{count}", mention.text, changed)
    if body[mention.end : mention.end + 1] in {" ", "-"}:
        after = _TOKEN.match(body, mention.end + 1, max(mention.end + 1, min(sentence.end, mention.end + 30)))
        word = after.group().rstrip(".") if after is not None else ""
        end = mention.end + 1 + len(word)
        if word[:1].isalpha() and word.lower() not in STOP and taken.free(name, mention.end, end):
            yield Surface(Mention(body[mention.start : end], name, mention.start, end), "right1", mention.text, (word.lower(),))


def _parts(reading: Reading, whole: Mention, taken: _Taken) -> Iterator[Surface]:
    """The ends and beginnings of a surface of several words, where they stand by themselves elsewhere or in it alone."""
    text = whole.text
    pieces = [(m.start(), m.end()) for m in _TOKEN.finditer(text[:200])]
    parts = [("suffix", start, len(text)) for start, _ in pieces[1:5]] + [("prefix", 0, stop) for _, stop in pieces[-2:-1]]
    head, _, noun = text.rpartition("-")
    if noun.lower() in GENERIC:
        parts.append(("prefix", 0, len(head)))
    for how, start, stop in parts:
        part = text[start:stop]
        words = part.lower().split() or [""]
        if words[0] in STOP or words[-1] in STOP or (len(part) < 4 and sum(c.isupper() or c.isdigit() for c in part) < 2):
            continue
        changed = tuple(word.lower() for word in (text[:start] or text[stop:]).strip("-").split())
        alone = False
        for name in FIELDS:
            place = _lone(taken, name, part.lower())
            if place is not None:
                alone = True
                yield Surface(
                    Mention(reading.text.field(name)[place : place + len(part)], name, place, place + len(part)), how, text, changed
                )
        if not alone:
            yield Surface(Mention(part, whole.field, whole.start + start, whole.start + stop), f"inner {how}", text, changed)


def _lone(taken: _Taken, name: Field, part: str) -> int | None:
    """Where a part first stands as whole words outside every mention; only the first few places are looked at."""
    body = taken.lowered[name]
    at = body.find(part)
    for _ in range(4):
        if at < 0:
            break
        end = at + len(part)
        whole = not (at and (body[at - 1].isalnum() or body[at - 1] == "-")) and not body[end : end + 1].isalnum()
        if whole and taken.free(name, at, end):
            return at
        at = body.find(part, end)
    return None


class _Counts(NamedTuple):
    """What is counted of a surface: how it came about, its group's type, words of it and of the surface it comes from, where it stands, how
    often the group is named, how common both surfaces are, and whether the group is in the title, is abbreviated, the surface has a capital
    and the change a hyphen, how many words changed. Counts end at 4 or 6.
    """

    how: str
    type: str
    words: int
    base: int
    field: str
    mentions: int
    common: tuple[int, int]
    titled: bool
    defined: bool
    capital: bool
    hyphen: bool
    changed: int

    @property
    def kind(self) -> str:
        return self.how.rstrip("12")


def surface_features(group: Group, surface: Surface, lexicon: Lexicon) -> list[str]:
    """What says whether a stretch is a further surface of its group."""
    counts, told = _shown(group, surface, lexicon)
    return _counted(counts) + told


def _shown(group: Group, surface: Surface, lexicon: Lexicon) -> tuple[_Counts, list[str]]:
    """What is counted of a surface, and the features of its words."""
    text, changed = surface.mention.text, surface.changed
    words = normal(text).split() or [""]
    counts = _Counts(
        how=surface.how,
        type=group.type,
        words=min(len(words), 6),
        base=min(len(surface.base.split()), 6),
        field=surface.mention.field,
        mentions=min(len(group.mentions), 4),
        common=(lexicon.levels(term(text))[0], lexicon.levels(term(surface.base))[0]),
        titled=group.mentions[0].field == "title",
        defined=bool(group.defined),
        capital=text[:1].isupper(),
        hyphen="-" in "".join(changed),
        changed=len(changed),
    )
    kind = counts.kind
    told = [f"{kind}={word}" for word in changed] + [f"{kind}/{group.type}={word}" for word in changed]
    return counts, [*told, f"head={kind}/{words[-1]}"]


def _counted(counts: _Counts) -> list[str]:
    """The features of what is counted."""
    kind, (level, base) = counts.kind, counts.common
    return [
        "bias",
        f"how={counts.how}",
        f"how={counts.how}/{counts.type}",
        f"size={kind}{counts.words}/{counts.base}",
        f"field={kind}/{counts.field}",
        f"n={kind}{counts.mentions}",
        f"common={kind}/{level}/{base}",
        f"common={counts.type}/{kind}/{level}",
        f"title={kind}/{counts.titled}",
        f"defined={kind}/{counts.defined}",
        f"capital={kind}/{counts.capital}",
        f"hyphen={kind}/{counts.hyphen}",
        f"count={kind}{counts.changed}",
        f"lone={kind}/{counts.words == 1}/{counts.type}",
    ]


class SurfaceScores:
    """Scores of further surfaces with trained weights."""

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self._scores = CountedScores(weights, _counted)
        self._lexicon = lexicon

    def score(self, group: Group, surface: Surface) -> float:
        """The score of a stretch as a further surface of its group."""
        return self._scores.score(*_shown(group, surface, self._lexicon))
