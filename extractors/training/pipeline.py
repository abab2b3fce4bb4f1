"""Training both engines and the judgement behind them, one after the other, each written as soon as it is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from extractors.judgement import FILES, SECTION, Levels
from extractors.lexicon import Lexicon
from extractors.taggers import TaggedSpan, Tagger
from extractors.taggers.calibration import Curve
from extractors.taggers.fast import LINEAR, FastTagger
from extractors.taggers.linear import LinearModel
from extractors.training import crf
from extractors.training.classes import classes_of
from extractors.training.data import Example, part_of, read_gold
from extractors.training.documents import Case, read_documents
from extractors.training.export import write_engine
from extractors.training.judgement import train_judgement as fit_judgement
from extractors.training.lexicon import lexicon_of
from extractors.training.linear import pack
from extractors.training.measure import fit, outcomes, reliability, roles_right, scores
from extractors.training.plan import Parts, Plan, read_parts
from kg.ids import digest

if TYPE_CHECKING:
    from extractors.training.pretrained import Pretrained

__all__ = [
    "Unseen",
    "find_unseen",
    "finish_accurate",
    "measured",
    "minutes",
    "train_accurate",
    "train_fast",
    "train_judgement",
    "write_judgement",
    "write_tagger",
]


@dataclass(frozen=True, slots=True)
class Unseen:
    """By engine, the papers with what a tagger that stands for it found in them unseen; and what to record."""

    cases: dict[str, list[Case]]
    record: dict[str, Any]


def train_accurate(plan: Plan) -> None:
    """Adapt and fine-tune the transformer, train its companion, choose what they weigh, calibrate, and write.

    With unlabelled papers, a second generation learns of the first and takes its place, and goes on with others.
    """
    parts = read_parts(plan)
    from extractors.training.start import keep, prepare
    from extractors.training.transformer import Settings, encode, fine_tune

    settings = Settings(epochs=plan.epochs, seed=plan.seed, threads=plan.threads)
    started = time.perf_counter()
    companion = crf.arrays([(example, 1) for example in parts.train], crf.Settings(iterations=plan.iterations), classes_of(plan))
    start, record = prepare(plan, companion)
    keep(start, plan.checkpoints)
    fine_tune(encode(start.tokenizer, parts.train), settings, plan.checkpoints / "tuned.pt", start.encoder)
    record |= {"settings": asdict(settings), "minutes": minutes(started)}
    finish_accurate(plan, parts, start, companion, record)
    if plan.unlabelled and plan.again:
        from extractors.training.again import go_on, learn_again
        from extractors.training.start import kept

        anew = kept(plan.checkpoints)
        record |= learn_again(plan, parts, anew)
        finish_accurate(plan, parts, anew, companion, record)
        for leg in range(plan.legs):
            if further := go_on(plan, parts, anew, leg):
                record["on"] = [*record.get("on", []), further]
                finish_accurate(plan, parts, anew, companion, record)


def finish_accurate(plan: Plan, parts: Parts, tuned: Pretrained, companion: bytes, record: dict[str, Any]) -> None:
    """Everything after training, from the trained transformer and the file of its companion."""
    from extractors.taggers.transformer import Companion, Reader, TransformerTagger
    from extractors.training.graph import small_graph
    from extractors.training.tune import EAGER, bigrams, choose, eager

    pieces = tuned.tokenizer.to_str().encode("utf-8")
    files = {"transformer.onnx": small_graph(tuned.encoder.eval()), "tokenizer.json": pieces, "companion.npz": companion}
    reader, model = Reader.read(files["transformer.onnx"], pieces), LinearModel.read(companion)
    scored = [reader.score(example.text) for example in parts.dev]
    choice = choose(scored, parts.dev, bigrams(parts.train), model)
    helper, rules = Companion(model, choice.weights["companion"]), eager(choice.transitions)
    settings = {"between": rules.between.tolist(), "first": rules.first.tolist(), "companion": helper.weight}
    record |= {"weights": choice.weights | {"eager": EAGER}, "surface_f1": round(choice.f1, 4)}
    write_tagger(plan, "accurate", files, settings, record, parts, lambda curve: TransformerTagger(reader, helper, rules, curve, ""))


def train_fast(plan: Plan) -> None:
    """Train the network of the fast engine on gold and on what the accurate one says of unlabelled papers.

    Without unlabelled papers: a linear model, on gold alone.
    """
    parts = read_parts(plan)
    if plan.unlabelled:
        from extractors.training.student import distilled

        distilled(plan, parts)
        return
    started = time.perf_counter()
    settings = crf.Settings(iterations=plan.iterations)
    content = crf.arrays([(example, 1) for example in parts.train], settings, {})
    model = LinearModel.read(content)
    record = {"settings": asdict(settings), "minutes": minutes(started)}
    write_tagger(plan, "fast", {LINEAR: content}, {}, record, parts, lambda curve: FastTagger(model, curve, ""))


def train_judgement(plan: Plan) -> None:
    """Train what follows the taggers on what taggers of both kinds find in papers that they did not see, and write it."""
    started = time.perf_counter()
    found = find_unseen(plan)
    write_judgement(plan, [case for cases in found.cases.values() for case in cases], found.record | {"minutes": minutes(started)})


def find_unseen(plan: Plan) -> Unseen:
    """What taggers of each kind of the plan find in the papers that are not held apart and that they did not see."""
    documents = [d for d in read_documents(plan.gold) if part_of(d.key) != "held"]
    by_key = {e.text.key: e for e in read_gold(plan.gold)}
    examples = [by_key[d.key] for d in documents]
    record: dict[str, Any] = {}
    cases: dict[str, list[Case]] = {}
    for engine in plan.judged:
        if engine == "accurate" and plan.unlabelled:
            from extractors.training.unseen import spans_unseen

            found, record["student"] = spans_unseen(plan, examples)
        else:
            found = _spans_apart(plan, engine, examples)
        cases[engine] = list(map(Case, documents, found))
    return Unseen(cases, record)


def _spans_apart(plan: Plan, engine: str, examples: Sequence[Example]) -> list[list[TaggedSpan]]:
    from extractors.training.apart import Effort, spans_apart

    effort = Effort(
        plan.checkpoints,
        classes_of(plan),
        epochs=plan.part_epochs,
        iterations=min(60, plan.iterations),
        seed=plan.seed,
        threads=plan.threads,
    )
    return spans_apart(engine, examples, effort)


def write_judgement(plan: Plan, cases: Sequence[Case], record: dict[str, Any]) -> None:
    """Train a judgement on these cases and write it."""
    terms = lexicon_of(plan)
    made = fit_judgement(cases, Levels(), Lexicon.read(terms))
    files = dict(zip(FILES, (pack(made.weights), terms), strict=True))
    settings = {"levels": asdict(made.levels), "confidence": {"x": list(made.curve.x), "y": list(made.curve.y)}}
    ids = {case.document.key for case in cases}
    data = {"judged": {"papers": len(ids), "ids": digest(sorted(ids))}}
    write_engine(plan.out, SECTION, files, settings, record | {"data": data, "cases": len(cases)})


def write_tagger(
    plan: Plan,
    engine: str,
    files: dict[str, bytes],
    settings: dict[str, Any],
    record: dict[str, Any],
    parts: Parts,
    tagger: Callable[[Curve], Tagger],
) -> None:
    """Calibrate on the papers for tuning, and write the engine with its scores on them."""
    curve = fit(outcomes(tagger(Curve()), parts.dev))
    ready = tagger(curve)
    record |= {"data": parts.described(), "seed": plan.seed, "dev": measured(ready, parts.dev)}
    write_engine(plan.out, engine, files, settings | {"confidence": {"x": list(curve.x), "y": list(curve.y)}}, record)
    print(f"{engine}: F1 of mentions on the papers for tuning {record['dev']['mentions']['all']['f1']}", flush=True)


def measured(tagger: Tagger, examples: Sequence[Example]) -> dict[str, Any]:
    """Scores of mentions, of roles, and what the confidence means."""
    found = outcomes(tagger, examples)
    return {"mentions": scores(found, examples), "role": roles_right(found), "reliability": reliability(found)}


def minutes(started: float) -> float:
    """Minutes since then."""
    return round((time.perf_counter() - started) / 60, 1)
