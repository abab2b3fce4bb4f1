import numpy as np
import pytest

from extractors.linear import CountedScores, Weights, below


def test_features_with_colons_are_found_below_heads() -> None:
    weights = Weights(("one", "two"), ["b=:", "X:b=:", "X:a", "Y:b=:"], np.array([[1.0, 0.0], [0.0, 2.0], [4.0, 4.0], [8.0, 8.0]]))
    features = ["b=:", "a", "X:a"]
    assert weights.scores(features, under="X") == weights.scores(["b=:", *below("X", ["b=:", "a"])]) == [5.0, 6.0]
    assert weights.scores(features, under="Z") == [1.0, 0.0]
    assert weights.scores(features) == [5.0, 4.0]


@pytest.mark.parametrize("under", ["", "X"])
def test_counted_scores_are_those_of_all_features(under: str) -> None:
    weights = Weights(("score",), ["n=1", "n=2", "w=a", "X:n=2", "X:w=a"], np.array([[1.0], [2.0], [4.0], [8.0], [16.0]]))
    asked: list[int] = []

    def counted(number: int) -> list[str]:
        asked.append(number)
        return [f"n={number}"]

    scores = CountedScores(weights, counted)
    for number, words in [(1, ["w=a"]), (2, ["w=a", "w=b"]), (2, []), (1, ["w=a", "w=a"]), (3, [])]:
        assert scores.score(number, words, under=under) == weights.score([f"n={number}", *words], under=under)
    assert asked == [1, 2, 3]
