"""kg eval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from kg.cli.options import engine_option
from kg.cli.output import echo_json, echo_table
from kg.errors import UsageError
from kg.ports import Table

__all__ = ["eval_command"]


@click.command("eval")
@click.argument("gold", required=False)
@click.option("--predicted", metavar="FILE", help="Score this file, which `kg extract` wrote, instead of extracting anew.")
@click.option("--names", metavar="PAIRS", help="Score how names are put together, against pairs or clusters of names (JSON Lines).")
@click.option("--confidence", is_flag=True, help="Score what confidence means: how many entities of each tenth of it are right.")
@engine_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def eval_command(gold: str | None, predicted: str | None, names: str | None, *, confidence: bool, engine: str, as_json: bool) -> None:
    """Score an extractor, or how names are put together.

    GOLD is a file in the gold format. For each figure: precision, recall, F1 (or the share that is right), and the interval
    in which 95 of 100 draws of as many papers fall.
    """
    if bool(gold) == bool(names):
        raise UsageError("say what to score: a GOLD file, or --names PAIRS")
    if confidence:
        if names:
            raise UsageError("--confidence is of a GOLD file, not of names")
        _confidence(str(gold), predicted, engine, as_json=as_json)
        return
    if names:
        from kg.api import evaluate_names

        figures: Mapping[str, Any] = evaluate_names(names)
    else:
        from kg.api import evaluate

        figures = evaluate(str(gold), predicted, engine=engine)
    if as_json:
        echo_json(figures)
    else:
        echo_table(_table(figures), "table")


def _confidence(gold: str, predicted: str | None, engine: str, *, as_json: bool) -> None:
    from kg.api import evaluate_confidence

    tenths = evaluate_confidence(gold, predicted, engine=engine)
    if as_json:
        echo_json(tenths)
    else:
        columns = ("from", "entities", "confidence", "right")
        echo_table(Table(columns, tuple(tuple(each[name] for name in columns) for each in tenths)), "table")


def _table(figures: Mapping[str, Any]) -> Table:
    if "precision" in figures:
        return Table(("precision", "recall", "F1"), (tuple(round(figures[name], 3) for name in ("precision", "recall", "f1")),))
    scored = {name: each for name, each in figures.items() if isinstance(each, Mapping) and name != "intervals"}
    return Table(
        ("figure", "precision", "recall", "F1 or share", "of", "from", "to"),
        tuple(_row(name, each, figures["intervals"].get(name, (None, None))) for name, each in scored.items()),
    )


def _row(name: str, each: Mapping[str, Any], interval: tuple[float | None, float | None]) -> tuple[object, ...]:
    return (name, each.get("p"), each.get("r"), each.get("f1", each.get("accuracy")), each.get("gold", each.get("of")), *interval)
