"""Train all weights: `python -m extractors.training --gold gold/*.jsonl --unlabelled papers.jsonl.gz --out models`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.taggers import ENGINES
from extractors.training.describe import write_description
from kg.errors import PaperKGError

if TYPE_CHECKING:
    from extractors.training.plan import Plan

__all__ = ["main"]

_STAGES = ("accurate", "fast", "judgement")


def main(words: list[str] | None = None) -> int:
    """Train what the command line asks for; 0, or 1 after one sentence about what is wrong."""
    options = _parser().parse_args(words)
    try:
        return _train(options)
    except ModuleNotFoundError as error:
        print(f"{error.name} is not installed; pip install 'paperkg[train,train-accurate]' brings what training needs", file=sys.stderr)
    except PaperKGError as error:
        print(error, file=sys.stderr)
    return 1


def _train(options: argparse.Namespace) -> int:
    from extractors.training import pipeline
    from extractors.training.plan import Plan

    plan = Plan(
        gold=tuple(options.gold),
        out=options.out,
        unlabelled=tuple(options.unlabelled),
        encoder=options.encoder,
        teacher=options.teacher,
        adapt=options.adapt,
        again=options.again,
        more=options.more,
        legs=options.legs,
        distil=options.distil,
        unseen=options.unseen,
        passes=options.passes,
        epochs=options.epochs,
        part_epochs=options.part_epochs,
        judged=ENGINES if "accurate" in options.only else ("fast",),
        iterations=options.iterations,
        seed=options.seed,
        threads=options.threads,
    )
    if options.held:
        _held(plan, [name for name in ENGINES if name in options.only])
        return 0
    if "accurate" in options.only:
        pipeline.train_accurate(plan)
    if "fast" in options.only:
        pipeline.train_fast(plan)
    if "judgement" in options.only:
        pipeline.train_judgement(plan)
    write_description(plan.out)
    return 0


def _held(plan: Plan, engines: Sequence[str]) -> None:
    from extractors.taggers import load
    from extractors.training.pipeline import measured
    from extractors.training.plan import read_parts

    held = read_parts(plan).held
    for name in engines:
        print(json.dumps({"engine": name, "papers": len(held), **measured(load(name, plan.out), held)}, sort_keys=True))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extractors.training", description="Train the taggers and the judgement from gold and unlabelled papers."
    )
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="files in the gold format")
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[], help="JSON lines with id, title, abstract; .gz too")
    parser.add_argument("--out", type=Path, required=True, help="folder for the weights; PAPERKG_MODELS names it to the extractors")
    parser.add_argument("--only", choices=_STAGES, nargs="+", default=_STAGES, help="stages to run; all of them without it")
    parser.add_argument("--encoder", type=Path, help="archive of a pretrained BERT (ONNX, tokenizer.json); else a small one")
    parser.add_argument("--teacher", type=Path, help="folder of an accurate engine that labels papers to adapt to")
    parser.add_argument("--adapt", type=int, default=5_000, help="unlabelled papers that the encoder is adapted to (%(default)s)")
    parser.add_argument(
        "--again", type=int, default=24_000, help="from which accurate's second generation learns of its first (%(default)s)"
    )
    parser.add_argument("--more", type=int, default=15_000, help="further ones, from which it learns what it says itself (%(default)s)")
    parser.add_argument("--legs", type=int, default=2, help="how often it does that, each time with others (%(default)s)")
    parser.add_argument("--distil", type=int, default=36_000, help="unlabelled papers from which fast learns of accurate (%(default)s)")
    parser.add_argument(
        "--unseen", type=int, default=17_000, help="from which the student learns that tags gold for the judgement (%(default)s)"
    )
    parser.add_argument("--passes", type=float, default=8.0, help="of fast over these papers and the gold (%(default)s)")
    parser.add_argument("--epochs", type=float, default=3.0, help="of the transformer over the gold (%(default)s)")
    parser.add_argument(
        "--part-epochs",
        type=float,
        default=2.0,
        help="of transformers of half the gold, in that student's place without such papers (%(default)s)",
    )
    parser.add_argument("--iterations", type=int, default=80, help="of the linear model (%(default)s)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--held", action="store_true", help="train nothing; score the weights in OUT on the papers held apart")
    return parser


if __name__ == "__main__":
    sys.exit(main())
