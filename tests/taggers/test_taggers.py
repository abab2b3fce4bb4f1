"""What holds for every engine."""

import random
import time
from itertools import pairwise

import pytest

from extractors import taggers
from extractors.taggers import ENGINES, Tagger
from kg.model import ROLES, Text

TEXTS = [
    Text(
        "a",
        "FlashTwig: Sparse Attention for Video",
        "We propose FlashTwig (FT), which beats FlashAttention-2 on VBench by 2.1x in latency.",
    ),
    Text("b", "Pruning GPT-4 with LoRA", "LoRA-based tuning of Qwen2.5-7B/14B reaches 81\\% accuracy on GSM8K and nn-JIT.web."),
    Text("c", "", ""),
    Text("d", "Ein Titel ohne Namen", ""),
    Text("e", "", "图神经网络 🙂 \ufffd $\\mathcal{L}_{x}$ <b>BERT</b>"),
]


@pytest.fixture(scope="module", params=ENGINES)
def tagger(request: pytest.FixtureRequest) -> Tagger:
    return taggers.load(request.param)


def test_tagger_finds_plain_names(tagger: Tagger) -> None:
    found = {(TEXTS[1].field(span.field)[span.start : span.end], span.type) for span in tagger.tag(TEXTS)[1]}
    assert ("GSM8K", "BENCHMARK") in found
    assert ("LoRA", "METHOD") in found


def test_tagger_gives_ordered_spans_inside_their_field(tagger: Tagger) -> None:
    for text, spans in zip(TEXTS, tagger.tag(TEXTS), strict=True):
        places = [(span.field != "title", span.start, span.end) for span in spans]
        assert places == sorted(places)
        assert all(a[:1] != b[:1] or a[2] <= b[1] for a, b in pairwise(places))
        for span in spans:
            surface = text.field(span.field)[span.start : span.end]
            assert surface
            assert surface == surface.strip()
            assert 0 <= span.confidence <= 1
            assert span.role is None or span.role in ROLES[span.type]
            assert not span.roles or len(span.roles) == len(ROLES[span.type])


def test_tagger_reads_nothing_in_nothing(tagger: Tagger) -> None:
    assert tagger.tag([]) == []
    assert tagger.tag([Text("x", "", ""), Text("y", "\n", " ")]) == [[], []]


def test_tagger_says_the_same_in_any_company(tagger: Tagger) -> None:
    texts = [Text(f"{k}", text.title, " ".join([text.abstract] * (k % 5))) for k, text in enumerate(TEXTS * 5)]
    together = tagger.tag(texts)
    order = list(range(len(texts)))
    random.Random(3).shuffle(order)
    shuffled = tagger.tag([texts[k] for k in order])
    assert [shuffled[order.index(k)] for k in range(len(texts))] == together
    assert [tagger.tag([text])[0] for text in texts] == together


HOSTILE = {
    "one sentence": "word ",
    "one word": "x",
    "brackets": "(",
    "hyphens": "a-",
    "abbreviations": "A (B) ",
    "open brackets": "((((AB) ",
    "latex": "\\frac{a}{b}$",
    "numbers": "1,000,",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_tagger_takes_time_in_proportion(tagger: Tagger, unit: str) -> None:
    length = 4_000 if tagger.weights == taggers.load("accurate").weights else 20_000
    spent = [min(seconds(tagger, (unit * size)[:size]) for _ in range(3)) for size in (length, 4 * length)]
    assert spent[1] < 10 * spent[0] + 0.3


def seconds(tagger: Tagger, abstract: str) -> float:
    """What one text takes of the processor."""
    start = time.process_time()
    tagger.tag([Text("x", "A title", abstract)])
    return time.process_time() - start


def test_tagger_names_its_version_and_weights(tagger: Tagger) -> None:
    assert tagger.version
    assert len(tagger.weights) == 16
