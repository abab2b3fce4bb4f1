"""The one declaration of the graph: labels, keys, properties, relationship types and their ends.

Everything that needs a label or a type takes it from here: constraints, statements, checks, documentation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from kg.errors import choice
from kg.model import LINK_KINDS, Field, ResultKind, SourceKind

__all__ = [
    "BASE_LABEL",
    "BOOKKEEPING",
    "ENTITY_LABELS",
    "ENTITY_RELATIONS",
    "EVIDENCE",
    "LABELS",
    "PAPER_RELATIONS",
    "RELATIONSHIPS",
    "RESOLVED_LABELS",
    "SHARED_LABELS",
    "VERSION",
    "NodeType",
    "Property",
    "RelationshipType",
    "declared",
    "label",
    "relationship_type",
]

#: Version of this declaration; a store written by another one is refused.
VERSION = 1
#: The label that all our nodes carry beside their own.
BASE_LABEL = "PaperKG"

PropertyType = Literal["string", "integer", "float", "boolean", "date", "strings"]
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Property:
    """One property: its type and what it says; `indexed` where queries look it up.

    One that is `required` is never missing, and holds something unless it may be `empty`. `values` are all that it may hold,
    `refers` is the label of the nodes whose keys it holds.
    """

    name: str
    type: PropertyType
    meaning: str
    indexed: bool = False
    required: bool = False
    empty: bool = False
    values: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True, slots=True)
class NodeType:
    """One label; every node of it has a `key` that is unique among them."""

    label: str
    meaning: str
    key: str
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """One relationship type, its pairs of ends, and whether an extractor makes it (then it carries EVIDENCE)."""

    type: str
    meaning: str
    ends: tuple[tuple[str, str], ...]
    extracted: bool = False
    properties: tuple[Property, ...] = ()


def _checked(name: str) -> str:
    if not _IDENTIFIER.match(name):
        raise ValueError(f"{name!r} cannot be a label, a type or a property: letters, digits and underscores, a letter first")
    return name


_NAMED = (
    Property("name", "string", "the representative name", indexed=True, required=True),
    Property("aliases", "strings", "all surfaces that papers use for it, sorted", required=True),
    Property("ambiguous", "boolean", "true where a bare name may mean several things", required=True),
)

_EXTRACTOR = (
    Property("extractor", "string", "name of the extractor", required=True),
    Property("run", "string", "key of the ExtractionRun", required=True, refers="ExtractionRun"),
)
_SENTENCE = (
    Property("field", "string", "title or abstract", required=True, values=get_args(Field)),
    Property("evidence", "string", "the sentence: field[start:end]", required=True),
    Property("start", "integer", "where the sentence starts, in code points", required=True),
    Property("end", "integer", "where it ends", required=True),
    Property("mention_start", "integer", "where the words start that are meant", required=True),
    Property("mention_end", "integer", "where they end", required=True),
    Property("confidence", "float", "0 to 1, two decimals", required=True),
)

#: What every extracted relationship carries.
EVIDENCE = (Property("paper", "string", "key of the paper that says so", required=True, refers="Paper"), *_EXTRACTOR, *_SENTENCE)
_SURFACES = (
    Property("name", "string", "the name that this paper uses most properly"),
    Property("surfaces", "strings", "how this paper writes it, sorted"),
    Property("groups", "strings", "only where the paper itself keeps several names apart: one tab-separated group each"),
)

_NODE_TYPES = (
    NodeType(
        "Paper",
        "one paper, put together from all its sources",
        "arxiv:2408.12757, else title: and a hash of the normalised title",
        (
            Property("title_keys", "strings", "keys of every title that a source gave it: title: and a hash", required=True, refers="Name"),
            Property("arxiv_id", "string", "without version", indexed=True),
            Property("title", "string", "as published", required=True),
            Property("abstract", "string", "as published", required=True, empty=True),
            Property(
                "text_kind", "string", "the kind of source that title and abstract are from", required=True, values=get_args(SourceKind)
            ),
            Property("text_date", "date", "the version of that text, where known"),
            Property("published", "date", "first published", indexed=True),
            Property("listed", "date", "the date a page showed", indexed=True),
            Property("updated", "date", "last revised"),
            Property("upvotes", "integer", "the most that a source showed"),
            Property("author_count", "integer", "number of authors"),
            Property("authors", "strings", "as written, in order"),
            Property("organization", "string", "the organisation that posted it, as written"),
            Property("organization_handle", "string", "its handle on the hub"),
            Property("categories", "strings", "arXiv categories"),
            Property("comment", "string", "the authors' comment"),
            Property("url", "string", "web address"),
            Property("links", "strings", "addresses that the source itself gives"),
            Property("sources", "strings", "kinds of sources: arxiv, hub, listing", required=True, values=get_args(SourceKind)),
        ),
    ),
    NodeType("Author", "a person", "normalised name", _NAMED),
    NodeType(
        "Organization", "who posted a paper", "hub handle, else normalised name", (*_NAMED, Property("handle", "string", "hub handle"))
    ),
    NodeType("Model", "a trained artefact that one could run", "folded name", _NAMED),
    NodeType("Method", "an algorithm, technique, architecture, system", "folded name", _NAMED),
    NodeType("Benchmark", "a dataset, benchmark, corpus, challenge", "folded name", _NAMED),
    NodeType("Task", "a research problem", "folded name", _NAMED),
    NodeType(
        "Metric",
        "a measured quantity",
        "folded name",
        (
            *_NAMED,
            Property("direction", "string", "higher or lower is better, where data says so", values=("higher", "lower")),
            Property("unit", "string", "its usual unit, where data says so"),
        ),
    ),
    NodeType(
        "Name",
        "a surface: finds its node by a user's own spelling",
        "label, colon, surface in lower case without spaces and dashes; of a title: its title: key",
        (
            Property("surface", "string", "one spelling of it"),
            Property("folded", "string", "lower case without spaces and dashes", indexed=True),
        ),
    ),
    NodeType(
        "Result",
        "one reported number",
        "hash of paper, field, offsets, value, unit, metric, ordinal",
        (
            Property("paper", "string", "key of the paper that reports it", indexed=True, required=True, refers="Paper"),
            Property("value", "float", "the number", required=True),
            Property("value_high", "float", "upper end of a range"),
            Property("unit", "string", "%, x, points, ms, ..."),
            Property("kind", "string", "absolute or relative", required=True, values=get_args(ResultKind)),
            Property("metric", "string", "as the text names it"),
            Property("quote", "string", "the words that carry the number", required=True),
            *_SENTENCE,
            *_EXTRACTOR,
        ),
    ),
    NodeType(
        "Repository",
        "a code repository",
        "host/owner/name",
        (Property("url", "string", "address", required=True), Property("host", "string", "host", required=True)),
    ),
    NodeType(
        "Resource",
        "another web address",
        "cleaned address",
        (
            Property("url", "string", "address", required=True),
            Property("kind", "string", "project, dataset, model, paper, other", required=True, values=LINK_KINDS),
        ),
    ),
    NodeType(
        "ExtractionRun",
        "one configuration of one extractor",
        "hash of all of it",
        (
            Property("extractor", "string", "name", required=True),
            Property("version", "string", "version", required=True),
            Property("components", "strings", "its components with versions"),
            Property("weights", "string", "hash of its weights"),
            Property("settings", "strings", "name=value"),
        ),
    ),
)

#: label -> its declaration
LABELS: Mapping[str, NodeType] = MappingProxyType({_checked(node.label): node for node in _NODE_TYPES})
#: The labels of the five entity types.
ENTITY_LABELS: Mapping[str, str] = MappingProxyType(
    {"METHOD": "Method", "MODEL": "Model", "BENCHMARK": "Benchmark", "TASK": "Task", "METRIC": "Metric"}
)
#: Labels whose nodes are derived from names by the resolver.
RESOLVED_LABELS = (*ENTITY_LABELS.values(), "Author", "Organization")
#: Labels whose nodes live as long as something is joined to them.
SHARED_LABELS = ("Repository", "Resource", "ExtractionRun")
#: Relationships that no picture shows and no step goes along: a run joins every paper to every other.
BOOKKEEPING = ("NAMES", "EXTRACTED_BY")
#: (label of the entity, role) -> relationship type from the paper
PAPER_RELATIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        **{(label, role): kind for label in ("Method", "Model") for role, kind in (
            ("proposes", "PROPOSES"), ("uses", "USES"), ("compares", "COMPARED_WITH"), ("mentions", "MENTIONS"))},
        ("Benchmark", "proposes"): "PROPOSES",
        ("Benchmark", "evaluates_on"): "EVALUATED_ON",
        ("Benchmark", "trains_on"): "TRAINED_ON",
        ("Benchmark", "mentions"): "MENTIONS",
        ("Task", "addresses"): "ADDRESSES",
        ("Task", "mentions"): "MENTIONS",
        ("Metric", "reports"): "MEASURES",
        ("Metric", "mentions"): "MENTIONS",
    }
)  # fmt: skip

_THINGS = ("Method", "Model")


def _pairs(starts: tuple[str, ...], ends: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((start, end) for start in starts for end in ends)


_OFFICIAL = Property("official", "boolean", "true where it is this paper's own release", required=True)
_RELATIONSHIP_TYPES = (
    RelationshipType("PROPOSES", "the paper introduces it", _pairs(("Paper",), (*_THINGS, "Benchmark")), True, _SURFACES),
    RelationshipType("USES", "the paper builds on, applies or studies it", _pairs(("Paper",), _THINGS), True, _SURFACES),
    RelationshipType("COMPARED_WITH", "the paper sets its results against it", _pairs(("Paper",), _THINGS), True, _SURFACES),
    RelationshipType("MENTIONS", "background only", _pairs(("Paper",), tuple(ENTITY_LABELS.values())), True, _SURFACES),
    RelationshipType("EVALUATED_ON", "evaluated on it", _pairs(("Paper", *_THINGS), ("Benchmark",)), True, _SURFACES),
    RelationshipType("TRAINED_ON", "trained on it", (("Paper", "Benchmark"),), True, _SURFACES),
    RelationshipType("ADDRESSES", "the problem worked on", (("Paper", "Task"),), True, _SURFACES),
    RelationshipType("MEASURES", "reports on it", (("Paper", "Metric"),), True, _SURFACES),
    RelationshipType("BASED_ON", "is built on, extends, fine-tunes or combines it", _pairs(_THINGS, _THINGS), True),
    RelationshipType("OUTPERFORMS", "is said to beat it", _pairs(_THINGS, _THINGS), True),
    RelationshipType("APPLIED_TO", "is proposed for it", _pairs((*_THINGS, "Benchmark"), ("Task",)), True),
    RelationshipType("REPORTS", "the paper reports it", (("Paper", "Result"),), True),
    RelationshipType("OF", "what was measured", _pairs(("Result",), (*_THINGS, "Benchmark")), True),
    RelationshipType("ON", "on which benchmark", (("Result", "Benchmark"),), True),
    RelationshipType("MEASURED_BY", "by which metric", (("Result", "Metric"),), True, _SURFACES),
    RelationshipType("AGAINST", "against which baseline", _pairs(("Result",), _THINGS), True),
    RelationshipType("HAS_CODE", "its code, or code it points to", (("Paper", "Repository"),), True, (_OFFICIAL,)),
    RelationshipType(
        "LINKS_TO",
        "another address it gives",
        (("Paper", "Resource"),),
        True,
        (_OFFICIAL, Property("kind", "string", "what the address is", required=True, values=LINK_KINDS)),
    ),
    RelationshipType(
        "EXTRACTED_BY",
        "which configuration read it",
        (("Paper", "ExtractionRun"),),
        properties=(
            Property("paper", "string", "key of the paper", required=True, refers="Paper"),
            Property("extractor", "string", "name of the extractor", required=True),
            Property("text", "string", "hash of the title and abstract that were read", required=True),
            Property("facts", "string", "all that it found, as JSON: what the other relationships are made from", required=True),
        ),
    ),
    RelationshipType(
        "AUTHORED",
        "wrote it",
        (("Author", "Paper"),),
        properties=(
            Property("paper", "string", "key of the paper", required=True, refers="Paper"),
            Property("position", "integer", "place in the list of authors, from 1", required=True),
            *_SURFACES,
        ),
    ),
    RelationshipType(
        "FROM",
        "posted by",
        (("Paper", "Organization"),),
        properties=(Property("paper", "string", "key of the paper", required=True, refers="Paper"), *_SURFACES),
    ),
    RelationshipType(
        "NAMES",
        "a surface of it, or a title of the paper",
        _pairs(("Name",), (*RESOLVED_LABELS, "Paper")),
        properties=(Property("paper", "string", "key of the paper, where it names one", refers="Paper"),),
    ),
    RelationshipType("VARIANT_OF", "a version or size of it", (("Model", "Model"), ("Method", "Method"), ("Benchmark", "Benchmark"))),
)

#: type -> its declaration
RELATIONSHIPS: Mapping[str, RelationshipType] = MappingProxyType({_checked(r.type): r for r in _RELATIONSHIP_TYPES})
#: relation of the annotation -> relationship type between entities
ENTITY_RELATIONS: Mapping[str, str] = MappingProxyType(
    {"BASED_ON": "BASED_ON", "OUTPERFORMS": "OUTPERFORMS", "EVALUATED_ON": "EVALUATED_ON", "INTRODUCES_FOR": "APPLIED_TO"}
)


def declared(kind: NodeType | RelationshipType) -> tuple[Property, ...]:
    """All properties that a node or relationship of this kind may have, EVIDENCE included."""
    names = {one.name for one in kind.properties}
    is_extracted = isinstance(kind, RelationshipType) and kind.extracted
    return (*kind.properties, *(one for one in EVIDENCE if is_extracted and one.name not in names))


def label(name: str) -> str:
    """`name` if it is one of ours. Raises UsageError otherwise."""
    if name not in LABELS:
        raise choice(name, LABELS, "label")
    return name


def relationship_type(name: str) -> str:
    """`name` if it is one of ours. Raises UsageError otherwise."""
    if name not in RELATIONSHIPS:
        raise choice(name, RELATIONSHIPS, "relationship type")
    return name
