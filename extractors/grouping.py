"""Tagged spans put together to entities: one group for each thing that a paper names, with every place where it is named.

A name found once is found everywhere in its paper; a short form joins the long form that the text defines for it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from extractors.abbreviations import Abbreviation, abbreviates
from extractors.reading import FIELDS, Reading
from extractors.taggers.contract import TaggedSpan
from kg.model import ROLES, EntityType, Mention

__all__ = ["GENERIC", "STOP", "Group", "groups", "lowered", "merged", "normal"]

#: Characters compared at most while looking for further mentions, so that time stays linear on hostile texts.
_WORK = 30_000_000
_MARKUP = re.compile(r"\\[a-zA-Z]+|[{}$\\^_]")
_SPACES = re.compile(r"[\s\-‐-―−/]+")
_BRACKETED = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]")
_NEXT = re.compile(r"\s*\(\s*([A-Za-z][^()\n,;]{1,80}?)\s*\)")
_PLURAL = re.compile(r"ies\b(?<=[a-z]{2}ies)|s\b(?<=[a-z]{3}s)")
_OTHER = re.compile(r"[^\w+*@.%' ]")
#: Words that name nothing.
STOP = frozenset(
    re.findall(
        r"\w+",
        "a an the of for in on to with and or by from as at is are we our this that these those its their such using via into over under "
        "than which while most",
    )
)
#: Nouns that name nothing by themselves and that one text adds and another leaves out.
GENERIC = frozenset(
    [
        "framework",
        "model",
        "method",
        "algorithm",
        "approach",
        "architecture",
        "network",
        "system",
        "dataset",
        "benchmark",
        "corpus",
        "suite",
        "challenge",
        "technique",
        "strategy",
        "loss",
        "module",
        "mechanism",
        "pipeline",
        "task",
        "score",
        "metric",
    ]
)


@dataclass(slots=True)
class Group:
    """The mentions of one thing, in text order, and what the tagger said of them."""

    type: EntityType
    mentions: list[Mention]
    spans: list[TaggedSpan]
    keys: frozenset[str] = field(default=frozenset())
    defined: tuple[Abbreviation, ...] = ()
    votes: Mapping[str, float] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """The tagger's highest confidence in a mention."""
        return max((span.confidence for span in self.spans), default=0.0)


@lru_cache(maxsize=50_000)
def normal(surface: str) -> str:
    """A surface for comparing within one paper: without case, markup, bracketed short form, dashes and plural."""
    text = surface if surface.isascii() else unicodedata.normalize("NFKC", surface)
    if not text.isalnum():
        bare = _BRACKETED.sub("", text) if "(" in text or "[" in text else text
        text = _OTHER.sub("", _SPACES.sub(" ", _MARKUP.sub("", bare or text))).strip(" .'")
    text = text.lower()
    return _PLURAL.sub(_singular, text) if "s" in text else text


def _singular(found: re.Match[str]) -> str:
    return "y" if found.group() == "ies" else ""


def groups(reading: Reading, spans: Sequence[TaggedSpan], pairs: Sequence[Abbreviation]) -> list[Group]:
    """The groups of a text, ordered by their first mention."""
    by_key: dict[str, list[TaggedSpan]] = defaultdict(list)
    surfaces: dict[str, dict[str, None]] = defaultdict(dict)
    spans = [_closed(reading.text.field(span.field), span) for span in spans]
    for span in spans:
        surface = reading.text.field(span.field)[span.start : span.end]
        key = normal(surface)
        if key:
            by_key[key].append(span)
            surfaces[key][surface] = None
    join = _Union(by_key)
    used = _defined(by_key, surfaces, pairs, join)
    for a, b in (*_variants(by_key, surfaces), *_adjacent(reading, spans, surfaces)):
        join.join(a, b)
    found = _placed(reading, spans, surfaces)
    return _collect(by_key, found, join, used)


def _closed(text: str, span: TaggedSpan) -> TaggedSpan:
    """The span without a bracket that it opens and leaves open, and with the other mark of a formula that it holds half of."""
    surface, start, end = text[span.start : span.end], span.start, span.end
    if surface.count("(") > surface.count(")") and surface.find("(") > 0:
        end = start + len(surface[: surface.rfind("(")].rstrip())
    if surface.count("$") % 2:
        start, end = (start - 1, end) if text[max(0, start - 1) : start] == "$" else (start, end + (text[end : end + 1] == "$"))
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


