"""What each kind of name needs beside its spelling: homonyms, handles, directions and units, splits."""

from __future__ import annotations

import pytest

from kg.model import Appearance
from kg.ports import Named
from kg.resolve import NameResolver


def nodes(*appearances: tuple[str, ...]) -> dict[str, Named]:
    """The nodes of appearances, each label, name and other surfaces, by key."""
    found = {Appearance(label, name, tuple(sorted({name, *others}))) for label, name, *others in appearances}
    return {each.ref.key: each for each in NameResolver().resolve(found).named}


def test_abbreviation_of_two_expansions_is_three_nodes_and_the_bare_one_is_flagged() -> None:
    found = nodes(
        ("Method", "Zonal Quilt Routing", "ZQR"), ("Method", "Zeta Quantile Regression", "ZQR"), ("Method", "ZQR")
    )  # fmt: skip
    assert {key: bool(each.properties["ambiguous"]) for key, each in found.items()} == {
        "zqr": True, "zonal quilt routing": False, "zeta quantile regression": False
    }  # fmt: skip


def test_bare_abbreviation_joins_the_only_expansion_there_is() -> None:
    assert [each.properties["ambiguous"] for each in nodes(("Method", "Zonal Quilt Routing", "ZQR"), ("Method", "ZQR")).values()] == [False]


def test_abbreviation_that_one_paper_spells_out_twice_means_the_usual_or_the_longer() -> None:
    (chain,) = nodes(("Method", "CoT", "Chain-of-Thought", "Chain of Truth")).values()
    assert chain.properties["aliases"] == ("Chain-of-Thought", "CoT")
    (zonal,) = nodes(("Method", "zZR", "Zonal Zigzag Routing", "zigzag routing")).values()
    assert zonal.properties["aliases"] == ("Zonal Zigzag Routing", "zZR")


def test_model_and_method_of_one_name_are_two_nodes() -> None:
    appearances = {Appearance(label, "Zembla", ("Zembla",)) for label in ("Model", "Method", "Benchmark", "Organization")}
    refs = NameResolver().resolve(appearances).assignment
    assert len({*refs.values()}) == 4


def test_organization_is_known_by_its_handle_and_shown_by_its_name() -> None:
    found = nodes(("Organization", "Example-Labs", "Example Laboratories"), ("Organization", "Example Laboratories, Inc."))
    assert list(found) == ["example-labs"]
    assert found["example-labs"].properties["handle"] == "Example-Labs"
    assert "Example" in str(found["example-labs"].properties["name"])


@pytest.mark.parametrize(
    ("name", "direction", "unit"),
    [("accuracy", "higher", "%"), ("WER", "lower", "%"), ("perplexity", "lower", None), ("FID", "lower", None), ("PSNR", "higher", "dB"),
     ("zonal error rate", "lower", None), ("zonal accuracy", "higher", None), ("zonal index", None, None)],
)  # fmt: skip
def test_metric_says_which_direction_is_better_and_its_unit_where_that_is_known(name: str, direction: str | None, unit: str | None) -> None:
    (found,) = nodes(("Metric", name)).values()
    assert (found.properties.get("direction"), found.properties.get("unit")) == (direction, unit)


def test_split_and_edition_of_a_benchmark_hang_on_it() -> None:
    found = nodes(("Benchmark", "ZembBench Verified"), ("Benchmark", "ZembBench"), ("Benchmark", "ZembBench+"))
    above = {key: each.variant_of.key if each.variant_of else None for key, each in found.items()}
    assert above == {"zembbench": None, "zembbench verified": "zembbench", "zembbench+": "zembbench"}


def test_what_one_paper_calls_a_thing_more_exactly_finds_nothing() -> None:
    (found,) = nodes(("Method", "transformer", "Federated Transformer", "Transformers", "our parser")).values()
    assert found.properties["aliases"] == ("Transformers", "transformer")
    assert not {"Method:federatedtransformer", "Method:ourparser"} & found.names.keys()
