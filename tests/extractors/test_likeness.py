from collections.abc import Sequence

from extractors.grouping import groups
from extractors.lexicon import Lexicon
from extractors.likeness import likely_pairs, merge_features, named
from extractors.reading import Reading
from extractors.taggers import TaggedSpan
from extractors.taggers.classes import WordClasses
from kg.model import EntityType, Text


def compared(abstract: str, *surfaces: tuple[str, EntityType]) -> Sequence[list[str]]:
    """What says whether the groups of each likely pair are one thing, each surface tagged where it first stands."""
    reading = Reading.of(Text("x", "", abstract))
    spans = [TaggedSpan("abstract", at, at + len(s), type_, 0.9) for s, type_ in surfaces for at in [abstract.index(s)]]
    some = named(groups(reading, spans, []), [], Lexicon.empty())
    return [merge_features(reading, some[i], some[j], WordClasses.read({})) for i, j in likely_pairs(some)]


def test_groups_of_one_type_are_compared_where_they_share_a_word() -> None:
    features = compared("Image segmentation of cells. Our segmentation wins.", ("Image segmentation", "TASK"), ("segmentation", "TASK"))
    assert [{"suffix", "way=suffix1", "drop=image"} <= set(found) for found in features] == [True]
    assert not compared("Image captioning and depth estimation.", ("Image captioning", "TASK"), ("depth estimation", "TASK"))


def test_names_beside_each_other_are_compared_whatever_their_type() -> None:
    features = compared("DyME: erasing many concepts at once.", ("DyME", "METHOD"), ("erasing many concepts", "TASK"))
    assert [{"other type", "between=:"} <= set(found) for found in features] == [True]
    assert not compared("DyME is about erasing many concepts.", ("DyME", "METHOD"), ("erasing many concepts", "TASK"))


def test_a_short_name_is_compared_with_what_has_its_initials() -> None:
    features = compared("We train a graph edit network. So GEN is born.", ("graph edit network", "METHOD"), ("GEN", "MODEL"))
    assert ["initials=True" in found for found in features] == [True]
