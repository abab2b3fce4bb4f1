"""Mines the tables on names out of abstracts: `python -m kg.resolve.mine ABSTRACTS.jsonl.gz... [-o FOLDER]`.

abbreviations.tsv: a row is a short form, an expansion and the number of papers that define it so. Only letters decide what is an
expansion (`initials.abbreviates`), and spellings of one expansion are counted together; what a single paper defines is only counted.
words.txt: the words that most papers write in lower case.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.resolve.abbreviations import TABLE, short_key
from kg.resolve.initials import abbreviates
from kg.resolve.tokens import plain
from kg.resolve.words import WORDS

__all__ = ["Counts", "definitions", "main"]

_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"(?=[^A-Z]*[A-Z])[A-Za-z][A-Za-z0-9+/\-]{1,11}\Z")
_SEPARATOR = re.compile(r"[;,:]|\bor\b|\be\.g\.|\bi\.e\.")
#: What no expansion holds: brackets, the end of a sentence, numbers other than of dimensions.
_FOREIGN = re.compile(r"[()]|[.!?] |\d(?![Dd]\b)")
_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"(?<![A-Za-z])[A-Za-z]{2,}(?![A-Za-z])")
_EDGE = " ,.;:'\"“”‘’[]"
_MOST_WORDS = 10
#: Papers that must define a short form in one way before the table holds it.
_LEAST_PAPERS = 2
#: Papers that must write a word in lower case, and the share of those that have it at all.
_LEAST_LOWER, _LOWER_SHARE = 30, 0.6


def definitions(text: str) -> Iterator[tuple[str, str, str]]:
    """Each abbreviation that the text defines in brackets, with its expansion as written and its stemmed words."""
    for match in _BRACKET.finditer(text):
        inside = _SEPARATOR.split(match[1])[0].strip(_EDGE)
        before = text[max(0, match.start() - 160) : match.start()].rstrip()
        if _SHORT.match(inside):
            found = _expansion(inside, before)
            if found:
                yield inside, *found
        else:
            words = before.split()
            short = words[-1].strip(_EDGE) if words else ""
            if _SHORT.match(short) and not _FOREIGN.search(inside) and (sense := abbreviates(short, inside)):
                yield short, inside, sense


def _expansion(short: str, before: str) -> tuple[str, str] | None:
    """The fewest words before a bracket that the short form in it stands for."""
    starts = [match.start() for match in _WORD.finditer(before)][-_MOST_WORDS:]
    for start in reversed(starts):
        long = before[start:].strip(_EDGE)
        if _FOREIGN.search(long):
            return None
        sense = abbreviates(short, long)
        if sense:
            return long, sense
    return None


class Counts:
    """What the abstracts say, counted in papers."""

    def __init__(self) -> None:
        self._senses: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._longs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._shorts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._lower: Counter[str] = Counter()
        self._words: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count one paper."""
        words = set(_LETTERS.findall(text))
        self._lower.update(word for word in words if word.islower())
        self._words.update({word.lower() for word in words})
        for short, sense, long in {(short, sense, plain(long).lower()) for short, long, sense in definitions(text)}:
            key = short_key(short)
            self._senses[key][sense] += 1
            self._longs[key, sense][long] += 1
            self._shorts[key][short.removesuffix("s")] += 1

    def abbreviations(self) -> Iterator[tuple[str, str, int]]:
        """The rows of the table: short form, its expansion as most papers write it, papers; those too rare together, without one."""
        for key in sorted(self._senses):
            senses = self._senses[key]
            kept = [(sense, papers) for sense, papers in senses.items() if papers >= _LEAST_PAPERS]
            if not kept:
                continue
            short = _commonest(self._shorts[key])
            for sense, papers in sorted(kept, key=lambda item: (-item[1], item[0])):
                yield short, _commonest(self._longs[key, sense]), papers
            rare = senses.total() - sum(papers for _, papers in kept)
            if rare:
                yield short, "", rare

    def words(self) -> Iterator[str]:
        """The words that most papers which have them write in lower case."""
        for word in sorted(self._lower):
            if self._lower[word] >= _LEAST_LOWER and self._lower[word] >= _LOWER_SHARE * self._words[word]:
                yield word


def _commonest(counts: Counter[str]) -> str:
    return min(counts, key=lambda each: (-counts[each], each))


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield f"{record['title']}\n{record['abstract']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables of the abstracts given."""
    parser = argparse.ArgumentParser(description="Mine the tables on names out of arXiv metadata as JSON Lines.")
    parser.add_argument("abstracts", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=TABLE.parent, help="folder of the tables")
    options = parser.parse_args(arguments)
    counts = Counts()
    for text in _texts(options.abstracts):
        counts.add(text)
    rows = "".join(f"{short}\t{long}\t{papers}\n" for short, long, papers in counts.abbreviations())
    (options.output / TABLE.name).write_text(rows, encoding="utf-8")
    (options.output / WORDS.name).write_text("".join(f"{word}\n" for word in counts.words()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
