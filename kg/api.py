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
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Any

from kg import audit, queries, sources, stores
from kg.errors import UsageError, choice
from kg.graph import Graph, Node, Relationship
from kg.layout.cache import kept, outline
from kg.layout.slices import Cut, Slice, Whole, cut, named_in
from kg.names import NameCard, Names, Spelling
from kg.offline import build_files, evaluate, evaluate_confidence, evaluate_names, extract, extract_file, extractor, leads_anywhere, read
from kg.output import Out
from kg.pipeline import BuildReport, Pipeline, Progress
from kg.ports import Access, Decision, Reachable, Store, Table
from kg.queries import Card, Fault, Joint, Query, Step, schema_card
from kg.resolve import Doubt, NameResolver
from kg.schema import BOOKKEEPING
from kg.settings import QueryLimits, StoreSettings, cache_folder

if TYPE_CHECKING:
    import networkx
    import pandas
    from pyvis.network import Network

    from kg.explorer import Frame

__all__ = [
    "FORMATS",
    "Access",
    "BuildReport",
    "Card",
    "Decision",
    "Doubt",
    "Fault",
    "Joint",
    "KnowledgeGraph",
    "NameCard",
    "Names",
    "Query",
    "Slice",
    "Spelling",
    "Step",
    "Table",
    "build_files",
    "evaluate",
    "evaluate_confidence",
    "evaluate_names",
    "extract",
    "extract_file",
    "leads_anywhere",
    "read",
    "schema_card",
]


