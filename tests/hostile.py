"""Texts that attack what shows or reads them, and graphs that carry them in every field."""

from __future__ import annotations

from datetime import date

from kg.graph import Graph, Node, Ref, Relationship, Value
from kg.schema import LABELS, RELATIONSHIPS

_SEEDS = (
    "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", '"><b onmouseover=alert(1)>x</b>',
    "'-alert(1)-'", "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "href", "<a href='javascript:alert(1)'>href</a>",
    "line\u2028separator\u2029paragraph", "\u202eright to left\u202c", "\u2066isolated\u2069", "{{7*7}}", "{% for x in y %}", "${alert(1)}",
    "`${alert(1)}`", "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|'/c calc'!A1", "\tTab", "&lt;b&gt;", "&#60;script&#62;",
    "<!--", "-->", "<![CDATA[",
    "]]>", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;', "\\", "\\u003cscript\\u003e", "' OR 1=1 //",
    "`) DETACH DELETE n //",
    "quote \" and ' and `", "a,b;c|d", "two\nlines", "\ufeffbom", "emoji 👩‍🔬 and 𝒳 astral", "e\u0301 combining", "漢字とかな",
    "עברית و العربية",
    "__proto__", "constructor", "toString", "https://evil.example/'\"><script>", "http://evil.example/?a=b&c=d#e", "vbscript:msgbox(1)",
    " leading and trailing ", "", "0", "null", "NaN", "true", "\ufffd", "{{title}}", "{{script}}", "{{data}}", "%s %d {0}", "$&", "$1\\1",
    "long " + "x" * 5000, "long words " + "word " * 900,
)  # fmt: skip


def texts(count: int = len(_SEEDS)) -> list[str]:
    """`count` hostile texts: the seeds, then pairs of them."""
    made = list(_SEEDS)
    step = 1
    while len(made) < count:
        made += [f"{a} {b}" for a, b in zip(_SEEDS, _SEEDS[step:] + _SEEDS[:step], strict=True)]
        step += 1
    return made[:count]


def _value(kind: str, text: str, number: int) -> Value:
    match kind:
        case "integer":
            return number
        case "float":
            return number + 0.5
        case "boolean":
            return number % 2 == 0
        case "date":
            return date(2024, 1, 1 + number % 28)
        case "strings":
            return (text, f"{text} again")
        case _:
            return text


def _properties(declared, words: list[str], number: int) -> dict[str, Value]:
    return {p.name: _value(p.type, words[(number + at) % len(words)], number + at) for at, p in enumerate(declared)}


def hostile_graph(words: list[str], *, every: bool = False) -> Graph:
    """A graph with a node for each text, the texts in every property in turn, joined by every relationship type.

    Labels take turns; with `every` there is a node of every label for each text.
    """
    graph = Graph()
    labels = list(LABELS)
    turns = [(number, text, label) for number, text in enumerate(words) for label in (labels if every else [labels[number % len(labels)]])]
    for number, text, label in turns:
        properties = _properties(LABELS[label].properties, words, number)
        if label == "Paper":
            properties |= {"title": text, "abstract": f"{text} and {words[(number * 7) % len(words)]}", "url": text}
        elif "name" in properties:
            properties["name"] = text
        elif "url" in properties:
            properties["url"] = text
        graph.add(Node(label, f"{text[:150]}#{number}", properties))
    by_label: dict[str, list[Ref]] = {}
    for ref in sorted(graph.nodes):
        by_label.setdefault(ref.label, []).append(ref)
    for at, (kind, declared) in enumerate(sorted(RELATIONSHIPS.items())):
        for pair, (start, end) in enumerate(declared.ends):
            for number, (a, b) in enumerate(
                zip(by_label.get(start, []), by_label.get(end, [])[pair:] + by_label.get(end, [])[:pair], strict=False)
            ):
                graph.add(Relationship(kind, a, b, _evidence(graph, declared, words, at + number, by_label)))
    return graph


def _evidence(graph: Graph, declared, words: list[str], number: int, by_label: dict[str, list[Ref]]) -> dict[str, Value]:
    properties = _properties(declared.properties, words, number)
    if not declared.extracted:
        return properties
    paper = by_label["Paper"][number % len(by_label["Paper"])]
    abstract = str(graph.nodes[paper].properties["abstract"])
    return properties | {
        "paper": paper.key, "extractor": words[number % 3], "run": "run:1", "field": "abstract", "evidence": abstract[: len(abstract) // 2],
        "start": 0, "end": len(abstract) // 2, "mention_start": 1, "mention_end": min(4, len(abstract) // 2), "confidence": 0.5,
    }  # fmt: skip
