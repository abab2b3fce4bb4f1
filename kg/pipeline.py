"""The one place that composes the stages: read, put together, extract, resolve, write.

A build goes batch by batch, and each batch is one change, all or nothing: after every batch the store holds the whole
graph of the papers that it has, so a build that is cut off is completed by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from kg import facts
from kg.errors import ExtractorError, SourceError
from kg.facts import Joined, PaperFacts
from kg.graph import Change, Graph, Ref, difference
from kg.ids import run_key
from kg.model import ROLES, Appearance, Entity, Extraction, Link, Loss, Origin, Record, Relation, Result, Run, Text
from kg.ports import Decision, Extractor, Resolution, Resolver, Source, Store, StoredPaper
from kg.schema import SHARED_LABELS

__all__ = ["BATCH", "BuildReport", "Pipeline", "Progress", "checked", "records"]

#: Records that are put together, extracted and written as one change.
BATCH = 256
#: Labels whose nodes live as long as something is joined to them.
_SHARED = (*SHARED_LABELS, "Name")

#: Called after every batch with the number of records done.
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: records read, papers they make (by what happened to them), and what was lost or skipped.

    `contested` are papers that somebody else wrote while they were being read here, and that were read again.
    """

    records: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    extracted: int = 0
    losses: tuple[Loss, ...] = ()
    contested: int = 0

    @property
    def complete(self) -> bool:
        """Whether no input and no record was lost; furniture of a page is no loss."""
        return all(loss.furniture for loss in self.losses)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Papers of a batch: what changes, which stored papers that replaces, and the keys of the papers by what happens to them.

    `stored` is what the store had under the `looked_up` keys then: if it has something else by now, the batch is out of date.
    """

    updates: tuple[PaperFacts, ...]
    former: frozenset[str]
    added: frozenset[str]
    unchanged: frozenset[str]
    extracted: int
    looked_up: frozenset[str]
    stored: Mapping[str, StoredPaper]


@dataclass(slots=True)
class _Tally:
    """Counts papers over batches, each once: new ones as added, however often they come."""

    records: int = 0
    extracted: int = 0
    added: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    unchanged: set[str] = field(default_factory=set)
    losses: list[Loss] = field(default_factory=list)
    contested: set[str] = field(default_factory=set)

    def count(self, batch: _Batch) -> None:
        now = {each.paper.key for each in batch.updates}
        gone = batch.former - now
        self.added = (self.added - gone) | batch.added
        self.changed = (self.changed - gone | now) - self.added
        self.unchanged = (self.unchanged | batch.unchanged) - self.added - self.changed
        self.extracted += batch.extracted

    def report(self) -> BuildReport:
        papers = (len(self.added), len(self.changed), len(self.unchanged))
        return BuildReport(self.records, *papers, self.extracted, tuple(self.losses), len(self.contested))


def records(sources: Iterable[Source]) -> Iterator[Record | Loss]:
    """Every record and loss of the sources in order; a source that cannot be read at all is a loss, and the rest follows."""
    for source in sources:
        try:
            yield from source.read()
        except SourceError as error:
            yield Loss(Origin(""), str(error))


class Pipeline:
    """Builds and withdraws papers in one store with one resolver."""

    def __init__(self, store: Store, resolver: Resolver) -> None:
        self._store = store
        self._resolver = resolver

    def build(
        self, sources: Iterable[Source], extractors: Sequence[Extractor], *, progress: Progress | None = None, batch: int = BATCH
    ) -> BuildReport:
        """Read the sources and bring the store up to them. A paper whose text and run are unchanged is not extracted again."""
        tally = _Tally()
        found = records(sources)
        while items := list(islice(found, batch)):
            read = [item for item in items if isinstance(item, Record)]
            tally.losses += [item for item in items if isinstance(item, Loss)]
            tally.records += len(read)
            done, contested = self._commit(read, extractors)
            tally.count(done)
            tally.contested |= contested
            if progress:
                progress(tally.records)
        return tally.report()

    def remove(self, keys: Collection[str]) -> int:
        """Withdraw papers by key, or by the key of a title: the store is as if it had never had them. Gives their number."""
        with self._store.alone():
            stored = self._store.papers(keys)
            self._write((), stored.keys())
        return len(stored)

    def remove_run(self, run: str, *, batch: int = BATCH) -> int:
        """Withdraw all that one run produced; its papers stay. Gives the number of papers it had read."""
        keys = self._store.papers_by_run(run)
        for start in range(0, len(keys), batch):
            with self._store.alone():
                stored = self._store.papers(keys[start : start + batch])
                runs = self._runs(stored)
                kept = tuple(_facts_of(each, runs, without=run) for each in stored.values())
                self._write(kept, stored.keys())
        return len(keys)

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Replace the log of people's decisions and resolve again what the change touches.

        The log is written first: who is cut off in between leaves to the next writer what is left to do.
        """
        with self._store.alone():
            self._store.decide(decisions)
            self.settle()

    def settle(self) -> None:
        """Resolve again what the log says otherwise than the graph: by a process that was cut off, or by hand."""
        with self._store.alone():
            log, settled = self._store.decisions(), self._store.decisions(settled=True)
            if log == settled:
                return
            names: set[str] = set()
            for each in {*log} ^ {*settled}:
                for name in (each.a, each.b):
                    names |= self._resolver.blocks(Appearance(each.label, name, (name,)))
            if names:
                self._store.apply(self._plan((), (), names))
            self._store.decide(log, settled=True)

    def resolution(self, names: Collection[str]) -> Resolution:
        """The resolution of all that the Name nodes with these keys can meet, as the store has it."""
        return self._resolve((), (), (), names)[0]

    # -- papers of a batch ---------------------------------------------------------------------------------------------

    def _commit(self, batch: Sequence[Record], extractors: Sequence[Extractor]) -> tuple[_Batch, set[str]]:
        """Read a batch and write it; also the keys of papers that others wrote while it was being read.

        Reading takes long and keeps nobody out. If what the store had of the batch has changed by then, the batch is read again
        with everybody kept out: the store holds what two builds one after the other leave, never parts of both.
        """
        done = self._prepare(batch, extractors)
        with self._store.alone():
            now = self._store.papers(done.looked_up) if done.updates else done.stored
            contested = {key for key in {*now, *done.stored} if now.get(key) != done.stored.get(key)}
            if contested:
                done = self._prepare(batch, extractors)
            self._write(done.updates, done.former)
        return done, contested

    def _prepare(self, batch: Sequence[Record], extractors: Sequence[Extractor]) -> _Batch:
        pieces = [facts.piece(record) for record in batch]
        looked_up = frozenset(key for each in pieces for key in (each.key, *each.title_keys))
        stored = self._store.papers(looked_up)
        joined = facts.join([*pieces, *(each.paper for each in stored.values())])
        touched = {each.key for each in pieces}
        joined = [each for each in joined if each.keys & touched]
        runs = self._runs(stored)
        read = {each.paper.key: self._known(each, stored, runs) for each in joined}
        extracted = self._extract(joined, read, extractors)
        updates = tuple(PaperFacts(each.paper, tuple(read[each.paper.key].values())) for each in joined)
        changed = tuple(each for each in updates if _differs(each, stored.get(each.paper.key)))
        altered = {each.paper.key for each in changed}
        return _Batch(
            updates=changed,
            former=frozenset(key for each in joined if each.paper.key in altered for key in each.keys & stored.keys()),
            added=frozenset(each.paper.key for each in joined if not each.keys & stored.keys()),
            unchanged=frozenset(each.paper.key for each in updates) - altered,
            extracted=extracted,
            looked_up=looked_up,
            stored=stored,
        )

    def _runs(self, stored: Mapping[str, StoredPaper]) -> dict[str, Run]:
        keys = {each.run for paper in stored.values() for each in paper.extracted.values()}
        return self._store.runs(keys)

    @staticmethod
    def _known(joined: Joined, stored: Mapping[str, StoredPaper], runs: Mapping[str, Run]) -> dict[str, tuple[Run, Extraction]]:
        """By extractor what the store already knows of the joined paper's very text."""
        text = joined.paper.text
        now = facts.text_hash(text)
        known: dict[str, tuple[Run, Extraction]] = {}
        for key in sorted(joined.keys & stored.keys()):
            for extractor, each in stored[key].extracted.items():
                if each.text == now:
                    known[extractor] = (runs[each.run], facts.decode(each.facts, text))
        return dict(sorted(known.items()))

    @staticmethod
    def _extract(joined: Sequence[Joined], read: Mapping[str, dict[str, tuple[Run, Extraction]]], extractors: Sequence[Extractor]) -> int:
        """Run each extractor over the papers that this very run has not read; put what it finds into `read`."""
        papers = {each.paper.key: each.paper for each in joined}
        extracted: set[str] = set()
        for extractor in extractors:
            run = extractor.run
            due = [key for key in papers if run.extractor not in read[key] or run_key(read[key][run.extractor][0]) != run_key(run)]
            texts = [papers[key].text for key in due]
            for text, extraction in zip(texts, extractor.extract(texts), strict=True):
                read[text.key][run.extractor] = (run, checked(extraction, text, run))
            extracted.update(due)
        return len(extracted)

    # -- from papers to a change ---------------------------------------------------------------------------------------

    def _write(self, updates: Sequence[PaperFacts], former: Collection[str]) -> None:
        """Plan and apply as one: what others wrote in between would make the plan wrong."""
        with self._store.alone():
            self.settle()
            self._store.apply(self._plan(updates, former))

    def _plan(self, updates: Sequence[PaperFacts], former: Collection[str], names: Collection[str] = ()) -> Change:
        """The change that puts these papers where the store has those with the `former` keys, or nothing."""
        if not updates and not former and not names:
            return Change()
        affected = frozenset(former)
        old = self._store.owned(affected) if affected else Graph()
        before = facts.assignment_of(old)
        wanted = {appearance for each in updates for appearance in each.appearances()}
        resolution, stored = self._resolve(wanted, before.keys(), affected, names)
        moved = {ref for appearance, ref in stored.items() if resolution.assignment.get(appearance) != ref}
        others = self._store.papers_on(moved) - affected if moved else set()
        assignment: dict[Appearance, Ref] = {}
        if others:
            their = self._store.owned(others)
            old.update(their)
            assignment |= facts.assignment_of(their)
        assignment |= resolution.assignment
        new = facts.derived(resolution)
        for each in (*updates, *self._stored_facts(others)):
            new.update(facts.assemble(each, assignment))
        refs = {*before.values(), *stored.values(), *(named.ref for named in resolution.named)}
        old.update(self._named(refs))
        return difference(old, new, _SHARED)

    def _resolve(
        self, wanted: Collection[Appearance], before: Collection[Appearance], affected: Collection[str], names: Collection[str]
    ) -> tuple[Resolution, dict[Appearance, Ref]]:
        """Resolve all that the wanted and the former appearances can meet; also which node each of the stored stands for now."""
        stored: dict[Appearance, Ref] = {}
        seen: set[str] = set()
        frontier = {name for each in (*wanted, *before) for name in self._resolver.blocks(each)} | set(names)
        while frontier:
            seen |= frontier
            found = self._store.assigned(frontier, without=affected)
            stored |= {each.appearance: each.ref for each in found}
            frontier = {name for each in found for name in self._resolver.blocks(each.appearance)} - seen
        return self._resolver.resolve(frozenset({*wanted, *stored}), self._store.decisions()), stored

    def _named(self, refs: Collection[Ref]) -> Graph:
        """The resolved nodes as stored, with the families that they lead to."""
        graph, seen = Graph(), set[Ref]()
        frontier = set(refs)
        while frontier:
            seen |= frontier
            found = self._store.named(frontier)
            graph.update(found)
            frontier = {each.end for each in found.relationships.values() if each.type == "VARIANT_OF"} - seen
        return graph

    def _stored_facts(self, keys: Collection[str]) -> Iterator[PaperFacts]:
        """Papers as the store holds them."""
        stored = self._store.papers(keys) if keys else {}
        runs = self._runs(stored)
        for _, each in sorted(stored.items()):
            yield _facts_of(each, runs)


