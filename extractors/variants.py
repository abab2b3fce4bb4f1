"""Groups that name one thing in other words, and further surfaces of a group that the tagger left out: weighed, then joined."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extractors import expansions
from extractors.abbreviations import Abbreviation
from extractors.grouping import Group, merged, normal
from extractors.judgement import Levels
from extractors.lexicon import Lexicon
from extractors.likeness import kind, likely_pairs, merge_features, named
from extractors.linear import Weights
from extractors.reading import Reading
from extractors.surfaces import Surface, SurfaceScores, surfaces
from kg.model import Mention

__all__ = ["VariantJoiner"]


class VariantJoiner:
    """Spells short names out, joins groups and adds surfaces with trained weights; `levels` say how sure each step must be."""

    def __init__(self, weights: Mapping[str, Weights], levels: Levels, lexicon: Lexicon) -> None:
        self._expander = expansions.Expander(weights["expansion"], levels.expand)
        self._merge, self._surface = weights["merge"], SurfaceScores(weights["surface"], lexicon)
        self._least = _logit(levels.merge), _logit(levels.add)
        self._lexicon = lexicon

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
            chosen = self._expander.choose(scope, anchor)
            if chosen is not None:
                added[anchor.group].append(Abbreviation(anchor.short, chosen))
                owner = _root(parent, scope.owners.get(normal(chosen.text), anchor.group))
                mine = _root(parent, anchor.group)
                parent[max(owner, mine)] = min(owner, mine)
        return [_spelt_out(merged([groups[k] for k in kept]), [pair for k in kept for pair in added[k]]) for kept in _together(parent)]

    def merge(self, reading: Reading, groups: Sequence[Group], pairs: Sequence[Abbreviation]) -> list[Group]:
        """The groups after joining those that name one thing."""
        some, parent = named(groups, pairs, self._lexicon), list(range(len(groups)))
        scored = []
        for i, j in likely_pairs(some):
            features = merge_features(reading, some[i], some[j], self._lexicon.classes)
            scored.append((self._merge.score(features, under=kind(some[i], some[j])), i, j))
        for score, i, j in sorted(scored, key=lambda item: (-item[0], item[1:])):
            if score < self._least[0]:
                break
            a, b = _root(parent, i), _root(parent, j)
            parent[max(a, b)] = min(a, b)
        return [merged([groups[k] for k in kept]) for kept in _together(parent)]

    def _add(self, group: Group, more: Iterable[Surface]) -> None:
        good = [surface.mention for surface in more if self._surface.score(group, surface) >= self._least[1]]
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
