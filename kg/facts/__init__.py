"""From records and extractions to the graph of the papers that they speak of. Pure."""

from kg.facts.assembly import PaperFacts, assemble, assignment_of
from kg.facts.codec import decode, encode, text_hash
from kg.facts.names import appearances, derived
from kg.facts.papers import Joined, join, piece

__all__ = [
    "Joined",
    "PaperFacts",
    "appearances",
    "assemble",
    "assignment_of",
    "decode",
    "derived",
    "encode",
    "join",
    "piece",
    "text_hash",
]