def _facts_of(stored: StoredPaper, runs: Mapping[str, Run], *, without: str | None = None) -> PaperFacts:
    """A paper as the store holds it, but for what the run `without` found."""
    kept = [(runs[e.run], facts.decode(e.facts, stored.paper.text)) for _, e in sorted(stored.extracted.items()) if e.run != without]
    return PaperFacts(stored.paper, tuple(kept))


def _differs(now: PaperFacts, then: StoredPaper | None) -> bool:
    if then is None or now.paper != then.paper:
        return True
    runs = {run.extractor: run_key(run) for run, _ in now.extractions}
    return runs != {extractor: each.run for extractor, each in then.extracted.items()}


def checked(extraction: Extraction, text: Text, run: Run) -> Extraction:
    """The extraction if it keeps what an extractor promises. Raises ExtractorError."""
    fault = _fault(extraction, text)
    if fault:
        raise ExtractorError(f"extractor {run.extractor!r} broke its promise on {text.key}: {fault}")
    return extraction


def _fault(extraction: Extraction, text: Text) -> str | None:
    if extraction.paper != text.key:
        return f"it answered for {extraction.paper!r}"
    names = [entity.name for entity in extraction.entities]
    if len(names) != len(set(names)):
        return "two entities have one name"
    for entity in extraction.entities:
        if entity.role not in ROLES.get(entity.type, ()):
            return f"{entity.type} {entity.name!r} cannot have the role {entity.role!r}"
        for mention in entity.mentions:
            if text.field(mention.field)[mention.start : mention.end] != mention.text:
                return f"{mention.text!r} does not stand at {mention.field} {mention.start}-{mention.end}"
    found: list[Entity | Result | Relation | Link] = [*extraction.entities, *extraction.results, *extraction.relations, *extraction.links]
    for evidence in (each.evidence for each in found):
        if text.field(evidence.field)[evidence.start : evidence.end] != evidence.text:
            return f"evidence does not stand at {evidence.field} {evidence.start}-{evidence.end}"
    return None
