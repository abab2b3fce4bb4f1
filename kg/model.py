"""What crosses the stages: records and papers in, extractions out. All frozen; nothing here does I/O.

Offsets are Unicode code points into the published title or abstract.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

__all__ = [
    "LINK_KINDS",
    "RELATION_TYPES",
    "ROLES",
    "Appearance",
    "Definition",
    "Entity",
    "EntityType",
    "Evidence",
    "Extraction",
    "Field",
    "Link",
    "LinkKind",
    "Loss",
    "Mention",
    "Origin",
    "Paper",
    "Record",
    "Relation",
    "RelationType",
    "Result",
    "ResultKind",
    "Run",
    "SourceKind",
    "Text",
]

Field = Literal["title", "abstract"]
EntityType = Literal["METHOD", "MODEL", "BENCHMARK", "TASK", "METRIC"]
RelationType = Literal["BASED_ON", "OUTPERFORMS", "EVALUATED_ON", "INTRODUCES_FOR"]
LinkKind = Literal["code", "model", "dataset", "project", "paper", "other"]
ResultKind = Literal["absolute", "relative"]
SourceKind = Literal["arxiv", "hub", "listing"]

#: The roles of each entity type, the strongest first.
ROLES: Mapping[EntityType, tuple[str, ...]] = MappingProxyType(
    {
        "METHOD": ("proposes", "uses", "compares", "mentions"),
        "MODEL": ("proposes", "uses", "compares", "mentions"),
        "BENCHMARK": ("proposes", "evaluates_on", "trains_on", "mentions"),
        "TASK": ("addresses", "mentions"),
        "METRIC": ("reports", "mentions"),
    }
)
RELATION_TYPES: tuple[RelationType, ...] = ("BASED_ON", "OUTPERFORMS", "EVALUATED_ON", "INTRODUCES_FOR")
LINK_KINDS: tuple[LinkKind, ...] = ("code", "model", "dataset", "project", "paper", "other")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: for messages only, never stored in the graph."""

    source: str
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class Loss:
    """Something in a source that gave no record. Furniture is what belongs to the page, not to a paper, and is no loss."""

    origin: Origin
    message: str
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a source, as the source has it; null where the source says nothing."""

    kind: SourceKind
    title: str
    abstract: str = ""
    arxiv_id: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    organization_handle: str | None = None
    published: date | None = None
    updated: date | None = None
    listed: date | None = None
    upvotes: int | None = None
    categories: tuple[str, ...] = ()
    comment: str | None = None
    url: str | None = None
    links: tuple[str, ...] = ()
    given_id: str | None = None  # what a JSON line calls it, kept for `kg extract`; no key of the graph
    origin: Origin = Origin("")


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper put together from all its records.

    `title_keys` are the keys of every title that a source gave it; `text_kind` and `text_date` tell whose title and abstract it carries.
    """

    key: str
    title_keys: tuple[str, ...]
    title: str
    abstract: str
    text_kind: SourceKind
    text_date: date | None = None
    arxiv_id: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    organization_handle: str | None = None
    published: date | None = None
    updated: date | None = None
    listed: date | None = None
    upvotes: int | None = None
    categories: tuple[str, ...] = ()
    comment: str | None = None
    url: str | None = None
    links: tuple[str, ...] = ()
    sources: tuple[SourceKind, ...] = ()

    @property
    def text(self) -> Text:
        """What an extractor reads of it."""
        return Text(self.key, self.title, self.abstract)


@dataclass(frozen=True, slots=True)
class Text:
    """What an extractor reads."""

    key: str
    title: str
    abstract: str = ""

    def field(self, name: Field) -> str:
        """The text of the field."""
        return self.title if name == "title" else self.abstract


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it stands in the text: `text == field[start:end]`."""

    text: str
    field: Field
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that says so, `text == field[start:end]`, and the words in it that are meant."""

    field: Field
    text: str
    start: int
    end: int
    mention_start: int
    mention_end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that a paper names. `name` is unique in its extraction; mentions in text order, the title's first."""

    name: str
    type: EntityType
    role: str
    mentions: tuple[Mention, ...]
    evidence: Evidence
    confidence: float

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The distinct surfaces in text order."""
        return tuple(dict.fromkeys(mention.text for mention in self.mentions))


@dataclass(frozen=True, slots=True)
class Result:
    """One reported number that measures an outcome.

    `quote` is the shortest stretch of text that carries the number with its unit; `metric` is as in the text;
    `subject`, `benchmark` and `baseline` are names of entities of the same extraction.
    """

    value: float
    kind: ResultKind
    quote: str
    evidence: Evidence
    confidence: float
    value_high: float | None = None
    unit: str | None = None
    metric: str | None = None
    subject: str | None = None
    benchmark: str | None = None
    baseline: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated relation between two entities of the same extraction, by name."""

    head: str
    type: RelationType
    tail: str
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """A web address that the text gives, cleaned."""

    url: str
    kind: LinkKind
    role: Literal["official", "related"]
    evidence: Evidence
    confidence: float


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation that the text defines."""

    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one extractor found in one paper."""

    paper: str
    entities: tuple[Entity, ...] = ()
    results: tuple[Result, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    definitions: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One configuration of one extractor; its key is the hash of all of this, never of inputs or the clock."""

    extractor: str
    version: str
    components: tuple[str, ...] = ()
    weights: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class Appearance:
    """A name as some paper uses it: the label of the node that it stands for and the surfaces that this paper puts together.

    What a resolver decides depends on the set of appearances alone, never on how often or in which order they come.
    """

    label: str
    name: str
    surfaces: tuple[str, ...]
