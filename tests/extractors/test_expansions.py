import numpy as np
import pytest

from extractors.abbreviations import abbreviations
from extractors.expansions import Expander, Scope, anchors, expansion_features, none_features
from extractors.grouping import groups
from extractors.linear import Weights
from extractors.reading import Reading
from extractors.taggers import TaggedSpan
from kg.model import Text


def scope(title: str, abstract: str, short: str) -> Scope:
    """A text in which the short name alone was tagged, wherever it stands."""
    text = Text("x", title, abstract)
    name = "title" if short in title else "abstract"
    at = text.field(name).index(short)
    reading = Reading.of(text)
    return Scope(reading, groups(reading, [TaggedSpan(name, at, at + len(short), "METHOD", 0.9)], abbreviations(reading)))


@pytest.mark.parametrize(
    ("title", "abstract", "how", "wanted"),
    [
        ("", "We show FooNet (a Fast Optimal Network) here.", "inner", "Fast Optimal Network"),
        ("", "We show a Fast Optimal Network framework (FooNet) here.", "before", "Fast Optimal Network"),
        ("", r"We show \emph{Fast Optimal Network} (FooNet) here.", "before", "Fast Optimal Network"),
        ("FooNet: Fast Optimal Networks for Graphs", "", "colon title", "Fast Optimal Networks"),
        ("FooNet: Reading Graphs via Fast Optimal Networks", "", "colon title", "Fast Optimal Networks"),
        ("", "We show FooNet, a fast optimal network that reads.", "comma", "fast optimal network"),
    ],
)
def test_anchors_offers_what_spells_a_short_name_out(title: str, abstract: str, how: str, wanted: str) -> None:
    found = scope(title, abstract, "FooNet")
    by_how = {anchor.how: anchor for anchor in anchors(found)}
    assert wanted in [option.text for option in by_how[how].options]
    for option in by_how[how].options:
        assert found.reading.text.field(option.field)[option.start : option.end] == option.text


@pytest.mark.parametrize("abstract", ["FooNet works.", "FooNet (90%).", "FooNet: ", "FooNet ()", "(FooNet)", "FooNet, "])
def test_anchors_offers_nothing_where_nothing_stands(abstract: str) -> None:
    assert anchors(scope("", abstract, "FooNet")) == []


def test_choose_takes_the_likeliest_where_it_is_likely_enough() -> None:
    found = scope("FooNet: Fast Optimal Networks for Graphs", "", "FooNet")
    (anchor,) = anchors(found)
    fitting = [option for option in anchor.options if option.text == "Fast Optimal Networks"]
    others = {name for option in anchor.options if option not in fitting for name in expansion_features(found, anchor, option)}
    telling = sorted(set(expansion_features(found, anchor, fitting[0])) - others - set(none_features(found, anchor)))
    weights = Weights(("score",), telling, np.full((len(telling), 1), 3.0))
    assert Expander(weights, 0.5).choose(found, anchor) == fitting[0]
    assert Expander(Weights(("score",), ["none"], np.array([[9.0]])), 0.5).choose(found, anchor) is None


@pytest.mark.parametrize(
    "abstract", ["FooNet (é é é é é).", "FooNet ($ - $ - $).", "FooNet (-- -- --)", "$ - $ - (FooNet)", "FooNet, $ $ $ of $"]
)
def test_choose_reads_stretches_without_letters(abstract: str) -> None:
    found = scope("", abstract, "FooNet")
    for anchor in anchors(found):
        Expander(Weights(("score",), ["none"], np.array([[9.0]])), 0.5).choose(found, anchor)
