from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from extractors.taggers.rows import Rows


class Maker:
    """Makes rows of a word's length and of how many words came before, and notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        self.asked.append(list(words))
        return np.array([[len(word), 1] for word in words], np.float32)


def rows_of(rows: Rows[str], words: list[str]) -> list[list[float]]:
    numbers = rows.of(words)
    return rows.table[numbers].tolist()  # type: ignore[no-any-return]


def test_rows_are_made_once_and_together() -> None:
    maker = Maker()
    rows: Rows[str] = Rows(2, maker, 100)
    assert rows_of(rows, ["a", "bb", "a"]) == [[1, 1], [2, 1], [1, 1]]
    assert rows_of(rows, ["bb", "ccc", "a"]) == [[2, 1], [3, 1], [1, 1]]
    assert rows_of(rows, []) == []
    assert maker.asked == [["a", "bb"], ["ccc"]]


@pytest.mark.parametrize("most", [1, 1500, 10_000])
def test_rows_grow_and_are_forgotten_when_there_are_too_many(most: int) -> None:
    rows: Rows[str] = Rows(2, Maker(), most)
    for turn in range(3):
        words = ["w" * (k % 7 + 1) + str(k) for k in range(turn, 4000, 2)]
        assert rows_of(rows, words) == [[len(word), 1] for word in words]
