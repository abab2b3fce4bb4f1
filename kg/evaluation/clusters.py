"""Scores how names are put into groups against groups that people made: B-cubed precision, recall and F1.

A line of a clusters file: `{"type": "METHOD", "names": ["CoT", "chain-of-thought"]}`: all the names of one thing. No name is in two.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import GoldError
from kg.model import Appearance
from kg.schema import ENTITY_LABELS

__all__ = ["Cluster", "bcubed", "read_clusters"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """The names of one thing, each as a paper would have it that calls the thing nothing else."""

    names: tuple[Appearance, ...]


def read_clusters(lines: Iterable[str], source: str = "clusters") -> list[Cluster]:
    """The clusters of a file. Raises GoldError naming the line."""
    found: list[Cluster] = []
    seen: set[Appearance] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        cluster = _cluster(line, f"{source}:{number}")
        if double := [each.name for each in cluster.names if each in seen]:
            raise GoldError(f"{source}:{number}: {double[0]!r} is in another cluster already; a name is in one")
        seen.update(cluster.names)
        found.append(cluster)
    return found


def _cluster(line: str, where: str) -> Cluster:
    try:
        values: dict[str, Any] = json.loads(line)
        label = ENTITY_LABELS[values["type"]]
        names = [" ".join(name.split()) for name in values["names"]]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{where}: want an object with type and names, a list of texts; got {line.strip()[:80]!r}") from error
    return Cluster(tuple(Appearance(label, name, (name,)) for name in dict.fromkeys(names)))


def bcubed(gold: Sequence[Cluster], assignment: Mapping[Appearance, Hashable]) -> dict[str, float]:
    """B-cubed figures: for each name, how much of its group is right, and how much of its cluster is there; the mean over names."""
    groups: defaultdict[Hashable, set[Appearance]] = defaultdict(set)
    for appearance, group in assignment.items():
        groups[group].add(appearance)
    precision = recall = names = 0.0
    for cluster in gold:
        wanted = set(cluster.names)
        for name in cluster.names:
            got = groups[assignment[name]]
            names += 1
            precision += len(got & wanted) / len(got)
            recall += len(got & wanted) / len(wanted)
    if not names:
        return {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    precision, recall = precision / names, recall / names
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall)}
