"""Training what reads results: which numbers count, and the metric, subject, benchmark and baseline of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from extractors import metrics
from extractors.linear import Weights
from extractors.quantities import Quantity, quantities
from extractors.results import SLOTS, candidate_features, fit_for, none_features, quantity_features
from extractors.scene import Scene
from extractors.training.documents import Document
from extractors.training.linear import Options, fit_choice, fit_classes
from kg.model import Entity

__all__ = ["align", "norm", "train_results"]

_UNITS = {"times": "x", "×": "x", "percent": "%", "percentage points": "points", "pp": "points", "point": "points"}


def norm(text: str | None) -> str:
    """A surface as the scorer compares it."""
    text = unicodedata.normalize("NFKC", text or "").lower()
    text = re.sub(r"\\[a-z]+|[{}$\\^_]", "", text)
    text = re.sub(r"[\s\-‐-―/]+", " ", text)
    text = re.sub(r"[^\w+*@.%' ]", "", text).strip(" .'")
    return re.sub(r"(?<=[a-z]{3})s\b", "", text)


def _same(quantity: Quantity, result: Mapping[str, Any]) -> bool:
    unit = (result["unit"] or "").lower().strip()
    return round(abs(quantity.value), 4) == round(abs(float(result["value"])), 4) and (quantity.unit or "").lower() == _UNITS.get(
        unit, unit
    )


def align(document: Document, found: Sequence[Quantity]) -> dict[int, dict[str, Any]]:
    """Which annotated result each quantity is, by position in the text where several have the same value."""
    used: set[int] = set()
    pairs: dict[int, dict[str, Any]] = {}
    for result in document.gold["results"]:
        abstract = document.reading.text.abstract
        spans = [(m.start(), m.end()) for m in re.finditer(re.escape(result["evidence"]), abstract)] or [(-1, -1)]
        options = []
        for number, quantity in enumerate(found):
            if number not in used and _same(quantity, result):
                inside = any(start - 1 <= quantity.start < end for start, end in spans) and quantity.field == "abstract"
                options.append((not inside, number))
        if options:
            number = min(options)[1]
            used.add(number)
            pairs[number] = result
    return pairs


def _surfaces(entity: Mapping[str, Any]) -> set[str]:
    return {norm(entity["name"])} | {norm(m) for m in entity["mentions"]}


def train_results(documents: Sequence[Document], entities: Sequence[Sequence[Entity]]) -> dict[str, Weights]:
    """The weights of the five decisions, given the entities of each document."""
    examples: list[list[str]] = []
    labels: list[str] = []
    choices: dict[str, tuple[list[list[list[str]]], list[int]]] = {name: ([], []) for name in (*SLOTS, "metric")}
    for document, known in zip(documents, entities, strict=True):
        scene = Scene(document.reading, known)
        found = quantities(document.reading)
        pairs = align(document, found)
        gold = {entity["name"]: _surfaces(entity) for entity in document.gold["entities"]}
        for number, quantity in enumerate(found):
            examples.append(quantity_features(scene, quantity))
            labels.append(pairs[number]["kind"] if number in pairs else "no")
            if number in pairs:
                for slot in SLOTS:
                    _add_slot(choices[slot], scene, quantity, slot, pairs[number], gold)
                _add_metric(choices["metric"], scene, quantity, pairs[number])
    weights = {name: fit_choice(groups, chosen, Options(penalty=3.0)) for name, (groups, chosen) in choices.items()}
    weights["kind"] = fit_classes(examples or [["bias"]], labels or ["no"], Options(penalty=3.0))
    return weights


def _add_slot(
    into: tuple[list[list[list[str]]], list[int]],
    scene: Scene,
    quantity: Quantity,
    slot: str,
    result: Mapping[str, Any],
    gold: Mapping[str, set[str]],
) -> None:
    options = fit_for(slot, scene)
    named, kind = result[slot], result["kind"]
    right = 0
    if named is not None:
        wanted = gold.get(named, {norm(named)})
        hits = [
            at
            for at, number in enumerate(options)
            if wanted & {norm(s) for s in (scene.entities[number].name, *scene.entities[number].surfaces)}
        ]
        if not hits:
            return
        right = hits[0] + 1
    if options:
        into[0].append(
            [none_features(scene, quantity, kind, slot), *(candidate_features(scene, quantity, kind, slot, number) for number in options)]
        )
        into[1].append(right)


def _add_metric(into: tuple[list[list[list[str]]], list[int]], scene: Scene, quantity: Quantity, result: Mapping[str, Any]) -> None:
    options = metrics.candidates(scene, quantity)
    wanted = set(norm(result["metric"]).split())
    right = 0
    if wanted:
        overlaps = [len(wanted & set(norm(o.text).split())) / len(wanted | set(norm(o.text).split())) for o in options]
        if not overlaps or max(overlaps) <= 0:
            return
        right = overlaps.index(max(overlaps)) + 1
    into[0].append(
        [
            metrics.none_features(scene, quantity, result["kind"], len(options)),
            *(metrics.features(scene, quantity, result["kind"], o) for o in options),
        ]
    )
    into[1].append(right)
