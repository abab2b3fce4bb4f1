"""What says whether two groups name one thing: how their names resemble each other, where they stand, what was said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extractors.abbreviations import Abbreviation
from extractors.grouping import STOP, Group, normal
from extractors.lexicon import Lexicon, term
from extractors.reading import Reading
from extractors.taggers.classes import WordClasses

__all__ = ["Named", "kind", "likely_pairs", "merge_features", "named"]

#: Groups compared with each other.
_MOST_GROUPS = 80
#: Characters between two mentions that stand beside each other, and between two of which the words between tell something.
_BESIDE, _NEAR = 3, 12


@dataclass(frozen=True, slots=True)
class Named:
    """A group with its keys as they read when the short forms that the text defines are written out, the initials of its keys,
    its likeliest role, how many groups have its type, and how common its commonest key is.
    """

    group: Group
    keys: frozenset[str]
    stems: frozenset[str]
    initials: frozenset[str]
    role: int
    company: int
    common: int


def named(groups: Sequence[Group], pairs: Sequence[Abbreviation], lexicon: Lexicon) -> list[Named]:
    """The groups that are compared with each other."""
    types = Counter(group.type for group in groups)
    table = {short: long for pair in pairs for short, long in [(normal(pair.short.text), normal(pair.long.text))] if " " not in short}
    found = []
    for group in groups[:_MOST_GROUPS]:
        keys = frozenset(_longhand(key, table) for key in group.keys)
        initials = frozenset("".join(word[0] for word in key.split()) for key in group.keys if " " in key)
        stems = frozenset().union(*map(_stems, keys), *map(_stems, group.keys))
        common = max((lexicon.levels(name)[0] for name in map(term, group.keys) if name), default=0)
        found.append(Named(group, keys, stems, initials, _role(group), min(types[group.type], 5), common))
    return found


def _longhand(key: str, table: Mapping[str, str]) -> str:
    return " ".join(table.get(word, word) for word in key.split()) if " " in key and table else key


def _role(group: Group) -> int:
    """The number of the role that the tagger gives the group's mentions; -1 where it has no opinion."""
    rows = [span.roles for span in group.spans if span.type == group.type and span.roles]
    sums = [sum(column) for column in zip(*rows, strict=True)]
    return sums.index(max(sums)) if sums else -1


def likely_pairs(some: Sequence[Named]) -> Iterator[tuple[int, int]]:
    """Numbers of groups of one type that share a word, and of any of which one may shorten the other or stands beside it."""
    beside = _beside(some)
    for i, a in enumerate(some):
        for j in range(i + 1, len(some)):
            b = some[j]
            alike = a.group.type == b.group.type and a.stems & b.stems
            if alike or a.group.keys & b.initials or b.group.keys & a.initials or (i, j) in beside:
                yield i, j


def _beside(some: Sequence[Named]) -> set[tuple[int, int]]:
    """Numbers of groups of which a mention of the one stands right behind one of the other."""
    places = sorted((m.field, m.start, m.end, k) for k, one in enumerate(some) for m in one.group.mentions)
    return {
        (min(k, n), max(k, n))
        for (name, _, end, k), (other, start, _, n) in pairwise(places)
        if name == other and k != n and 0 <= start - end <= _BESIDE
    }


@lru_cache(maxsize=20_000)
def _stems(key: str) -> frozenset[str]:
    return frozenset(word[:5] for word in key.split() if word not in STOP)


def _share(a: str, b: str) -> float:
    x, y = _stems(a), _stems(b)
    return len(x & y) / max(1, len(x | y))


def merge_features(reading: Reading, one: Named, other: Named, classes: WordClasses) -> list[str]:
    """What says whether two groups name one thing, to be weighed a second time below their `kind`."""
    a, b = one.group, other.group
    best = max(((x, y) for x in sorted(one.keys) for y in sorted(other.keys)), key=lambda pair: (_share(*pair), pair))
    way, alike = _how(*best, classes)
    found = ["bias", *alike, *(["written out"] if one.keys & other.keys else []), *(["other type"] if a.type != b.type else [])]
    found += _standing(one, other, way)
    places = [{(m.field, reading.index(m.field, m.start)) for m in group.mentions[:12]} for group in (a, b)]
    found.append(f"together={bool(places[0] & places[1])}")
    found += _between(reading, a, b)
    return list(dict.fromkeys(found))


def kind(one: Named, other: Named) -> str:
    """The type of two groups, or that they differ in it."""
    return one.group.type if one.group.type == other.group.type else "mixed"


def _how(a: str, b: str, classes: WordClasses) -> tuple[str, list[str]]:
    """How the second of two keys comes from the first, in a word; and all that is alike and different, the shorter first."""
    one, other = a.split(), b.split()
    short, long = sorted((one, other), key=lambda words: (len(words), words))
    way, found = "other", [f"sizes={min(len(short), 4)}/{min(len(long), 6)}"]
    if long[-len(short) :] == short:
        dropped = long[: -len(short)]
        way = "suffix"
        found += [f"suffix{len(short)}/{len(dropped)}", *(f"drop={word}" for word in dropped)]
    elif long[: len(short)] == short:
        way = "prefix"
        found += [f"prefix{len(short)}/{len(long) - len(short)}", *(f"tail={word}" for word in long[len(short) :])]
    elif set(short) <= set(long):
        way = "subset"
    elif len(short) == len(long) and sum(p != q for p, q in zip(short, long, strict=True)) == 1:
        way = "swap"
        p, q = next((p, q) for p, q in zip(short, long, strict=True) if p != q)
        found += [f"swap={p}", f"swap={q}", f"swap alike={classes.shared(p, q)}"]
    found += [way, f"stems={int(_share(a, b) * 6)}", f"head={short[-1] == long[-1]}", f"first={short[0] == long[0]}"]
    if _stems(a) == _stems(b):
        found.append("same stems")
    if short[-1] == long[-1]:
        found.append(f"head={short[-1]}")
    else:
        found.append(f"heads alike={classes.shared(short[-1], long[-1])}")
    if len(short) == 1 and len(long) > 1:
        found += [f"initials={short[0] == ''.join(word[0] for word in long)}", f"starts={long[0].startswith(short[0][:2])}"]
    longer = (len(one) > len(other)) - (len(one) < len(other))
    return f"{way}{longer}", found


def _standing(one: Named, other: Named, way: str) -> list[str]:
    """How often and where both are named, in which role, beside how many others, and how common their names are."""
    a, b = one.group, other.group
    often = f"{min(len(a.mentions), 3)}/{min(len(b.mentions), 3)}"
    titled = [any(m.field == "title" for m in group.mentions) for group in (a, b)]
    low, high = sorted((one.common, other.common))
    first, second = sorted((one.role, other.role))
    return [
        f"n={often}",
        f"defined={bool(a.defined)}/{bool(b.defined)}",
        f"title={sum(titled)}",
        f"conf={int(min(a.confidence, b.confidence) * 5)}",
        f"roles={first}/{second}",
        f"way={way}",
        f"way={way}/{titled[0]}/{titled[1]}",
        f"way={way}/{often}",
        f"company={one.company}",
        f"company={one.company}/{sum(titled)}",
        f"common={low}/{high}",
        f"commoner={high - low}",
    ]


def _between(reading: Reading, a: Group, b: Group) -> Iterator[str]:
    for m in a.mentions[:8]:
        for n in b.mentions[:8]:
            first, second = (m, n) if m.start <= n.start else (n, m)
            if m.field == n.field and 0 <= second.start - first.end <= _NEAR:
                yield f"between={reading.text.field(m.field)[first.end : second.start].strip()}"
