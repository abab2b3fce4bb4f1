import pytest

from extractors.quantities import quantities
from extractors.reading import Reading
from kg.model import Text


def found(abstract: str) -> list[tuple[float, float | None, str | None]]:
    return [(q.value, q.high, q.unit) for q in quantities(Reading.of(Text("x", "", abstract)))]


@pytest.mark.parametrize(
    ("abstract", "wanted"),
    [
        ("reaches 91.5% accuracy", [(91.5, None, "%")]),
        (r"reaches 91.5\% accuracy", [(91.5, None, "%")]),
        ("is 2.1x faster", [(2.1, None, "x")]),
        (r"is $2.1\times$ faster", [(2.1, None, "x")]),
        ("is 2.44times faster", [(2.44, None, "x")]),
        ("gains 3.2 points", [(3.2, None, "points")]),
        ("gains 3 percentage points", [(3.0, None, "points")]),
        ("a 14,848 token context", [(14848.0, None, None)]),
        ("from 40% to 60%", [(40.0, None, "%"), (60.0, None, "%")]),
        ("by 10-20%", [(10.0, 20.0, "%")]),
        ("between 5 and 7 points", [(5.0, 7.0, "points")]),
        ("scores 70/80/90% on A/B/C", [(70.0, None, "%"), (80.0, None, "%"), (90.0, None, "%")]),
        ("is three times faster", [(3.0, None, "x")]),
        (r"is $91.2 \pm 0.3$", [(91.2, None, None)]),
        ("takes 12 ms", [(12.0, None, "ms")]),
        ("costs $0.5 a page", [(0.5, None, "$")]),
        ("in $42$ runs", [(42.0, None, None)]),
    ],
)
def test_quantities_reads_values_and_units(abstract: str, wanted: list[tuple[float, float | None, str | None]]) -> None:
    assert found(abstract) == wanted


@pytest.mark.parametrize(
    "abstract",
    [
        "",
        "GPT-4 and Qwen2.5",
        "v1.2.3a",
        "(p=0.003)",
        "$p < 0.05$",
        "a p-value of 0.02",
        r"$p \leq 0.01$",
        "$10^{-5}$ and $512^3$",
        "1" * 400,
        "9" * 100_000,
    ],
)
def test_quantities_finds_none_in_names_and_in_what_is_too_long(abstract: str) -> None:
    assert found(abstract) == []


def test_quantities_counts_places_within_a_list() -> None:
    reading = Reading.of(Text("x", "", "70.1, 80.2 and 90.3% on A, B and C"))
    assert [q.place for q in quantities(reading)] == [0, 1, 2]
