"""People's part in names: how names were put together, and deciding it otherwise.

The decisions are the only log. Everything else is derived from them, the papers present and the tables, so taking one back
leaves what there would have been without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import InputError, UsageError, choice
from kg.graph import Node
from kg.ids import name_key, squeeze
from kg.model import Appearance
from kg.output import Out, whole_file
from kg.pipeline import Pipeline
from kg.ports import Decision, Named, Store
from kg.resolve import Doubt, NameResolver, Used, doubts, explain, holding
from kg.schema import RESOLVED_LABELS
from kg.stores.decisions import decision_lines, decision_text, parse_decisions
from kg.text import published

__all__ = ["NameCard", "Names", "Spelling"]

_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as some papers have it, with what else they call the thing, why it is here, and the keys of these papers."""

    name: str
    surfaces: tuple[str, ...]
    why: str
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameCard:
    """One thing that a name stands for, and how its names were put together."""

    kind: str
    key: str
    name: str
    ambiguous: bool
    family: str | None
    variants: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    decisions: tuple[Decision, ...]


class Names:
    """The names in one store: `graph.names`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._pipeline = Pipeline(store, NameResolver())

    def log(self) -> list[Decision]:
        """People's decisions, in order."""
        return self._store.decisions()

    def show(self, name: str, *, kind: str | None = None) -> list[NameCard]:
        """What a name stands for, by kind: its spellings, why they are together, the papers that use them."""
        return [self._card(each) for label in self._labels(kind) for each in self._meant(label, name)]

    def same(self, a: str, b: str, *, because: str, kind: str | None = None) -> Decision:
        """Decide that two names of one kind are one thing. Raises UsageError where nothing is called so."""
        return self._decide("same", a, b, because, kind)

    def apart(self, a: str, b: str, *, because: str, kind: str | None = None) -> Decision:
        """Decide that two names of one kind are two things; of two spellings of one name, each as a paper writes it.

        Raises UsageError where nothing is called so.
        """
        return self._decide("apart", a, b, because, kind)

    def undo(self, number: int) -> Decision:
        """Take a decision back: the graph is what it would be without it. Raises UsageError for a number that is not in the log."""
        with self._changing() as log:
            found = next((each for each in log if each.number == number), None)
            if found is None:
                there = f"in the log are {', '.join(str(each.number) for each in log)}" if log else "the log is empty"
                raise UsageError(f"there is no decision {number}; {there}")
            log.remove(found)
        return found

    def review(self, *, kind: str | None = None) -> list[Doubt]:
        """The doubtful names, those that most papers use first."""
        labels = [label for label in self._labels(kind) if label != "Author" or kind]
        used = (_used(node, papers) for label in labels for node, papers in self._store.used(label))
        return doubts(used, self.log())

    def export(self, out: Out) -> int:
        """Write the log as JSON Lines; gives the number of decisions. Raises InputError where the file cannot be written."""
        log = self.log()
        with whole_file(out) as stream:
            stream.write(decision_lines(log).encode())
        return len(log)

    def import_(self, source: str | Path) -> int:
        """Add the decisions in a file that `export` wrote, or `-`, behind those here; gives how many were not here yet.

        Names that nothing has yet are fine: they count when a paper comes with them. Raises DecisionError, InputError.
        """
        given = parse_decisions(_read(source).split("\n"), str(source))
        with self._changing() as log:
            added = 0
            for each in given:
                if any(replace(one, number=each.number) == each for one in log):
                    continue
                log.append(replace(each, number=_next(log)))
                added += 1
        return added

    # -- inside --------------------------------------------------------------------------------------------------------

    @contextmanager
    def _changing(self) -> Iterator[list[Decision]]:
        """The log to change; what was changed is carried out at the end."""
        with self._store.alone():
            log = self._store.decisions()
            yield log
            self._pipeline.decide(log)

    def _decide(self, verdict: str, a: str, b: str, because: str, kind: str | None) -> Decision:
        first, second, reason = _tidy(a), _tidy(b), " ".join(published(because).split())
        if not reason:
            raise UsageError("a decision needs its reason: say because of what")
        if first == second:
            raise UsageError(f"{first!r} is one name; a decision is about two")
        with self._changing() as log:
            label = self._label(first, second, kind)
            if verdict == "apart":
                self._check_spellings(label, first, second)
            decision = Decision(_next(log), verdict, label, first, second, reason)
            log.append(decision)
        return decision

    def _label(self, a: str, b: str, kind: str | None) -> str:
        """The one kind of both names."""
        labels = self._labels(kind)
        kinds = {name: [label for label in labels if self._meant(label, name)] for name in (a, b)}
        for name, found in kinds.items():
            if not found:
                raise UsageError(f"nothing here is called {name!r}" + (f" among {kind}s" if kind else ""))
        both = [label for label in kinds[a] if label in kinds[b]]
        if len(both) == 1:
            return both[0]
        if both:
            raise UsageError(f"{a!r} and {b!r} are names of several kinds: {', '.join(both)}; say which kind is meant")
        raise UsageError(
            f"{a!r} is a {' and a '.join(kinds[a])}, {b!r} a {' and a '.join(kinds[b])}; only names of one kind can be decided about"
        )

    def _check_spellings(self, label: str, a: str, b: str) -> None:
        """Two spellings that no rule tells apart have to be given as papers write them: else the decision would do nothing."""
        if not _alike(label, a, b):
            return
        written = {each.name for card in self.show(a, kind=label) for each in card.spellings}
        for name in (a, b):
            if name not in written:
                raise UsageError(f"no paper here writes {name!r}; written are {', '.join(sorted(written)[:20])}")

    def _meant(self, label: str, name: str) -> list[Named]:
        key = name_key(label, _tidy(name))
        return sorted((each for each in self._pipeline.resolution({key}).named if key in each.names), key=lambda each: each.ref)

    def _card(self, named: Named) -> NameCard:
        label, name = named.ref.label, str(named.properties["name"])
        decisions = holding(label, self.log())
        mine = tuple(each for each in decisions if not named.names.keys().isdisjoint({name_key(label, each.a), name_key(label, each.b)}))
        rows = self._store.papers_by_appearance([named.ref])
        spellings = [_spelling(each.appearance, name, mine, papers) for each, papers in rows.items()]
        around = self._pipeline.resolution(named.names.keys()).named
        return NameCard(
            label,
            named.ref.key,
            name,
            bool(named.properties["ambiguous"]),
            next((str(each.properties["name"]) for each in around if each.ref == named.variant_of), None),
            tuple(sorted(str(each.properties["name"]) for each in around if each.variant_of == named.ref)),
            tuple(sorted(spellings, key=lambda each: (-len(each.papers), each.name, each.surfaces))),
            mine,
        )

    @staticmethod
    def _labels(kind: str | None) -> Sequence[str]:
        if kind is None:
            return RESOLVED_LABELS
        found = [label for label in RESOLVED_LABELS if label.lower() == kind.lower()]
        if not found:
            raise choice(kind, (label.lower() for label in RESOLVED_LABELS), "kind")
        return found


