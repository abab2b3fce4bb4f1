"""From clusters to nodes: representative, key, names, family."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from operator import attrgetter

from kg.graph import Ref, Value
from kg.ids import digest, fold, node_key
from kg.model import Appearance
from kg.ports import Decision, Named
from kg.resolve.aliases import known, measure
from kg.resolve.choosing import best
from kg.resolve.clusters import Atom, choices, cluster
from kg.resolve.naming import canon
from kg.resolve.profiles import Profile, bare_profile, keys_of, profile
from kg.resolve.spellings import Spellings
from kg.resolve.tokens import mixed, plain

__all__ = ["Labelled"]


class _Node:
    """One node to be: its set of atoms, members by number, name and key, its family, and how far it is from the root of that."""

    __slots__ = ("above", "depth", "members", "name", "profiles", "ref", "root")

    def __init__(self, root: Atom) -> None:
        self.root = root
        self.members: list[int] = []
        self.profiles: list[Profile] = []
        self.name = ""
        self.ref = Ref("", "")
        self.depth = 0
        self.above: _Node | None = None


class Labelled:
    """The resolution of the appearances of one label.

    Members are the appearances, and behind them the names of families that no paper uses; they go by their number, and so do
    their names in `_called`.
    """

    def __init__(self, label: str, appearances: Collection[Appearance], decisions: Sequence[Decision]) -> None:
        self._label = label
        self._members = list(appearances)
        self._real = len(self._members)
        self._called = [each.name for each in self._members]
        self._spellings = Spellings(label)
        self._usual = known(label).names
        self._profiles: list[Profile] = []
        self._implied: dict[str, Profile] = {}
        self._read()
        self._choices = choices(label, decisions)
        self._clusters = cluster(label, self._called, self._profiles, self._choices)
        by_root = self._grouped()
        self._nodes = _distinct(by_root.values(), self._clusters.atoms)
        self._of_family = {name: by_root.get(self._root(name)) for name in self._implied}
        for node in self._nodes:
            node.above = self._family(node)
        self._decided = self._decided_names()

    def _read(self) -> None:
        """Profiles of all members, and what the Name keys are called."""
        label, learnt = self._label, self._spellings.learnt
        alone = {each.name for each in self._members if each.surfaces == (each.name,)}
        for each in self._members:
            self._profiles.append(found := learnt(profile(each)))
            for name in found.families:
                if name not in self._implied:
                    self._implied[name] = learnt(bare_profile(label, name))
        families = [name for name in self._implied if name not in alone]
        self._called += families
        self._profiles += [self._implied[name] for name in families]

    def assignment(self) -> Iterator[tuple[Appearance, Ref]]:
        """Which node each appearance stands for."""
        for node in self._nodes:
            for i in node.members:
                if i < self._real:
                    yield self._members[i], node.ref

    def named(self) -> Iterator[Named]:
        """The nodes by key: those that papers name, and the families that lead up from them."""
        nodes, spellings = self._supported(), self._spellings
        for node in nodes if self._decided else ():
            for name in self._decided.get(node.root, ()):
                spellings.learn(name)
        for node in nodes:
            keys = self._names(node)
            yield self._named(node, {key: spellings[key] for key in sorted(keys)} if len(keys) > 1 else {keys[0]: spellings[keys[0]]})

    def _supported(self) -> list[_Node]:
        real = self._real
        kept: set[_Node] = set()
        for node in self._nodes:
            if node.members[0] < real:
                above = node.above
                while above is not None and above.members[0] >= real and above not in kept:
                    kept.add(above)
                    above = above.above
        return [node for node in self._nodes if node.members[0] < real or node in kept]

    # -- nodes ---------------------------------------------------------------------------------------------------------

    def _grouped(self) -> dict[Atom, _Node]:
        nodes: dict[Atom, _Node] = {}
        find = self._clusters.sets.find
        for i, (atom, found) in enumerate(zip(self._clusters.atoms, self._profiles, strict=True)):
            root = find(atom)
            node = nodes.get(root)
            if node is None:
                node = nodes[root] = _Node(root)
            node.members.append(i)
            node.profiles.append(found)
            node.depth = max(node.depth, len(found.families))
        for node in nodes.values():
            node.name = self._name(node)
            node.ref = Ref(self._label, self._key(node))
        return nodes

    def _name(self, node: _Node) -> str:
        """The representative: the usual name where that is general knowledge, else the best that a paper has as its name."""
        usual = [self._usual[bare] for found in node.profiles for bare in found.anchors if bare in self._usual]
        if self._choices.decisions:
            usual = [name for name in usual if not self._parted(name, node)]
        if usual:
            return min(usual)
        if len(node.members) == 1 and self._label != "Organization":
            return self._called[node.members[0]]
        real = [i for i in node.members if i < self._real] or node.members
        if self._label == "Organization":
            shown = {surface for i in real for surface in self._members[i].surfaces if surface != _handle(self._members[i])}
            return best(self._label, shown or {self._called[i] for i in real})
        names = {self._called[i] for i in real}
        plain = {self._called[i] for i in real if self._profiles[i].own not in self._clusters.ambiguous}
        return best(self._label, plain or names)

    def _parted(self, name: str, node: _Node) -> bool:
        """Whether people parted a name from what is in a node."""
        find, atom = self._clusters.sets.find, partial(self._choices.atom, self._label)
        pairs = [(atom(each.a), atom(each.b)) for each in self._choices.decisions if each.kind == "apart"]
        foes = [b if a == atom(name) else a for a, b in pairs if atom(name) in (a, b)]
        return find(atom(name)) != node.root and any(find(foe) == node.root for foe in foes)

    def _key(self, node: _Node) -> str:
        """The folded representative; one sense of an ambiguous abbreviation carries its expansion; a handle is the key."""
        handle = self._own_handle(node)
        if handle:
            return node_key(handle.lower())
        key = fold(node.name)
        if not self._clusters.senses:
            return node_key(key)
        first = node.members[0]
        bare = node.profiles[0].own if self._called[first] == node.name else canon(self._label, node.name)
        senses = self._clusters.senses.get(bare)
        if not senses:
            return node_key(key)
        find = self._clusters.sets.find
        longs = [each.long for each in senses if find((bare, each.sense)) == node.root]
        if longs and find((bare, "")) != node.root:
            surfaces = {surface for found in node.profiles for surface in found.aliases if canon(self._label, surface) in longs}
            key = f"{key}~{fold(best(self._label, surfaces))}" if surfaces else f"{key}~{longs[0]}"
        return node_key(key)

    def _own_handle(self, node: _Node) -> str | None:
        if self._label != "Organization":
            return None
        return min((handle for i in node.members if (handle := _handle(self._members[i]))), default=None)

    def _named(self, node: _Node, names: dict[str, str]) -> Named:
        label, atoms, ambiguous = self._label, self._clusters.atoms, self._clusters.ambiguous
        aliases = self._aliases(node)
        bare = ambiguous and any(atoms[i][0] in ambiguous and not atoms[i][1] for i in node.members)
        properties: dict[str, Value] = {
            "name": node.name,
            "aliases": aliases or (node.name,),
            "ambiguous": bool(bare) or (not "".join(aliases).isascii() and any(mixed(plain(surface)) for surface in aliases)),
        }
        handle = self._own_handle(node)
        if handle:
            properties["handle"] = handle
        if label == "Metric":
            found = measure({bare for found in node.profiles for bare in found.anchors})
            properties |= {name: value for name, value in (("direction", found.direction), ("unit", found.unit)) if value is not None}
        return Named(node.ref, properties, names, node.above.ref if node.above else None)

    def _aliases(self, node: _Node) -> tuple[str, ...]:
        real = self._real
        if len(node.members) == 1:
            return node.profiles[0].aliases if node.members[0] < real else ()
        found = {surface for i, each in zip(node.members, node.profiles, strict=True) if i < real for surface in each.aliases}
        return tuple(sorted(found))

    # -- names ---------------------------------------------------------------------------------------------------------

    def _names(self, node: _Node) -> Sequence[str]:
        """The Name keys of a node. A family that VARIANT_OF does not lead to, since another is nearer, is found by its name."""
        keys = [each.keys for each in node.profiles]
        if node.depth:
            way = _way_up(node)
            keys += [self._implied[name].keys for each in node.profiles for name in each.families if self._of_family[name] not in way]
        keys += [keys_of(self._label, name) for name in self._decided.get(node.root, ())]
        return keys[0] if len(keys) == 1 else [*{key for several in keys for key in several}]

    def _decided_names(self) -> Mapping[Atom, Collection[str]]:
        """By the set that people's decisions put names into, all names of these decisions."""
        found: defaultdict[Atom, set[str]] = defaultdict(set)
        for each in self._choices.same:
            if (root := self._root(each.a)) == self._root(each.b):
                found[root] |= {each.a, each.b}
        return found

    def _root(self, name: str) -> Atom:
        """The set that a bare name stands for."""
        implied = None if name in self._choices.own else self._implied.get(name)
        return self._clusters.sets.find((implied.own, "") if implied else self._choices.atom(self._label, name))

    def _family(self, node: _Node) -> _Node | None:
        """The nearest family of a node that is another node, nearer to the root."""
        nearest: _Node | None = None
        for each in node.profiles:
            for name in each.families:
                above = self._of_family[name]
                if above is None or above.depth >= node.depth:
                    continue
                if nearest is None or above.depth > nearest.depth or (above.depth == nearest.depth and above.ref < nearest.ref):
                    nearest = above
        return nearest


def _way_up(node: _Node) -> list[_Node]:
    """The nodes that VARIANT_OF leads to from a node."""
    found: list[_Node] = []
    while node.above is not None:
        node = node.above
        found.append(node)
    return found


def _handle(appearance: Appearance) -> str | None:
    """The hub handle of an organisation: the name, where the appearance has another surface beside."""
    others = any(surface != appearance.name for surface in appearance.surfaces)
    return appearance.name if appearance.label == "Organization" and others else None


def _distinct(nodes: Collection[_Node], atoms: Sequence[Atom]) -> list[_Node]:
    """Nodes in the order of their keys; where two would have one key, each carries a hash of its atoms."""
    ordered = sorted(nodes, key=attrgetter("ref.key"))
    shared = {a.ref.key for a, b in pairwise(ordered) if a.ref.key == b.ref.key}
    for node in ordered if shared else ():
        key = node.ref.key
        if key in shared:
            node.ref = node.ref._replace(key=node_key(f"{key[:180]}~{digest(sorted({atoms[i] for i in node.members}))}"))
    return sorted(ordered, key=attrgetter("ref.key")) if shared else ordered
