"""Training the judge of entities: which groups of tagged spans are worth keeping, and in which role."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.grouping import Group
from extractors.lexicon import Lexicon
from extractors.linear import Weights, below
from extractors.roles import DROP, group_features
from extractors.training.documents import Document
from extractors.training.linear import Options, fit_classes
from extractors.training.results import norm
from kg.model import Entity

__all__ = ["label_groups", "right", "train_roles"]


def label_groups(document: Document, found: Sequence[Group]) -> list[str]:
    """For each group type and role of the annotated entity that it matches, one to one and the most surfaces first; else drop.

    A group of another type than its entity matches too: the judge may correct the tagger.
    """
    return _labels(document, [(group.type, {norm(m.text) for m in group.mentions}) for group in found])


def right(document: Document, entities: Sequence[Entity]) -> list[bool]:
    """Whether each entity is an annotated one, of its type."""
    labels = _labels(document, [(entity.type, set(map(norm, entity.surfaces))) for entity in entities])
    return [label.partition(" ")[0] == entity.type for label, entity in zip(labels, entities, strict=True)]


def _labels(document: Document, found: Sequence[tuple[str, set[str]]]) -> list[str]:
    gold = [(e["type"], e["role"], {norm(e["name"]), *map(norm, e["mentions"])}) for e in document.gold["entities"]]
    options = []
    for i, (kind, _, surfaces) in enumerate(gold):
        others = set().union(*(s for k, (_, _, s) in enumerate(gold) if k != i)) - surfaces
        for j, (type_, own) in enumerate(found):
            common = len(surfaces & own)
            if common > len(own & others):
                options.append((kind != type_, -common, i, j))
    labels, used = [DROP] * len(found), set()
    for _, _, i, j in sorted(options):
        if i not in used and labels[j] == DROP:
            used.add(i)
            labels[j] = f"{gold[i][0]} {gold[i][1]}"
    return labels


def train_roles(documents: Sequence[Document], found: Sequence[Sequence[Group]], lexicon: Lexicon) -> Weights:
    """The weights of the judge, given the groups of what a tagger that never saw the papers found in them."""
    examples: list[list[str]] = []
    labels: list[str] = []
    for document, groups in zip(documents, found, strict=True):
        labels += label_groups(document, groups)
        for number, group in enumerate(groups):
            seen = group_features(document.reading, groups, number, lexicon)
            examples.append([*seen, *below(group.type, seen)])
    return fit_classes(examples, labels, Options(steps=100, penalty=30.0))
