"""The table of cross-validation in docs/quality.md: `python benchmarks/quality.py FOLDER --models MODELS --gold FILES --unlabelled FILES`.

Every gold paper that is not held apart is read by a judgement that learned of papers of other parts, from spans of a tagger that did not
learn of it. In the place of `accurate` stands a student that learns of the unlabelled papers alone what `accurate` in MODELS says of
them; in the place of `fast` linear taggers of two parts of three. What has seen all of the gold: the student's teacher, its transitions,
the curve that maps the confidence of spans, and the fast engine that counted known names. FOLDER gets `gold.jsonl` and what each engine
says, as files for `kg eval`; how well the student tags is told first. MODELS has to be a copy of the weights: the student is kept there,
so that a second run takes minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extractors.lexicon import Lexicon
from extractors.training.crossvalidation import cross_validate
from extractors.training.lexicon import lexicon_of
from extractors.training.pipeline import find_unseen
from extractors.training.plan import Plan
from kg.errors import PaperKGError
from kg.evaluation.gold import GoldPaper, as_gold, write_gold
from kg.evaluation.scoring import intervals, score

Figures = Mapping[str, Any]
Column = tuple[Figures, Figures]


def main(words: list[str] | None = None) -> None:
    """Cross-validate, write the files, and print the table."""
    parser = _parser()
    options = parser.parse_args(words)
    if "accurate" in options.engines and not options.unlabelled:
        parser.error("the student of accurate learns of unlabelled papers: give --unlabelled, or --engines fast")
    try:
        print("\n".join(_table(_measured(options))))
    except PaperKGError as error:
        sys.exit(str(error))


def _measured(options: argparse.Namespace) -> dict[str, Column]:
    plan = Plan(
        gold=tuple(options.gold),
        out=options.models,
        unlabelled=tuple(options.unlabelled),
        encoder=options.encoder,
        judged=tuple(options.engines),
        iterations=options.iterations,
    )
    unseen = find_unseen(plan)
    print(json.dumps(unseen.record, sort_keys=True), flush=True)
    cases = unseen.cases
    found = cross_validate(cases, Lexicon.read(lexicon_of(plan)))
    documents = {case.document.key: case.document for some in cases.values() for case in some}
    gold = {key: document.gold for key, document in documents.items()}
    options.folder.mkdir(parents=True, exist_ok=True)
    _write(options.folder / "gold.jsonl", gold.values())
    columns = {}
    for engine, extractions in found.items():
        said = {each.paper: as_gold(each, documents[each.paper].reading.text) for each in extractions}
        _write(options.folder / f"{engine}.jsonl", said.values())
        columns[engine] = score(gold, said), intervals(gold, said)
    return columns


def _write(path: Path, papers: Iterable[GoldPaper]) -> None:
    with path.open("w", encoding="utf-8") as out:
        write_gold(papers, out)


def _table(columns: Mapping[str, Column]) -> Iterator[str]:
    yield f"| figure | {' | '.join(f'in the place of {engine}' for engine in columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    names = [name for name, value in next(iter(columns.values()))[0].items() if isinstance(value, Mapping)]
    for name in names:
        yield f"| {name} | {' | '.join(_cell(*column, name) for column in columns.values())} |"


def _cell(figures: Figures, bounds: Figures, name: str) -> str:
    each, between = figures[name], bounds.get(name)
    if between is None:
        return "-"
    known = f"{each['f1']:.3f} (P {each['p']:.2f}, R {each['r']:.2f})" if "f1" in each else f"{each['accuracy']:.3f}"
    return f"{known}, {between[0]:.2f}-{between[1]:.2f}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python benchmarks/quality.py", description="Quality by cross-validation.")
    parser.add_argument("folder", type=Path, help="folder for the gold and what is said of it")
    parser.add_argument("--models", type=Path, required=True, help="folder with a copy of the weights")
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="files in the gold format")
    parser.add_argument("--unlabelled", type=Path, nargs="*", default=[], help="JSON lines with id, title, abstract; .gz too")
    parser.add_argument("--encoder", type=Path, help="archive of a pretrained BERT that the student starts from; else a small one")
    parser.add_argument("--engines", choices=("accurate", "fast"), nargs="+", default=("fast", "accurate"))
    parser.add_argument("--iterations", type=int, default=60, help="of the linear taggers, at most 60 (%(default)s)")
    return parser


if __name__ == "__main__":
    main()
