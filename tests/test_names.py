"""People's decisions on names: what they do to the graph, that they last, and that they can be taken back."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_pipeline import CORPUS, build, dump, record

from kg.errors import DecisionError, InputError, UsageError
from kg.model import Record
from kg.names import Names
from kg.pipeline import Pipeline
from kg.ports import Decision, Store
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.memory import MemoryStore

MORE = (
    record(6, "{METHOD uses Tree Walker=TW} and {METHOD uses Branch Walker} on {BENCHMARK evaluates_on GSM8K}"),
    record(7, "{METHOD uses TW} or {METHOD uses Bough Walker}, {MODEL uses gpt 4}, {TASK addresses reasoning}"),
    record(8, "{METHOD compares Branch Walker} with {MODEL uses Qwen2.5-14B} and {TASK mentions thinking}"),
)
ALL = (*CORPUS, *MORE)
NAMES = ("Tree Walker", "TW", "Branch Walker", "Bough Walker", "CoT", "chain-of-thought", "Chain of Thought")
MODELS = ("GPT-4", "gpt 4", "GPT-4o", "Qwen2.5-7B", "Qwen2.5", "Qwen2.5-14B", "Qwen")


PAIRS = st.one_of(
    *(st.tuples(st.just(label), st.sampled_from(names), st.sampled_from(names)) for label, names in (("Method", NAMES), ("Model", MODELS)))
)


def stored(*records: Record) -> tuple[MemoryStore, Names]:
    store = MemoryStore()
    build(store, *records)
    return store, Names(store)


def nodes(names: Names, *asked: str, kind: str = "method") -> list[list[str]]:
    return [[card.key for card in names.show(name, kind=kind)] for name in asked]


def test_same_joins_two_names_and_undo_gives_the_dump_that_was(store: Store) -> None:
    build(store, *ALL)
    before, names = dump(store), Names(store)
    decision = names.same("Branch  Walker", "Bough Walker", because="one algorithm under two names")
    assert decision == Decision(1, "same", "Method", "Branch Walker", "Bough Walker", "one algorithm under two names")
    assert nodes(names, "branch-walker", "Bough Walker") == [["bough walker"], ["bough walker"]]
    card = names.show("Bough Walker")[0]
    assert [(each.name, each.papers) for each in card.spellings] == [
        ("Branch Walker", ("arxiv:2401.00006", "arxiv:2401.00008")),
        ("Bough Walker", ("arxiv:2401.00007",)),
    ]
    assert card.spellings[0].why == "decision 1: one algorithm under two names"
    assert card.decisions == (decision,)
    assert names.undo(1) == decision
    assert dump(store) == before
    assert names.log() == []


def test_apart_parts_what_a_rule_joined_and_undo_gives_the_dump_that_was(store: Store) -> None:
    build(store, *ALL)
    before, names = dump(store), Names(store)
    assert nodes(names, "GPT-4", kind="model") == [["gpt 4"]]
    names.apart("GPT-4", "gpt 4", because="the second is a parody")
    assert [len(found) for found in nodes(names, "GPT-4", kind="model")] == [2]
    assert {each.properties["name"] for each, _ in store.used("Model")} >= {"GPT-4", "gpt 4"}
    names.undo(1)
    assert dump(store) == before


def test_decision_outlives_papers_and_builds(store: Store) -> None:
    build(store, *MORE[:2])
    names = Names(store)
    names.same("Branch Walker", "Bough Walker", because="so")
    build(store, *ALL)
    joined = dump(store)
    Pipeline(store, NameResolver()).remove(list(store.paper_keys()))
    assert dump(store) == []
    build(store, *ALL)
    assert dump(store) == joined
    assert len(Names(store).log()) == 1


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.permutations(ALL),
    st.integers(1, 4),
    st.integers(0, 8),
    st.lists(st.tuples(st.sampled_from(("same", "apart")), PAIRS), max_size=5),
    st.lists(st.integers(1, 5), unique=True),
)  # fmt: skip
def test_graph_depends_on_the_papers_and_the_log_alone(
    order: Sequence[Record], batch: int, cut: int, decided: list[tuple[str, tuple[str, str, str]]], undone: list[int]
) -> None:
    log = [Decision(number, kind, *names, "so") for number, (kind, names) in enumerate(decided, 1) if names[1] != names[2]]
    kept = [each for each in log if each.number not in undone]
    first = MemoryStore()
    first.decide(kept)
    build(first, *ALL[:cut])
    expected = dump(first)
    second = MemoryStore()
    build(second, *order[:3], batch=batch)
    pipeline = Pipeline(second, NameResolver())
    for end in range(1, len(log) + 1):
        pipeline.decide(log[:end])
    build(second, *order[3:], batch=batch)
    for number in undone:
        pipeline.decide([each for each in second.decisions() if each.number != number])
    pipeline.remove([f"arxiv:{each.arxiv_id}" for each in ALL[cut:]])
    assert dump(second) == expected


def test_decision_is_carried_out_by_the_next_build_after_a_crash_or_by_hand() -> None:
    store, names = stored(*ALL)
    before = dump(store)
    names.same("Branch Walker", "Bough Walker", because="so")
    joined = dump(store)
    names.undo(1)
    store.decide([Decision(7, "same", "Method", "Branch Walker", "Bough Walker", "written by hand")])
    assert dump(store) == before
    build(store, MORE[0])
    assert dump(store) == joined
    store.decide([])
    build(store, MORE[0])
    assert dump(store) == before


def test_later_decision_on_a_pair_comes_before_the_earlier_until_it_is_undone() -> None:
    _, names = stored(*ALL)
    names.same("Branch Walker", "Bough Walker", because="so")
    names.apart("Bough Walker", "Branch Walker", because="on second thoughts")
    assert nodes(names, "Branch Walker", "Bough Walker") == [["branch walker"], ["bough walker"]]
    assert [each.number for each in names.show("Branch Walker")[0].decisions] == [2]
    names.undo(2)
    assert nodes(names, "Branch Walker") == nodes(names, "Bough Walker")


def test_name_that_people_part_from_its_expansion_is_shown_on_its_own_node_alone() -> None:
    store, names = stored(*ALL)
    before = dump(store)
    names.same("CoT", "Chain of Thought", because="so")
    names.apart("CoT", "chain-of-thought", because="on second thoughts")
    cards = {card.key: card for card in names.show("CoT") + names.show("Chain of Thought")}
    shown = {key: (card.name, [each.number for each in card.decisions]) for key, card in cards.items() if key != "collision of tones"}
    assert shown == {"cot": ("CoT", [2]), "chain of thought": ("Chain of Thought", [2])}
    assert not any("decision 1" in each.why for card in cards.values() for each in card.spellings)
    names.undo(1)
    names.undo(2)
    assert dump(store) == before


def test_decision_on_an_abbreviation_takes_along_what_papers_spell_out() -> None:
    _, names = stored(*ALL)
    names.same("TW", "Branch Walker", because="so")
    assert nodes(names, "TW", "Tree Walker", "Branch Walker") == [["tree walker"]] * 3


def test_decision_that_gives_an_abbreviation_its_expansion_outweighs_the_usual_one() -> None:
    _, names = stored(*ALL)
    names.same("CoT", "collision of tones", because="a journal of acoustics")
    spelled = {card.key: {each.name for each in card.spellings} for card in names.show("CoT") + names.show("chain of thought")}
    assert spelled == {
        "cot": {"CoT", "COT", "collision of tones"},
        "cot~chain of thought": {"Chain of Thought", "chain-of-thought"},
    }


@pytest.mark.parametrize(
    ("a", "b", "because", "kind", "said"),
    [
        ("Branch Walker", "Nothing Such", "so", None, "nothing here is called 'Nothing Such'"),
        ("Branch Walker", "branch walker ", "", None, "needs its reason"),
        ("Branch Walker", " Branch  Walker", "so", None, "one name"),
        ("Branch Walker", "GPT-4", "so", None, "'Branch Walker' is a Method, 'GPT-4' a Model"),
        ("Branch Walker", "GPT-4", "so", "method", "nothing here is called 'GPT-4' among methods"),
        ("Branch Walker", "TW", "so", "robot", "kind 'robot' is unknown; valid are author, benchmark"),
        ("", "TW", "so", None, "a name is empty"),
        ("x" * 10_000, "TW", "so", None, "a name of 10000 characters is none"),
        ("\u202e", "TW", "so", None, "nothing here is called"),
        ("\x00\ud800", "TW", "so", None, "nothing here is called"),
    ],
)
def test_decision_that_makes_no_sense_is_refused(a: str, b: str, because: str, kind: str | None, said: str) -> None:
    store, names = stored(*ALL)
    before = dump(store)
    with pytest.raises(UsageError, match=said):
        names.same(a, b, because=because, kind=kind)
    assert names.log() == []
    assert dump(store) == before


def test_spellings_of_one_name_are_parted_only_as_papers_write_them() -> None:
    _, names = stored(*ALL)
    with pytest.raises(UsageError, match="no paper here writes 'Gpt 4'; written are GPT-4, gpt 4"):
        names.apart("GPT-4", "Gpt 4", because="so")
    with pytest.raises(UsageError, match="there is no decision 3; the log is empty"):
        names.undo(3)


def test_log_goes_from_store_to_store(tmp_path: Path) -> None:
    store, names = stored(*ALL)
    names.same("Branch Walker", "Bough Walker", because='it is "so" \N{GRINNING FACE}')
    names.apart("GPT-4", "gpt 4", because="a parody")
    assert names.export(tmp_path / "log.jsonl") == 2
    other, others = stored()
    assert others.import_(tmp_path / "log.jsonl") == 2
    assert others.import_(tmp_path / "log.jsonl") == 0
    assert others.log() == names.log()
    build(other, *ALL)
    assert dump(other) == dump(store)
    third, thirds = stored(*ALL)
    thirds.same("reasoning", "thinking", because="mine")
    assert thirds.import_(tmp_path / "log.jsonl") == 2
    assert [(each.number, each.a) for each in thirds.log()] == [(1, "reasoning"), (2, "Branch Walker"), (3, "GPT-4")]
    assert thirds.undo(1).a == "reasoning"
    assert dump(third) == dump(store)


def test_damaged_file_is_told_with_its_lines_and_changes_nothing(tmp_path: Path) -> None:
    store, names = stored(*ALL)
    names.same("Branch Walker", "Bough Walker", because="so")
    before = dump(store)
    names.export(tmp_path / "log.jsonl")
    good = (tmp_path / "log.jsonl").read_text()
    for damaged, said in (
        ("{", "log.jsonl:2 is no JSON"),
        (good.replace('"same"', '"alike"').replace("1", "2").strip(), "log.jsonl:2: kind is 'alike'; valid are same, apart"),
        (good.replace("Method", "Robot").replace("1", "2").strip(), "log.jsonl:2: label is 'Robot'"),
        (good.strip(), "log.jsonl:2: the number 1 is there already"),
        (good.replace('"so"', '"\\ud83d"').replace("1", "2").strip(), "log.jsonl:2 holds half of a character"),
        ("[" * 100_000, "log.jsonl:2 is no JSON"),
    ):
        (tmp_path / "log.jsonl").write_text(f"{good}{damaged}\n")
        with pytest.raises(DecisionError, match=f"{said}.*Good lines: 1; nothing was changed"):
            names.import_(tmp_path / "log.jsonl")
    with pytest.raises(InputError, match="cannot read"):
        names.import_(tmp_path / "missing.jsonl")
    assert dump(store) == before


def test_damaged_log_in_a_folder_stops_a_build_and_is_left_as_it_is(embedded_settings: StoreSettings) -> None:
    path = Path(embedded_settings.address) / "decisions.jsonl"
    with open_store(embedded_settings) as store:
        build(store, *ALL)
        Names(store).same("Branch Walker", "Bough Walker", because="so")
        text = path.read_text() + "half a li"
        path.write_text(text)
        before = dump(store)
        with pytest.raises(DecisionError, match=r"decisions.jsonl:2 is no JSON.*Good lines: 1;"):
            build(store, record(9, "{METHOD uses Other Walker}"))
        assert path.read_text() == text
        assert dump(store) == before
        path.write_text(text.removesuffix("half a li"))
        build(store, *ALL)
        assert dump(store) == before


def _decide_often(settings_: StoreSettings, names: Sequence[str]) -> None:
    with open_store(settings_) as store:
        for name in names:
            Names(store).same("Branch Walker", name, because="so")


def _build_often(settings_: StoreSettings, records: Sequence[Record]) -> None:
    with open_store(settings_) as store:
        for each in records:
            build(store, each)


def test_processes_that_decide_and_build_at_once_lose_nothing(store_settings: StoreSettings) -> None:
    walkers = [f"{first} Walker" for first in ("Bough", "Twig", "Leaf", "Root")]
    some = [record(20 + number, f"{{METHOD uses {name}}} and {{METHOD uses Branch Walker}}") for number, name in enumerate(walkers)]
    late = [replace(each, arxiv_id=f"2402.{number:05}", title=f"Late {number}") for number, each in enumerate(some)]
    spawn = multiprocessing.get_context("spawn")
    with open_store(store_settings) as store:
        build(store, *some)
        tasks: list[tuple[Callable[..., None], Sequence[object]]] = [
            (_decide_often, walkers[:2]), (_decide_often, walkers[2:]), (_build_often, late)
        ]  # fmt: skip
        processes = [spawn.Process(target=work, args=(store_settings, given_)) for work, given_ in tasks]
        for process in processes:
            process.start()
        for process in processes:
            process.join(120)
        assert [process.exitcode for process in processes] == [0, 0, 0]
        log = store.decisions()
        assert [each.number for each in log] == [1, 2, 3, 4]
        assert {each.b for each in log} == set(walkers)
        fresh = MemoryStore()
        fresh.decide(log)
        build(fresh, *some, *late)
        assert dump(store) == dump(fresh)
