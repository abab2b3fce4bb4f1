"""Disjoint sets, whatever the order of unions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

__all__ = ["DisjointSets"]

T = TypeVar("T", bound=Hashable)


class DisjointSets(Generic[T]):
    """Items in sets; an item that was never joined is alone."""

    __slots__ = ("_parent",)

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def find(self, item: T) -> T:
        """The item that stands for the set of `item` at present."""
        root = item
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(item, item)) != root:
            self._parent[item] = root
            item = parent
        return root

    def join(self, a: T, b: T) -> None:
        """Make the sets of two items one."""
        first, second = self.find(a), self.find(b)
        if first != second:
            self._parent[second] = first

    def groups(self, items: Iterable[T]) -> list[list[T]]:
        """The items by set, in the order given."""
        found: defaultdict[T, list[T]] = defaultdict(list)
        for item in items:
            found[self.find(item)].append(item)
        return list(found.values())
