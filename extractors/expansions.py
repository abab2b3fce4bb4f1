"""What spells a short name out: the stretch in brackets beside it, before its own brackets, behind the colon of a title, behind a comma.

Letters alone do not say where a long form begins and ends, or whether it is one at all, so every likely stretch is weighed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractors.grouping import GENERIC, Group, normal
from extractors.linear import CountedScores, Weights, softmax
from extractors.reading import FIELDS, Reading
from kg.model import EntityType, Field, Mention

__all__ = ["Anchor", "Expander", "Scope", "anchors", "expansion_features", "none_features"]

#: Anchors of one text, words before a bracket, and words of a long form that are looked at.
_MOST_ANCHORS, _BEFORE, _LONGEST = 60, 14, 14
_WORD = re.compile(r"[A-Za-z0-9$\\][^\s()\[\],;:]*")
_PIECE = re.compile(r"[A-Za-z0-9]+")
_CLOSERS = "}$*\"'”’`"
_CLOSING = f"[{_CLOSERS}]*"
_OPENING = r"[{$*\"'“‘`]*"
_INNER = re.compile(rf"{_CLOSING}\s*\(\s*{_OPENING}([^()\n]{{4,160}}?)\)")
_OPENED = re.compile(rf"{_CLOSING}\s*\(\s*(?:\\[a-z]+)?{_OPENING}\Z")
_COLON = re.compile(rf"{_CLOSING}\s*(?::|—|–|--+|\s-\s)\s*")
_COMMA = re.compile(rf"{_CLOSING},\s+(?=[A-Za-z])")
_ARTICLE = re.compile(r"(?:(?:an?|the|our|which|short for|namely|i\.e\.,?)\s+)+", re.IGNORECASE)
_OPENERS = frozenset(["via", "with", "through", "by", "using", "from", "of", "for", "under", "a", "an", "the"])
_ENDERS = frozenset(
    re.findall(
        r"\w+",
        "for via in with to towards toward on by and from using through under of that which at as over across into is are where based "
        "without within against enables framework designed",
    )
)
_LINKING = frozenset(re.findall(r"\w+", "a an and as at by for from in into of on or over per the to via with without through is using"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A short name of the group with this number, where it stands, and the stretches beside it of which one may spell it out."""

    group: int
    short: Mention
    how: str
    options: tuple[Mention, ...]


class Scope:
    """A reading and its groups: which of them has a key, and what was tagged in a stretch."""

    def __init__(self, reading: Reading, groups: Sequence[Group]) -> None:
        self.reading = reading
        self.groups = groups
        self.owners = {key: number for number, group in reversed(list(enumerate(groups))) for key in group.keys}
        spans = sorted((span.field, span.start, span.end, span.type) for group in groups for span in group.spans)
        self._spans = {name: [span[1:] for span in spans if span[0] == name] for name in FIELDS}
        self._starts = {name: [span[0] for span in kept] for name, kept in self._spans.items()}

    def tagged(self, stretch: Mention) -> list[tuple[int, int, EntityType]]:
        """The tagged spans that overlap a stretch."""
        starts, kept = self._starts[stretch.field], self._spans[stretch.field]
        first = max(0, bisect_left(starts, stretch.start) - 1)
        return [span for span in kept[first : bisect_left(starts, stretch.end)] if span[1] > stretch.start]


def anchors(scope: Scope) -> list[Anchor]:
    """Every anchor of a text, in the order of its groups."""
    found: list[Anchor] = []
    for number, group in enumerate(scope.groups):
        seen: dict[tuple[str, str], int] = {}
        for mention in group.mentions:
            if not _short(mention.text):
                continue
            times = seen.get((mention.text, mention.field), 0)
            seen[mention.text, mention.field] = times + 1
            if times < 2:
                found += (Anchor(number, mention, how, options) for how, options in _beside(scope.reading, mention) if options)
        if len(found) >= _MOST_ANCHORS:
            break
    return found[:_MOST_ANCHORS]


def _short(text: str) -> bool:
    return " " not in text and 2 <= len(text) <= 24 and text[0].isalnum() and any(map(str.isupper, text))


def _beside(reading: Reading, short: Mention) -> Iterator[tuple[str, tuple[Mention, ...]]]:
    name, text = short.field, reading.text.field(short.field)
    sentence = reading.sentence(name, short.start)
    before, stop = text[max(sentence.start, short.start - 200) : short.start], min(sentence.end, short.end + 200)
    if (inner := _INNER.match(text, short.end)) is not None:
        yield "inner", tuple(_mentions(text, name, _inside(inner.group(1), inner.start(1))))
    opened = _OPENED.search(before)
    if opened is not None:
        yield "before", tuple(_mentions(text, name, _leading(text, short.start - len(before), short.start - len(before) + opened.start())))
    if (colon := _COLON.match(text, short.end, stop)) is not None:
        yield f"colon {name}", tuple(_mentions(text, name, _following(text, colon.end(), stop, everywhere=name == "title")))
    elif (comma := _COMMA.match(text, short.end, stop)) is not None:
        yield "comma", tuple(_mentions(text, name, _following(text, comma.end(), stop, everywhere=False)))


