"""What the Name nodes are called: by key the spelling that represents it."""

from __future__ import annotations

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
