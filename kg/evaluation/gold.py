"""The gold format: one paper a line with entities, results, relations and links; reading it, writing it, and extractions in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from kg.errors import GoldError
from kg.model import LINK_KINDS, RELATION_TYPES, ROLES, Evidence, Extraction, Text

__all__ = ["GoldPaper", "as_gold", "read_gold", "write_gold"]

#: One paper of a gold or prediction file, as JSON has it.
GoldPaper = Mapping[str, Any]

_LISTS = ("entities", "results", "relations", "links")


def as_gold(extraction: Extraction, text: Text | None = None, *, extra: bool = True) -> dict[str, Any]:
    """An extraction as one line of a prediction file; with `extra`, where things stand and how sure they are."""
    paper: dict[str, Any] = {"id": extraction.paper}
    if text is not None:
        paper |= {"title": text.title, "abstract": text.abstract}
    paper["entities"] = [
        {"name": e.name, "type": e.type, "role": e.role, "mentions": list(e.surfaces)}
        | (
            {"spans": [[m.field, m.start, m.end] for m in e.mentions], "confidence": e.confidence, "evidence": e.evidence.text}
            if extra
            else {}
        )
        for e in extraction.entities
    ]
    paper["results"] = [
        {
            "evidence": r.quote, "subject": r.subject, "metric": r.metric, "benchmark": r.benchmark, "baseline": r.baseline,
            "value": r.value, "value_high": r.value_high, "unit": r.unit, "kind": r.kind,
        } | ({"spans": [_span(r.evidence)], "confidence": r.confidence} if extra else {})
        for r in extraction.results
    ]  # fmt: skip
    paper["relations"] = [
        {"head": r.head, "type": r.type, "tail": r.tail} | (_extra(r.evidence, r.confidence) if extra else {}) for r in extraction.relations
    ]
    paper["links"] = [
        {"url": link.url, "kind": link.kind, "role": link.role} | (_extra(link.evidence, link.confidence) if extra else {})
        for link in extraction.links
    ]
    return paper


def _span(evidence: Evidence) -> list[str | int]:
    return [evidence.field, evidence.mention_start, evidence.mention_end]


def _extra(evidence: Evidence, confidence: float) -> dict[str, Any]:
    return {"spans": [_span(evidence)], "confidence": confidence, "evidence": evidence.text}


def write_gold(papers: Iterable[GoldPaper], out: TextIO) -> int:
    """Write papers as JSON lines; says how many."""
    count = 0
    for paper in papers:
        out.write(json.dumps(paper, ensure_ascii=False) + "\n")
        count += 1
    return count


def read_gold(path: Path) -> dict[str, GoldPaper]:
    """The papers of a gold or prediction file by id. Raises GoldError with file and line at the first fault."""
    papers: dict[str, GoldPaper] = {}
    for number, line in _lines(path):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            paper = json.loads(line)
        except ValueError as error:
            raise GoldError(f"{where} is no JSON object of one line ({error})") from error
        fault = _fault(paper)
        if fault:
            raise GoldError(f"{where} {fault}")
        if paper["id"] in papers:
            raise GoldError(f"{where} has the id {paper['id']!r} of an earlier line; each paper stands once")
        papers[paper["id"]] = paper
    return papers


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from enumerate(file, 1)
    except OSError as error:
        raise GoldError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise GoldError(f"{path} is not UTF-8 text; a gold file is JSON lines") from error


def _fault(paper: object) -> str | None:
    """What breaks the format, as the rest of a sentence; None where nothing does."""
    if not isinstance(paper, dict) or not isinstance(paper.get("id"), str):
        return "has no text as id; each line is one paper with an id"
    for name in _LISTS:
        items = paper.get(name, [])
        if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
            return f"has {name} that are not a list of objects"
    checks = (
        *(_entity_fault(entity) for entity in paper.get("entities", [])),
        *(_result_fault(result) for result in paper.get("results", [])),
        *(_choice_fault(relation, "type", RELATION_TYPES, "relation") for relation in paper.get("relations", [])),
        *(_choice_fault(link, "kind", LINK_KINDS, "link") for link in paper.get("links", [])),
        *(None if isinstance(link.get("url"), str) else "has a link without url" for link in paper.get("links", [])),
    )
    return next((fault for fault in checks if fault), None)


def _entity_fault(entity: Mapping[str, Any]) -> str | None:
    if not isinstance(entity.get("name"), str):
        return "has an entity without a name"
    mentions = entity.get("mentions", [])
    if not isinstance(mentions, list) or not all(
        isinstance(m, str) or (isinstance(m, dict) and isinstance(m.get("text"), str)) for m in mentions
    ):
        return f"has mentions of {entity['name']!r} that are neither text nor objects with a text"
    fault = _choice_fault(entity, "type", ROLES, "entity")
    return fault or _choice_fault(entity, "role", ROLES[entity["type"]], f"{entity['type']}")


def _result_fault(result: Mapping[str, Any]) -> str | None:
    value = result.get("value")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"has a result whose value is {value!r}; a value is a number"
    return _choice_fault(result, "kind", ("absolute", "relative"), "result")


def _choice_fault(item: Mapping[str, Any], key: str, valid: Iterable[str], what: str) -> str | None:
    return None if item.get(key) in tuple(valid) else f"has {what} with {key} {item.get(key)!r}; valid are {', '.join(valid)}"
