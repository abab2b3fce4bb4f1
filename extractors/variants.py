"""Groups that name one thing in other words, and further surfaces of a group that the tagger left out: weighed, then joined."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors import expansions
from extractors.abbreviations import Abbreviation
from extractors.grouping import Group, merged, normal
from extractors.linear import Weights
from extractors.reading import Reading
from extractors.surfaces import STOP, Surface, surface_features, surfaces
from kg.model import Mention

__all__ = ["Named", "VariantJoiner", "likely_pairs", "merge_features", "named"]

#: Groups compared with each other.
_MOST_GROUPS = 80


@dataclass(frozen=True, slots=True)
class Named:
    """A group with its keys as they read when the short forms that the text defines are written out."""

    group: Group
    keys: frozenset[str]
    stems: frozenset[str]
    initials: frozenset[str]


def named(groups: Sequence[Group], pairs: Sequence[Abbreviation]) -> list[Named]:
    """The groups that are compared with each other."""
    table = {short: long for pair in pairs for short, long in [(normal(pair.short.text), normal(pair.long.text))] if " " not in short}
    found = []
    for group in groups[:_MOST_GROUPS]:
        keys = frozenset(_longhand(key, table) for key in group.keys)
        initials = frozenset("".join(word[0] for word in key.split()) for key in group.keys if " " in key)
        found.append(Named(group, keys, frozenset().union(*map(_stems, keys), *map(_stems, group.keys)), initials))
    return found


def _longhand(key: str, table: Mapping[str, str]) -> str:
    return " ".join(table.get(word, word) for word in key.split()) if " " in key and table else key


def likely_pairs(some: Sequence[Named]) -> Iterator[tuple[int, int]]:
    """Numbers of groups of one type that share a word, or of which one may shorten the other."""
    for i, a in enumerate(some):
        for j in range(i + 1, len(some)):
            b = some[j]
            if a.group.type == b.group.type and (a.stems & b.stems or a.group.keys & b.initials or b.group.keys & a.initials):
                yield i, j


@lru_cache(maxsize=20_000)
def _stems(key: str) -> frozenset[str]:
    return frozenset(word[:5] for word in key.split() if word not in STOP)


def _share(a: str, b: str) -> float:
    x, y = _stems(a), _stems(b)
    return len(x & y) / max(1, len(x | y))


def _how(a: str, b: str) -> list[str]:
    """How two keys resemble each other, the shorter first."""
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), words))
    found = [f"sizes={min(len(short), 4)}/{min(len(long), 6)}"]
    if long[-len(short) :] == short:
        dropped = long[: -len(short)]
        found += ["suffix", f"suffix{len(short)}/{len(dropped)}", *(f"drop={word}" for word in dropped)]
    elif long[: len(short)] == short:
        found += ["prefix", f"prefix{len(short)}/{len(long) - len(short)}", *(f"tail={word}" for word in long[len(short) :])]
    elif set(short) <= set(long):
        found.append("subset")
    found += [f"stems={int(_share(a, b) * 6)}", f"head={short[-1] == long[-1]}", f"first={short[0] == long[0]}"]
    if _stems(a) == _stems(b):
        found.append("same stems")
    if short[-1] == long[-1]:
        found.append(f"head={short[-1]}")
    if len(short) == 1 and len(long) > 1:
        found += [f"initials={short[0] == ''.join(word[0] for word in long)}", f"starts={long[0].startswith(short[0][:2])}"]
    if len(short) == len(long) and sum(p != q for p, q in zip(short, long, strict=True)) == 1:
        found += ["one differs", *(f"swap={p}" for p, q in zip(short, long, strict=True) if p != q)]
    return found


def merge_features(reading: Reading, one: Named, other: Named) -> list[str]:
    """What says whether two groups name one thing."""
    a, b = one.group, other.group
    best = max(((x, y) for x in sorted(one.keys) for y in sorted(other.keys)), key=lambda pair: (_share(*pair), pair))
    found = [
        "bias",
        *(["written out"] if one.keys & other.keys else []),
        *_how(*best),
        f"n={min(len(a.mentions), 3)}/{min(len(b.mentions), 3)}",
        f"defined={bool(a.defined)}/{bool(b.defined)}",
    ]
    titled = [any(m.field == "title" for m in group.mentions) for group in (a, b)]
    found += [f"title={titled[0] + titled[1]}", f"conf={int(min(a.confidence, b.confidence) * 5)}"]
    places = [{(m.field, reading.index(m.field, m.start)) for m in group.mentions[:12]} for group in (a, b)]
    found.append(f"together={bool(places[0] & places[1])}")
    for m in a.mentions[:8]:
        for n in b.mentions[:8]:
            low, high = (m, n) if m.start <= n.start else (n, m)
            if m.field == n.field and 0 <= high.start - low.end <= 12:
                found.append(f"between={reading.text.field(m.field)[low.end : high.start].strip()}")
    found += [f"{a.type}:{name}" for name in found]
    return list(dict.fromkeys(found))


class VariantJoiner:
    """Spells short names out, joins groups and adds surfaces with trained weights; `levels` say how sure each step must be."""

    def __init__(self, weights: Mapping[str, Weights], *, expand: float, merge: float, add: float) -> None:
        self._expansion, self._merge, self._surface = weights["expansion"], weights["merge"], weights["surface"]
        self._expand, self._least = expand, (_logit(merge), _logit(add))

    def join(self, reading: Reading, groups: Sequence[Group], pairs: Sequence[Abbreviation]) -> list[Group]:
        """The groups after joining, each with its further surfaces."""
        joined = self.merge(reading, self.expand(reading, groups), pairs)
        for group, more in zip(joined, surfaces(reading, joined), strict=True):
            self._add(group, more)
        return joined

    def expand(self, reading: Reading, groups: Sequence[Group]) -> list[Group]:
        """The groups with what spells their short names out; a group that has it already joins the short one."""
        parent = list(range(len(groups)))
        scope = expansions.Scope(reading, groups)
        added: dict[int, list[Abbreviation]] = defaultdict(list)
        for anchor in expansions.anchors(scope):
            chosen = expansions.choose(scope, anchor, self._expansion, self._expand)
            if chosen is not None:
                added[anchor.group].append(Abbreviation(anchor.short, chosen))
                owner = _root(parent, scope.owners.get(normal(chosen.text), anchor.group))
                mine = _root(parent, anchor.group)
                parent[max(owner, mine)] = min(owner, mine)
        return [_spelt_out(merged([groups[k] for k in kept]), [pair for k in kept for pair in added[k]]) for kept in _together(parent)]

    def merge(self, reading: Reading, groups: Sequence[Group], pairs: Sequence[Abbreviation]) -> list[Group]:
        """The groups after joining those that name one thing."""
        some, parent = named(groups, pairs), list(range(len(groups)))
        scored = [(self._merge.score(merge_features(reading, some[i], some[j])), i, j) for i, j in likely_pairs(some)]
        for score, i, j in sorted(scored, key=lambda item: (-item[0], item[1:])):
            if score < self._least[0]:
                break
            a, b = _root(parent, i), _root(parent, j)
            parent[max(a, b)] = min(a, b)
        return [merged([groups[k] for k in kept]) for kept in _together(parent)]

    def _add(self, group: Group, more: Iterable[Surface]) -> None:
        good = [surface.mention for surface in more if self._surface.score(surface_features(group, surface)) >= self._least[1]]
        if good:
            group.mentions = _ordered((*group.mentions, *good))


def _spelt_out(group: Group, added: Sequence[Abbreviation]) -> Group:
    """The group with what was found to spell it out."""
    if not added:
        return group
    new = {pair.long: None for pair in added if all(m.start != pair.long.start or m.field != pair.long.field for m in group.mentions)}
    defined = tuple(dict.fromkeys((*group.defined, *added)))
    keys = group.keys | {normal(pair.long.text) for pair in added}
    return replace(group, mentions=_ordered((*group.mentions, *new)), keys=keys, defined=defined)


def _ordered(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(set(mentions), key=lambda m: (m.field != "title", m.start, m.end))


def _together(parent: Sequence[int]) -> list[list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(parent)):
        members[_root(parent, number)].append(number)
    return list(members.values())


def _root(parent: Sequence[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))
