"""What people are asked to look at."""

from __future__ import annotations

from kg.ports import Decision
from kg.resolve import Doubt, Used, doubts


def used(name: str, papers: int = 1, *, ambiguous: bool = False, label: str = "Method") -> Used:
    return Used(label, name.lower(), name, (name,), ambiguous, papers)


def test_doubts_come_by_use_with_their_candidates() -> None:
    found = doubts([used("ZQR", 3), used("Zonal Quilt Routing", 9), used("Quilted Zone Routing"), used("BЕRT", 5, ambiguous=True)], [])
    assert found == [
        Doubt("Method", "BЕRT", (), "its letters are of several scripts that look alike", 5),
        Doubt("Method", "ZQR", ("Zonal Quilt Routing",), "its letters are those of the words", 3),
    ]


def test_names_that_one_letter_tells_apart_are_doubtful_and_numbers_are_not() -> None:
    found = doubts([used("Zonal Quilting", 4), used("Zonal Quiltings2"), used("Zonal Quiltimg"), used("Zonal Quilting3")], [])
    assert [(each.name, each.candidates, each.why) for each in found] == [
        ("Zonal Quiltimg", ("Zonal Quilting",), "one letter tells them apart")
    ]


def test_what_a_decision_answers_is_no_doubt() -> None:
    names = [used("ZQR"), used("Zonal Quilt Routing"), used("Zonal Quilting"), used("Zonal Quiltimg")]
    log = [
        Decision(1, "apart", "Method", "ZQR", "Zonal Quilt Routing", "x"),
        Decision(2, "apart", "Method", "Zonal Quiltimg", "Zonal Quilting", "y"),
    ]
    assert len(doubts(names, [])) == 2
    assert doubts(names, log) == []
    assert len(doubts(names, [each for each in log if each.number == 1])) == 1