def _mentions(text: str, name: Field, stretches: Iterator[tuple[int, int]]) -> Iterator[Mention]:
    for start, end in dict.fromkeys(stretches):
        piece = text[start:end]
        if (" " in piece or "-" in piece) and _PIECE.search(piece):
            yield Mention(piece, name, start, end)


def _inside(inner: str, start: int) -> Iterator[tuple[int, int]]:
    """The inside of brackets without an article, whole or up to a mark."""
    cut = re.search(r"[,;:]", inner)
    for size in dict.fromkeys((len(inner.rstrip()), len(inner[: cut.start()].rstrip()) if cut else len(inner.rstrip()))):
        article = _ARTICLE.match(inner)
        begin = article.end() if article else 0
        if begin < size:
            yield start + begin, start + len(inner[:size].rstrip(_CLOSERS + " "))


def _leading(text: str, least: int, end: int) -> Iterator[tuple[int, int]]:
    """The words before a bracket from each of the last ones on, with and without a generic noun at their end."""
    words = list(_WORD.finditer(text, least, end))[-_BEFORE:]
    if not words or text[words[-1].end() : end].strip(_CLOSERS + ", "):
        return
    ends = [words[-1].end()]
    if len(words) > 2 and words[-1].group().lower().rstrip("}$*") in GENERIC:
        ends.append(words[-2].end())
    first = words[0].start()
    for last in (first + len(text[first:end].rstrip(_CLOSERS)) for end in ends):
        for word in words:
            if word.group().lower() not in _LINKING and word.start() < last:
                start = word.start() + _markup(word.group())
                yield start, last


def _markup(word: str) -> int:
    found = re.match(r"(?:\\[a-z]+)?[{$*]+", word)
    return found.end() if found else 0


def _following(text: str, begin: int, stop: int, *, everywhere: bool) -> Iterator[tuple[int, int]]:
    """From the beginning, in titles also from the words after openers, to each place where a name may end."""
    words = list(_WORD.finditer(text, begin, stop))[: 2 * _LONGEST]
    starts = [0]
    for at, word in enumerate(words):
        if word.group().lower() in _OPENERS and (everywhere or at < 2):
            starts.append(at + 1)
    for first in starts[:6]:
        if first < len(words) and words[first].group().lower() not in _OPENERS:
            yield from _ends(text, words[first : first + _LONGEST])


