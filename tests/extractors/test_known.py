import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.engine import load_engine
from extractors.known import HELPED, KnownNames, Said, level, number, pack, stretches
from extractors.lexicon import Lexicon
from extractors.taggers import ENGINES, TaggedSpan

pytest.importorskip("scipy", reason="the extra `train` is not installed")

from extractors.training.classes import count_classes
from extractors.training.known import count_names
from extractors.training.lexicon import count_terms, pack_lexicon
from kg.model import EntityType, Text


class Every:
    """All numbers."""

    def __contains__(self, number: object) -> bool:
        return True


def span(text: str, name: str, kind: EntityType) -> TaggedSpan:
    at = text.index(name)
    return TaggedSpan("abstract", at, at + len(name), kind, 0.9)


#: Forty papers: "graph matching" is a task in seven of eight, "graphs" a method in the others, Zeta-2 a model in two of three.
PAPERS = [Text(str(k), "On graph matching", f"We match graphs by graph matching and Zeta-2. A graph{k} is here.") for k in range(40)]
FOUND = [
    [
        *([span(paper.abstract, "graph matching", "TASK")] if k % 8 else [span(paper.abstract, "graphs", "METHOD")]),
        *([span(paper.abstract, "Zeta-2", "MODEL")] if k % 3 else []),
    ]
    for k, paper in enumerate(PAPERS)
]


@pytest.fixture(scope="module")
def names() -> KnownNames:
    return KnownNames.read(count_names(PAPERS, FOUND))


def test_said_is_the_share_of_papers_in_which_a_term_is_a_name(names: KnownNames) -> None:
    assert names.said("Graph Matching") == Said(5, (0, 0, 0, level(35, 40), 0))
    assert names.said("graphs") == Said(5, (level(5, 40), 0, 0, 0, 0))
    zeta = names.said("zeta 2")
    assert zeta is not None
    assert (zeta.type, zeta.levels[1]) == ("MODEL", level(26, 40))
    assert names.said("we match") is None
    assert names.said("a name of far more words than six") is None


def test_what_only_one_paper_has_is_not_known() -> None:
    paper = Text("1", "", "We use Solo here.")
    assert KnownNames.read(count_names([paper], [[span(paper.abstract, "Solo", "METHOD")]])).said("Solo") is None


def test_level_rises_with_the_share() -> None:
    levels = [level(named, 100) for named in range(101)]
    assert levels == sorted(levels)
    assert (levels[0], levels[1], levels[50], levels[100]) == (0, 1, 7, 13)


@given(st.integers(0, 15), st.lists(st.integers(0, 13), min_size=5, max_size=5).filter(any))
def test_what_is_packed_is_read_again(papers: int, levels: list[int]) -> None:
    arrays = {
        "named_gaps": np.array([number("a name")], np.uint32),
        "named": np.array([pack(Said(papers, tuple(levels)))], np.uint32),
    }
    assert KnownNames.read(arrays).said("A name") == Said(papers, tuple(levels))


def test_features_speak_of_the_commonest_surface(names: KnownNames) -> None:
    found = names.features(["something else", "graph matching"], "TASK")
    assert {"known as=TASK", f"known own={level(35, 40)}", f"known TASK={level(35, 40)}"} <= set(found)
    assert "known own=0" in names.features(["graph matching"], "MODEL")
    assert names.features(["something else"], "TASK") == ["known=-"]


def test_spans_put_known_names_forward_where_the_tagger_found_nothing(names: KnownNames) -> None:
    text = Text("new", "Graph matching", "Graph Matching is what ZETA-2 does, graph-matching Zeta-20 does not. We match graphs.")
    mine = span(text.abstract, "ZETA-2 does", "METHOD")
    found = names.spans(text, [mine])
    assert found[0] == mine
    assert [(s.field, text.field(s.field)[s.start : s.end], s.type, s.known) for s in found[1:]] == [
        ("title", "Graph matching", "TASK", True),
        ("abstract", "Graph Matching", "TASK", True),
        ("abstract", "graph-matching", "TASK", True),
    ]
    assert names.spans(text, found) == found


def test_stretches_are_words_side_by_side_that_begin_with_no_linking_word() -> None:
    text = "GPT-4, Poincaré maps. The use of it"
    every = ["GPT", "GPT-4", "4", "maps", "use", "use of", "use of it", "it"]
    assert [text[start:end] for start, end, _ in sorted(stretches(text, Every()))] == every
    assert [text[start:end] for start, end, _ in sorted(stretches(text, Every(), 2))][-3:] == ["use", "use of", "it"]


def test_stretches_are_those_whose_number_is_wanted() -> None:
    text = "GPT-4, Poincaré maps. The use of it"
    wanted = {number(name) for name in ("maps", "use of", "GPT-4", "4 maps", "the use", "Poincar")}
    assert [text[start:end] for start, end, _ in stretches(text, wanted)] == ["maps", "GPT-4", "use of"]


@pytest.mark.parametrize("before", ["İİ", "\ud800", "𝔸", "ﬃ", "ẞ", "é"])
def test_stretches_have_their_place_behind_any_character(before: str) -> None:
    text = f"{before} maps"
    ((start, end, _),) = stretches(text, {number("maps")})
    assert text[start:end] == "maps"


@given(st.text(max_size=60))
def test_stretches_have_the_number_of_their_words(text: str) -> None:
    for start, end, code in stretches(text, Every()):
        if text[start:end].isascii():
            assert code == number(text[start:end])


def test_a_lexicon_without_known_names_knows_none() -> None:
    lexicon = Lexicon.read(pack_lexicon(*count_terms(PAPERS), len(PAPERS), count_classes(PAPERS)))
    assert lexicon.names.said("graph matching") is None
    assert lexicon.names.spans(PAPERS[0], []) == []


def test_count_does_not_depend_on_the_order_of_papers() -> None:
    one, other = count_names(PAPERS, FOUND), count_names(PAPERS[::-1], FOUND[::-1])
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_known_names_help_the_fast_engine_alone() -> None:
    text = Text("1", "Better question answering", "We evaluate on ImageNet and GSM8K, and outperform LoRA in accuracy.")
    found = {engine: {entity.name for entity in load_engine(engine).read(text, []).entities} for engine in ENGINES}
    assert {"ImageNet", "GSM8K"} <= found["fast"]
    assert found["accurate"] == set()
    assert {"fast"} == HELPED
