"""Mines the table of abbreviations out of abstracts: `python -m kg.resolve.mine ABSTRACTS.jsonl.gz... [-o TABLE]`.

A row is a short form, an expansion and the number of papers that define it so. Only letters decide what is an expansion
(`initials.abbreviates`); spellings of one expansion are counted together, and what a single paper says stays out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.resolve.abbreviations import TABLE, short_key
from kg.resolve.forms import plain
from kg.resolve.initials import abbreviates

__all__ = ["definitions", "main", "table"]

_BRACKET = re.compile(r"\(([^()]{2,120})\)")
_SHORT = re.compile(r"(?=[^A-Z]*[A-Z])[A-Za-z][A-Za-z0-9+/\-]{1,11}\Z")
_SEPARATOR = re.compile(r"[;,:]|\bor\b|\be\.g\.|\bi\.e\.")
#: What no expansion holds: brackets, the end of a sentence, numbers other than of dimensions.
_FOREIGN = re.compile(r"[()]|[.!?] |\d(?![Dd]\b)")
_WORD = re.compile(r"\S+")
_EDGE = " ,.;:'\"“”‘’[]"
_MOST_WORDS = 10
#: Papers that must define a short form in one way before the table holds it.
_LEAST_PAPERS = 2


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


def table(texts: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """The rows of the table: short form, its expansion as most papers write it, papers."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    longs: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shorts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for short, sense, long in {(short, sense, plain(long).lower()) for short, long, sense in definitions(text)}:
            key = short_key(short)
            counts[key][sense] += 1
            longs[key, sense][long] += 1
            shorts[key][short.removesuffix("s")] += 1
    for key in sorted(counts):
        common = min(shorts[key], key=lambda each: (-shorts[key][each], each))
        rare = 0
        for sense, papers in sorted(counts[key].items(), key=lambda item: (-item[1], item[0])):
            written = longs[key, sense]
            if papers >= _LEAST_PAPERS:
                yield common, min(written, key=lambda long: (-written[long], long)), papers
            else:
                rare += papers
        if rare and counts[key].most_common(1)[0][1] >= _LEAST_PAPERS:
            yield common, "", rare


def _texts(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield f"{record['title']}\n{record['abstract']}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the table of the abstracts given."""
    parser = argparse.ArgumentParser(description="Mine the table of abbreviations out of arXiv metadata as JSON Lines.")
    parser.add_argument("abstracts", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=TABLE)
    options = parser.parse_args(arguments)
    rows = list(table(_texts(options.abstracts)))
    options.output.write_text("".join(f"{short}\t{long}\t{papers}\n" for short, long, papers in rows), encoding="utf-8")
    sys.stderr.write(f"{len(rows)} rows written to {options.output}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