def _ends(text: str, words: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    start = words[0].start() + _markup(words[0].group())
    for at, word in enumerate(words):
        after = text[word.end() : word.end() + 2]
        following = words[at + 1].group().lower() if at + 1 < len(words) else ""
        if at and (not following or after[:1] in set(",;:()[].") or following in _ENDERS or following.rstrip(".,") in GENERIC):
            end = word.end()
            if word.group().lower() not in _LINKING:
                yield start, start + len(text[start:end].rstrip("." + _CLOSERS))
        if after[:1] and after[:1] in ",;:()[]":
            break
        if word.group().endswith(".") and after[:1] == " ":
            break


def _common(letters: str, initials: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * len(initials)
    for letter in letters:
        last = left = 0
        for at, other in enumerate(initials):
            above = row[at]
            if letter == other:
                left = last + 1
            elif above > left:
                left = above
            last, row[at] = above, left
    return row[-1] if row else 0


def _spelt(letters: str, text: str) -> int:
    """How many of the letters occur one after another in a text."""
    at = count = 0
    for letter in letters:
        found = text.find(letter, at)
        if found >= 0:
            at, count = found + 1, count + 1
    return count


@lru_cache(maxsize=2_000)
def _letters(short: str) -> str:
    """The letters of a short name, without the s of a plural."""
    return "".join([c for c in short.lower().removesuffix("s") if c.isalpha()])[:12]


class _Counts(NamedTuple):
    """What is counted of a stretch: letters of the short name that no word of it begins with, words that give no letter, letters that it
    lacks altogether; whether the first letters are one, the last, and whether every word gives one; its words, capitals in thirds, whether
    it starts with one and its last word does, linking words, and the type of the group. Counts end at 4, 5 or 8.
    """

    missing: int
    unused: int
    unspelt: int
    first: bool
    last: bool
    all: bool
    words: int
    capitals: int
    start: bool
    end: bool
    linking: int
    type: str


def expansion_features(scope: Scope, anchor: Anchor, option: Mention) -> list[str]:
    """What says whether a stretch spells the short name out, to be weighed a second time below the name of the anchor."""
    counts, told = _shown(scope, anchor, option)
    return _counted(counts) + told


def _shown(scope: Scope, anchor: Anchor, option: Mention) -> tuple[_Counts, list[str]]:
    """What is counted of a stretch, and the features of its words and of what was tagged in it."""
    group = scope.groups[anchor.group]
    text = scope.reading.text.field(option.field)
    pieces = [piece.lower() for piece in _PIECE.findall(option.text)]
    before = text[max(0, option.start - 20) : option.start].rsplit(None, 1)[-1:]
    after = text[option.end : option.end + 24].split(None, 1)[:1]
    told = [
        f"before={before[0].lower() if before else '^'}",
        f"after={after[0].lower() if after else '$'}",
        f"w0={pieces[0]}",
        f"wl={pieces[-1]}",
    ]
    owner = scope.owners.get(normal(option.text))
    if owner is not None:
        told.append(f"known={'own' if owner == anchor.group else scope.groups[owner].type == group.type}")
    over = {(type_ == group.type, start == option.start, end == option.end) for start, end, type_ in scope.tagged(option)}
    told += [f"over={'same' if same else 'other'}/{start}/{end}" for same, start, end in over]
    return _counts(_letters(anchor.short.text), option.text, pieces, group.type), told


def _counts(letters: str, text: str, pieces: Sequence[str], type_: EntityType) -> _Counts:
    content = [piece for piece in pieces if piece not in _LINKING]
    linking = len(pieces) - len(content)
    content = content or list(pieces)
    initials = "".join([piece[0] for piece in pieces])
    common = _common(letters, initials)
    words = text.split()
    return _Counts(
        missing=min(len(letters) - common, 5),
        unused=max(-1, min(len(content) - common, 5)),
        unspelt=min(len(letters) - _spelt(letters, " ".join(pieces)), 4),
        first=letters[:1] == initials[:1],
        last=bool(letters) and letters[-1] == content[-1][0],
        all=common == len(content),
        words=min(len(content), 8),
        capitals=int(len([word for word in words if word[0].isupper()]) / len(words) * 3),
        start=text[:1].isupper(),
        end=words[-1][:1].isupper(),
        linking=linking,
        type=type_,
    )


def _counted(counts: _Counts) -> list[str]:
    """The features of what is counted."""
    missing, unused, unspelt = counts.missing, counts.unused, counts.unspelt
    return [
        "bias",
        f"missing={missing}",
        f"unused={unused}",
        f"fit={min(missing, 4)}/{min(unused, 4)}",
        f"unspelt={unspelt}",
        f"first={counts.first}",
        f"last={counts.last}",
        f"all={counts.all}",
        f"fit={min(missing, 2)}/{min(unspelt, 2)}/{counts.first}",
        f"words={counts.words}",
        f"capitals={counts.capitals}",
        f"start={counts.start}",
        f"end={counts.end}",
        f"linking={counts.linking}",
        counts.type,
    ]


def none_features(scope: Scope, anchor: Anchor) -> list[str]:
    """What says that nothing beside a short name spells it out, to be weighed a second time likewise."""
    group = scope.groups[anchor.group]
    short = anchor.short.text
    capitals = sum(map(str.isupper, short))
    return [
        "none",
        f"none/{group.type}",
        f"size={min(len(short), 8)}",
        f"capitals={min(capitals, 5)}",
        f"upper={short.isupper()}",
        f"defined={bool(group.defined)}",
        f"surfaces={min(len(group.keys), 3)}",
        f"n={min(len(group.mentions), 4)}",
        f"options={min(len(anchor.options), 6)}",
    ]


class Expander:
    """Finds what spells short names out, with trained weights."""

    def __init__(self, weights: Weights, least: float) -> None:
        self._weights = weights
        self._scores = CountedScores(weights, _counted)
        self._least = least

    def choose(self, scope: Scope, anchor: Anchor) -> Mention | None:
        """The likeliest option where one of them is at least as likely as asked, else None."""
        scores = [self._weights.score(none_features(scope, anchor), under=f"none {anchor.how}")]
        scores += [self._scores.score(*_shown(scope, anchor, option), under=anchor.how) for option in anchor.options]
        chances = softmax(scores)
        if 1 - chances[0] < self._least:
            return None
        return anchor.options[max(range(1, len(chances)), key=lambda at: chances[at]) - 1]
