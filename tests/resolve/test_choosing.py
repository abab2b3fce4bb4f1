"""Which of many spellings represents a thing."""

from __future__ import annotations

from itertools import permutations

import pytest

from kg.resolve.choosing import best


@pytest.mark.parametrize(
    ("label", "surfaces"),
    [
        ("Model", ["GPT-4o", "GPT 4o", "GPT4o", "gpt-4o"]),
        ("Model", ["Gemini 2.5 Pro", "GeminiPro2.5", "gemini-2.5-pro"]),
        ("Model", ["Qwen2.5-7B", "Qwen-2.5-7B", "qwen2.5-7b"]),
        ("Model", ["DINOv2", "DINO v2", "dinov2"]),
        ("Model", ["Mistral 7B", "Mistral7B", "Mistral 7-B"]),
        ("Model", ["BERT", "BERT-", "$BERT$"]),
        ("Benchmark", ["KITTI", "Kitti", "kitti"]),
        ("Benchmark", ["BraTS", "BRATS", "Brats"]),
        ("Benchmark", ["Tiny ImageNet", "TinyImageNet"]),
        ("Task", ["tool use", "tool-use", "Tool-use", "Tool Use"]),
        ("Task", ["reasoning", "Reasoning", "REasoning"]),
        ("Task", ["ASR", "asr"]),
        ("Task", ["face recognition", "FR", "fr"]),
        ("Task", ["text-to-SQL", "T2S"]),
        ("Task", ["3D reconstruction", "3D Reconstruction"]),
        ("Model", ["Stable Diffusion", "SD"]),
        ("Method", ["CoT", "chain-of-thought"]),
        ("Method", ["LoRA", "LORA", "lora"]),
        ("Metric", ["accuracy", "Accuracy", "ACCURACY"]),
    ],
)
def test_best_is_the_spelling_that_people_use_in_any_order(label: str, surfaces: list[str]) -> None:
    assert {best(label, each) for each in permutations(surfaces)} == {surfaces[0]}
