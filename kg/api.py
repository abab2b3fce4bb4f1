"""The facade: open a graph, add papers, ask, look, export.

from kg import KnowledgeGraph

with KnowledgeGraph.open("papers.kg") as graph:
    graph.add("examples/")
    print(graph.leaderboard("GSM8K").rows)
    graph.export("html", "graph.html")
"""

from __future__ import annotations

import importlib
import itertools
import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any

from kg import queries, sources, stores
from kg.errors import choice
from kg.graph import Graph
from kg.ids import paper_key, title_key
from kg.layout.slices import Cut, Slice, cut
from kg.model import Extraction, Loss, Record, Text
from kg.output import Out, whole_file
from kg.pipeline import BuildReport, Pipeline, Progress, records
from kg.ports import Extractor, Store, Table
from kg.resolve import NameResolver
from kg.settings import QueryLimits, StoreSettings

if TYPE_CHECKING:
    import networkx
    import pandas
    from pyvis.network import Network

__all__ = ["FORMATS", "BuildReport", "KnowledgeGraph", "Slice", "evaluate", "extract", "extract_file", "read"]


def read(*sources_: str | Path, year: int | None = None) -> Iterator[Record | Loss]:
    """The records of sources as read, in order, duplicates included, with what was not understood between them.

    A source is a file, a folder, a glob, `-`, `arxiv:ID` or `hf:DATE`; `year` is that of dates a listing gives without one.
    Raises SourceError where a word names no source.
    """
    return records(sources.open_sources([str(word) for word in sources_], year=year))


def extract(title: str, abstract: str = "", *, engine: str = "accurate") -> Extraction:
    """What one title and abstract say, without a store. Raises ExtractorError for an unknown engine."""
    return next(iter(_extractor(engine).extract([Text("text", title, abstract)])))


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
        for extraction in _extractor(engine).extract(texts()):
            stream.write((json.dumps(as_gold(extraction, waiting.popleft()), ensure_ascii=False) + "\n").encode())
            extracted += 1
            if progress:
                progress(extracted)
    return BuildReport(records=counted, added=extracted, extracted=extracted, losses=tuple(losses))


def evaluate(gold: str | Path, predicted: str | Path | None = None, *, engine: str = "accurate") -> dict[str, Any]:
    """The figures of a prediction file, or of what the engine extracts from the same texts, against a gold file.

    With `intervals`: where each figure falls when as many papers are drawn again and again. Raises GoldError, ExtractorError.
    """
    from kg.evaluation.gold import as_gold, read_gold
    from kg.evaluation.scoring import intervals, score

    wanted = read_gold(Path(gold))
    if predicted is not None:
        got = read_gold(Path(predicted))
    else:
        texts = [Text(key, str(paper.get("title") or ""), str(paper.get("abstract") or "")) for key, paper in wanted.items()]
        got = {found.paper: as_gold(found) for found in _extractor(engine).extract(texts)}
    return {**score(wanted, got), "intervals": intervals(wanted, got)}


def _extractor(engine: str) -> Extractor:
    import extractors

    return extractors.load(engine)


