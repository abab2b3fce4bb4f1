"""What the Name nodes are called: by key the spelling that represents it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.ids import fold, name_key
from kg.resolve.forms import form
from kg.resolve.profiles import Profile, keys_of, own_surfaces

__all__ = ["Spellings"]


class Spellings(dict[str, str]):
    """By Name key the spelling that represents it: the smallest that is squeezed alike."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label = label

    def learnt(self, found: Profile) -> Profile:
        """A profile, whose surfaces its Name keys know from now on."""
        if len(found.keys) == 1:
            for surface in found.aliases:
                self._put(found.keys[0], surface)
            return found
        surfaces = own_surfaces(self._label, found)
        if len(surfaces) == 1:
            self._learn(surfaces[0], found.keys)
        else:
            for surface in surfaces:
                self.learn(surface)
        return found

    def learn(self, surface: str) -> tuple[str, ...]:
        """Let the Name keys of a surface know it, and give them."""
        keys = keys_of(self._label, surface)
        self._learn(surface, keys)
        return keys

    def _learn(self, surface: str, keys: Sequence[str]) -> None:
        self._put(keys[0], surface)
        for key in keys[1:]:
            spelling = " ".join([token.text for token in form(self._label, surface).tokens])
            if not spelling or name_key(self._label, spelling) != key:
                spelling = fold(surface)
            if not spelling or name_key(self._label, spelling) != key:
                spelling = key.partition(":")[2]
            self._put(key, spelling)

    def _put(self, key: str, spelling: str) -> None:
        known = self.get(key)
        if known is None or spelling < known:
            self[key] = spelling
