"""How long the questions of the cookbook take on a large graph: the 95th percentile of each on the embedded engine and on Neo4j.

    python benchmarks/queries.py [PAPERS] [RUNS] [WARM]

The graph is made up (kg.testing.graphs), 170 papers a field, which leaves what is named most about as popular as in real corpora.
Each anchored statement is asked for other names each time, drawn as the graph has them: the popular ones more often. Statements that
read whole labels by their nature are asked RUNS / 5 times. Before it counts, Neo4j is asked everything as if RUNS were WARM (RUNS / 5, at
least 3): its Java machine compiles what it does often, beside the questions.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from neo4j_server import Neo4jServer  # noqa: E402

from kg import queries  # noqa: E402
from kg.graph import Graph  # noqa: E402
from kg.ports import Store  # noqa: E402
from kg.queries import Parameter, Query  # noqa: E402
from kg.settings import StoreSettings  # noqa: E402
from kg.stores import open_store  # noqa: E402
from kg.stores.import_files import ImportFiles, schema_script  # noqa: E402
from kg.testing.graphs import synthetic  # noqa: E402

sys.path.insert(0, str(ROOT / "benchmarks"))
from writes import changes  # noqa: E402

FIELD = 170
BOUNDS = {"embedded": 50, "Neo4j": 20}
LABELS = {"benchmark": "Benchmark", "task": "Task", "organization": "Organization"}


class Questions:
    """Values to ask for, drawn by how much is joined to each thing."""

    def __init__(self, graph: Graph) -> None:
        self._random = random.Random(11)  # noqa: S311 - repeatable, not secret
        joined = Counter(ref for one in graph.relationships.values() for ref in (one.start, one.end))
        self._things: dict[str, tuple[list[str], list[int]]] = {}
        for label in ("Benchmark", "Task", "Organization", "Method", "Model", "Paper"):
            nodes = [node for ref, node in sorted(graph.nodes.items()) if ref.label == label]
            names = [node.key if label == "Paper" else str(node.properties["name"]) for node in nodes]
            self._things[label] = (names, [joined[node.ref] for node in nodes])

    def value(self, parameter: Parameter) -> object:
        """Something for a parameter; what names nothing keeps its default."""
        label = LABELS.get(parameter.name, "Paper" if parameter.type == "paper" else "Method")
        if parameter.name in ("a", "names") and self._random.random() < 0.5:
            label = "Model"
        if parameter.type in ("name", "names", "paper"):
            names, weights = self._things[label]
            return self._random.choices(names, weights)[0]
        return parameter.default

    def given(self, query: Query) -> dict[str, object]:
        """Parameters for one run."""
        return {one.name: self.value(one) for one in query.parameters if not (query.name.endswith("_on") and one.name == "kind")}


def measure(store: Store, graph: Graph, runs: int) -> dict[str, list[float]]:
    """Statement -> milliseconds of each run, after two that warm plans and pages."""
    questions = Questions(graph)
    found = {}
    for query in queries.describe():
        count = runs if query.is_anchored else max(runs // 5, 3)
        times = []
        for number in range(count + 2):
            given = questions.given(query)
            start = time.perf_counter()
            queries.run(store, query.name, given)
            if number >= 2:
                times.append(1000 * (time.perf_counter() - start))
        found[query.name] = times
    return found


def high(times: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]


def main() -> None:
    """Fill both engines with one graph, ask both, print a line a statement."""
    papers, runs = int(sys.argv[1]) if sys.argv[1:] else 20_000, int(sys.argv[2]) if sys.argv[2:] else 20
    warm = int(sys.argv[3]) if sys.argv[3:] else max(runs // 5, 3)
    graph = synthetic(papers, fields=max(3, papers // FIELD))
    print(f"{papers:,} papers: {len(graph.nodes):,} nodes, {len(graph.relationships):,} relationships", flush=True)
    measured: list[dict[str, list[float]]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_store(StoreSettings(str(folder / "papers.kg"))) as store:
            for change in changes(graph):
                store.apply(change)
            measured.append(measure(store, graph, runs))
        with ImportFiles(folder / "files") as files:
            files.add(graph)
        server = Neo4jServer(folder / "server")
        server.admin("database", "import", "full", f"@{folder / 'files' / 'import.args'}", "neo4j")
        server.start()
        try:
            with open_store(StoreSettings(server.uri, server.username, server.password)) as store:
                store.engine.connection.declare([text for text in schema_script().split(";\n") if text])
                store.engine.connection.declare(["CALL db.awaitIndexes(600)"])
                measure(store, graph, warm)
                measured.append(measure(store, graph, runs))
        finally:
            server.stop()
    show(*measured)


def show(embedded: dict[str, list[float]], neo4j: dict[str, list[float]]) -> None:
    """One line a statement, then all anchored ones together."""
    print(f"{'statement, 95th percentile':<34}{'embedded':>12}{'Neo4j':>12}")
    for query in sorted(queries.describe(), key=lambda one: (not one.is_anchored, one.name)):
        mark = "" if query.is_anchored else "  (reads a whole label)"
        print(f"{query.name:<34}{high(embedded[query.name]):>9.1f} ms{high(neo4j[query.name]):>9.1f} ms{mark}")
    anchored = [query.name for query in queries.describe() if query.is_anchored]
    for engine, of in (("embedded", embedded), ("Neo4j", neo4j)):
        together = high([time for name in anchored for time in of[name]])
        within = sum(high(of[name]) < BOUNDS[engine] for name in anchored)
        print(f"{engine}: all anchored runs together {together:.0f} ms; {within} of {len(anchored)} statements under {BOUNDS[engine]} ms")


if __name__ == "__main__":
    main()