class KnowledgeGraph:
    """A graph of papers in a store. Use as a context manager, or close it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, store: str | Path | None = None, *, create: bool = True, into_existing: bool = False) -> KnowledgeGraph:
        """Open a folder (made where missing, unless `create` is false) or a Bolt URI; else NEO4J_URI, else `papers.kg`.

        `into_existing` allows writing into a database that holds nodes which are not ours. Raises StoreError and its kin.
        """
        settings = StoreSettings.resolve(None if store is None else str(store), into_existing=into_existing)
        return cls(stores.open_store(settings, create=create))

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store. Idempotent."""
        self._store.close()

    @property
    def address(self) -> str:
        """The folder or URI of the store, without secrets."""
        return self._store.address

    # -- writing -------------------------------------------------------------------------------------------------------

    @property
    def _pipeline(self) -> Pipeline:
        return Pipeline(self._store, NameResolver())

    def add(
        self, *sources_: str | Path, engine: str = "accurate", year: int | None = None, progress: Progress | None = None
    ) -> BuildReport:
        """Read sources, extract, resolve and write. Papers that are there unchanged are not touched.

        Raises SourceError where a word names no source, ExtractorError, StoreError; what a source lost is in the report.
        """
        found = sources.open_sources([str(word) for word in sources_], year=year)
        return self._pipeline.build(found, [_extractor(engine)], progress=progress)

    def remove(self, *, paper: str | None = None, run: str | None = None) -> int:
        """Withdraw a paper by key (or the key of a title), or what one ExtractionRun produced; gives the number of papers touched."""
        withdrawn = self._pipeline.remove([paper]) if paper else 0
        return withdrawn + (self._pipeline.remove_run(run) if run else 0)

    # -- asking --------------------------------------------------------------------------------------------------------

    def query(self, name: str, /, **parameters: object) -> Table:
        """Run a statement of the library by name; parameters left out take their defaults. Raises UsageError, QueryError."""
        return queries.run(self._store, name, parameters)

    @staticmethod
    def queries() -> Sequence[queries.Query]:
        """The statements of the library: name, purpose, parameters, columns."""
        return queries.describe()

    def cypher(self, text: str, parameters: Mapping[str, object] | None = None, *, limits: QueryLimits | None = None) -> Table:
        """Run Cypher of your own, read-only by the engine's own means. Raises QueryError and its kin."""
        limits = limits or QueryLimits()
        return self._store.query(text, parameters, rows=limits.rows, seconds=limits.seconds)

    def find(self, text: str) -> list[queries.Card]:
        """The cards of what a text names: kind, aliases, papers, code, results, evidence."""
        return queries.find(self._store, text)

    def why(self, a: str, b: str) -> list[queries.Joint]:
        """The evidence for what joins two things, each given by a name."""
        return queries.why(self._store, a, b)

    def leaderboard(self, benchmark: str) -> Table:
        """Results reported on a benchmark, the best first where the metric's direction is known."""
        return queries.leaderboard(self._store, benchmark)

    def stats(self) -> Table:
        """How many nodes and relationships there are, by label and type."""
        return queries.stats(self._store)

    def check(self) -> list[queries.Fault]:
        """Where the graph breaks its own schema: dangling results, edges without evidence, offsets that do not match, broken keys."""
        return queries.check(self._store)

    # -- looking -------------------------------------------------------------------------------------------------------

    def graph(self, part: Slice | None = None) -> Cut:
        """The graph or a slice of it in memory, and in words what the slice left out."""
        return cut(Graph.of((*self._store.nodes(), *self._store.relationships())), part or Slice())

    def neighbours(self, name: str, *, hops: int = 1) -> Graph:
        """The nodes within some hops of what a name stands for, with the relationships between them."""
        return self.graph(Slice(around=name, hops=hops)).graph

    def to_networkx(self, part: Slice | None = None) -> networkx.MultiDiGraph[Any]:
        """The graph as a networkx MultiDiGraph: nodes are (label, key), edge keys are relationship types."""
        from kg.exports import to_networkx

        return to_networkx(self.graph(part).graph)

    def to_pandas(self, part: Slice | None = None) -> tuple[pandas.DataFrame, pandas.DataFrame]:
        """Nodes and relationships as two data frames."""
        from kg.exports import to_pandas

        return to_pandas(self.graph(part).graph)

    def to_pyvis(self, part: Slice | None = None) -> Network:
        """A slice as a pyvis Network with fixed positions, to restyle."""
        from kg.exports import to_pyvis

        return to_pyvis(self.graph(part).graph)

    # -- writing files -------------------------------------------------------------------------------------------------

    def export(self, format_: str, out: Out, part: Slice | None = None, **options: Any) -> str:
        """Write the graph or a slice of it in one of FORMATS; gives in one sentence what was left out, empty where nothing was.

        The machine formats stream the whole graph; html and pyvis hold it in memory. `options` are those of the writer, such as
        `title` of html or `formula_safe` of csv. Raises UsageError for an unknown format, InputError where the file cannot be written.
        """
        if format_ not in FORMATS:
            raise choice(format_, FORMATS, "format")
        if format_ in _STREAMED and not part:
            items = itertools.chain(self._store.nodes(), self._store.relationships())
            FORMATS[format_](items, out, **options)
            return ""
        cut_ = self.graph(part)
        said = FORMATS[format_](cut_.graph, out, **options)
        return " ".join(each for each in (cut_.left_out, said) if each and isinstance(each, str))


def _exporter(module: str, function: str) -> Callable[..., str | None]:
    def write(*arguments: Any, **options: Any) -> str | None:
        return getattr(importlib.import_module(module), function)(*arguments, **options)  # type: ignore[no-any-return]

    return write


#: Export formats and their writers.
FORMATS: Mapping[str, Callable[..., str | None]] = MappingProxyType(
    {
        "csv": _exporter("kg.exports", "write_csv"),
        "graphml": _exporter("kg.exports", "write_graphml"),
        "html": _exporter("kg.explorer", "write_html"),
        "jsonl": _exporter("kg.exports", "write_jsonl"),
        "pyvis": _exporter("kg.exports", "write_pyvis"),
    }
)
_STREAMED = frozenset(FORMATS) - {"html", "pyvis"}
