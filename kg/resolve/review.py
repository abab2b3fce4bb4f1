"""What people should look at: names that are apart and may be one, or stand alone and may mean several things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from kg.ports import Decision
from kg.resolve.abbreviations import senses
from kg.resolve.forms import form
from kg.resolve.initials import abbreviates
from kg.resolve.lexicon import STOP_WORDS
from kg.resolve.naming import canon, usual
from kg.resolve.profiles import definition
from kg.resolve.tokens import mixed

__all__ = ["Doubt", "Used", "doubts"]

#: Names of less letters are alike by chance; of so many common forms of one key none is a likely slip.
_ALIKE_LETTERS, _MOST_ALIKE = 7, 50
_MOST_CANDIDATES = 5
_SHORT, _LONG_WORDS = 10, 8


@dataclass(frozen=True, slots=True)
class Used:
    """A node as review sees it."""

    label: str
    key: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: bool
    papers: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """One question to a person: what `name` is, and the names that it may be; `papers` use it."""

    label: str
    name: str
    candidates: tuple[str, ...]
    why: str
    papers: int


def doubts(used: Iterable[Used], decisions: Sequence[Decision]) -> list[Doubt]:
    """The doubtful names, those of most papers first; what a decision answers already is left out."""
    by_label: defaultdict[str, list[Used]] = defaultdict(list)
    for each in used:
        by_label[each.label].append(each)
    found: list[Doubt] = []
    for label, nodes in sorted(by_label.items()):
        answered = {frozenset((canon(label, each.a), canon(label, each.b))) for each in decisions if each.label == label}
        ordered = sorted(nodes, key=lambda each: (-each.papers, each.key))
        found += [*_ambiguous(label, ordered), *_abbreviations(label, ordered, answered), *_slips(label, ordered, answered)]
    return sorted(found, key=lambda each: (-each.papers, each.label, each.name, each.why))


def _ambiguous(label: str, nodes: Sequence[Used]) -> Iterator[Doubt]:
    """Names flagged in the graph: by their letters, or by what they may abbreviate."""
    for node in nodes:
        if not node.ambiguous:
            continue
        odd = [surface for surface in (node.name, *node.aliases) if mixed(surface)]
        if odd:
            yield Doubt(label, node.name, (), "its letters are of several scripts that look alike", node.papers)
            continue
        bare = canon(label, node.name)
        here = [each.name for each in nodes if each.key.startswith(f"{node.key}~")]
        known = [each.long for each in senses(bare) if each.long]
        yield Doubt(
            label, node.name, tuple(dict.fromkeys([*here, *known]))[:_MOST_CANDIDATES], "it may stand for several things", node.papers
        )


def _abbreviations(label: str, nodes: Sequence[Used], answered: Collection[frozenset[str]]) -> Iterator[Doubt]:
    """Short names whose letters are those of a longer one's words, while nothing says that they mean it."""
    if label in ("Author", "Organization"):
        return
    by_initial: defaultdict[str, list[Used]] = defaultdict(list)
    for node in nodes:
        if 1 < len(node.name.split()) <= _LONG_WORDS:
            by_initial[node.name[0].lower()].append(node)
    for node in nodes:
        name = node.name
        if (
            node.ambiguous
            or usual(label, canon(label, name)).long is not None
            or " " in name
            or not 3 <= len(name) <= _SHORT
            or sum(c.isupper() for c in name) < 2
        ):
            continue
        longs = [
            other.name
            for other in by_initial[name[0].lower()]
            if _spells(name, other.name)
            and definition(label, name, other.name)
            and frozenset((canon(label, name), canon(label, other.name))) not in answered
        ]
        if longs:
            yield Doubt(label, name, tuple(longs[:_MOST_CANDIDATES]), "its letters are those of the words", node.papers)


def _spells(short: str, long: str) -> bool:
    """Whether the capitals of one name are the first letters of the other's words."""
    capitals = [c.lower() for c in short if c.isupper()]
    initials = [word[0].lower() for word in re.findall(r"[^\W_]+", long)]
    weighty = [word[0].lower() for word in re.findall(r"[^\W_]+", long) if word.lower() not in STOP_WORDS]
    return capitals in (initials, weighty) and abbreviates(short, long) is not None


def _slips(label: str, nodes: Sequence[Used], answered: Collection[frozenset[str]]) -> Iterator[Doubt]:
    """Long names with the same numbers that one letter tells apart: perhaps a slip of the pen."""
    by_piece: defaultdict[str, list[tuple[Used, str]]] = defaultdict(list)
    seen: set[frozenset[str]] = set()
    for node in nodes:
        text = form(label, node.name).canon
        if sum(c.isalpha() for c in text) < _ALIKE_LETTERS:
            continue
        half = len(text) // 2
        # One edit leaves one half as it was: whoever is alike shares the first half's letters or the last one's.
        pieces = {f"<{text[: half - 1]}", f"<{text[:half]}", f">{text[-half:]}", f">{text[1 - half :]}"}
        near: list[str] = []
        for piece in sorted(pieces):
            for other, its in by_piece[piece][:_MOST_ALIKE]:
                pair = frozenset((text, its))
                if pair not in seen and pair not in answered and _slip(label, node.name, other.name, text, its):
                    seen.add(pair)
                    near.append(other.name)
        for piece in sorted(pieces):
            by_piece[piece].append((node, text))
        if near:
            yield Doubt(label, node.name, tuple(sorted(set(near))[:_MOST_CANDIDATES]), "one letter tells them apart", node.papers)


def _slip(label: str, a: str, b: str, first: str, second: str) -> bool:
    if first == second or OSA.distance(first, second, score_cutoff=1) > 1:
        return False
    digits = ["".join(c for c in text if not c.isalpha()) for text in (first, second)]
    return digits[0] == digits[1] and form(label, a).numbers == form(label, b).numbers
