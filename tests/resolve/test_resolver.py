"""The resolver's promises: order does not matter, what cannot meet does not matter, versions stay apart."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Appearance
from kg.ports import Named, Resolution
from kg.resolve import NameResolver

RESOLVER = NameResolver()
_NAMES = {
    "Model": (
        "Qwen2.5-7B", "qwen 2.5 7b", "Qwen2.5", "Qwen", "Qwen2.5-14B", "Meta Llama 3", "Llama-3", "LLaMA 3 8B", "SAM", "SAM 2",
        "Segment Anything Model", "Segment Anything Model 2", "o1", "o1-mini", "BERT", "BЕRT",
    ),
    "Method": (
        "CoT", "chain-of-thought", "Chain of Thoughts", "PPR", "Principle Process Reward", "Personalized PageRank",
        "personalised pagerank", "diffusion models", "Diffusion Model", "DM", "a/b", "-", "", "$\\beta$-VAE", "β-VAE", "U-Net++", "U-Net",
    ),
}  # fmt: skip


def _appearance(label: str, *surfaces: str) -> Appearance:
    return Appearance(label, surfaces[0], tuple(sorted(set(surfaces))))


_appearances = st.sets(
    st.sampled_from(sorted(_NAMES)).flatmap(
        lambda label: st.lists(st.sampled_from(_NAMES[label]), min_size=1, max_size=3).map(lambda names: _appearance(label, *names))
    ),
    max_size=14,
)


def _closure(seed: Collection[Appearance], everything: Collection[Appearance]) -> set[Appearance]:
    """All that the seed can meet, directly or through others, as a store finds it."""
    found, keys = set(seed), set[str]()
    while True:
        keys |= {key for each in found for key in RESOLVER.blocks(each)}
        more = {each for each in everything if RESOLVER.blocks(each) & keys} - found
        if not more:
            return found
        found |= more


def _refs(resolution: Resolution) -> dict[Appearance, tuple[str, str]]:
    return {appearance: (ref.label, ref.key) for appearance, ref in resolution.assignment.items()}


def _part(resolution: Resolution, kept: Resolution) -> list[Named]:
    refs = {named.ref for named in kept.named}
    return [named for named in resolution.named if named.ref in refs]


@settings(deadline=None)
@given(_appearances, st.randoms())
def test_resolve_order_does_not_matter(found: set[Appearance], random: object) -> None:
    shuffled = sorted(found, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert RESOLVER.resolve(shuffled) == RESOLVER.resolve(sorted(found))


@given(_appearances)
@settings(max_examples=300, deadline=None)
def test_resolve_closure_decides_alone(found: set[Appearance]) -> None:
    everything = RESOLVER.resolve(found)
    for seed in sorted(found):
        part = RESOLVER.resolve(_closure({seed}, found))
        assert _refs(part).items() <= _refs(everything).items()
        assert list(part.named) == _part(everything, part)


@settings(deadline=None)
@given(_appearances)
def test_resolve_every_appearance_has_a_node_that_its_names_find(found: set[Appearance]) -> None:
    resolution = RESOLVER.resolve(found)
    named = {each.ref: each for each in resolution.named}
    assert len(named) == len(resolution.named)
    for appearance in found:
        node = named[resolution.assignment[appearance]]
        assert node.names.keys() & RESOLVER.blocks(appearance)
        assert not node.variant_of or node.variant_of in named


@settings(deadline=None)
@given(_appearances)
def test_resolve_families_have_no_cycle(found: set[Appearance]) -> None:
    above = {each.ref: each.variant_of for each in RESOLVER.resolve(found).named}
    for ref in above:
        seen, at = set(), ref
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above[at]
