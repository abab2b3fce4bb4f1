from extractors.taggers.features import PAD, of_code
from extractors.taggers.line import lay
from extractors.taggers.words import cut
from kg.model import Text


def features(*texts: Text) -> list[tuple[str, set[str]]]:
    """Every word of the fields with the features of its place."""
    line = lay(texts, [(cut(text.title), cut(text.abstract)) for text in texts], 2)
    codes = iter(line.codes)
    made = [(line.words[k], set(of_code(next(codes)))) for start, end in line.bounds for k in range(start, end)]
    assert next(codes, None) is None
    return made


def test_lay_keeps_fields_apart() -> None:
    texts = [Text("1", "A cat", ""), Text("2", "", "it ran")]
    line = lay(texts, [(cut(text.title), cut(text.abstract)) for text in texts], 2)
    assert line.words == [PAD, PAD, "A", "cat", PAD, PAD, PAD, PAD, PAD, PAD, "it", "ran", PAD, PAD]
    assert line.lower[2:4] == ["a", "cat"]
    assert line.bounds == [(2, 4), (6, 6), (8, 8), (10, 12)]
    assert len(line.codes) == 4


def test_lay_of_nothing_is_a_gap() -> None:
    line = lay([], [], 3)
    assert (line.words, line.codes, line.bounds) == ([PAD] * 3, [], [])


def test_marks_say_where_a_word_stands_and_what_else_the_paper_has() -> None:
    found = features(Text("1", "Cat-like FooNet", "The cat saw a Cat. FooNet"), Text("2", "the cat", ""))
    (cat, dash, like, name), abstract, other = found[:4], found[4:11], found[11:]
    assert [word for word, _ in (cat, dash, like, name)] == ["Cat", "-", "like", "FooNet"]
    assert {"F1.1", "P1.0.1", "G2.1", "C2.1", "E1.1.1", "L1.1", "B0"} <= cat[1]
    assert {"G3.6", "P1.2.6", "C0.6", "E1.0.6"} <= dash[1]
    assert {"G1.0", "L0.0"} <= like[1]
    assert {"P1.6.3", "E1.1.3", "C1.3", "G0.3"} <= name[1]
    assert {"C2.0", "E0.1.0", "L0.0", "F0.0"} <= dict(abstract)["cat"]
    assert "E0.0.1" in dict(abstract)["The"]
    assert [sorted(some & {"C0.0", "E1.0.0", "L0.0"}) for _, some in other] == [["C0.0", "E1.0.0", "L0.0"]] * 2


def test_marks_tell_a_short_name_in_brackets_and_what_it_is_short_for() -> None:
    found = dict(features(Text("1", "", "We show Deep Cat Net (DCN) here")))
    bracket = {word: next(name for name in some if name[0] == "B") for word, some in found.items()}
    assert bracket == {"We": "B0", "show": "B0", "Deep": "B2", "Cat": "B3", "Net": "B3", "(": "B0", "DCN": "B1", ")": "B0", "here": "B0"}