class _Union:
    """Disjoint sets of keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.parent = {key: key for key in keys}

    def root(self, key: str) -> str:
        while self.parent.setdefault(key, key) != key:
            self.parent[key] = self.parent[self.parent[key]]
            key = self.parent[key]
        return key

    def join(self, a: str, b: str) -> None:
        a, b = self.root(a), self.root(b)
        self.parent[max(a, b)] = min(a, b)


def _defined(
    by_key: Mapping[str, list[TaggedSpan]], surfaces: dict[str, dict[str, None]], pairs: Sequence[Abbreviation], join: _Union
) -> dict[str, list[Abbreviation]]:
    """Join short and long forms of which at least one was tagged, and make the other a surface to look for."""
    used: dict[str, list[Abbreviation]] = defaultdict(list)
    spans = _Covering(by_key)
    for pair in pairs:
        short, long = normal(pair.short.text), normal(pair.long.text)
        covering = spans.key(pair)
        if not short or not long or (short not in by_key and long not in by_key and covering is None):
            continue
        if covering is not None and long not in by_key:
            long = covering
        else:
            surfaces[long].setdefault(pair.long.text)
        surfaces[short].setdefault(pair.short.text)
        join.join(short, long)
        used[short].append(pair)
    return used


class _Covering:
    """Finds the tagged span that ends where a long form ends, or begins where it begins, and is not much longer."""

    _MORE = 25

    def __init__(self, by_key: Mapping[str, list[TaggedSpan]]) -> None:
        found = sorted(((span.field, span.start, span.end), key) for key, spans in by_key.items() for span in spans)
        self._places = [place for place, _ in found]
        self._keys = [key for _, key in found]

    def key(self, pair: Abbreviation) -> str | None:
        """The key of the first such span."""
        long, short = pair.long, pair.short
        first = bisect_left(self._places, (long.field, max(0, long.start - self._MORE), 0))
        last = bisect_right(self._places, (long.field, long.start, sys.maxsize))
        for (_, start, end), key in zip(self._places[first:last], self._keys[first:last], strict=True):
            most = long.end - long.start + self._MORE
            if end >= long.end and end - start <= most and (end <= short.start or end >= short.end):
                return key
        return None


def _variants(by_key: Mapping[str, list[TaggedSpan]], surfaces: Mapping[str, Mapping[str, None]]) -> Iterator[tuple[str, str]]:
    """Pairs of keys that differ in spaces or a generic noun, and short forms that spell the initials of another key."""
    squeezed: dict[str, str] = {}
    initials: dict[str, str] = {}
    for key in by_key:
        bare = key
        head, _, last = key.rpartition(" ")
        if head and last in GENERIC:
            bare = head
        small = bare.replace(" ", "").replace(".", "")
        other = squeezed.setdefault(small, key)
        if other != key:
            yield key, other
        words = key.split()
        if len(words) >= 3:
            initials.setdefault("".join(word[0] for word in words), key)
    for key, long in ((key, initials.get(key)) for key in by_key):
        if long is not None and long != key and len(key) >= 3 and _types(by_key[key]) & _types(by_key[long]):
            short = next(iter(surfaces[key]))
            if sum(c.isupper() for c in short) >= 2 and abbreviates(short, next(iter(surfaces[long]))):
                yield key, long


def _adjacent(reading: Reading, spans: Sequence[TaggedSpan], surfaces: dict[str, dict[str, None]]) -> Iterator[tuple[str, str]]:
    """A tagged name and the short form in brackets right behind it, whose letters all occur in the name in order; or the reverse."""
    for span in spans:
        text = reading.text.field(span.field)
        bracket = _NEXT.match(text, span.end)
        if bracket is None:
            continue
        name, inner = text[span.start : span.end], bracket.group(1)
        short, long = (inner, name) if len(inner) < len(name) else (name, inner)
        letters = [c for c in short.lower() if c.isalnum()]
        capitals = sum(c.isupper() for c in short)
        if " " in short or capitals < 2 or len(long.split()) + long.count("-") < 2 or not letters or not _in_order(letters, long.lower()):
            continue
        if set(filter(str.isdigit, long)) - set(short):
            continue  # "LLM (Llama-3.1-8B)": a version is not abbreviated away, it makes the one an example of the other
        a, b = normal(name), normal(inner)
        if a and b:
            surfaces[b].setdefault(inner)
            yield a, b


def _in_order(letters: Sequence[str], text: str) -> bool:
    """Whether the letters occur one after another, the first at the start; digits may be spelt out."""
    if text[:1] != letters[0]:
        return False
    at = 0
    for letter in letters:
        if letter.isdigit():
            continue
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True


def _types(spans: Iterable[TaggedSpan]) -> set[str]:
    return {span.type for span in spans}


def _placed(reading: Reading, spans: Sequence[TaggedSpan], surfaces: Mapping[str, Mapping[str, None]]) -> dict[str, list[Mention]]:
    """Every mention of every key: the tagged ones, and the places where a known surface stands untagged."""
    taken = {name: bytearray(len(reading.text.field(name))) for name in FIELDS}
    lower = {name: lowered(reading.text.field(name)) for name in FIELDS}
    found: dict[str, list[Mention]] = defaultdict(list)
    for span in spans:
        surface = reading.text.field(span.field)[span.start : span.end]
        key = normal(surface)
        if key:
            found[key].append(Mention(surface, span.field, span.start, span.end))
            taken[span.field][span.start : span.end] = b"\x01" * (span.end - span.start)
    budget = _WORK
    for surface, key in sorted(((s, key) for key, kept in surfaces.items() for s in kept), key=lambda item: (-len(item[0]), item)):
        for name in FIELDS:
            text = reading.text.field(name)
            budget -= len(text)
            if budget < 0:
                return found
            source = (lower[name], surface.lower()) if _loose(surface) else (text, surface)
            for start, end in _occurrences(source[0], source[1]):
                if not any(taken[name][start:end]):
                    taken[name][start:end] = b"\x01" * (end - start)
                    found[key].append(Mention(text[start:end], name, start, end))
    return found


def lowered(text: str) -> str:
    """The text in lower case, every character at its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _loose(surface: str) -> bool:
    """Whether a surface may stand in another case: names of one word keep theirs."""
    return " " in surface or ("-" in surface and surface.islower())


