"""The resolver: one node for each thing, never one node for two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kg.graph import Ref, Value
from kg.ids import digest, fold, name_key, node_key, squeeze
from kg.model import Appearance
from kg.ports import Decision, Named, Resolution
from kg.resolve.choosing import best
from kg.resolve.clusters import Atom, Clusters, cluster
from kg.resolve.forms import form
from kg.resolve.naming import canon, preferred, usual
from kg.resolve.profiles import Profile, keys_of, profile

__all__ = ["NameResolver"]


class NameResolver:
    """Implements `kg.ports.Resolver`: spelling by rule, abbreviations by what papers define, versions and sizes apart."""

    def blocks(self, appearance: Appearance) -> frozenset[str]:
        """Keys of the Name nodes through which this appearance can meet others."""
        return frozenset(_blocks(appearance, profile(appearance)))

    def resolve(self, appearances: Collection[Appearance], decisions: Sequence[Decision] = ()) -> Resolution:
        """The resolution of a set of appearances that is closed under `blocks`."""
        by_label: defaultdict[str, set[Appearance]] = defaultdict(set)
        for appearance in appearances:
            by_label[appearance.label].add(appearance)
        assignment: dict[Appearance, Ref] = {}
        named: list[Named] = []
        for label in sorted(by_label):
            done = _Labelled(label, by_label[label], [each for each in decisions if each.label == label])
            assignment |= done.assignment()
            named += done.named()
        return Resolution(assignment, tuple(named))


def _own_keys(appearance: Appearance, found: Profile) -> set[str]:
    """The Name keys of an appearance: those of its surfaces and of what a bare abbreviation usually means."""
    label = appearance.label
    keys = {key for surface in found.aliases for key in keys_of(label, surface)}
    if not found.definitions:
        known = usual(label, found.own)
        if known.long is not None:
            keys.update(keys_of(label, known.surface))
    for name in _preferred(label, found):
        keys.update(keys_of(label, name))
    return keys


def _preferred(label: str, found: Profile) -> set[str]:
    """The usual names of what an appearance certainly stands for."""
    return {name for bare in found.anchors if (name := preferred(label, bare)) is not None}


def _blocks(appearance: Appearance, found: Profile) -> set[str]:
    keys = _own_keys(appearance, found)
    for name in found.families:
        keys |= _own_keys(Appearance(appearance.label, name, (name,)), profile(Appearance(appearance.label, name, (name,))))
    return keys


@dataclass(slots=True)
class _Cluster:
    """One node to be: its appearances, the representative, its key and its rank in the order of families."""

    atoms: list[Atom]
    members: list[Appearance]
    name: str = ""
    key: str = ""
    depth: int = 0


class _Labelled:
    """The resolution of the appearances of one label."""

    def __init__(self, label: str, appearances: Collection[Appearance], decisions: Sequence[Decision]) -> None:
        self._label = label
        self._real = appearances
        self._profiles = {each: profile(each) for each in sorted(appearances)}
        for name in sorted({name for found in self._profiles.values() for name in found.families}):
            implied = Appearance(label, name, (name,))
            self._profiles.setdefault(implied, profile(implied))
        self._clusters: Clusters = cluster(label, self._profiles)
        self._partners = [(each.a, each.b) for each in decisions if each.kind == "same"]
        for a, b in self._partners:
            self._clusters.sets.join((canon(label, a), ""), (canon(label, b), ""))
        self._surfaces: dict[str, str] = {}
        self._nodes = self._groups()
        self._by_atom = {self._clusters.sets.find(node.atoms[0]): node for node in self._nodes}

    def assignment(self) -> dict[Appearance, Ref]:
        """Which node each appearance stands for."""
        return {each: Ref(self._label, node.key) for node in self._nodes for each in node.members if each in self._real}

    def named(self) -> Iterable[Named]:
        """The nodes."""
        families = [self._family(node) for node in self._nodes]
        keys = [self._names(node, above) for node, above in zip(self._nodes, families, strict=True)]
        return [self._named(*each) for each in zip(self._nodes, keys, families, strict=True)]

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _groups(self) -> list[_Cluster]:
        members: defaultdict[Atom, list[Appearance]] = defaultdict(list)
        atoms: defaultdict[Atom, set[Atom]] = defaultdict(set)
        for appearance, atom in self._clusters.atoms.items():
            root = self._clusters.sets.find(atom)
            members[root].append(appearance)
            atoms[root].add(atom)
        nodes = [_Cluster(sorted(atoms[root]), members[root]) for root in members]
        for node in nodes:
            usual_names = {name for each in node.members for name in _preferred(self._label, self._profiles[each])}
            node.name = min(usual_names, default=None) or best(self._label, self._candidates(node))
            node.depth = max(len(self._profiles[each].families) for each in node.members)
            node.key = self._key(node)
        return _distinct(nodes)

    def _candidates(self, node: _Cluster) -> list[tuple[str, bool]]:
        """Surfaces that can represent a node, each with whether it is a name of a paper's."""
        real = [each for each in node.members if each in self._real] or node.members
        names = {each.name for each in real}
        return [(name, True) for name in sorted(names)]

    def _key(self, node: _Cluster) -> str:
        """The folded representative; one sense of an ambiguous abbreviation carries its expansion."""
        key = fold(node.name)
        bare = canon(self._label, node.name)
        longs = [each for each in self._clusters.senses.get(bare, ()) if self._clusters.sets.find((bare, each.sense)) == self._root(node)]
        if longs and self._clusters.sets.find((bare, "")) != self._root(node) and all(each.short == bare for each in longs):
            surfaces = [s for each in node.members for s in self._profiles[each].aliases if canon(self._label, s) == longs[0].long]
            key = f"{key}~{fold(best(self._label, [(surface, True) for surface in surfaces]))}" if surfaces else f"{key}~{longs[0].long}"
        return node_key(key)

    def _root(self, node: _Cluster) -> Atom:
        return self._clusters.sets.find(node.atoms[0])

    def _named(self, node: _Cluster, names: set[str], above: _Cluster | None) -> Named:
        aliases = {surface for each in node.members if each in self._real for surface in self._profiles[each].aliases}
        bare = any(not sense and text in self._clusters.ambiguous for text, sense in node.atoms)
        mixed = any(form(self._label, surface).mixed for surface in aliases)
        properties: dict[str, Value] = {
            "name": node.name,
            "aliases": tuple(sorted(aliases or {node.name})),
            "ambiguous": bare or mixed,
        }
        surfaces = {key: self._surfaces[key] for key in sorted(names)}
        return Named(Ref(self._label, node.key), properties, surfaces, Ref(self._label, above.key) if above else None)

    def _names(self, node: _Cluster, above: _Cluster | None) -> set[str]:
        """The Name keys of a node; on the way every key learns its representative surface.

        A family that VARIANT_OF does not lead to, since another is nearer, is found by its name.
        """
        keys: set[str] = set()
        for each in node.members:
            found = self._profiles[each]
            keys |= _own_keys(each, found)
            surfaces = list(found.aliases)
            if not found.definitions and (known := usual(self._label, found.own)).long is not None:
                surfaces.append(known.surface)
            for surface in (*surfaces, *_preferred(self._label, found)):
                self._learn(surface)
            for name in found.families:
                if not self._leads(above, name):
                    keys |= _own_keys(implied := Appearance(self._label, name, (name,)), self._profiles[implied])
                    self._learn(name)
        for pair in self._partners:
            if any(self._clusters.sets.find((canon(self._label, name), "")) == self._root(node) for name in pair):
                for name in pair:
                    keys.update(keys_of(self._label, name))
                    self._learn(name)
        return keys

    def _learn(self, surface: str) -> None:
        """Let the Name keys of a surface know it; the smallest spelling that is squeezed alike stands for each."""
        spaced = " ".join(token.text for token in form(self._label, surface).tokens) or surface
        for key in keys_of(self._label, surface):
            fits = key == name_key(self._label, surface)
            spelling = surface if fits else spaced if key == name_key(self._label, spaced) else fold(surface)
            known = self._surfaces.get(key)
            if known is None or (not fits, spelling) < (squeeze(known) != squeeze(surface), known):
                self._surfaces[key] = spelling

    # -- families ------------------------------------------------------------------------------------------------------

    def _family(self, node: _Cluster) -> _Cluster | None:
        """The nearest family of a node that is another node, nearer to the root."""
        found = [
            above
            for each in node.members
            for name in self._profiles[each].families
            if (above := self._of(name)) is not None and above.depth < node.depth
        ]
        return min(found, key=lambda above: (-above.depth, above.key), default=None)

    def _of(self, name: str) -> _Cluster | None:
        """The node that a bare name stands for."""
        return self._by_atom.get(self._clusters.sets.find((canon(self._label, name), "")))

    def _leads(self, above: _Cluster | None, name: str) -> bool:
        """Whether the way up from a node passes the node of a name."""
        wanted = self._of(name)
        while above is not None:
            if above is wanted:
                return True
            above = self._family(above)
        return False


def _distinct(nodes: list[_Cluster]) -> list[_Cluster]:
    """Nodes in the order of their keys; where two would have one key, each carries a hash of its atoms."""
    by_key: defaultdict[str, list[_Cluster]] = defaultdict(list)
    for node in nodes:
        by_key[node.key].append(node)
    for key, same in by_key.items():
        if len(same) > 1:
            for node in same:
                node.key = node_key(f"{key[:180]}~{digest(node.atoms)}")
    return sorted(nodes, key=lambda node: node.key)
