"""A whole graph without a database: read, put together, extract, resolve once, and write the files of Neo4j's importer.

What is kept in memory are the papers and their names; what was extracted waits in a file until the names are settled.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from kg import facts
from kg.facts import Joined, PaperFacts
from kg.model import Appearance, Loss, Record
from kg.pipeline import BATCH, BuildReport, Progress, checked, records
from kg.ports import Extractor, Resolver, Source
from kg.stores.import_files import ImportFiles, refuse_unusable

__all__ = ["build_files"]


def build_files(
    sources: Iterable[Source],
    extractor: Extractor,
    resolver: Resolver,
    folder: Path,
    *,
    progress: Progress | None = None,
) -> tuple[BuildReport, str]:
    """Write the files of the graph of these sources; gives also the command that imports them.

    The graph is the one that a build into an empty store makes. Where the sources hold no paper nothing is written, and the
    command is empty. Raises SourceError, ExtractorError, InputError.
    """
    refuse_unusable(folder)
    losses: list[Loss] = []
    read = 0
    pieces = []
    for item in records(sources):
        if isinstance(item, Record):
            read += 1
            pieces.append(facts.piece(item))
        else:
            losses.append(item)
    joined = facts.join(pieces)
    if not joined:
        return BuildReport(losses=tuple(losses)), ""
    with ImportFiles(folder) as files, tempfile.TemporaryFile("w+", encoding="utf-8") as found:
        appearances = _extract(joined, extractor, found, progress)
        resolution = resolver.resolve(frozenset(appearances))
        files.add(facts.derived(resolution))
        found.seek(0)
        for each in _facts(joined, extractor, found):
            files.add(facts.assemble(each, resolution.assignment))
    return BuildReport(read, added=len(joined), extracted=len(joined), losses=tuple(losses)), files.command


def _extract(joined: Sequence[Joined], extractor: Extractor, found: IO[str], progress: Progress | None) -> set[Appearance]:
    """Write the facts of each paper as a line; the names in all of them."""
    appearances: set[Appearance] = set()
    for start in range(0, len(joined), BATCH):
        some = joined[start : start + BATCH]
        texts = [each.paper.text for each in some]
        for each, text, extraction in zip(some, texts, extractor.extract(texts), strict=True):
            checked(extraction, text, extractor.run)
            appearances |= PaperFacts(each.paper, ((extractor.run, extraction),)).appearances()
            found.write(facts.encode(extraction) + "\n")
        if progress:
            progress(start + len(some))
    return appearances


def _facts(joined: Sequence[Joined], extractor: Extractor, found: Iterable[str]) -> Iterator[PaperFacts]:
    for each, line in zip(joined, found, strict=True):
        yield PaperFacts(each.paper, ((extractor.run, facts.decode(line, each.paper.text)),))
