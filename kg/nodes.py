"""Papers, runs and appearances as the graph holds them, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from kg.graph import Node, Value
from kg.ids import run_key
from kg.model import Appearance, Paper, Run

__all__ = ["carried_appearances", "paper_node", "paper_of", "run_node", "run_of"]

_FIELDS = {field.name: field for field in fields(Paper) if field.name != "key"}
_LISTS = frozenset(name for name, field in _FIELDS.items() if str(field.type).startswith("tuple"))


def paper_node(paper: Paper) -> Node:
    """The Paper node: every property but nulls and empty lists."""
    values: dict[str, Value | None] = {name: getattr(paper, name) for name in _FIELDS}
    return Node("Paper", paper.key, {name: value for name, value in values.items() if value is not None and value != ()})


def paper_of(node: Node) -> Paper:
    """The paper that a Paper node tells of: the inverse of `paper_node`."""
    values: dict[str, Any] = {name: node.properties[name] for name in _FIELDS if name in node.properties}
    return Paper(key=node.key, **(dict.fromkeys(_LISTS, ()) | values))


def run_node(run: Run) -> Node:
    """The ExtractionRun node: nulls and empty lists left out, settings as name=value."""
    values: dict[str, Value] = {
        "extractor": run.extractor,
        "version": run.version,
        "components": run.components,
        "weights": run.weights,
        "settings": tuple(sorted(f"{name}={value}" for name, value in run.settings.items())),
    }
    return Node("ExtractionRun", run_key(run), {name: value for name, value in values.items() if value})


def run_of(node: Node) -> Run:
    """The run that an ExtractionRun node tells of: the inverse of `run_node`."""
    values: dict[str, Any] = dict(node.properties)
    settings = dict(setting.split("=", 1) for setting in values.get("settings", ()))
    return Run(values["extractor"], values["version"], values.get("components", ()), values.get("weights", ""), settings)


def carried_appearances(label: str, properties: Mapping[str, Any]) -> Iterator[Appearance]:
    """The appearances that a relationship with these properties carries, for the node of this label at its named end."""
    if groups := properties.get("groups"):
        for name, *surfaces in (group.split("\t") for group in groups):
            yield Appearance(label, name, tuple(surfaces))
    elif properties.get("surfaces") is not None:
        yield Appearance(label, properties["name"], tuple(properties["surfaces"]))
