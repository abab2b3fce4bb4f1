"""Statements that would write, however they are disguised, and harmless ones that look alike."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError, ReadOnlyError, TimeLimitError, UsageError
from kg.graph import Graph, difference
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.stores.bolt import BoltStore
from kg.testing.stores import graph_of, little_graph

WRITING = """
CREATE (n:Evil)
CREATE (n:Paper:PaperKG {key: 'evil'}) RETURN n
create (n:Evil) return n
cReAtE (:Evil)
/* read */ CREATE (n:Evil)
// read only \\n CREATE (n:Evil) RETURN n
MATCH (n:Paper) /* CREATE */ SET n.title = 'evil' RETURN n
MATCH (n:Paper) SET n += {title: 'evil'}
MATCH (n:Paper) SET n = {key: n.key}
MATCH (n:Paper) SET n:Evil
MATCH (n:Paper) REMOVE n.title
MATCH (n:Paper) REMOVE n:Paper
MATCH (n:Paper) DETACH DELETE n
MATCH (n) DETACH DELETE n
MATCH ()-[r]->() DELETE r
MATCH (n:Paper) WITH n LIMIT 1 NODETACH DELETE n
MERGE (n:Evil {key: 'x'})
MERGE (n:Paper {key: 'arxiv:2401.00001'}) ON MATCH SET n.title = 'evil'
MERGE (n:Paper {key: 'evil'}) ON CREATE SET n.title = 'evil' RETURN n
MATCH (a:Paper), (b:Model) MERGE (a)-[:USES]->(b)
MATCH (a:Paper), (b:Model) CREATE (a)-[:EVIL]->(b)
UNWIND [1, 2] AS x CREATE (:Evil {x: x})
FOREACH (x IN [1, 2] | CREATE (:Evil {x: x}))
MATCH (n:Paper) FOREACH (x IN [1] | SET n.title = 'evil')
CALL { CREATE (n:Evil) RETURN n } RETURN n
CALL { CREATE (n:Evil) }
MATCH (n:Paper) CALL { WITH n SET n.title = 'evil' } RETURN count(*)
MATCH (n:Paper) CALL (n) { SET n.title = 'evil' } RETURN count(*)
UNWIND range(1, 2) AS x CALL { WITH x CREATE (:Evil {x: x}) } IN TRANSACTIONS OF 1 ROWS
UNWIND range(1, 2) AS x CALL (x) { CREATE (:Evil {x: x}) } IN 2 CONCURRENT TRANSACTIONS OF 1 ROWS
MATCH (n) RETURN n UNION CREATE (n:Evil) RETURN n
MATCH (n:Paper) RETURN EXISTS { CREATE (m:Evil) RETURN m }
MATCH (n:Paper) RETURN COUNT { CREATE (m:Evil) RETURN m }
\\u0043REATE (n:Evil)
CR\\u0045ATE (n:Evil)
MATCH (n:Paper) \\u0053ET n.title = 'evil'
\ufeffCREATE (n:Evil)
\u00a0CREATE\u00a0(n:Evil)
MATCH (n:Paper) WITH n RETURN n; CREATE (n:Evil)
CREATE (n:Evil); MATCH (n:Paper) RETURN n
PROFILE CREATE (n:Evil)
CYPHER 5 CREATE (n:Evil)
CYPHER runtime=slotted CREATE (n:Evil)
CYPHER 25 CREATE (n:Evil)
LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line
LOAD CSV FROM 'file:/etc/passwd' AS line RETURN line
LOAD CSV FROM '{file}' AS line RETURN line
load csv with headers from '{http}' AS line RETURN line
LOAD CSV FROM '{http}' AS line CREATE (:Evil {x: line[0]})
MATCH (n:Paper) CALL { LOAD CSV FROM '{http}' AS line RETURN line } RETURN line
RETURN COLLECT { LOAD CSV FROM '{http}' AS line RETURN line[0] } AS lines
CREATE INDEX evil IF NOT EXISTS FOR (n:Paper) ON (n.evil)
CREATE TEXT INDEX evil FOR (n:Paper) ON (n.title)
CREATE FULLTEXT INDEX evil FOR (n:Paper) ON EACH [n.title]
CREATE CONSTRAINT evil FOR (n:Paper) REQUIRE n.title IS UNIQUE
DROP INDEX paperkg_papers
DROP CONSTRAINT paperkg_Paper_key
EXPLAIN CREATE INDEX evil FOR (n:Paper) ON (n.evil)
EXPLAIN DROP CONSTRAINT paperkg_Paper_key
PROFILE CREATE INDEX evil FOR (n:Paper) ON (n.evil)
PROFILE MATCH (n) DETACH DELETE n
EXPLAIN MATCH (n) DETACH DELETE n
CREATE USER evil SET PASSWORD 'evilevil1'
ALTER USER neo4j SET PASSWORD 'evilevil1'
ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'
DROP USER neo4j
CREATE DATABASE evil
TERMINATE TRANSACTIONS 'neo4j-transaction-1'
SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id YIELD message RETURN message
CALL db.createLabel('Evil')
CALL db.createProperty('evil')
CALL db.createRelationshipType('EVIL')
CALL dbms.setConfigValue('dbms.transaction.timeout', '1s')
CALL dbms.killQueries(['1'])
CALL db.prepareForReplanning()
CALL db.clearQueryCaches()
CALL tx.setMetaData({a: 1})
CALL apoc.create.node(['Evil'], {}) YIELD node RETURN node
CALL apoc.cypher.doIt('CREATE (:Evil)', {}) YIELD value RETURN value
CALL apoc.load.json('{http}') YIELD value RETURN value
""".strip().splitlines()

HARMLESS = """
MATCH (n:Paper) RETURN count(n) AS n
MATCH (n:Paper) WHERE n.title = 'CREATE (n:Evil)' RETURN count(n) AS n
MATCH (n:Paper) RETURN n.title AS `SET n.title = 1`
RETURN 'MERGE' AS `delete`
RETURN "DROP INDEX x" AS text
WITH 1 AS create RETURN create
WITH 1 AS merge, 2 AS set RETURN merge + set AS n
WITH [1, 2] AS remove UNWIND remove AS x RETURN x
// CREATE (n:Evil)\\nMATCH (n:Paper) RETURN count(n) AS n
/* DETACH DELETE n */ MATCH (n:Paper) RETURN count(n) AS n
MATCH (n:Paper) RETURN 'LOAD CSV FROM' AS text LIMIT 1
MATCH (n:Paper) RETURN n.created AS created LIMIT 1
MATCH (n:Paper) RETURN n.`CALL db.createLabel()` AS x LIMIT 1
MATCH (n:Paper) RETURN EXISTS { MATCH (n)-[:USES]->(:Model) } AS uses
MATCH (n:Paper) RETURN COUNT { (n)-[:USES]->() } AS uses
MATCH (n:Paper) CALL { WITH n MATCH (n)-[:USES]->(m) RETURN count(m) AS used } RETURN sum(used) AS used
MATCH (n:Paper) CALL (n) { MATCH (n)-->(m) RETURN count(m) AS c } RETURN sum(c) AS c
UNWIND range(1, 3) AS x RETURN sum(x) AS s
MATCH (n:Paper) RETURN n.key AS key UNION MATCH (m:Model) RETURN m.key AS key
MATCH (n:Paper) OPTIONAL MATCH (n)-[r:USES]->(m) RETURN count(r) AS n
MATCH path = (a:Model)-[:VARIANT_OF*1..2]-(b:Model) RETURN length(path) AS n
MATCH (a:Model {key: 'tinynet 2b'}), (b:Model {key: 'tinynet 7b'}) MATCH p = shortestPath((a)-[*..4]-(b)) RETURN length(p) AS n
MATCH (n:Paper) RETURN reduce(s = 0, x IN [1, 2] | s + x) AS s LIMIT 1
MATCH (n:Paper) WITH n ORDER BY n.key SKIP 0 LIMIT 1 RETURN n.key AS key
MATCH (n:Paper) RETURN n {.key, .title} AS map LIMIT 1
MATCH (n) RETURN labels(n) AS labels LIMIT 1
CALL db.labels() YIELD label RETURN count(label) > 0 AS some
CALL db.relationshipTypes() YIELD relationshipType RETURN count(*) > 0 AS some
CALL db.index.fulltext.queryNodes('paperkg_papers', 'tinynet') YIELD node RETURN count(node) AS n
MATCH (n:Paper) RETURN date('2024-01-31') AS day, duration({days: 1}) AS span LIMIT 1
MATCH (n:Paper) RETURN toUpper('create') + ' (n)' AS text LIMIT 1
SHOW INDEXES YIELD name RETURN count(name) > 0 AS some
""".strip().splitlines()

SLOW = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 100) AS c WITH a WHERE a < 0 RETURN count(a)"


@pytest.fixture
def store(store_settings: StoreSettings) -> Iterator[BoltStore]:
    with open_store(store_settings) as store:
        store.apply(difference(Graph(), little_graph()))
        yield store


@pytest.fixture
def asked() -> Iterator[list[str]]:
    """The paths that anybody asked of a web server, whose address is the first entry."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"stolen\n")

        def log_message(self, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    paths.append(f"http://127.0.0.1:{server.server_address[1]}/x.csv")
    yield paths
    server.shutdown()
    server.server_close()
    thread.join()


def schema_of(store: BoltStore) -> list[object]:
    """Indexes, constraints and, where the engine shows them, users."""
    shown = [store.query(f"SHOW {what} YIELD name RETURN name ORDER BY name").rows for what in ("INDEXES", "CONSTRAINTS")]
    is_server = "://" in store.address
    return [*shown, store.engine.connection.read("SHOW USERS YIELD user RETURN user ORDER BY user") if is_server else ()]


def everything(store: BoltStore) -> list[dict[str, object]]:
    """All nodes and relationships by label and type, ours or not."""
    nodes = store.engine.connection.read("MATCH (n) UNWIND labels(n) AS label RETURN label, count(*) AS n ORDER BY label")
    return nodes + store.engine.connection.read("MATCH ()-[r]->() RETURN type(r) AS type, count(*) AS n ORDER BY type")


def test_writing_statements_in_disguise_change_nothing(store: BoltStore, asked: list[str], tmp_path: Path) -> None:
    assert len(WRITING) >= 60
    (tmp_path / "x.csv").write_text("stolen\n")
    schema, before = schema_of(store), everything(store)
    for line in WRITING:
        text = line.replace("\\n", "\n").replace("{http}", asked[0]).replace("{file}", (tmp_path / "x.csv").as_uri())
        try:
            rows = store.query(text, seconds=20).rows
        except QueryError:
            continue
        # What explains or profiles may answer with nothing, as long as nothing happens. A reader of the embedded engine may end
        # its own transactions, and sees no others.
        mine = "not found" in str(rows) or "terminated" in str(rows)
        assert mine if "TERMINATE" in text else rows == () and text.startswith(("EXPLAIN", "PROFILE")), f"{text} gave {rows}"
    assert graph_of(store) == little_graph()
    assert everything(store) == before
    assert schema_of(store) == schema
    assert asked[1:] == []


@pytest.mark.parametrize("line", HARMLESS)
def test_harmless_statements_that_look_alike_answer(store: BoltStore, line: str) -> None:
    assert store.query(line.replace("\\n", "\n"), seconds=20).rows


def test_refusal_says_that_only_reading_is_allowed(store: BoltStore) -> None:
    with pytest.raises(ReadOnlyError, match="only statements that read"):
        store.query("MATCH (n) DETACH DELETE n")


@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, "\ud800", ["a", "\ud800"], {"a": {"b": 2**64}}, {"\udcff": 1}], ids=ascii)
def test_parameter_that_an_engine_cannot_be_sent_is_one_sentence(store: BoltStore, value: object) -> None:
    with pytest.raises(UsageError, match="parameter x should "):
        store.query("RETURN $x", {"x": value})
    assert store.query("RETURN $x", {"x": [2**63 - 1, -(2**63), "é"]}).rows == (([2**63 - 1, -(2**63), "é"],),)


def test_text_that_an_engine_cannot_be_sent_is_one_sentence(store: BoltStore) -> None:
    with pytest.raises(UsageError, match="the statement should be Unicode text"):
        store.query("RETURN '\udcff'")
    with pytest.raises(UsageError, match="a name should be Unicode text"):
        store.papers(["a\udcff"])


def test_time_limit_ends_a_statement_and_the_store_goes_on(store: BoltStore) -> None:
    with pytest.raises(TimeLimitError, match="longer than"):
        store.query(SLOW, seconds=0.5)
    assert store.query("MATCH (p:Paper) RETURN count(p)").rows == ((2,),)
