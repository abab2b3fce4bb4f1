"""How fast a graph with evidence is written, side by side on one Neo4j server and on the embedded engine.

    python benchmarks/writes.py [PAPERS] [ROUNDS] [WRITER...]

Starts a server of its own, put together as the tests do (Java and Maven). Writers: this package; plain `UNWIND ... MERGE`, 5,000 rows a
transaction in one session; neo4j-graphrag's, where that package is installed and PAPERKG_BENCH_PLUGINS names a folder with the APOC jars
that it needs; the embedded engine; and Neo4j's importer with the files of `--bulk`. WRITER is paperkg, merge, graphrag, embedded or
bulk; all, where none is named. Every writer's best of all rounds is shown. What counts are the ratios of one run: the machine is the
same for all.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from itertools import groupby, islice
from pathlib import Path

from neo4j import Driver, GraphDatabase

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from neo4j_server import Neo4jServer  # noqa: E402

from kg.graph import Change, Graph, Node, Ref, Relationship  # noqa: E402
from kg.pipeline import BATCH  # noqa: E402
from kg.settings import StoreSettings  # noqa: E402
from kg.stores import open_store  # noqa: E402
from kg.stores.batches import node_batches, relationship_batches  # noqa: E402
from kg.stores.bolt_values import to_properties  # noqa: E402
from kg.stores.import_files import ImportFiles  # noqa: E402
from kg.testing.graphs import synthetic  # noqa: E402

EMPTY = "MATCH (n) WHERE NOT n:PaperKGStore CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"
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


def ours(settings: StoreSettings, graph: Graph) -> tuple[float, float]:
    """Seconds of the first time and of the same changes again, as the other writers bring them."""
    batches = list(changes(graph))
    with open_store(settings) as store:
        store.decide([])  # declares constraints and indexes, as the other writers have them

        def write() -> None:
            for change in batches:
                store.apply(change)

        return timed(write), timed(write)


def plain(driver: Driver, graph: Graph) -> float:
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

    return timed(write)


def graphrag(driver: Driver, graph: Graph) -> float | None:
    """neo4j-graphrag's writer, with the batch size it comes with; None where it is not installed."""
    try:
        from neo4j_graphrag.components.kg_writer import Neo4jWriter
        from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship
    except ImportError:
        return None
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
    answers = []
    seconds = timed(lambda: answers.append(asyncio.run(writer.run(made))))
    return seconds if answers[0].status == "SUCCESS" else None


def compare(driver: Driver, settings: StoreSettings, graph: Graph, wanted: Collection[str]) -> Iterator[tuple[str, float, float]]:
    """Each writer into the emptied server: its name, seconds of the first time, and of the same again."""

    def empty() -> None:
        with driver.session() as session:
            session.run(EMPTY).consume()

    if "paperkg" in wanted:
        empty()
        yield ("paperkg into Neo4j", *ours(settings, graph))
    if "merge" in wanted:
        empty()
        yield ("UNWIND ... MERGE into Neo4j", plain(driver, graph), plain(driver, graph))
    if "graphrag" in wanted:
        empty()
        first, again = graphrag(driver, graph), graphrag(driver, graph)  # which doubles the graph
        if first and again:
            yield ("neo4j-graphrag into Neo4j", first, again)


def imported(folder: Path, graph: Graph) -> tuple[float, float]:
    """Seconds of writing the files, and of the importer with its start."""
    items: list[Node | Relationship] = list(graph)

    def write() -> None:
        with ImportFiles(folder / "files") as files:
            files.add(items)

    first = timed(write)
    server = Neo4jServer(folder / "imported")
    return first, timed(lambda: server.admin("database", "import", "full", f"@{folder / 'files' / 'import.args'}", "neo4j"))


def show(line: tuple[str, float, float | None], unit: float) -> None:
    """One line of the table, as soon as it is known."""
    what, once, again = line
    rest = f"{again:>7.1f} s{again / once:>10.2f}" if again is not None else ""
    print(f"{what:<36}{once:>7.1f} s{once / unit:>8.2f}{rest}", flush=True)


def best(rounds: list[tuple[str, float, float]]) -> Iterator[tuple[str, float, float]]:
    """Each writer once, with the least of its times."""
    for name in dict.fromkeys(name for name, *_ in rounds):
        mine = [times for writer, *times in rounds if writer == name]
        yield (name, min(first for first, _ in mine), min(again for _, again in mine))


def into_server(folder: Path, graph: Graph, rounds: int, wanted: Collection[str]) -> list[tuple[str, float, float]]:
    """What each writer took on a server of its own, warmed by all of them."""
    plugins = os.environ.get("PAPERKG_BENCH_PLUGINS")
    server = Neo4jServer(folder / "server", plugins=Path(plugins) if plugins else None)
    server.start()
    try:
        settings = StoreSettings(server.uri, server.username, server.password)
        with GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            for _ in compare(driver, settings, synthetic(300), wanted):
                pass
            return list(best([line for _ in range(rounds) for line in compare(driver, settings, graph, wanted)]))
    finally:
        server.stop()


def main() -> None:
    """Measure and print one line a writer."""
    graph = synthetic(int(sys.argv[1]) if sys.argv[1:] else 1700)
    rounds = int(sys.argv[2]) if sys.argv[2:] else 1
    wanted = sys.argv[3:] or ["paperkg", "merge", "graphrag", "embedded", "bulk"]
    sizes = {kind: len(list(found)) for kind, found in groupby(sorted(type(item).__name__ for item in graph))}
    print(f"{sizes['Node']:,} nodes, {sizes['Relationship']:,} relationships with evidence")
    print(f"{'writer':<36}{'first':>9}{'ratio':>8}{'again':>9}{'of first':>10}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = into_server(folder, graph, rounds, wanted)
        unit = lines[0][1]
        for line in lines:
            show(line, unit)
        if "embedded" in wanted:
            show(("paperkg into the embedded engine", *ours(StoreSettings(str(folder / "papers.kg")), graph)), unit)
        if "bulk" in wanted:
            files, load = imported(folder, graph)
            show(("files of --bulk", files, None), unit)
            show(("neo4j-admin database import", load, None), unit)


if __name__ == "__main__":
    main()
