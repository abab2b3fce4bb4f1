import pytest

from extractors.abbreviations import abbreviates, abbreviations
from extractors.reading import Reading
from kg.model import Text


def found(abstract: str, title: str = "") -> list[tuple[str, str]]:
    reading = Reading.of(Text("x", title, abstract))
    pairs = abbreviations(reading)
    for mention in (mention for pair in pairs for mention in (pair.short, pair.long)):
        assert reading.text.field(mention.field)[mention.start : mention.end] == mention.text
    return [(pair.short.text, pair.long.text) for pair in pairs]


@pytest.mark.parametrize(
    ("abstract", "pair"),
    [
        ("We use Graph Neural Networks (GNN) here.", ("GNN", "Graph Neural Networks")),
        ("We use the mixture of experts (MoE) here.", ("MoE", "mixture of experts")),
        ("We present MAPLE (Modular Agents for Planning and Learning).", ("MAPLE", "Modular Agents for Planning and Learning")),
        ("We study RAG (retrieval-augmented generation).", ("RAG", "retrieval-augmented generation")),
        ("VQA stands for visual question answering.", ("VQA", "visual question answering")),
        ("Large language models (LLMs) rule.", ("LLMs", "Large language models")),
    ],
)
def test_abbreviations_reads_definitions(abstract: str, pair: tuple[str, str]) -> None:
    assert found(abstract) == [pair]


def test_abbreviations_reads_a_title_that_spells_its_name() -> None:
    assert found("", "DART: Dynamic Alignment of Robot Trajectories") == [("DART", "Dynamic Alignment of Robot Trajectories")]


@pytest.mark.parametrize("abstract", ["We reach 90% (see Table 2).", "It works (well).", "()", "( )", "(A", "A)", "x (Y) z"])
def test_abbreviations_finds_none_where_none_is_defined(abstract: str) -> None:
    assert found(abstract) == []


def test_abbreviates_needs_the_letters_in_order() -> None:
    assert abbreviates("GAT", "graph attention network") is False
    assert abbreviates("GAN", "graph attention network") is True
    assert abbreviates("BERT", "bidirectional encoder representations from transformers") is True