def _occurrences(text: str, surface: str) -> Iterator[tuple[int, int]]:
    position, size, length = text.find(surface), len(surface), len(text)
    while position >= 0:
        end = position + size
        before = position > 0 and (text[position - 1].isalnum() or text[position - 1] in "_-") and surface[0].isalnum()
        if text.startswith("s", end) and surface[-1].isalpha() and surface[-1] != "s":
            end += 1
        after = end < length and (
            text[end].isalnum() or text[end] == "_" or (text[end] == "-" and text[end + 1 : end + 2].isalnum() and " " not in surface)
        )
        if not before and not after:
            yield position, end
        position = text.find(surface, position + size)


def _collect(
    by_key: Mapping[str, list[TaggedSpan]], found: Mapping[str, list[Mention]], join: _Union, used: Mapping[str, list[Abbreviation]]
) -> list[Group]:
    members: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys((*by_key, *found)):
        members[join.root(key)].append(key)
    result = []
    for keys in members.values():
        spans = [span for key in keys for span in by_key.get(key, ())]
        mentions = sorted((m for key in keys for m in found.get(key, ())), key=lambda m: (m.field != "title", m.start))
        if spans and mentions:
            votes = _votes(spans)
            kind = max(sorted(ROLES), key=lambda name: votes.get(name, 0.0))
            pairs = tuple(pair for key in keys for pair in used.get(key, ()))
            result.append(Group(kind, mentions, spans, frozenset(keys), pairs, votes))
    return sorted(result, key=lambda group: (group.mentions[0].field != "title", group.mentions[0].start))


def merged(parts: Sequence[Group]) -> Group:
    """Several groups as one."""
    if len(parts) == 1:
        return parts[0]
    spans = [span for group in parts for span in group.spans]
    mentions = sorted((m for group in parts for m in group.mentions), key=lambda m: (m.field != "title", m.start))
    votes = _votes(spans)
    pairs = tuple(pair for group in parts for pair in group.defined)
    kind = max(sorted(ROLES), key=lambda name: votes.get(name, 0.0))
    return Group(kind, mentions, spans, frozenset().union(*(group.keys for group in parts)), pairs, votes)


def _votes(spans: Iterable[TaggedSpan]) -> dict[str, float]:
    votes: dict[str, float] = defaultdict(float)
    for span in spans:
        votes[span.type] += span.confidence
    return dict(votes)
