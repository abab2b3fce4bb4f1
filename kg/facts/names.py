"""Appearances of names in papers, and the nodes that a resolution derives from them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.graph import Graph, Node, Ref, Relationship
from kg.ids import squeeze
from kg.model import Appearance, Entity, Extraction, Paper, Result
from kg.ports import Resolution
from kg.schema import ENTITY_LABELS

__all__ = ["appearances", "author", "derived", "entity", "metric", "organization"]


def _appearance(label: str, name: str, *surfaces: str) -> Appearance:
    # White space is folded: a name that a line break cuts is the same name, and tabs part the groups of a relationship.
    tidy = {" ".join(surface.split()) for surface in (name, *surfaces)}
    return Appearance(label, " ".join(name.split()), tuple(sorted(tidy)))


def entity(found: Entity) -> Appearance:
    """An entity of a paper as an appearance."""
    return _appearance(ENTITY_LABELS[found.type], found.name, *found.surfaces)


def metric(result: Result, entities: dict[str, Entity]) -> Appearance | None:
    """The metric of a result: the paper's own METRIC entity that its words name, else a name of its own; None without words."""
    if not result.metric:
        return None
    folded = squeeze(result.metric)
    for found in entities.values():
        if found.type == "METRIC" and folded in {squeeze(surface) for surface in (found.name, *found.surfaces)}:
            return entity(found)
    return _appearance("Metric", result.metric)


def author(name: str) -> Appearance:
    """An author's name as an appearance."""
    return _appearance("Author", name)


def organization(paper: Paper) -> Appearance | None:
    """The organisation that posted a paper; named by its handle where the hub gives one."""
    names = [name for name in (paper.organization_handle, paper.organization) if name]
    return _appearance("Organization", *names) if names else None


def appearances(paper: Paper, extractions: tuple[Extraction, ...]) -> Iterator[Appearance]:
    """Every appearance that a paper supports, by itself and by what was extracted from it."""
    yield from map(author, paper.authors)
    posted = organization(paper)
    if posted:
        yield posted
    for extraction in extractions:
        entities = {found.name: found for found in extraction.entities}
        yield from map(entity, extraction.entities)
        yield from (named for result in extraction.results if (named := metric(result, entities)))


def derived(resolution: Resolution) -> Graph:
    """The resolved nodes with their Name nodes, NAMES and VARIANT_OF."""
    graph = Graph()
    surfaces: dict[str, str] = {}
    for named in resolution.named:
        graph.add(Node(named.ref.label, named.ref.key, named.properties))
        for key, surface in named.names.items():
            surfaces[key] = min(surface, surfaces.get(key, surface))
            graph.add(Relationship("NAMES", Ref("Name", key), named.ref))
        if named.variant_of:
            graph.add(Relationship("VARIANT_OF", named.ref, named.variant_of))
    for key, surface in surfaces.items():
        graph.add(Node("Name", key, {"surface": surface, "folded": squeeze(surface)}))
    return graph
