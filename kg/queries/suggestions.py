"""What somebody may have meant who asks for a name that nothing has."""

from __future__ import annotations

from collections import defaultdict

import cypher
from kg.ports import Store
from kg.queries.library import name_keys, paper, run, words_of

__all__ = ["is_known", "resembling"]

#: Words of a text that are looked up, what is looked at of each, the letters that a word needs to be taken for a misspelt one, and those
#: of the longest that is looked up: beyond some hundreds full-text indexes refuse a word.
_WORDS, _HITS, _SHORTEST, _LONGEST = 8, 50, 5, 40
#: Words that names have, but that say nothing of which name is meant.
_LINKING = frozenset(["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or", "the", "to", "via", "with"])
#: How much a misspelt word counts.
_GUESSED = 0.5

Rows = list[dict[str, object]]


def is_known(store: Store, text: str) -> bool:
    """Whether a text names anything: a name or a title in some spelling, a key or an id of a paper."""
    return bool(run(store, "things", {"names": name_keys(store, text)}, rows=1).rows) or paper(store, text) is not None


def resembling(store: Store, text: str, *, limit: int = 5) -> list[str]:
    """Usual names of things that are spelt with words of a text, the likeliest first, at most `limit`.

    A word counts the more the fewer names hold it, and half where no name holds it but some hold one that differs in up to two letters.
    What counts less than half of the likeliest is left out.
    """
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, tuple[int, str]] = {}
    for word in _telling(text):
        found, weight = _holding(store, word)
        for row in found:
            key = f"{row['kind']} {row['key']}"
            scores[key] += weight / len(found)
            seen[key] = -int(str(row["papers"])), str(row["name"])
    least = max(scores.values(), default=0) / 2
    ranked = sorted((key for key in scores if scores[key] >= least), key=lambda key: (-scores[key], seen[key], key))
    return list(dict.fromkeys(seen[key][1] for key in ranked))[: max(limit, 0)]


def _telling(text: str) -> list[str]:
    words = [word for word in dict.fromkeys(words_of(text)) if word not in _LINKING and len(word) <= _LONGEST]
    return words[:_WORDS]


def _holding(store: Store, word: str) -> tuple[Rows, float]:
    """Things of which a name holds the word, else a word like it, and how much that counts."""
    statement = cypher.load("search", "names_like").text
    found = store.query(statement, {"words": f"+{word}", "limit": _HITS}).records()
    if found or len(word) < _SHORTEST:
        return found, 1.0
    return store.query(statement, {"words": f"+{word}~", "limit": _HITS}).records(), _GUESSED
