"""Rows of scores by key, made when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

__all__ = ["Rows"]

Key = TypeVar("Key", str, int)


class Rows(Generic[Key]):
    """A table that grows by one row for each new key, and forgets all of them when there are too many."""

    def __init__(self, width: int, make: Callable[[Sequence[Key]], npt.NDArray[np.float32]], most: int) -> None:
        self.table = np.zeros((1024, width), dtype=np.float32)
        self._numbers: dict[Key, int] = {}
        self._make: Callable[[Sequence[Key]], npt.NDArray[np.float32]] = make
        self._most = most

    def of(self, keys: Sequence[Key]) -> list[int]:
        """The numbers of the rows of these keys, valid until the next call."""
        if len(self._numbers) > self._most:
            self._numbers.clear()
        if new := [key for key in dict.fromkeys(keys) if key not in self._numbers]:
            self._add(new)
        return list(map(self._numbers.__getitem__, keys))

    def _add(self, keys: list[Key]) -> None:
        first, last = len(self._numbers), len(self._numbers) + len(keys)
        while last > len(self.table):
            self.table = np.concatenate([self.table, np.zeros_like(self.table)])
        self.table[first:last] = self._make(keys)
        self._numbers.update(zip(keys, count(first), strict=False))
