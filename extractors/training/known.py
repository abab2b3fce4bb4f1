"""Counting what a tagger takes for names in papers without annotation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np

from extractors.known import Said, level, number, pack, stretches
from extractors.reading import FIELDS
from extractors.taggers.classes import Arrays
from extractors.taggers.contract import TaggedSpan
from extractors.taggers.labels import TYPES
from kg.model import EntityType, Text

__all__ = ["count_names"]

#: Papers that must have a name.
_LEAST = 2


def count_names(texts: Sequence[Text], found: Sequence[Sequence[TaggedSpan]]) -> Arrays:
    """For each term that is a name in some paper how many papers have it, and in which share of them it is a name of each type: what
    `KnownNames.read` reads. Of two terms with one number both count.
    """
    named: dict[int, Counter[EntityType]] = defaultdict(Counter)
    for text, spans in zip(texts, found, strict=True):
        mine = {(number(text.field(span.field)[span.start : span.end]), span.type) for span in spans}
        for code, kind in mine:
            named[code][kind] += 1
    papers: Counter[int] = Counter()
    for text in texts:
        papers.update({code for name in FIELDS for _, _, code in stretches(text.field(name), named)})
    kept = sorted(code for code, count in papers.items() if count >= _LEAST)
    said = [pack(_said(named[code], papers[code])) for code in kept]
    return {"named_gaps": np.diff(np.array(kept, np.int64), prepend=0).astype(np.uint32), "named": np.array(said, np.uint32)}


def _said(named: Counter[EntityType], papers: int) -> Said:
    """A name may be tagged across what parts words for `stretches`, so in more papers than these have it."""
    return Said(papers.bit_length() - 1, tuple(level(min(named[kind], papers), papers) for kind in TYPES))
