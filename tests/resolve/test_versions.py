"""Ten thousand pairs of names that differ by what makes another thing: no two are one node, and none are said to be the same."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from kg.model import Appearance
from kg.resolve import NameResolver, decide

_STARTS = ("Qu", "Lla", "Ver", "Mo", "Zeph", "Gran", "Ti", "Bex", "Nor", "Cly", "Sta", "Phi", "GP", "SWE", "BE")
_MIDDLES = ("ma", "wen", "vi", "ron", "xa", "le", "no", "T", "RT", "tra", "ko")
_ENDS = ("", "", "Net", "LM", "Bench", "QA", "former", "Eval", "-bench", " Arena", "Coder", "Gen")
_JOINTS = ("-", " ", "", "_")
_EDITIONS = {
    "Model": ("Pro", "Instruct", "Chat", "mini", "Turbo", "VL", "Coder", "Lite", "Max", "Large", "Base", "Omni", "Flash", "Vision", "Math"),
    "Method": ("Lite", "Fast", "Large", "II", "III", "Net", "Adaptive"),
    "Benchmark": ("Pro", "Verified", "Hard", "Lite", "Diamond", "Redux", "Live", "Multilingual", "Mini", "Full"),
}
_MARKS = ("+", "++", "*", "o", "n", "V")


def _endings(draw: random.Random, label: str) -> list[str]:
    """Two endings that make two things of one name; the second may be none."""
    kind = draw.choice(("version", "decimal", "size", "year", "edition", "mark", "v", "letter", "both", "inside"))
    numbers = draw.sample(range(1, 40), 2)
    joint = draw.choice(_JOINTS)
    match kind:
        case "version":
            found = [f"{joint}{number}" for number in numbers]
        case "decimal":
            found = [f"{joint}{number % 9 + 1}.{number % 7 + 1}" for number in (numbers[0], numbers[0] + 1)]
        case "size":
            found = [f"-{number}{unit}" for number, unit in zip(numbers, draw.choices("BMB", k=2), strict=True)]
        case "year":
            found = [f"{draw.choice(('-', ' '))}{2000 + number % 26}" for number in (numbers[0], numbers[0] + 1)]
        case "edition":
            found = [f"{draw.choice(('-', ' '))}{word}" for word in draw.sample(_EDITIONS[label], 2)]
        case "mark":
            found = [draw.choice(("+", "++", "*")), ""]
        case "v":
            found = [f"{draw.choice(('-', ' ', ''))}v{number}" for number in numbers]
        case "letter":
            found = [f"-{numbers[0]}{draw.choice('onV')}", f"-{numbers[0]}"]
        case "inside":
            found = [f"-{draw.choice(_EDITIONS[label])}-{numbers[0]}", f"-{numbers[0]}"]
        case _:
            found = [f"-{numbers[0]}-{word}" for word in draw.sample(_EDITIONS[label], 2)]
    return found if draw.random() < 0.7 else [found[0], ""]


def _pairs(count: int) -> Iterator[tuple[str, str, str]]:
    draw = random.Random(7)
    while count:
        label = draw.choice(sorted(_EDITIONS))
        base = draw.choice(_STARTS) + draw.choice(_MIDDLES) + draw.choice(_ENDS)
        a, b = (base + ending for ending in _endings(draw, label))
        if draw.random() < 0.3:
            b = draw.choice((b.lower(), b.upper(), b.replace("-", " ")))
        yield label, a, b
        count -= 1


def test_versions_are_never_one_node() -> None:
    together = []
    for label, a, b in _pairs(10_000):
        first, second = Appearance(label, a, (a,)), Appearance(label, b, (b,))
        assignment = NameResolver().resolve({first, second}).assignment
        if assignment[first] == assignment[second] or decide(first, second).same:
            together.append((label, a, b))
    assert together == []


def test_versions_stay_apart_where_a_paper_calls_them_by_one_abbreviation() -> None:
    resolver = NameResolver()
    for label, a, b in _pairs(500):
        found = {Appearance(label, name, tuple(sorted((name, "OurNet")))) for name in (a, b)}
        assert len({*resolver.resolve(found).assignment.values()}) == 2, (a, b)


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("Model", "GPT-4", "GPT-4o"), ("Model", "o1", "o1-mini"), ("Model", "Llama 3", "Llama 3.1"), ("Model", "BERT-base", "BERT-large"),
        ("Model", "Gemini 2.5 Pro", "Gemini 2.5 Flash"), ("Benchmark", "MMLU", "MMLU-Pro"), ("Benchmark", "HumanEval", "HumanEval+"),
        ("Benchmark", "SWE-bench", "SWE-bench Verified"), ("Benchmark", "AIME 2024", "AIME 2025"), ("Benchmark", "AIME24", "AIME25"),
        ("Benchmark", "ImageNet-1K", "ImageNet-21K"), ("Benchmark", "CIFAR-10", "CIFAR-100"), ("Method", "U-Net", "U-Net++"),
        ("Model", "T5", "mT5"), ("Model", "BLIP", "BLIP-2"), ("Metric", "pass@1", "pass@10"), ("Metric", "Recall@5", "Recall@10"),
        ("Metric", "BLEU-1", "BLEU-4"), ("Metric", "ROUGE-1", "ROUGE-L"), ("Metric", "mAP", "mAP50"), ("Metric", "F1", "F2"),
        ("Metric", "accuracy", "balanced accuracy"), ("Task", "2D object detection", "3D object detection"),
        ("Task", "text-to-image generation", "image-to-text generation"), ("Task", "text-to-speech", "speech-to-text"),
        ("Benchmark", "Amazon-Bench", "Bench"), ("Method", "IPO", "IPO-Toolkit"), ("Benchmark", "Meta-Dataset", "Meta"),
        ("Metric", "pass@1", "pass^1"), ("Metric", "pass@k", "pass^k"), ("Metric", "p-value", "P"), ("Benchmark", "ARC Challenge", "ARC"),
        ("Model", "ViT-G/14", "ViT-g/14"), ("Model", "Faster R-CNN", "Fast R-CNN"), ("Model", "Qwen2.5-Math-7B", "Qwen2.5-7B"),
        ("Method", "vLLM", "VLLMs"), ("Author", "Wei Zhang", "Wei Zhang 2"), ("Author", "J. Smith", "Jane Smith"),
        ("Organization", "Mistral", "Ministral"),
    ],
)  # fmt: skip
def test_things_that_one_mark_tells_apart_stay_apart(label: str, a: str, b: str) -> None:
    assert not decide(Appearance(label, a, (a,)), Appearance(label, b, (b,))).same


@pytest.mark.parametrize(
    ("label", "a", "b"),
    [
        ("Benchmark", "AIME 2024", "AIME24"), ("Benchmark", "AIME'24", "AIME 2024"), ("Benchmark", "AIME-24", "aime 2024"),
        ("Benchmark", "CEC17", "CEC 2017"), ("Benchmark", "NTIRE 2025", "NTIRE'25"), ("Benchmark", "MATH dataset", "MATH"),
        ("Benchmark", "GSM8K", "GSM-8K"), ("Model", "Meta Llama 3", "LLaMA-3"), ("Model", "Llama 3 8B", "Llama-3-8b"),
        ("Method", "chain-of-thought", "Chains of Thought"), ("Method", "$\\beta$-VAE", "β-VAE"), ("Method", "beta-VAE", "β-VAE"),
        ("Task", "visual question answering", "Visual Question Answering task"), ("Task", "estimation of depth", "depth estimation"),
        ("Task", "colourisation", "colorization"), ("Metric", "F1", "F1 score"), ("Metric", "F1-score", "F1 scores"),
        ("Metric", "F1-Score", "F1"), ("Method", "Adam-optimizer", "Adam"), ("Model", "Google Gemini", "Gemini"),
        ("Metric", "word error rate", "Word Error Rates"), ("Author", "José García", "Jose Garcia"), ("Author", "Doe, Jane", "Jane Doe"),
        ("Author", "Jürgen Øst", "Jurgen Ost"), ("Metric", "$\\text{pass}^k$", "pass^k"), ("Metric", "$R^2$", "R2 score"),
        ("Benchmark", "ARC-Challenge", "ARC Challenge"), ("Benchmark", "ZembEval benchmark suite", "ZembEval"),
        ("Benchmark", "BraTS challenge", "BraTS"), ("Model", "ViT-g/14", "ViT giant/14"), ("Method", "$\\ell_1$ loss", "L1 loss"),
        ("Organization", "OpenAI, Inc.", "openai"), ("Organization", "The Allen Institute", "Allen Institute"),
        ("Method", "Poincar\\'e ball", "Poincaré ball"), ("Method", 'M\\"{o}bius addition', "Möbius addition"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_are_the_same(label: str, a: str, b: str) -> None:
    assert decide(Appearance(label, a, (a,)), Appearance(label, b, (b,))).same


@pytest.mark.parametrize(
    "name",
    ["", "a", "x" * 10_000, "---", "!!!", "\u202eBERT", "B\u0000ERT", "\ud800", "\u200b", "ＢＥＲＴ", "🙂", "(", "$$", "\\", "{{}}", "%s"],
)
@pytest.mark.parametrize("label", ["Model", "Method", "Benchmark", "Task", "Metric", "Author", "Organization"])
def test_odd_names_get_a_node_and_a_key(label: str, name: str) -> None:
    odd, plain = Appearance(label, name, (name,)), Appearance(label, "Plain Name", ("Plain Name",))
    resolution = NameResolver().resolve({odd, plain})
    assert resolution.assignment[odd] != resolution.assignment[plain]
    assert all(len(key) <= 200 for each in resolution.named for key in (each.ref.key, *each.names))


@pytest.mark.parametrize(("plain", "odd"), [("BERT", "BЕRT"), ("CLIP", "CLІP"), ("Adam", "Аdam"), ("SAM", "SΑM")])
def test_look_alike_letters_are_apart_and_flagged(plain: str, odd: str) -> None:
    first, second = Appearance("Model", plain, (plain,)), Appearance("Model", odd, (odd,))
    resolution = NameResolver().resolve({first, second})
    assert resolution.assignment[first] != resolution.assignment[second]
    flagged = {each.ref for each in resolution.named if each.properties["ambiguous"]}
    assert flagged == {resolution.assignment[second]}
