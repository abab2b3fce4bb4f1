"""Training the joiner: which groups name one thing, and which untagged stretches are further surfaces of a group."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.abbreviations import abbreviations
from extractors.grouping import Group, groups
from extractors.linear import Weights
from extractors.training.documents import Case, Document
from extractors.training.linear import Options, fit_yes
from extractors.training.results import norm
from extractors.variants import likely_pairs, merge_features, surface_features, surfaces

__all__ = ["train_variants"]


def train_variants(cases: Sequence[Case]) -> dict[str, Weights]:
    """The weights of the joiner."""
    merges: tuple[list[list[str]], list[str]] = ([], [])
    adds: tuple[list[list[str]], list[str]] = ([], [])
    for case in cases:
        document = case.document
        found = groups(document.reading, case.spans, abbreviations(document.reading))
        owners = [_owner(document, group) for group in found]
        for i, j in likely_pairs(found):
            if owners[i] is not None or owners[j] is not None:
                merges[0].append(merge_features(document.reading, found[i], found[j]))
                merges[1].append("yes" if owners[i] == owners[j] else "no")
        for group, owner, more in zip(found, owners, surfaces(document.reading, found), strict=True):
            if owner is not None:
                wanted = _surfaces(document, owner)
                adds[0].extend(surface_features(group, surface) for surface in more)
                adds[1].extend("yes" if norm(surface.mention.text) in wanted else "no" for surface in more)
    return {"merge": fit_yes(*merges, Options()), "surface": fit_yes(*adds, Options())}


def _surfaces(document: Document, number: int) -> set[str]:
    entity = document.gold["entities"][number]
    return {norm(entity["name"]), *map(norm, entity["mentions"])}


def _owner(document: Document, group: Group) -> int | None:
    """The annotated entity of its type that shares most surfaces with a group; None where none does."""
    own = {norm(m.text) for m in group.mentions}
    shared = [
        (len(own & _surfaces(document, number)), -number)
        for number, entity in enumerate(document.gold["entities"])
        if entity["type"] == group.type
    ]
    best = max(shared, default=(0, 0))
    return -best[1] if best[0] else None
