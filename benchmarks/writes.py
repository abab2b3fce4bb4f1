"""How fast a graph with evidence is written, side by side on one Neo4j server and on the embedded engine.

    python benchmarks/writes.py [PAPERS] [ROUNDS] [WRITER...] [--fields N]

Starts a server of its own, put together as the tests do (Java and Maven). Writers: this package; plain `UNWIND ... MERGE`, 5,000 rows a
transaction in one session; neo4j-graphrag's, where that package is installed and PAPERKG_BENCH_PLUGINS names a folder with the APOC jars
that it needs; the embedded engine; and Neo4j's importer with the files of `--bulk`. WRITER is paperkg, merge, graphrag, embedded or
bulk; all, where none is named. N is the number of fields over which papers are spread: more of them, more nodes a paper.

Every writer is warmed with the same small graph, its second time included, before any is measured: the server once by all of them in
turn, the embedded engine each time anew. In each round another writer goes first. Every writer's best of all rounds
is shown, and all of its first times. What counts are the ratios of one run: the machine is the same for all.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from neo4j import Driver, GraphDatabase

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from neo4j_server import Neo4jServer  # noqa: E402

from kg.graph import Change, Graph, Node, Ref, Relationship, difference  # noqa: E402
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
WRITERS = {
    "paperkg": "paperkg into Neo4j",
    "merge": "UNWIND ... MERGE into Neo4j",
    "graphrag": "neo4j-graphrag into Neo4j",
    "embedded": "paperkg into the embedded engine",
    "bulk": "neo4j-admin database import",
}
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
    store.decide([])  # declares constraints and indexes, as the other writers have them

    def write() -> None:
        for change in batches:
            store.apply(change)

    return timed(write), timed(write)


def into_embedded(folder: Path, graph: Graph) -> Times:
    """The same into a new engine, which has written a small graph and withdrawn it, in a folder of its own within `folder`."""
    small = synthetic(WARM)
    with open_store(StoreSettings(str(Path(tempfile.mkdtemp(dir=folder)) / "papers.kg"))) as store:
        ours(store, small)
        store.apply(difference(small, Graph()))
        return ours(store, graph)


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


def graphrag(driver: Driver, graph: Graph) -> Times:
    """neo4j-graphrag's writer, with the batch size it comes with; its second time doubles the graph."""
    from neo4j_graphrag.components.kg_writer import Neo4jWriter
    from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship

    made = Neo4jGraph(
        nodes=[Neo4jNode(id=f"{n.label} {n.key}", label=n.label, properties=to_properties(n.properties)) for n in graph.nodes.values()],
        relationships=[
            Neo4jRelationship(
                start_node_id=" ".join(r.start), end_node_id=" ".join(r.end), type=r.type, properties=to_properties(r.properties)
            )
            for r in graph.relationships.values()
        ],
    )
    writer = Neo4jWriter(driver)

    def write() -> None:
        assert asyncio.run(writer.run(made)).status == "SUCCESS"

    return timed(write), timed(write)


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
        return writer(driver, store, graph)


def told(name: str, times: Times) -> Times:
    """The times, shown as soon as they are known."""
    print(f"{name}: {times[0]:.2f} s, again {times[1]:.2f} s", file=sys.stderr, flush=True)
    return times


def measured(folder: Path, graph: Graph, rounds: int, wanted: Collection[str]) -> dict[str, list[Times]]:
    """What each writer took in each round; in each round another one goes first."""
    plugins = os.environ.get("PAPERKG_BENCH_PLUGINS")
    server = Neo4jServer(folder / "server", plugins=Path(plugins) if plugins else None)
    server.start()
    try:
        known: dict[str, Callable[[Graph], Times]] = {
            "paperkg": partial(into_server, server, lambda _, store, some: ours(store, some)),
            "merge": partial(into_server, server, lambda driver, _, some: plain(driver, some)),
            "embedded": partial(into_embedded, folder),
        }
        if plugins and find_spec("neo4j_graphrag"):
            known["graphrag"] = partial(into_server, server, lambda driver, _, some: graphrag(driver, some))
        writers = {name: known[name] for name in WRITERS if name in wanted and name in known}
        for writer in writers.values():
            writer(synthetic(WARM))
        found: dict[str, list[Times]] = {name: [] for name in writers}
        order = deque(writers)
        for _ in range(rounds):
            for name in order:
                found[name].append(told(name, writers[name](graph)))
            order.rotate(-1)
        return found
    finally:
        server.stop()


def show(what: str, unit: float, rounds: Sequence[tuple[float, ...]]) -> None:
    """One line of the table: the least of the times of all rounds, then every first time."""
    once, *again = map(min, zip(*rounds, strict=True))
    rest = f"{again[0]:>7.1f} s{again[0] / once:>10.2f}" if again else " " * 19
    print(f"{what:<36}{once:>7.1f} s{once / unit:>8.2f}{rest}   {' '.join(f'{first:.1f}' for first, *_ in rounds)}", flush=True)


def main() -> None:
    """Measure and print one line a writer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("papers", nargs="?", type=int, default=1500)
    parser.add_argument("rounds", nargs="?", type=int, default=1)
    parser.add_argument("writers", nargs="*")
    parser.add_argument("--fields", type=int, default=0)
    given = parser.parse_args()
    if unknown := set(given.writers) - WRITERS.keys():
        parser.error(f"there is no writer {min(unknown)}; there are {', '.join(WRITERS)}")
    graph = synthetic(given.papers, fields=given.fields)
    print(f"{len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships with evidence")
    print(f"{'writer':<36}{'first':>9}{'ratio':>8}{'again':>9}{'of first':>10}   first, every round", flush=True)
    with tempfile.TemporaryDirectory() as name:
        wanted = given.writers or list(WRITERS)
        found: dict[str, Sequence[tuple[float, ...]]] = {}
        for writer, rounds in measured(Path(name), graph, given.rounds, wanted).items():
            found[WRITERS[writer]] = rounds
        if "bulk" in wanted:
            files, load = imported(Path(name), graph)
            found |= {"files of --bulk": [(files,)], WRITERS["bulk"]: [(load,)]}
        unit = min(first for first, *_ in next(iter(found.values())))
        for what, rounds in found.items():
            show(what, unit, rounds)


if __name__ == "__main__":
    main()
