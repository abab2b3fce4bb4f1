"""The resolver: one node for each thing, never one node for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from kg.cycles import uncollected
from kg.graph import Ref
from kg.model import Appearance
from kg.ports import Decision, Named, Resolution
from kg.resolve.nodes import Labelled
from kg.resolve.profiles import block_keys, profile

__all__ = ["NameResolver"]


class NameResolver:
    """Implements `kg.ports.Resolver`: spelling by rule, abbreviations by what papers define, versions and sizes apart."""

    def blocks(self, appearance: Appearance) -> frozenset[str]:
        """Keys of the Name nodes through which this appearance can meet others."""
        return block_keys(appearance.label, profile(appearance))

    def resolve(self, appearances: Collection[Appearance], decisions: Sequence[Decision] = ()) -> Resolution:
        """The resolution of a set of appearances that is closed under `blocks`."""
        by_label: defaultdict[str, set[Appearance]] = defaultdict(set)
        for appearance in appearances:
            by_label[appearance.label].add(appearance)
        assignment: dict[Appearance, Ref] = {}
        named: list[Named] = []
        with uncollected():
            for label in sorted(by_label):
                _resolve(Labelled(label, by_label.pop(label), decisions), assignment, named)
        return Resolution(assignment, tuple(named))


def _resolve(done: Labelled, assignment: dict[Appearance, Ref], named: list[Named]) -> None:
    assignment.update(done.assignment())
    named.extend(done.named())
