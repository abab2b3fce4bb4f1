"""How fast a graph with evidence is written, side by side on one Neo4j server and on the embedded engine.

    python benchmarks/writes.py [PAPERS] [ROUNDS] [WRITER...] [--fields N]

Starts a server of its own, put together as the tests do (Java and Maven). Writers: this package; plain `UNWIND ... MERGE`, 5,000 rows a
transaction in one session; neo4j-graphrag's, where NEO4J_GRAPHRAG names a Python that has it, or several as PATH does, and
PAPERKG_BENCH_PLUGINS a folder with the APOC jars that it needs; the embedded engine; and Neo4j's importer with the files of `--bulk`.
WRITER is paperkg, merge, graphrag, embedded or bulk; all, where none is named. N is the number of fields over which papers are spread:
more of them, more nodes a paper.

Every writer is warmed with the same small graph, its second time included, before any is measured. Server and embedded engine run on
through all rounds and are emptied between writers, so they grow quicker alike. Each round has an order of its own. Every writer's best
of all rounds is shown, and all of its first times. What counts are the ratios of one run: the machine is the same for all.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import islice
from pathlib import Path

from neo4j import Driver, GraphDatabase

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from neo4j_server import Neo4jServer  # noqa: E402

from kg.graph import Change, Graph, Node, Ref, Relationship  # noqa: E402
from kg.pipeline import BATCH  # noqa: E402
from kg.ports import Store  # noqa: E402
from kg.settings import StoreSettings  # noqa: E402
from kg.stores import open_store  # noqa: E402
from kg.stores.batches import node_batches, relationship_batches  # noqa: E402
from kg.stores.bolt_values import to_properties  # noqa: E402
from kg.stores.import_files import ImportFiles  # noqa: E402
from kg.testing.graphs import synthetic  # noqa: E402

EMPTY = (
    "MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS",
    "MATCH (n) WHERE NOT n:PaperKGStore CALL (n) { DELETE n } IN TRANSACTIONS OF 20000 ROWS",
)
WARM = 300
WRITERS = ("paperkg", "merge", "graphrag", "embedded", "bulk")
Times = tuple[float, float]
MERGE_NODES = "UNWIND $rows AS row MERGE (n:%s:PaperKG {key: row.key}) SET n = row.properties"
MERGE_EDGES = (
    "UNWIND $rows AS row MATCH (a:%s {key: row.start}) MATCH (b:%s {key: row.end}) "
    "MERGE (a)-[r:%s {paper: row.paper, extractor: row.extractor}]->(b) SET r = row.properties"
)


def timed(work: Callable[[], object]) -> float:
    """Seconds of wall time."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def changes(graph: Graph) -> Iterator[Change]:
    """The graph as a build brings it: papers by the batch, each batch with all that it names and no other did before."""
    carried: dict[str, list[Relationship]] = {}
    names: dict[Ref, list[Relationship]] = {}
    for one in graph.relationships.values():
        if "paper" in one.properties:
            carried.setdefault(str(one.properties["paper"]), []).append(one)
        else:
            names.setdefault(one.end, []).append(one)
    written: set[Ref] = set()
    papers = iter(sorted(carried))
    while some := list(islice(papers, BATCH)):
        joints = [one for paper in some for one in carried[paper]]
        refs = dict.fromkeys(ref for one in joints for ref in (one.start, one.end) if ref not in written)
        naming = [one for ref in refs for one in names.get(ref, ())]
        new = [*refs, *(one.start for one in naming if one.start not in written and one.start not in refs)]
        written.update(new)
        yield Change(nodes=tuple(graph.nodes[ref] for ref in dict.fromkeys(new)), relationships=(*joints, *naming))


def ours(store: Store, graph: Graph) -> Times:
    """Seconds of the first time and of the same changes again."""
    batches = list(changes(graph))

    def write() -> None:
        for change in batches:
            store.apply(change)

    return timed(write), timed(write)


