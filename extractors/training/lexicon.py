"""Counting how common terms are in papers without annotation, and which of them are names."""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from extractors.grouping import STOP
from extractors.judgement import FILES
from extractors.lexicon import LONGEST, hashed
from extractors.taggers import load
from extractors.taggers.classes import Arrays
from extractors.training.classes import classes_of
from extractors.training.known import count_names
from extractors.training.plan import Plan, read_unlabelled
from kg.model import Text

__all__ = ["count_terms", "lexicon_of", "pack_lexicon"]

#: Papers in a hundred thousand that must have a term.
_LEAST = 24
_WORDS = re.compile(r"[a-z0-9]+")


def lexicon_of(plan: Plan) -> bytes:
    """The lexicon that lies in the folder of weights, else one counted on the unlabelled papers; empty without them.

    What names are is the fast engine's word, whose weights lie in the same folder. Raises ExtractorError where they do not.
    """
    path = plan.out / FILES[1]
    if path.exists():
        return path.read_bytes()
    texts = read_unlabelled(plan)
    names = count_names(texts, load("fast", plan.out).tag(texts)) if texts else {}
    return pack_lexicon(*count_terms(texts), len(texts), {**classes_of(plan), **names})


def count_terms(texts: Sequence[Text]) -> tuple[Counter[str], Counter[str]]:
    """How many abstracts and how many titles have each term that is not rare: of one word, then of those with one word more."""
    abstracts, titles = ([_WORDS.findall(text.field(name).lower()) for text in texts] for name in ("abstract", "title"))
    least = max(2, _LEAST * len(texts) // 100_000)
    found: Counter[str] = Counter()
    shorter: set[str] = set()
    for size in range(1, LONGEST + 1):
        counts: Counter[str] = Counter()
        for words in abstracts:
            counts.update(set(_terms(words, size, shorter)))
        shorter = {name for name, count in counts.items() if count >= least}
        found.update({name: counts[name] for name in shorter if _whole(name)})
    heads: Counter[str] = Counter()
    for words in titles:
        heads.update({name for size in range(1, LONGEST + 1) for name in _terms(words, size, None) if name in found})
    return found, heads


def _terms(words: Sequence[str], size: int, shorter: set[str] | None) -> Iterator[str]:
    """The stretches of so many words whose beginning and end, one word shorter, are not rare."""
    if size == 1:
        yield from words
        return
    for at in range(len(words) - size + 1):
        if shorter is None or (" ".join(words[at : at + size - 1]) in shorter and " ".join(words[at + 1 : at + size]) in shorter):
            yield " ".join(words[at : at + size])


def _whole(name: str) -> bool:
    words = name.split()
    return words[0] not in STOP and words[-1] not in STOP


def pack_lexicon(abstracts: Counter[str], titles: Counter[str], papers: int, further: Arrays) -> bytes:
    """The counts, as papers in a hundred thousand, with the classes of words and known names, as the bytes that `Lexicon.read` reads.

    Of terms with one hash the commonest counts.
    """
    levels: dict[int, int] = {}
    for name in sorted(abstracts):
        number = hashed(name)
        levels[number] = max(levels.get(number, 0), 16 * _level(abstracts[name], papers) + _level(titles[name], papers))
    numbers = np.array(sorted(levels), np.int64)
    gaps = np.diff(numbers, prepend=0)
    kind = np.uint16 if gaps.max(initial=0) < 1 << 16 else np.uint32
    stream = io.BytesIO()
    arrays = {"gaps": gaps.astype(kind), "levels": np.array([levels[number] for number in numbers.tolist()], np.uint8)}
    arrays |= further
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return stream.getvalue()


def _level(count: int, papers: int) -> int:
    """0 for none up to 15 for most."""
    return min(15, int(math.log2(1 + count * 25_000 / papers)))
