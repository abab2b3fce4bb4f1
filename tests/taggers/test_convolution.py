import io

import numpy as np
import numpy.typing as npt
import pytest

from extractors.taggers.convolution import DILATIONS, GRAMS, PLACES, REACH, STEPS, ConvolutionModel, grams
from extractors.taggers.features import of_code
from extractors.taggers.labels import COUNT
from extractors.taggers.line import lay
from extractors.taggers.words import cut
from kg.model import Text

VECTOR, WIDTH = 5, 12
TEXTS = [
    Text("1", "FooNet: a cat", "We show FooNet (FN) on Cats, a cat-like net with 12.5% more cats than BarNet."),
    Text("2", "", "Nothing"),
    Text("3", "Only a title", ""),
    Text("4", "", ""),
    Text("5", "Long", "the cat sat " * 400),
]
Arrays = dict[str, npt.NDArray[np.generic]]


def words_of(texts: list[Text]) -> list[tuple[list[tuple[int, int]], list[tuple[int, int]]]]:
    return [(cut(text.title), cut(text.abstract)) for text in texts]


def emissions(model: ConvolutionModel, texts: list[Text]) -> list[npt.NDArray[np.float32]]:
    return model.emissions(texts, words_of(texts))


@pytest.fixture
def arrays() -> Arrays:
    """Weights at random, as large as they may be."""
    chance = np.random.default_rng(3)

    def whole(*shape: int) -> npt.NDArray[np.int8]:
        return chance.integers(-127, 128, shape).astype(np.int8)

    def names(some: list[str]) -> npt.NDArray[np.uint8]:
        return np.frombuffer("\n".join(some).encode(), np.uint8)

    line = lay(TEXTS, words_of(TEXTS), 1)
    codes = sorted({name for code in line.codes for name in of_code(code)})
    made: Arrays = {"between": np.zeros((COUNT, COUNT), np.float32), "first": np.zeros(COUNT, np.float32)}
    made |= {"words": whole(4, VECTOR), "patterns": whole(3, VECTOR), "grams": whole(GRAMS, VECTOR), "codes": whole(len(codes), WIDTH)}
    made |= {"words.names": names(["", "", "cat", "a"]), "patterns.names": names(["", "x", "Xx"]), "codes.names": names(codes)}
    made["codes.scale"] = np.array(0.1, np.float32)
    sizes = {"near": (2 * REACH + 1, VECTOR, WIDTH), "paper": (2, WIDTH, WIDTH), "last": (2, WIDTH, COUNT)}
    sizes |= {f"later{k}": (len(PLACES), WIDTH, WIDTH) for k in range(len(DILATIONS))}
    for name, shape in sizes.items():
        made[name] = whole(*shape)
        made[f"{name}.scale"] = chance.uniform(0.001, 0.01, shape[2]).astype(np.float32)
        made[f"{name}.bias"] = chance.normal(0, 20, shape[2]).astype(np.float32)
    return made


def test_model_is_read_from_the_bytes_of_its_arrays(arrays: Arrays) -> None:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    found = emissions(ConvolutionModel.read(stream.getvalue()), TEXTS)
    assert all(np.array_equal(a, b) for a, b in zip(found, emissions(ConvolutionModel(arrays), TEXTS), strict=True))


def test_scores_follow_the_definition(arrays: Arrays) -> None:
    """The first paper's scores, word by word, by sums written out."""
    text = TEXTS[0]
    found = np.concatenate(emissions(ConvolutionModel(arrays), [text]))
    line = lay([text], words_of([text]), 4)
    places = [k for start, end in line.bounds for k in range(start, end)]
    codes = dict(zip(places, line.codes, strict=True))
    known, kinds = {"cat": 2, "a": 3}, {"x": 1, "Xx": 2}
    numbers = {name: k for k, name in enumerate(arrays["codes.names"].tobytes().decode().split("\n"))}
    real = {name: table.astype(np.float64) for name, table in arrays.items()}

    def vector(word: str) -> npt.NDArray[np.float64]:
        if not word:
            return real["words"][0]
        kind = {"FooNet": 0, "We": 2, "FN": 0, "Cats": 2, "BarNet": 0}.get(word, 1 if word.isalpha() else 0)
        assert kind in (0, *kinds.values())
        made = real["words"][known.get(word.lower(), 1)] + real["patterns"][kind] + real["grams"][grams(word)].mean(axis=0)
        return np.clip(np.rint(made.astype(np.float32)), -127, 127).astype(np.float64)

    def layer(name: str, inputs: list[npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
        sums = sum(value @ matrix for value, matrix in zip(inputs, real[name], strict=True))
        return np.asarray(sums * real[f"{name}.scale"] + real[f"{name}.bias"])

    def kept(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.clip(np.rint(values.astype(np.float32)), 0, 127).astype(np.float64)

    none = np.zeros(WIDTH)
    vectors = [vector(word) for word in line.words]
    near = {}
    for k in places:
        own = real["codes"][[numbers[name] for name in of_code(codes[k])]].sum(axis=0) * real["codes.scale"]
        near[k] = kept(layer("near", vectors[k - REACH : k + REACH + 1]) + own)
    finer = STEPS["layer"] / STEPS["mean"]
    means = [kept(np.mean([near[k] for k in some], axis=0) * finer) for some in (places, range(*line.bounds[0]))]
    seen, more = near, dict.fromkeys(places, layer("paper", means))
    for number, dilation in enumerate(DILATIONS):
        before = seen
        seen = {k: kept(layer(f"later{number}", [before.get(k + place * dilation, none) for place in PLACES]) + more[k]) for k in places}
        more = seen
    expected = np.array([layer("last", [near[k], seen[k]]) for k in places])
    assert np.allclose(found, expected, rtol=1e-4, atol=1e-2)


def test_scores_are_the_same_bits_in_any_company_and_any_order_of_sums(arrays: Arrays) -> None:
    alone = [scores for text in TEXTS for scores in emissions(ConvolutionModel(arrays), [text])]
    assert all(np.array_equal(a, b) for a, b in zip(alone, emissions(ConvolutionModel(arrays), TEXTS), strict=True))
    order = np.random.default_rng(1).permutation(WIDTH)
    turned = dict(arrays, codes=arrays["codes"][:, order])
    for name in ("near", "paper", *(f"later{k}" for k in range(len(DILATIONS)))):
        turned |= {
            name: arrays[name][:, :, order],
            f"{name}.scale": arrays[f"{name}.scale"][order],
            f"{name}.bias": arrays[f"{name}.bias"][order],
        }
    for name in ("paper", "last", *(f"later{k}" for k in range(len(DILATIONS)))):
        turned[name] = turned[name][:, order]
    assert all(np.array_equal(a, b) for a, b in zip(alone, emissions(ConvolutionModel(turned), TEXTS), strict=True))


def test_fields_are_as_long_as_their_words(arrays: Arrays) -> None:
    found = emissions(ConvolutionModel(arrays), TEXTS)
    assert [scores.shape for scores in found] == [(len(words), COUNT) for pair in words_of(TEXTS) for words in pair]


def test_words_share_pieces_whatever_their_case_and_digits() -> None:
    assert grams("Net7") == grams("nET3")
    assert set(grams("transformers")) & set(grams("transformer"))
    assert all(0 <= number < GRAMS for number in grams("\ud800x"))
