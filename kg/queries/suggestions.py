"""What somebody may have meant who asks for a name that nothing has."""

from __future__ import annotations

from collections import defaultdict

import cypher
from kg.ports import Store
from kg.queries.library import name_keys, paper, run, words_of

__all__ = ["is_known", "resembling"]

#: Words of a text that are looked up, what is looked at of each, and letters that a word needs to be taken for a misspelt one.
_WORDS, _HITS, _LETTERS = 8, 50, 5

Named = tuple[str, str]


def is_known(store: Store, text: str) -> bool:
    """Whether a text names anything: a name or a title in some spelling, a key or an id of a paper."""
    return bool(run(store, "things", {"names": name_keys(store, text)}, rows=1).rows) or paper(store, text) is not None


def resembling(store: Store, text: str, *, limit: int = 5) -> list[str]:
    """Usual names of what is spelt with words of a text: with rare ones first, then what more papers speak of.

    Where no name holds any of the words, they count as misspelt by up to two letters.
    """
    words = list(dict.fromkeys(words_of(text)))[:_WORDS]
    return _best(store, words, limit) or _best(store, [f"{word}~" for word in words if len(word) >= _LETTERS], limit)


def _best(store: Store, words: list[str], limit: int) -> list[str]:
    """The names that hold the words, a word counting the more the fewer names hold it; those with half of the best's words or more."""
    statement = cypher.load("search", "names_like").text
    scores: dict[Named, float] = defaultdict(float)
    papers: dict[Named, int] = {}
    for word in words:
        found = store.query(statement, {"words": f"+{word}", "limit": _HITS}).records()
        for row in found:
            named = (str(row["kind"]), str(row["name"]))
            scores[named] += 1 / len(found)
            papers[named] = int(str(row["papers"]))
    least = max(scores.values(), default=0) / 2
    ranked = sorted((one for one in scores if scores[one] >= least), key=lambda one: (-scores[one], -papers[one], one))
    return list(dict.fromkeys(name for _, name in ranked))[:limit]
