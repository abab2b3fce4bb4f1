"""Whatever is built, revised, read anew and withdrawn, in any order: every engine holds what the model in a dictionary holds,
and that is what a fresh build of what should be left makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from corpus import PAPERS, Script, Scripted
from fixtures_stores import empty
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kg.graph import dump_line
from kg.ids import paper_key, run_key
from kg.pipeline import Pipeline
from kg.ports import Store
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.memory import MemoryStore
from kg.testing.sources import RecordedSource

NUMBERS = st.integers(0, len(PAPERS) - 1)
#: A second text of some papers: fewer sentences, so that some of what was found is gone.
REVISED = {
    1: Script(
        replace(
            PAPERS[1].record, abstract="TreeWalk beats Stepwise Prompting for arithmetic reasoning.", updated=PAPERS[8].record.published
        ),
        ("METHOD;proposes;TreeWalk", "METHOD;compares;Stepwise Prompting"),
        (),
        ("TreeWalk;OUTPERFORMS;Stepwise Prompting",),
    ),
    3: Script(
        replace(PAPERS[3].record, abstract="We release TinyNet-2B.", updated=PAPERS[8].record.published), ("MODEL;proposes;TinyNet-2B",)
    ),
}


def key(script: Script) -> str:
    return paper_key(script.record.arxiv_id, script.record.title)


def build(store: Store, scripts: list[Script], version: str, batch: int = 256) -> None:
    source = RecordedSource([script.record for script in scripts])
    Pipeline(store, NameResolver()).build([source], [Scripted(scripts, version=version)], batch=batch)


def dump(store: Store) -> Iterator[str]:
    return map(dump_line, (*store.nodes(), *store.relationships()))


class Life(RuleBasedStateMachine):
    """One life of a store beside its model."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.stores = (store, MemoryStore())
        self.there: dict[str, tuple[Script, str]] = {}

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4, unique=True), version=st.sampled_from("12"), batch=st.integers(1, 4))
    def build(self, numbers: list[int], version: str, batch: int) -> None:
        # What the store has in a newer text stays so, but is read anew by another version.
        scripts = [self.there.get(key(PAPERS[number]), (PAPERS[number], ""))[0] for number in numbers]
        for store in self.stores:
            build(store, scripts, version, batch)
        self.there |= {key(script): (script, version) for script in scripts}

    @rule(number=st.sampled_from(sorted(REVISED)), version=st.sampled_from("12"))
    def revise(self, number: int, version: str) -> None:
        for store in self.stores:
            build(store, [REVISED[number]], version)
        self.there[key(REVISED[number])] = (REVISED[number], version)

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=4, unique=True))
    def remove(self, numbers: list[int]) -> None:
        keys = [key(PAPERS[number]) for number in numbers]
        for store in self.stores:
            assert Pipeline(store, NameResolver()).remove(keys) == len(self.there.keys() & set(keys))
        for gone in keys:
            self.there.pop(gone, None)

    @invariant()
    def store_holds_what_the_model_holds(self) -> None:
        store, model = self.stores
        assert list(dump(store)) == list(dump(model))

    def teardown(self) -> None:
        fresh = MemoryStore()
        for version in "12":
            build(fresh, [script for script, read in self.there.values() if read == version], version)
        assert list(dump(self.stores[0])) == list(dump(fresh))


def test_store_lives_as_the_model_does(store_settings: StoreSettings) -> None:
    with open_store(store_settings) as store:

        def born() -> Life:
            empty(store_settings)
            return Life(store)

        run_state_machine_as_test(  # type: ignore[no-untyped-call]
            born, settings=settings(max_examples=3, stateful_step_count=5, suppress_health_check=list(HealthCheck))
        )


def test_run_that_is_withdrawn_leaves_what_the_others_found(store_settings: StoreSettings) -> None:
    with open_store(store_settings) as store:
        build(store, list(PAPERS), "1")
        before = list(dump(store))
        other = Scripted(PAPERS, name="other")
        Pipeline(store, NameResolver()).build([RecordedSource([script.record for script in PAPERS])], [other])
        assert len(list(dump(store))) > len(before)
        Pipeline(store, NameResolver()).remove_run(run_key(other.run))
        assert list(dump(store)) == before
