"""The schema and the library in words: for people, agents and the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import cypher
from kg.queries.library import Query, describe
from kg.schema import BASE_LABEL, EVIDENCE, LABELS, RELATIONSHIPS, VERSION, Property, RelationshipType

__all__ = ["cookbook_page", "schema_card", "schema_page"]


def _ends(kind: RelationshipType) -> str:
    """The ends as `A|B -> C`, pairs with the same starts put together."""
    starts: dict[str, list[str]] = {}
    for start, end in kind.ends:
        starts.setdefault(start, []).append(end)
    groups: dict[tuple[str, ...], list[str]] = {}
    for start, ends in starts.items():
        groups.setdefault(tuple(ends), []).append(start)
    return ", ".join(f"{'|'.join(group)} -> {'|'.join(ends)}" for ends, group in groups.items())


def schema_card() -> str:
    """The schema on one card, short enough for a prompt."""
    lines = [
        f"Graph of machine-learning papers. All nodes carry the label {BASE_LABEL} beside their own; `key` is unique per label.",
        "Nodes:",
        *(f"  {node.label}({', '.join(one.name for one in node.properties)})" for node in LABELS.values()),
        f"Evidence on relationships marked *: {', '.join(one.name for one in EVIDENCE)}.",
        "Relationships:",
        *(f"  {kind.type}{'*' if kind.extracted else ''}: {_ends(kind)}{_extra(kind)}" for kind in RELATIONSHIPS.values()),
        "Find a thing by any spelling through (:Name {folded: toLower(replace(replace(replace($x,' ',''),'-',''),'_',''))})-[:NAMES]->(e).",
        "Numbers: (:Paper)-[:REPORTS]->(r:Result); r.kind is absolute or relative, never mix them; dates are published, else listed.",
        "Only reading is allowed; no aggregate inside a map projection, no APOC.",
    ]
    return "\n".join(lines) + "\n"


def _extra(kind: RelationshipType) -> str:
    return f" ({', '.join(one.name for one in kind.properties)})" if kind.properties else ""


def _table(properties: Iterable[Property]) -> Iterator[str]:
    yield from ("", "| property | type | meaning |", "|---|---|---|")
    for one in properties:
        yield f"| `{one.name}` | {one.type}{', indexed' if one.indexed else ''} | {one.meaning.replace('|', chr(92) + '|')} |"


def schema_page() -> str:
    """The schema as a page of the documentation."""
    lines = [
        "# Schema",
        "",
        f"Generated from kg/schema.py by `make docs`; version {VERSION}. Every node carries the label `{BASE_LABEL}` beside its own, and a",
        "`key` that is unique among the nodes of its label and has an index, as has every property marked so. Dates are dates, lists",
        "hold strings, and no property is null. Full-text indexes: `paperkg_papers` over title and abstract of Paper, `paperkg_names`",
        "over surface of Name.",
        "",
        "## Nodes",
    ]
    for node in LABELS.values():
        lines += ["", f"### {node.label}", "", f"{_sentence(node.meaning)} Key: {node.key}."]
        lines += _table(node.properties) if node.properties else ()
    lines += ["", "## Evidence", "", "Every relationship that an extractor makes carries:", *_table(EVIDENCE), "", "## Relationships"]
    for kind in RELATIONSHIPS.values():
        made = " Made by extractors, with evidence." if kind.extracted else ""
        lines += ["", f"### {kind.type}", "", f"{_sentence(kind.meaning)}{made}", "", f"`{_ends(kind)}`"]
        lines += _table(kind.properties) if kind.properties else ()
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def cookbook_page(examples: Mapping[str, Iterable[str]] | None = None) -> str:
    """The library as a page of the documentation: what each statement answers, takes, gives and costs, and lines of example."""
    lines = [
        "# Cookbook",
        "",
        "Generated from the files of cypher/read and cypher/search by `make docs`. Each file is one statement; the same file serves",
        "`kg query`, Python and any tool that speaks Bolt, on Neo4j and on the embedded engine alike.",
        "",
        "```sh",
        "kg query results_on_benchmark benchmark=GSM8K limit=5",
        "```",
        "",
        "```python",
        "from kg import KnowledgeGraph",
        "",
        'with KnowledgeGraph.open("papers.kg") as graph:',
        '    for row in graph.query("results_on_benchmark", benchmark="GSM8K", limit=5).records():',
        '        print(row["subject"], row["value"], row["evidence"])',
        "```",
        "",
        "<!-- not run: cypher-shell comes with Neo4j; `kg bolt` prints how to reach the embedded engine -->",
        "```sh",
        "cypher-shell -P \"{benchmark: 'GSM8K', limit: 5}\" -f cypher/read/results_on_benchmark.cypher",
        "```",
        "",
        "A `name` is any spelling that some paper uses: case, spaces, dashes and underscores do not matter. `names` are keys of Name nodes",
        "and `words` a Lucene query for other tools; `kg query` and Python make them from plain text. A `paper` is a key or an arXiv id,",
        "for these two also a title. Every statement has a total order, so the same graph gives the same rows on every engine.",
        "",
        "The examples come from nine made-up papers, tests/corpus.py; long texts are cut.",
        "",
        *(f"- [{query.name}](#{query.name}): {query.purpose}" for query in describe()),
    ]
    for query in describe():
        lines += _entry(query, (examples or {}).get(query.name, ()))
    return "\n".join(lines) + "\n"


def _cost(query: Query) -> str:
    if any(one.type == "words" for one in query.parameters):
        return "one look-up in the full text, then what was found."
    if query.is_anchored:
        return "one look-up in an index, then what is joined to that."
    return f"reads every node or relationship that its first line names: {_first_match(query)}."


def _first_match(query: Query) -> str:
    lines = cypher.load(query.folder, query.name).text.splitlines()
    return "`" + next(line.removeprefix("MATCH ") for line in lines if line.startswith("MATCH ")) + "`"


def _entry(query: Query, example: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {query.name}", "", query.purpose)
    if query.parameters:
        yield from ("", "| parameter | type | default | meaning |", "|---|---|---|---|")
        yield from (f"| `{one.name}` | {one.type} | `{one.default}` | {one.meaning} |" for one in query.parameters)
    yield from ("", "| column | meaning |", "|---|---|")
    yield from (f"| `{name}` | {meaning} |" for name, meaning in query.meanings.items())
    statement = cypher.load(query.folder, query.name)
    body = statement.text.splitlines()[len(statement.comment) :]
    yield from ("", f"Cost: {_cost(query)}", "", f"`cypher/{query.folder}/{query.name}.cypher`:", "", "```cypher", *body, "```")
    yield from example
