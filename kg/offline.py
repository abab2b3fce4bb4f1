"""What needs no store: reading sources, extracting, the files of an import, scoring."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import sources
from kg.errors import GoldError
from kg.ids import paper_key, title_key
from kg.model import Extraction, Loss, Record, Text
from kg.output import Out, whole_file
from kg.pipeline import BuildReport, Progress, records
from kg.ports import Extractor

if TYPE_CHECKING:
    from kg.evaluation.gold import GoldPaper

__all__ = [
    "build_files",
    "evaluate",
    "evaluate_confidence",
    "evaluate_names",
    "extract",
    "extract_file",
    "extractor",
    "leads_anywhere",
    "read",
]


def read(*sources_: str | Path, year: int | None = None) -> Iterator[Record | Loss]:
    """The records of sources as read, in order, duplicates included, with what was not understood between them.

    A source is a file, a folder, a glob, `-`, `arxiv:ID` or `hf:DATE`; `year` is that of dates a listing gives without one.
    Raises SourceError where a word names no source.
    """
    return records(sources.open_sources([str(word) for word in sources_], year=year))


def leads_anywhere(*sources_: str | Path) -> bool:
    """Whether any of the words names a source that is there, though it may hold no records; nothing is read yet."""
    return sources.leads_anywhere([str(word) for word in sources_])


def extract(title: str, abstract: str = "", *, engine: str = "accurate") -> Extraction:
    """What one title and abstract say, without a store. Raises ExtractorError for an unknown engine."""
    return next(iter(extractor(engine).extract([Text("text", title, abstract)])))


def extract_file(
    *sources_: str | Path, out: Out, engine: str = "accurate", year: int | None = None, progress: Progress | None = None
) -> BuildReport:
    """Extract from every distinct paper of the sources into `out`, in the gold format, one line a paper, without a store.

    The first of several records of one paper counts; an `id` that it brings is kept. Memory does not grow with the sources.
    Raises SourceError where a word names no source, ExtractorError, InputError where `out` cannot be written.
    """
    from kg.evaluation.gold import as_gold

    found = sources.open_sources([str(word) for word in sources_], year=year)
    losses: list[Loss] = []
    waiting: deque[Text] = deque()
    counted = extracted = 0

    def texts() -> Iterator[Text]:
        nonlocal counted
        seen: set[str] = set()
        for item in records(found):
            if isinstance(item, Loss):
                losses.append(item)
                continue
            counted += 1
            keys = {title_key(item.title), paper_key(item.arxiv_id, item.title)}
            if seen.isdisjoint(keys):
                waiting.append(Text(item.given_id or paper_key(item.arxiv_id, item.title), item.title, item.abstract))
                yield waiting[-1]
            seen |= keys

    with whole_file(out) as stream:
        for extraction in extractor(engine, many=True).extract(texts()):
            stream.write((json.dumps(as_gold(extraction, waiting.popleft()), ensure_ascii=False) + "\n").encode())
            extracted += 1
            if progress:
                progress(extracted)
    return BuildReport(records=counted, added=extracted, extracted=extracted, losses=tuple(losses))


def build_files(
    *sources_: str | Path, folder: str | Path, engine: str = "accurate", year: int | None = None, progress: Progress | None = None
) -> tuple[BuildReport, str]:
    """Write the graph of the sources as the files of `neo4j-admin database import`; gives also the command that imports them.

    Where the sources hold no paper nothing is written, and the command is empty. Raises SourceError where a word names no source,
    ExtractorError, InputError where the folder is not empty, cannot be written, or has a path that the importer cannot read.
    """
    from kg import bulk
    from kg.resolve import NameResolver

    found = sources.open_sources([str(word) for word in sources_], year=year)
    return bulk.build_files(found, extractor(engine), NameResolver(), Path(folder), progress=progress)


def evaluate(gold: str | Path, predicted: str | Path | None = None, *, engine: str = "accurate") -> dict[str, Any]:
    """The figures of a prediction file, or of what the engine extracts from the same texts, against a gold file.

    With `intervals`: where each figure falls when as many papers are drawn again and again. Raises GoldError, ExtractorError.
    """
    from kg.evaluation.scoring import intervals, score

    wanted, got = _compared(gold, predicted, engine)
    return {**score(wanted, got), "intervals": intervals(wanted, got)}


def evaluate_confidence(gold: str | Path, predicted: str | Path | None = None, *, engine: str = "accurate") -> list[dict[str, float]]:
    """What confidence means: for each tenth of it `from` where it begins, how many `entities` have it, its mean, which share is `right`.

    Of a prediction file, or of what the engine extracts from the same texts. Raises GoldError, also where an entity has no confidence;
    ExtractorError.
    """
    from kg.evaluation.reliability import reliability

    return reliability(*_compared(gold, predicted, engine))


def _compared(gold: str | Path, predicted: str | Path | None, engine: str) -> tuple[dict[str, GoldPaper], dict[str, GoldPaper]]:
    """The papers of a gold file, and what is predicted of them."""
    from kg.evaluation.gold import as_gold, read_gold

    wanted = read_gold(Path(gold))
    if predicted is not None:
        return wanted, read_gold(Path(predicted))
    texts = [Text(key, str(paper.get("title") or ""), str(paper.get("abstract") or "")) for key, paper in wanted.items()]
    return wanted, {found.paper: as_gold(found) for found in extractor(engine).extract(texts)}


def evaluate_names(gold: str | Path) -> dict[str, float]:
    """Precision, recall and F1 of how names are put together here, against a file of pairs or of clusters of names.

    Of pairs they are those of "same", of clusters B-cubed. Raises GoldError.
    """
    from kg.evaluation.clusters import bcubed, read_clusters
    from kg.evaluation.pairs import read_pairs, score_pairs
    from kg.resolve import NameResolver, decide

    try:
        lines = Path(gold).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read {gold}: {error}; a JSON Lines file of pairs or clusters would do") from error
    if '"names"' in next((line for line in lines if line.strip()), ""):
        clusters = read_clusters(lines, str(gold))
        return bcubed(clusters, NameResolver().resolve({name for each in clusters for name in each.names}).assignment)
    return score_pairs(read_pairs(lines, str(gold)), lambda a, b: decide(a, b).same).figures()


def extractor(engine: str, *, many: bool = False) -> Extractor:
    """The extractor that an engine or a plug-in names, on every core where it is to read `many` papers. Raises ExtractorError."""
    import extractors

    return extractors.load(engine, many=many)
