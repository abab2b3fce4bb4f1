from hypothesis import given
from hypothesis import strategies as st

from extractors.taggers.words import SHAPES, cut, shape


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in cut(text)]


def test_cut_keeps_names_with_dots_and_signs_whole() -> None:
    assert words("nn-JIT.web and pass@k on v1.5") == ["nn", "-", "JIT.web", "and", "pass@k", "on", "v1.5"]


def test_cut_lets_suffixes_and_alternatives_stand_alone() -> None:
    assert words("LoRA-based 7B/14B") == ["LoRA", "-", "based", "7B", "/", "14B"]


def test_cut_ends_a_word_at_the_end_of_a_sentence() -> None:
    assert words("high accuracy.The end.") == ["high", "accuracy", ".", "The", "end", "."]


def test_cut_keeps_thousands_together() -> None:
    assert words("14,848 of 1,2") == ["14,848", "of", "1", ",", "2"]


@given(st.text())
def test_cut_leaves_out_white_space_alone(text: str) -> None:
    covered = [k for a, b in cut(text) for k in range(a, b)]
    assert covered == [k for k, character in enumerate(text) if not character.isspace()]


@given(st.text(min_size=1))
def test_shape_names_a_class(text: str) -> None:
    assert all(0 <= shape(text[a:b]) < len(SHAPES) for a, b in cut(text))


def test_shape_tells_classes_apart() -> None:
    found = [SHAPES[shape(word)] for word in ("loss", "Adam", "GRPO", "LoRA", "2024", "GPT4", "-", "A")]
    assert found == ["lower", "capital", "upper", "mixed", "digits", "letters and digits", "punctuation", "initial"]
