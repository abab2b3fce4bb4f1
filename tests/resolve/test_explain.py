"""Why a name is where it is, in words."""

from __future__ import annotations

import pytest

from kg.model import Appearance
from kg.ports import Decision
from kg.resolve import explain, holding


@pytest.mark.parametrize(
    ("label", "surfaces", "name", "why"),
    [
        ("Method", ("CoT",), "CoT", "the usual name"),
        ("Method", ("cot",), "CoT", "the same but for case, spaces and dashes"),
        ("Method", ("diffusion models",), "diffusion model", "the same but for plural, maker, generic words, order or spelling"),
        ("Method", ("chain-of-thought",), "CoT", "what CoT is usually short for"),
        ("Method", ("CoT",), "chain-of-thought", "usually short for chain-of-thought"),
        ("Method", ("Zonal Quilt Routing", "ZQR"), "ZQR", "its paper calls it ZQR too"),
        ("Method", ("Zonal Quilt Routing",), "ZQR", "joined to it through what other papers call it"),
        ("Method", ("Quilting",), "ZQR", "decision 3: so they say"),
    ],
)
def test_explain_says_what_joins(label: str, surfaces: tuple[str, ...], name: str, why: str) -> None:
    decisions = (Decision(3, "same", "Method", "Quilting", "ZQR", "so they say"),) if "decision" in why else ()
    assert explain(Appearance(label, surfaces[0], tuple(sorted(surfaces))), name, decisions).startswith(why)


def test_holding_are_the_latest_decisions_on_each_pair() -> None:
    log = [
        Decision(1, "same", "Method", "a", "b", "x"),
        Decision(2, "apart", "Method", "b", "a", "y"),
        Decision(3, "same", "Model", "a", "b", "z"),
    ]
    assert holding("Method", log) == (log[1],)
