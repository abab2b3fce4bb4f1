from extractors.grouping import groups
from extractors.reading import Reading
from extractors.surfaces import surfaces
from extractors.taggers import TaggedSpan
from kg.model import EntityType, Text


def offered(abstract: str, surface: str, type_: EntityType) -> set[str]:
    """What is weighed as a further surface of the one that is tagged where it first stands."""
    reading = Reading.of(Text("x", "", abstract))
    at = abstract.index(surface)
    found = groups(reading, [TaggedSpan("abstract", at, at + len(surface), type_, 0.9)], [])
    return {further.mention.text for some in surfaces(reading, found) for further in some}


def test_parts_begin_and_end_with_words_that_name_something() -> None:
    parts = offered("We study safety assessment of old bridges. Old bridges fall.", "safety assessment of old bridges", "TASK")
    assert {"Old bridges", "assessment of old bridges"} <= parts
    assert not {part for part in parts if part.lower().startswith("of ") or part.endswith(" of")}


def test_a_name_stands_before_the_dash_of_a_generic_noun() -> None:
    assert "F1" in offered("It reaches an F1-score of 91.", "F1-score", "METRIC")
    assert "ToyBench" not in offered("It is run on ToyBench-mini.", "ToyBench-mini", "BENCHMARK")
