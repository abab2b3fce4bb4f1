import pytest

from kg.text import accented, readable


@pytest.mark.parametrize(
    ("text", "letters"),
    [(r"Fr\'echet", "Fréchet"), (r"M\"{o}bius", "Möbius"), (r"na\"{\i}ve", "naïve"), (r"a\_b \alpha", r"a\_b \alpha"), ("plain", "plain")],
)
def test_accented_writes_accents_as_letters(text: str, letters: str) -> None:
    assert accented(text) == letters


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("F$^3$Set", "F^3Set"),
        (r"\textbf{Net}-2", "Net-2"),
        (r"Poincar\'e ball", "Poincaré ball"),
        (r"$\ell_2$ loss", r"\ell_2 loss"),
        ("90\\%", "90%"),
    ],
)
def test_readable_takes_markup_away(text: str, read: str) -> None:
    assert readable(text) == read
