"""Training the joiner: what spells a short name out, which groups name one thing, and which untagged stretches are further surfaces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors import expansions
from extractors.abbreviations import abbreviations
from extractors.grouping import Group, groups
from extractors.judgement import Levels
from extractors.lexicon import Lexicon
from extractors.likeness import kind, likely_pairs, merge_features, named
from extractors.linear import Weights, below
from extractors.surfaces import surface_features, surfaces
from extractors.training.documents import Case, Document
from extractors.training.linear import Options, fit_choice, fit_yes
from extractors.training.results import norm
from extractors.variants import VariantJoiner

__all__ = ["train_variants"]


def train_variants(cases: Sequence[Case], levels: Levels, lexicon: Lexicon) -> dict[str, Weights]:
    """The weights of the joiner."""
    weights = {"expansion": _train_expansions(cases)}
    idle = Weights(("score",), [], np.zeros((0, 1)))
    joiner = VariantJoiner({**weights, "merge": idle, "surface": idle}, levels, lexicon)
    merges: tuple[list[list[str]], list[str]] = ([], [])
    adds: tuple[list[list[str]], list[str]] = ([], [])
    for case in cases:
        document = case.document
        pairs = abbreviations(document.reading)
        found = joiner.expand(document.reading, groups(document.reading, case.spans, pairs))
        owners = [_owner(document, group) for group in found]
        some = named(found, pairs, lexicon)
        for i, j in likely_pairs(some):
            if owners[i] is not None or owners[j] is not None:
                features = merge_features(document.reading, some[i], some[j], lexicon.classes)
                merges[0].append(features + below(kind(some[i], some[j]), features))
                merges[1].append("yes" if owners[i] == owners[j] else "no")
        for group, owner, more in zip(found, owners, surfaces(document.reading, found), strict=True):
            if owner is not None:
                wanted = _surfaces(document, owner)
                adds[0].extend(surface_features(group, surface, lexicon) for surface in more)
                adds[1].extend("yes" if norm(surface.mention.text) in wanted else "no" for surface in more)
    return weights | {"merge": fit_yes(*merges, Options()), "surface": fit_yes(*adds, Options())}


def _train_expansions(cases: Sequence[Case]) -> Weights:
    """The weights of what spells a short name out; of several right stretches the longest is taught."""
    examples: list[list[list[str]]] = []
    chosen: list[int] = []
    for case in cases:
        reading = case.document.reading
        found = groups(reading, case.spans, abbreviations(reading))
        owners = [_owner(case.document, group) for group in found]
        scope = expansions.Scope(reading, found)
        for anchor in expansions.anchors(scope):
            owner = owners[anchor.group]
            if owner is None:
                continue
            wanted = _surfaces(case.document, owner)
            right = [at for at, option in enumerate(anchor.options, 1) if norm(option.text) in wanted]
            chosen.append(max(right, key=lambda at: len(anchor.options[at - 1].text), default=0))
            stretches = [expansions.expansion_features(scope, anchor, option) for option in anchor.options]
            none = expansions.none_features(scope, anchor)
            examples.append([none + below(f"none {anchor.how}", none), *(found + below(anchor.how, found) for found in stretches)])
    return fit_choice(examples, chosen, Options())


def _surfaces(document: Document, number: int) -> set[str]:
    entity = document.gold["entities"][number]
    return {norm(entity["name"]), *map(norm, entity["mentions"])}


def _owner(document: Document, group: Group) -> int | None:
    """The annotated entity that shares most surfaces with a group, one of its type before others; None where none does."""
    own = {norm(m.text) for m in group.mentions}
    entities = document.gold["entities"]
    shared = [(len(own & _surfaces(document, k)), entities[k]["type"] == group.type, -k) for k in range(len(entities))]
    best = max(shared, default=(0, False, 0))
    return -best[2] if best[0] else None
