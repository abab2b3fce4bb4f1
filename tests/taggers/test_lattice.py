from itertools import pairwise, product

import numpy as np
import pytest

from extractors.taggers.labels import COUNT, forbidden
from extractors.taggers.lattice import Transitions, chances, decode


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def transitions(chance: np.random.Generator) -> Transitions:
    return Transitions.of(chance.normal(size=(COUNT, COUNT)), chance.normal(size=COUNT))


def test_decode_finds_the_best_path_of_all(chance: np.random.Generator) -> None:
    rules = transitions(chance)
    scores = chance.normal(size=(4, COUNT)).astype(np.float32) * 2
    best = max(
        product(range(COUNT), repeat=4),
        key=lambda path: rules.first[path[0]] + scores[range(4), path].sum() + sum(rules.between[a, b] for a, b in pairwise(path)),
    )
    labels = [0, 0, 0, 0]
    for span in decode([scores], rules)[0]:
        for word in range(span.first, span.last + 1):
            labels[word] = (1 if word == span.first else 2) + 2 * span.type
    assert tuple(labels) == best


def test_decode_gives_probabilities_of_all_paths(chance: np.random.Generator) -> None:
    rules = transitions(chance)
    scores = chance.normal(size=(3, COUNT)).astype(np.float32)
    scores[:, 1] += 3
    weights = {
        path: np.exp(
            float(rules.first[path[0]])
            + sum(float(scores[k, x]) for k, x in enumerate(path))
            + sum(float(rules.between[a, b]) for a, b in pairwise(path))
        )
        for path in product(range(COUNT), repeat=3)
    }
    total = sum(weights.values())
    [span] = [span for span in decode([scores], rules)[0] if span.first == 0]
    sure = [sum(w for path, w in weights.items() if path[k] == 1 + 2 * span.type + (k > 0)) / total for k in range(span.last + 1)]
    if span.last < 2:
        sure.append(1 - sum(w for path, w in weights.items() if path[span.last + 1] == 2 + 2 * span.type) / total)
    assert span.probability == pytest.approx(min(sure), abs=1e-4)


def test_chances_are_sums_over_all_paths(chance: np.random.Generator) -> None:
    rules = transitions(chance)
    fields = [chance.normal(size=(size, COUNT)).astype(np.float32) for size in (3, 0, 900)]
    short, nothing, long = chances(fields, rules)
    expected = np.zeros((3, COUNT))
    for path in product(range(COUNT), repeat=3):
        score = rules.first[path[0]] + fields[0][range(3), path].sum() + sum(rules.between[a, b] for a, b in pairwise(path))
        expected[range(3), path] += np.exp(float(score))
    assert np.allclose(short, expected / expected.sum(axis=1, keepdims=True), atol=1e-5)
    assert nothing.shape == (0, COUNT)
    assert np.allclose(long.sum(axis=1), 1, atol=1e-5)


def test_decode_gives_the_same_bits_in_any_company(chance: np.random.Generator) -> None:
    rules = transitions(chance)
    fields = [chance.normal(size=(int(n), COUNT)).astype(np.float32) * 3 for n in [*chance.integers(0, 60, size=200), 900, 2500]]
    together = decode(fields, rules)
    assert together == [decode([field], rules)[0] for field in fields]
    assert decode(fields[::-1], rules)[::-1] == together


def test_decode_never_breaks_a_span(chance: np.random.Generator) -> None:
    scores = chance.normal(size=(500, COUNT)).astype(np.float32) * 5
    [spans] = decode([scores], Transitions.of(np.zeros((COUNT, COUNT)), np.zeros(COUNT)))
    assert spans
    assert all(a.last < b.first for a, b in pairwise(spans))


def test_forbidden_lets_inside_follow_its_own_type_alone() -> None:
    table = forbidden()
    assert table.sum() == 5 * (COUNT + 1 - 2)
    assert not table[1, 2]
    assert table[3, 2]
