import pytest

from extractors.taggers.brackets import whole


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("(SID) automatic speech recognition", "SID) automatic speech recognition", "automatic speech recognition"),
        ("the Shared Relationship) Model", "Shared Relationship) Model", "Shared Relationship"),
        ("a (sparse attention", "a (sparse attention", "sparse attention"),
        ("Test-Time Adaptation (TTA) loss", "Test-Time Adaptation (TTA) loss", "Test-Time Adaptation (TTA) loss"),
        ("AdamW[fast", "AdamW[fast", "AdamW"),
        ("on $\\tau^2$-Bench we", "$-Bench", "$\\tau^2$-Bench"),
        ("with $\\pi_0$ as", "$\\pi_0", "$\\pi_0$"),
        ("costs $5 and Bench", "$5", "$5"),
        (")", ")", ")"),
    ],
)
def test_whole_leaves_no_half_of_a_pair(text: str, found: str, expected: str) -> None:
    at = text.index(found)
    start, end = whole(text, at, at + len(found))
    assert text[start:end] == expected
