"""From clusters to nodes: representative, key, names, family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from kg.graph import Ref, Value
from kg.ids import digest, fold, name_key, node_key
from kg.model import Appearance
from kg.ports import Decision, Named
from kg.resolve.aliases import measure
from kg.resolve.choosing import best
from kg.resolve.clusters import Atom, choices, cluster
from kg.resolve.forms import form
from kg.resolve.naming import canon
from kg.resolve.profiles import Profile, bare_profile, keys_of, own_surfaces, preferred_names, profile

__all__ = ["Labelled"]


class _Node:
    """One node to be: its set of atoms, the appearances in it, name and key, and how far it is from the root of its family."""

    __slots__ = ("atoms", "depth", "key", "members", "name", "root")

    def __init__(self, root: Atom) -> None:
        self.root = root
        self.members: list[Appearance] = []
        self.atoms: set[Atom] = set()
        self.name = ""
        self.key = ""
        self.depth = 0


class Labelled:
    """The resolution of the appearances of one label."""

    def __init__(self, label: str, appearances: Collection[Appearance], decisions: Sequence[Decision]) -> None:
        self._label = label
        self._real = appearances
        self._spellings = _Spellings(label)
        self._profiles = {each: self._spellings.learnt(profile(each)) for each in appearances}
        names = {name for found in self._profiles.values() for name in found.families}
        self._implied = {name: self._spellings.learnt(bare_profile(label, name)) for name in names}
        for name, found in self._implied.items():
            self._profiles.setdefault(Appearance(label, name, (name,)), found)
        self._choices = choices(label, decisions)
        self._clusters = cluster(label, self._profiles, self._choices)
        self._nodes = self._grouped()
        self._by_root = {node.root: node for node in self._nodes}
        self._families = {node.root: self._family(node) for node in self._nodes}

    def assignment(self) -> dict[Appearance, Ref]:
        """Which node each appearance stands for."""
        return {each: Ref(self._label, node.key) for node in self._nodes for each in node.members if each in self._real}

    def named(self) -> list[Named]:
        """The nodes by key: those that papers name, and the families that lead up from them."""
        nodes = self._supported()
        keys = [self._names(node) for node in nodes]
        spellings = self._spellings
        return [self._named(node, {key: spellings[key] for key in sorted(found)}) for node, found in zip(nodes, keys, strict=True)]

    def _supported(self) -> list[_Node]:
        kept: set[Atom] = set()
        for node in self._nodes:
            if any(each in self._real for each in node.members):
                above: _Node | None = node
                while above is not None and above.root not in kept:
                    kept.add(above.root)
                    above = self._families[above.root]
        return [node for node in self._nodes if node.root in kept]

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _grouped(self) -> list[_Node]:
        nodes: dict[Atom, _Node] = {}
        for appearance, atom in self._clusters.atoms.items():
            root = self._clusters.sets.find(atom)
            node = nodes.get(root)
            if node is None:
                node = nodes[root] = _Node(root)
            node.members.append(appearance)
            node.atoms.add(atom)
        for node in nodes.values():
            node.depth = max(len(self._profiles[each].families) for each in node.members)
            node.name = self._name(node)
            node.key = self._key(node)
        return _distinct(nodes.values())

    def _name(self, node: _Node) -> str:
        """The representative: the usual name where that is general knowledge, else the best that a paper has as its name."""
        known = [name for each in node.members for name in preferred_names(self._label, self._profiles[each])]
        if known:
            return min(known)
        if len(node.members) == 1 and self._label != "Organization":
            return node.members[0].name
        real = [each for each in node.members if each in self._real] or node.members
        if self._label == "Organization":
            shown = {surface for each in real for surface in each.surfaces if surface != _handle(each)}
            return best(self._label, shown or {each.name for each in real})
        names = {each.name for each in real}
        plain = {each.name for each in real if self._profiles[each].own not in self._clusters.ambiguous}
        return best(self._label, plain or names)

    def _key(self, node: _Node) -> str:
        """The folded representative; one sense of an ambiguous abbreviation carries its expansion; a handle is the key."""
        handle = self._own_handle(node)
        if handle:
            return node_key(handle.lower())
        key = fold(node.name)
        first = node.members[0]
        bare = self._profiles[first].own if first.name == node.name else canon(self._label, node.name)
        senses = self._clusters.senses.get(bare)
        if not senses:
            return node_key(key)
        find = self._clusters.sets.find
        longs = [each.long for each in senses if find((bare, each.sense)) == node.root]
        if longs and find((bare, "")) != node.root:
            surfaces = {s for each in node.members for s in self._profiles[each].aliases if canon(self._label, s) in longs}
            key = f"{key}~{fold(best(self._label, surfaces))}" if surfaces else f"{key}~{longs[0]}"
        return node_key(key)

    def _own_handle(self, node: _Node) -> str | None:
        if self._label != "Organization":
            return None
        return min((handle for each in node.members if (handle := _handle(each))), default=None)

    def _named(self, node: _Node, names: dict[str, str]) -> Named:
        aliases = {surface for each in node.members if each in self._real for surface in self._profiles[each].aliases}
        bare = any(not sense and text in self._clusters.ambiguous for text, sense in node.atoms)
        properties: dict[str, Value] = {
            "name": node.name,
            "aliases": tuple(sorted(aliases or {node.name})),
            "ambiguous": bare or any(form(self._label, surface).mixed for surface in aliases if not surface.isascii()),
        }
        handle = self._own_handle(node)
        if handle:
            properties["handle"] = handle
        if self._label == "Metric":
            known = measure({bare for each in node.members for bare in self._profiles[each].anchors})
            properties |= {name: value for name, value in (("direction", known.direction), ("unit", known.unit)) if value is not None}
        above = self._families[node.root]
        return Named(Ref(self._label, node.key), properties, names, Ref(self._label, above.key) if above else None)

    # -- names ---------------------------------------------------------------------------------------------------------

    def _names(self, node: _Node) -> set[str]:
        """The Name keys of a node. A family that VARIANT_OF does not lead to, since another is nearer, is found by its name."""
        keys: set[str] = set()
        for each in node.members:
            found = self._profiles[each]
            keys.update(found.keys)
            for name in found.families:
                if not self._leads(node, name):
                    keys.update(self._implied[name].keys)
        for decision in self._choices.same:
            if any(self._root(name) == node.root for name in (decision.a, decision.b)):
                keys.update(key for name in (decision.a, decision.b) for key in self._spellings.learn(name))
        return keys

    def _root(self, name: str) -> Atom:
        """The set that a bare name stands for."""
        implied = None if name in self._choices.own else self._implied.get(name)
        return self._clusters.sets.find((implied.own, "") if implied else self._choices.atom(self._label, name))

    # -- families ------------------------------------------------------------------------------------------------------

    def _family(self, node: _Node) -> _Node | None:
        """The nearest family of a node that is another node, nearer to the root."""
        found = [
            above
            for name in {name for each in node.members for name in self._profiles[each].families}
            if (above := self._by_root.get(self._root(name))) is not None and above.depth < node.depth
        ]
        return min(found, key=lambda above: (-above.depth, above.key), default=None)

    def _leads(self, node: _Node, name: str) -> bool:
        """Whether the way up from a node passes the node of a name."""
        wanted, above = self._root(name), self._families[node.root]
        while above is not None and above.root != wanted:
            above = self._families[above.root]
        return above is not None


class _Spellings(dict[str, str]):
    """By Name key the spelling that represents it: the smallest that is squeezed alike."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def learnt(self, found: Profile) -> Profile:
        """A profile, whose surfaces its Name keys know from now on."""
        if len(found.keys) == 1:
            for surface in found.aliases:
                self._put(found.keys[0], surface)
        else:
            for surface in own_surfaces(self._label, found):
                self.learn(surface)
        return found

    def learn(self, surface: str) -> tuple[str, ...]:
        """Let the Name keys of a surface know it, and give them."""
        keys = keys_of(self._label, surface)
        self._put(keys[0], surface)
        for key in keys[1:]:
            spaced = " ".join(token.text for token in form(self._label, surface).tokens)
            fitting = [each for each in (spaced, fold(surface)) if each and name_key(self._label, each) == key]
            self._put(key, fitting[0] if fitting else key.partition(":")[2])
        return keys

    def _put(self, key: str, spelling: str) -> None:
        known = self.get(key)
        if known is None or spelling < known:
            self[key] = spelling


def _handle(appearance: Appearance) -> str | None:
    """The hub handle of an organisation: the name, where the appearance has another surface beside."""
    others = any(surface != appearance.name for surface in appearance.surfaces)
    return appearance.name if appearance.label == "Organization" and others else None


def _distinct(nodes: Collection[_Node]) -> list[_Node]:
    """Nodes in the order of their keys; where two would have one key, each carries a hash of its atoms."""
    by_key: defaultdict[str, list[_Node]] = defaultdict(list)
    for node in nodes:
        by_key[node.key].append(node)
    for key, same in by_key.items():
        if len(same) > 1:
            for node in same:
                node.key = node_key(f"{key[:180]}~{digest(sorted(node.atoms))}")
    return sorted(nodes, key=lambda node: node.key)
