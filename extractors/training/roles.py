"""Training the judge of entities: which groups of tagged spans are worth keeping, and in which role."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.abbreviations import abbreviations
from extractors.grouping import Group, groups
from extractors.linear import Weights
from extractors.roles import DROP, group_features
from extractors.taggers.contract import TaggedSpan
from extractors.training.documents import Document
from extractors.training.linear import Options, fit_classes
from extractors.training.results import norm

__all__ = ["label_groups", "train_roles"]


def label_groups(document: Document, found: Sequence[Group]) -> list[str]:
    """For each group the role of the annotated entity that it matches, one to one and the most surfaces first; else drop."""
    gold = [(e["type"], e["role"], {norm(e["name"]), *map(norm, e["mentions"])}) for e in document.gold["entities"]]
    own = [{norm(m.text) for m in group.mentions} for group in found]
    options = []
    for i, (kind, _, surfaces) in enumerate(gold):
        others = set().union(*(s for k, (_, _, s) in enumerate(gold) if k != i)) - surfaces
        for j, group in enumerate(found):
            common = len(surfaces & own[j])
            if kind == group.type and common > len(own[j] & others):
                options.append((-common, i, j))
    labels, used = [DROP] * len(found), set()
    for _, i, j in sorted(options):
        if i not in used and labels[j] == DROP:
            used.add(i)
            labels[j] = gold[i][1]
    return labels


def train_roles(documents: Sequence[Document], spans: Sequence[Sequence[TaggedSpan]]) -> Weights:
    """The weights of the judge, given what a tagger that never saw the papers found in them."""
    examples: list[list[str]] = []
    labels: list[str] = []
    for document, tagged in zip(documents, spans, strict=True):
        found = groups(document.reading, tagged, abbreviations(document.reading))
        labels += label_groups(document, found)
        examples += [group_features(document.reading, found, number) for number in range(len(found))]
    return fit_classes(examples, labels, Options())
