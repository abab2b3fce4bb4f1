"""Training what reads relations: one yes-or-no model for each type over the pairs whose types fit."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.linear import Weights
from extractors.relations import ENDS, pair_features, pairs
from extractors.scene import Scene
from extractors.training.documents import Document
from extractors.training.linear import Options, fit_yes
from extractors.training.results import norm
from kg.model import Entity

__all__ = ["train_relations"]


def train_relations(documents: Sequence[Document], entities: Sequence[Sequence[Entity]]) -> dict[str, Weights]:
    """The weights of each relation type, given the entities of each document."""
    examples: dict[str, list[list[str]]] = {type_: [] for type_ in ENDS}
    labels: dict[str, list[str]] = {type_: [] for type_ in ENDS}
    for document, known in zip(documents, entities, strict=True):
        scene = Scene(document.reading, known)
        gold = {e["name"]: {norm(e["name"]), *map(norm, e["mentions"])} for e in document.gold["entities"]}
        stated = [(r["type"], gold.get(r["head"], set()), gold.get(r["tail"], set())) for r in document.gold["relations"]]
        surfaces = [{norm(e.name), *map(norm, e.surfaces)} for e in scene.entities]
        for pair in pairs(scene):
            hit = any(type_ == pair.type and surfaces[pair.head] & head and surfaces[pair.tail] & tail for type_, head, tail in stated)
            examples[pair.type].append(pair_features(scene, pair))
            labels[pair.type].append("yes" if hit else "no")
    return {type_: fit_yes(examples[type_], labels[type_], Options(penalty=3.0)) for type_ in ENDS}
