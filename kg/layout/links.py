"""What pulls nodes together in a picture: a simple weighted graph out of the relationships, and what stays outside of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kg.graph import Graph, Ref
from kg.layout.kinds import KINDS

__all__ = ["Skeleton", "skeleton"]

#: How strongly a relationship says that two nodes belong together; the rest counts 1.
_PULL: Mapping[str, float] = MappingProxyType(
    {
        "PROPOSES": 5.0,
        "ADDRESSES": 2.0,
        "APPLIED_TO": 2.0,
        "USES": 2.0,
        "BASED_ON": 2.0,
        "EVALUATED_ON": 1.5,
        "VARIANT_OF": 3.0,
        "MENTIONS": 0.5,
    }
)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The nodes of a picture by number: first the core, then leaves, each with the core nodes it hangs on."""

    refs: tuple[Ref, ...]
    core: int
    edges: tuple[tuple[int, int, float], ...]
    anchors: tuple[tuple[int, ...], ...]


def skeleton(graph: Graph) -> Skeleton:
    """The nodes that pictures show, sorted; kinds that start folded are leaves and pull nothing."""
    shown = sorted(ref for ref in graph.nodes if ref.label in KINDS)
    core = [ref for ref in shown if not KINDS[ref.label].folded] or shown
    inside = set(core)
    leaves = [ref for ref in shown if ref not in inside]
    refs = (*core, *leaves)
    number = {ref: at for at, ref in enumerate(refs)}
    weights: defaultdict[tuple[int, int], float] = defaultdict(float)
    anchors: defaultdict[int, set[int]] = defaultdict(set)
    for relationship in graph.relationships.values():
        ends = number.get(relationship.start), number.get(relationship.end)
        if ends[0] is None or ends[1] is None or ends[0] == ends[1]:
            continue
        low, high = sorted((ends[0], ends[1]))
        if high < len(core):
            weights[low, high] += _PULL.get(relationship.type, 1.0)
        elif low < len(core):
            anchors[high].add(low)
    edges = tuple((a, b, round(weight, 3)) for (a, b), weight in sorted(weights.items()))
    return Skeleton(refs, len(core), edges, tuple(tuple(sorted(anchors[at])) for at in range(len(core), len(refs))))