def into_embedded(store: Store, graph: Graph) -> Times:
    """The same into the embedded engine, from which the graph is withdrawn afterwards."""
    times = ours(store, graph)
    for change in reversed(list(changes(graph))):
        nodes, relationships = (node.ref for node in change.nodes), (one.id for one in change.relationships)
        store.apply(Change(deleted_nodes=tuple(nodes), deleted_relationships=tuple(relationships)))
    return times


def plain(driver: Driver, graph: Graph) -> Times:
    """Plain MERGE, one statement for each label and each type between two labels."""

    def write() -> None:
        with driver.session() as session:
            for label, nodes in node_batches(graph.nodes.values()):
                rows = [{"key": node.key, "properties": to_properties(node.properties) | {"key": node.key}} for node in nodes]
                session.execute_write(lambda tx, label=label, rows=rows: tx.run(MERGE_NODES % label, rows=rows).consume())
            for (kind, start, end), edges in relationship_batches(graph.relationships.values()):
                made = [
                    {
                        "start": one.start.key, "end": one.end.key, "properties": to_properties(one.properties),
                        "paper": one.properties.get("paper", ""), "extractor": one.properties.get("extractor", ""),
                    }
                    for one in edges
                ]  # fmt: skip
                text = MERGE_EDGES % (start, end, kind)
                session.execute_write(lambda tx, text=text, made=made: tx.run(text, rows=made).consume())

    return timed(write), timed(write)


