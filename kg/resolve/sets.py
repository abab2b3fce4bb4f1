"""Disjoint sets some of which must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from typing import Generic, TypeVar

__all__ = ["DisjointSets"]

T = TypeVar("T", bound=Hashable)


class DisjointSets(Generic[T]):
    """Items in sets; an item that was never joined is alone."""

    __slots__ = ("_foes", "_parent")

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}
        self._foes: defaultdict[T, set[T]] = defaultdict(set)

    def find(self, item: T) -> T:
        """The item that stands for the set of `item` at present."""
        parents = self._parent
        if item not in parents:
            return item
        root = item
        while (parent := parents.get(root, root)) != root:
            root = parent
        while (parent := parents.get(item, item)) != root:
            parents[item] = root
            item = parent
        return root

    def join(self, a: T, b: T) -> bool:
        """Make the sets of two items one, unless that is forbidden; says whether they are one now."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return True
        if self._foes:
            if second in self._foes.get(first, ()):
                return False
            for foe in self._foes.pop(second, ()):
                self._foes[foe].discard(second)
                self._foes[foe].add(first)
                self._foes[first].add(foe)
        self._parent[second] = first
        return True

    def forbid(self, a: T, b: T) -> bool:
        """Keep the sets of two items apart from now on, unless they are one; says whether they are apart."""
        first, second = self.find(a), self.find(b)
        if first == second:
            return False
        self._foes[first].add(second)
        self._foes[second].add(first)
        return True

    @property
    def constrained(self) -> bool:
        """Whether the order of joins can matter."""
        return bool(self._foes)
