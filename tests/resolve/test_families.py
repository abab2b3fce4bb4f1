"""What a name is a variant of, read off the name."""

from __future__ import annotations

import pytest

from kg.resolve.families import lineage


@pytest.mark.parametrize(
    ("label", "name", "expected"),
    [
        ("Model", "Qwen2.5-7B-Instruct", ("Qwen2.5-7B", "Qwen2.5", "Qwen")),
        ("Model", "DeepSeek-R1", ("DeepSeek",)),
        ("Model", "DeepSeek-V3.1", ("DeepSeek",)),
        ("Model", "Kimi K1.5", ("Kimi",)),
        ("Model", "Skywork-R1V2", ("Skywork-R1", "Skywork")),
        ("Model", "Qwen3-30B-A3B", ("Qwen3-30B", "Qwen3", "Qwen")),
        ("Model", "Gemma 3n", ("Gemma 3", "Gemma")),
        ("Model", "GPT-4o", ("GPT",)),
        ("Model", "Flan-T5", ()),
        ("Model", "FLAN-T5-XL", ("FLAN-T5",)),
        ("Model", "CodeT5+", ("CodeT5",)),
        ("Model", "E5-large", ("E5",)),
        ("Model", "o3-mini", ("o3",)),
        ("Model", "Open-R1", ()),
        ("Model", "ViT-B/16", ("ViT",)),
        ("Model", "Wan2.1-T2V-14B", ("Wan2.1-T2V",)),
        ("Model", "T2I", ()),
        ("Model", "A3C", ()),
        ("Benchmark", "AIME'24", ("AIME",)),
        ("Benchmark", "AIME24", ("AIME",)),
        ("Benchmark", "SWE-bench Verified", ("SWE-bench",)),
        ("Benchmark", "HumanEval+", ("HumanEval",)),
        ("Benchmark", "Set14", ()),
        ("Method", "K-means++", ("K-means",)),
        ("Method", "FlashAttention-2", ("FlashAttention",)),
        ("Task", "Task 2", ()),
    ],
)
def test_lineage_is_the_way_up_to_the_family(label: str, name: str, expected: tuple[str, ...]) -> None:
    assert lineage(label, name) == expected
