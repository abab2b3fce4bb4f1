"""neo4j-graphrag's writer in a Python of its own, with the driver that is installed there; ../writes.py starts it and says what to write.

It says first in which language its driver packs messages. Each line that it is then given is an array in JSON: address, user name,
password and the path of a pickled graph (nodes as id, label and properties; relationships as type, ids of both ends and properties).
It answers with the seconds of the first time and of the same again, which doubles the graph.
"""

from __future__ import annotations

import asyncio
import json
import pickle
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from neo4j import GraphDatabase
from neo4j_graphrag.components.kg_writer import Neo4jWriter
from neo4j_graphrag.components.types import Neo4jGraph, Neo4jNode, Neo4jRelationship


def language() -> str:
    """What the driver packs messages with: Python, but for an extension that may be installed beside it."""
    try:
        version("neo4j-rust-ext")
    except PackageNotFoundError:
        return "Python"
    return "Rust"


def read(path: Path) -> Neo4jGraph:
    """The graph as the writer wants it."""
    nodes, relationships = pickle.loads(path.read_bytes())  # noqa: S301 - written by the process that started this one
    return Neo4jGraph(
        nodes=[Neo4jNode(id=name, label=label, properties=properties) for name, label, properties in nodes],
        relationships=[
            Neo4jRelationship(type=kind, start_node_id=start, end_node_id=end, properties=properties)
            for kind, start, end, properties in relationships
        ],
    )


def timed(writer: Neo4jWriter, graph: Neo4jGraph) -> float:
    """Seconds of writing a graph once."""
    start = time.perf_counter()
    assert asyncio.run(writer.run(graph)).status == "SUCCESS"
    return time.perf_counter() - start


def main() -> None:
    """Write what the lines of standard input say, with the batch size that the writer comes with."""
    print(language(), flush=True)
    for line in sys.stdin:
        address, username, password, path = json.loads(line)
        graph = read(Path(path))
        with GraphDatabase.driver(address, auth=(username, password)) as driver:
            writer = Neo4jWriter(driver)
            print(json.dumps([timed(writer, graph), timed(writer, graph)]), flush=True)


if __name__ == "__main__":
    main()
