"""Questions to a store: the library of statements, and typed functions over it."""

from __future__ import annotations

from kg.queries.cards import Card, Joint, Step, find, leaderboard, why
from kg.queries.checks import Seen, check, stats
from kg.queries.invariants import Fault, named, place
from kg.queries.library import Parameter, Query, describe, run
from kg.queries.neighbourhood import nearby, refs_of, since
from kg.queries.reference import cookbook_page, schema_card, schema_page
from kg.queries.suggestions import is_known, resembling

__all__ = [
    "Card",
    "Fault",
    "Joint",
    "Parameter",
    "Query",
    "Seen",
    "Step",
    "check",
    "cookbook_page",
    "describe",
    "find",
    "is_known",
    "leaderboard",
    "named",
    "nearby",
    "place",
    "refs_of",
    "resembling",
    "run",
    "schema_card",
    "schema_page",
    "since",
    "stats",
    "why",
]