class KnowledgeGraph:
    """A graph of papers in a store. Use as a context manager, or close it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, store: str | Path | None = None, *, create: bool = True, into_existing: bool = False) -> KnowledgeGraph:
        """Open a folder (made where missing, unless `create` is false) or a Bolt URI; else NEO4J_URI, else `papers.kg`.

        `into_existing` allows writing into a database that holds nodes which are not ours. Raises StoreError and
        its kin, StoreAddressError for an address that is no store's.
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

    def access(self, *, writing: bool = False) -> Access:
        """How other tools get into the store over Bolt while it is open here; only to read, unless `writing`. Raises UsageError."""
        if not isinstance(self._store, Reachable):
            raise UsageError(f"the store {self.address} does not speak Bolt")
        return self._store.access(writing=writing)

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
        return self._pipeline.build(found, [extractor(engine)], progress=progress)

    def remove(self, *, paper: str | None = None, run: str | None = None) -> int:
        """Withdraw a paper by key (or the key of a title), or what one ExtractionRun produced; gives the number of papers touched."""
        withdrawn = self._pipeline.remove([paper]) if paper else 0
        return withdrawn + (self._pipeline.remove_run(run) if run else 0)

    @property
    def names(self) -> Names:
        """How names were put together, and people's decisions on it."""
        return Names(self._store)

    # -- asking --------------------------------------------------------------------------------------------------------

    def query(self, name: str, /, **parameters: object) -> Table:
        """Run a statement of the library by name; parameters left out take their defaults. Raises UsageError, QueryError."""
        return queries.run(self._store, name, parameters)

    @staticmethod
    def queries() -> Sequence[Query]:
        """The statements of the library: name, purpose, parameters, columns."""
        return queries.describe()

    def cypher(
        self, text: str, parameters_: Mapping[str, object] | None = None, /, *, limits: QueryLimits | None = None, **parameters: object
    ) -> Table:
        """Run Cypher of your own, read-only by the engine's own means; parameters by name, or as a mapping where one is no Python name.

        Raises QueryError and its kin.
        """
        limits = limits or QueryLimits()
        return self._store.query(text, {**(parameters_ or {}), **parameters}, rows=limits.rows, seconds=limits.seconds)

    def find(self, text: str) -> list[Card]:
        """The cards of what a text names: kind, aliases, papers, code, results, evidence."""
        return queries.find(self._store, text)

    def knows(self, text: str) -> bool:
        """Whether a text names anything here: a name or a title in some spelling, a key or an id of a paper."""
        return queries.is_known(self._store, text)

    def resembling(self, text: str, *, limit: int = 5) -> list[str]:
        """Names of things that are spelt with words of the text or with words like them, the likeliest first, at most `limit`."""
        return queries.resembling(self._store, text, limit=limit)

    def why(self, a: str, b: str) -> list[Joint]:
        """The evidence for what joins two things, each given by a name."""
        return queries.why(self._store, a, b)

    def leaderboard(self, benchmark: str) -> Table:
        """Results reported on a benchmark, the best first where the metric's direction is known."""
        return queries.leaderboard(self._store, benchmark)

    def stats(self) -> Table:
        """How many nodes and relationships there are, by label and type."""
        return queries.stats(self._store)

    def check(self) -> list[Fault]:
        """Where the graph breaks its own schema, or is not what the facts of its papers say."""
        return audit.check(self._store)

    # -- looking -------------------------------------------------------------------------------------------------------

    def graph(self, part: Slice | None = None) -> Cut:
        """The graph or a slice of it in memory, and in words what the slice left out."""
        part = part or Slice()
        if near := self._near(part):
            return cut(near, part, self._whole())
        return cut(Graph.of(self._items()), part)

    def _items(self) -> Iterator[Node | Relationship]:
        return itertools.chain(self._store.nodes(), self._store.relationships())

    def _near(self, part: Slice) -> Graph | None:
        """What a slice can reach, read from the store step by step; None where it asks for all, or names nothing that is there."""
        texts = [*part.papers, *filter(None, (part.around, part.benchmark)), *(called.text for called in part.named or ())]
        if not (texts or part.nodes):
            return queries.since(self._store, part.since) if part.since else None
        named = [queries.refs_of(self._store, text) for text in texts]
        near = queries.nearby(self._store, set(part.nodes).union(*named), max(part.hops, 1))
        return near if part.named or all(refs & near.nodes.keys() for refs in named) else None

    def _whole(self) -> Whole:
        nodes = {str(label): int(str(count)) for label, count, *_ in self.query("nodes_by_kind").rows}
        joints = (int(str(count)) for kind, count, *_ in self.query("relationships_by_kind").rows if kind not in BOOKKEEPING)
        return Whole(nodes, sum(joints))

    def answer(self, name: str, /, **parameters: object) -> Slice:
        """The slice of what a statement of the library answers: all that its rows name and what is joined to it. Raises as `query`."""
        return Slice(named=named_in(self.query(name, **parameters)))

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

    def show(self, part: Slice | None = None, *, height: int = 640) -> Frame:
        """The page of the graph or of a slice, for a notebook to show in place; of a large graph the most connected part."""
        from kg.explorer import Frame, html_page

        cut_ = self.graph(part or Slice(top=_SHOWN))
        return Frame(html_page(cut_.graph, note=cut_.left_out), height)

    def _repr_html_(self) -> str:
        return self.show()._repr_html_()

    # -- writing files -------------------------------------------------------------------------------------------------

    def export(self, format_: str, out: Out, part: Slice | None = None, **options: Any) -> str:
        """Write the graph or a slice of it in one of FORMATS; gives in one sentence what was left out, empty where nothing was.

        The whole graph is streamed, but html and pyvis hold it in memory, and gexf what the map's positions depend on.
        `options` are those of the writer, such as `title` of html or `formula_safe` of csv. Raises UsageError for an unknown format,
        InputError where the file cannot be written.
        """
        if format_ not in FORMATS:
            raise choice(format_, FORMATS, "format")
        if format_ not in _PICTURES and not part:
            if format_ in _PLACED:
                options.setdefault("layout", kept(outline(self._items()), cache_folder() / "layouts"))
            FORMATS[format_](self._items(), out, **options)
            return ""
        cut_ = self.graph(part)
        if format_ in _PICTURES:
            options.setdefault("note", cut_.left_out)
        if format_ in _PLACED:
            options.setdefault("layout", kept(cut_.graph, cache_folder() / "layouts"))
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
        "cypher": _exporter("kg.exports", "write_cypher"),
        "gexf": _exporter("kg.exports", "write_gexf"),
        "graphml": _exporter("kg.exports", "write_graphml"),
        "html": _exporter("kg.explorer", "write_html"),
        "jsonl": _exporter("kg.exports", "write_jsonl"),
        "jsonld": _exporter("kg.exports", "write_jsonld"),
        "parquet": _exporter("kg.exports", "write_parquet"),
        "pyvis": _exporter("kg.exports", "write_pyvis"),
    }
)
_PICTURES = frozenset({"html", "pyvis"})
#: Nodes that a notebook is given where no slice is asked for.
_SHOWN = 2_000
_PLACED = frozenset({"html", "gexf"})