def _used(node: Node, papers: int) -> Used:
    aliases = node.properties.get("aliases", ())
    assert isinstance(aliases, tuple)
    return Used(
        node.label, node.key, str(node.properties["name"]), tuple(map(str, aliases)), bool(node.properties.get("ambiguous")), papers
    )


def _spelling(appearance: Appearance, name: str, decisions: Sequence[Decision], papers: set[str]) -> Spelling:
    others = tuple(surface for surface in appearance.surfaces if surface != appearance.name)
    return Spelling(appearance.name, others, explain(appearance, name, decisions), tuple(sorted(papers)))


def _alike(label: str, a: str, b: str) -> bool:
    """Whether two names are one by their spelling alone."""
    first, second = Appearance(label, a, (a,)), Appearance(label, b, (b,))
    assignment = NameResolver().resolve({first, second}).assignment
    return squeeze(a) == squeeze(b) or assignment[first] == assignment[second]


def _tidy(name: str) -> str:
    """A name as appearances have it. Raises UsageError where it is none."""
    tidy = " ".join(published(name).split())
    if not tidy or len(tidy) > _LONGEST:
        raise UsageError("a name is empty" if not tidy else f"a name of {len(tidy)} characters is none: at most {_LONGEST} are")
    return tidy


def _next(log: Sequence[Decision]) -> int:
    return max((each.number for each in log), default=0) + 1


def _read(source: str | Path) -> str:
    try:
        return decision_text(sys.stdin.buffer.read() if str(source) == "-" else Path(source).read_bytes())
    except OSError as error:
        raise InputError(f"cannot read {source}: UTF-8 text with one decision a line would do") from error