class GraphRAG:
    """neo4j-graphrag's writer in a Python of its own: paperkg brings a driver that packs messages in Rust, its users may have another."""

    def __init__(self, python: str, server: Neo4jServer) -> None:
        self._server = server
        command = [python, ROOT / "benchmarks" / "others" / "graphrag.py"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        language = self._answer()
        assert language, f"{python} has no neo4j-graphrag"
        self.name = f"neo4j-graphrag, its driver in {language}"

    def _answer(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def __call__(self, _driver: Driver, _store: Store, graph: Graph) -> Times:
        """Seconds of the first time and of the same again, which doubles the graph."""
        nodes = [(f"{n.label} {n.key}", n.label, to_properties(n.properties)) for n in graph.nodes.values()]
        relationships = [(r.type, " ".join(r.start), " ".join(r.end), to_properties(r.properties)) for r in graph.relationships.values()]
        assert self._process.stdin is not None
        with tempfile.NamedTemporaryFile() as file:
            file.write(pickle.dumps((nodes, relationships)))
            file.flush()
            print(
                json.dumps([self._server.uri, self._server.username, self._server.password, file.name]),
                file=self._process.stdin,
                flush=True,
            )
            first, again = json.loads(self._answer())
        return first, again

    def close(self) -> None:
        """End the other Python."""
        self._process.kill()
        self._process.communicate()


def imported(folder: Path, graph: Graph) -> tuple[float, float]:
    """Seconds of writing the files, and of the importer with its start."""
    items: list[Node | Relationship] = list(graph)

    def write() -> None:
        with ImportFiles(folder / "files") as files:
            files.add(items)

    first = timed(write)
    server = Neo4jServer(folder / "imported")
    return first, timed(lambda: server.admin("database", "import", "full", f"@{folder / 'files' / 'import.args'}", "neo4j"))


def into_server(server: Neo4jServer, writer: Callable[[Driver, Store, Graph], Times], graph: Graph) -> Times:
    """What a writer takes on the server, emptied."""
    settings = StoreSettings(server.uri, server.username, server.password)
    with GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver, open_store(settings) as store:
        with driver.session() as session:
            for statement in EMPTY:
                session.run(statement).consume()
        store.decide([])  # declares constraints and indexes, which every writer has
        return writer(driver, store, graph)


def told(name: str, times: Times) -> Times:
    """The times, shown as soon as they are known."""
    print(f"{name}: {times[0]:.2f} s, again {times[1]:.2f} s", file=sys.stderr, flush=True)
    return times


def available(folder: Path, server: Neo4jServer, wanted: Collection[str], opened: ExitStack) -> dict[str, Callable[[Graph], Times]]:
    """The writers that are wanted and can be had here, by what they are called."""
    found: dict[str, Callable[[Graph], Times]] = {}
    if "paperkg" in wanted:
        found["paperkg into Neo4j"] = partial(into_server, server, lambda _, store, some: ours(store, some))
    if "merge" in wanted:
        found["UNWIND ... MERGE into Neo4j"] = partial(into_server, server, lambda driver, _, some: plain(driver, some))
    if "graphrag" in wanted and "PAPERKG_BENCH_PLUGINS" in os.environ:
        for python in filter(None, os.environ.get("NEO4J_GRAPHRAG", "").split(os.pathsep)):
            writer = opened.enter_context(closing(GraphRAG(python, server)))
            assert writer.name not in found, f"{python} has the same driver as another: name one of them"
            found[writer.name] = partial(into_server, server, writer)
    if "embedded" in wanted:
        store = opened.enter_context(open_store(StoreSettings(str(folder / "papers.kg"))))
        found["paperkg into the embedded engine"] = partial(into_embedded, store)
    return found


def measured(folder: Path, graph: Graph, rounds: int, wanted: Collection[str]) -> dict[str, list[Times]]:
    """What each writer took in each round; each round has an order of its own."""
    plugins = os.environ.get("PAPERKG_BENCH_PLUGINS")
    server = Neo4jServer(folder / "server", plugins=Path(plugins) if plugins else None)
    server.start()
    with ExitStack() as opened:
        opened.callback(server.stop)
        writers = available(folder, server, wanted, opened)
        for writer in writers.values():
            writer(synthetic(WARM))
        found: dict[str, list[Times]] = {name: [] for name in writers}
        for number in range(rounds):
            for name in random.Random(number).sample(sorted(writers), len(writers)):  # noqa: S311 - repeatable, not secret
                found[name].append(told(name, writers[name](graph)))
        return found


def show(what: str, unit: float, rounds: Sequence[tuple[float, ...]]) -> None:
    """One line of the table: the least of the times of all rounds, then every first time."""
    once, *again = map(min, zip(*rounds, strict=True))
    rest = f"{again[0]:>7.1f} s{again[0] / once:>10.2f}" if again else " " * 19
    print(f"{what:<38}{once:>7.1f} s{once / unit:>8.2f}{rest}   {' '.join(f'{first:.1f}' for first, *_ in rounds)}", flush=True)


def main() -> None:
    """Measure and print one line a writer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("papers", nargs="?", type=int, default=1500)
    parser.add_argument("rounds", nargs="?", type=int, default=1)
    parser.add_argument("writers", nargs="*")
    parser.add_argument("--fields", type=int, default=0)
    given = parser.parse_args()
    if unknown := set(given.writers) - set(WRITERS):
        parser.error(f"there is no writer {min(unknown)}; there are {', '.join(WRITERS)}")
    graph = synthetic(given.papers, fields=given.fields)
    print(f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships with evidence")
    print(f"{'writer':<38}{'first':>9}{'ratio':>8}{'again':>9}{'of first':>10}   first, every round", flush=True)
    with tempfile.TemporaryDirectory() as name:
        wanted = given.writers or WRITERS
        found: dict[str, Sequence[tuple[float, ...]]] = dict(measured(Path(name), graph, given.rounds, wanted))
        if "bulk" in wanted:
            files, load = imported(Path(name), graph)
            found |= {"files of --bulk": [(files,)], "neo4j-admin database import": [(load,)]}
        if not found:
            parser.error("no writer that is asked for can be had here")
        unit = min(first for first, *_ in next(iter(found.values())))
        for what, rounds in found.items():
            show(what, unit, rounds)


if __name__ == "__main__":
    main()
