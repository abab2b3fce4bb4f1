"""How good a tagger is on labelled papers, by mention, and what its confidence means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.taggers.calibration import Curve
from extractors.taggers.contract import TaggedSpan, Tagger
from extractors.taggers.labels import TYPES
from extractors.training.data import Example

__all__ = ["Outcome", "compared", "fit", "outcomes", "reliability", "rising", "roles_right", "scores"]

_BINS = 16


@dataclass(frozen=True, slots=True)
class Outcome:
    """A span that a tagger found, whether it is in the gold, and the gold's role."""

    span: TaggedSpan
    right: bool
    role: str | None


def outcomes(tagger: Tagger, examples: Sequence[Example]) -> list[Outcome]:
    """What became of every span that the tagger finds in these papers."""
    return compared(examples, tagger.tag([example.text for example in examples]))


def compared(examples: Sequence[Example], found: Sequence[Sequence[TaggedSpan]]) -> list[Outcome]:
    """What became of every span found in these papers."""
    made = []
    for example, spans in zip(examples, found, strict=True):
        gold = {(field, s.start, s.end, s.type): s.role for field in ("title", "abstract") for s in example.spans(field)}
        for span in spans:
            key = (span.field, span.start, span.end, span.type)
            made.append(Outcome(span, key in gold, gold.get(key)))
    return made


def scores(found: Iterable[Outcome], examples: Iterable[Example]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of mentions, exact in span and type: of all and of each type."""
    gold = Counter(span.type for example in examples for span in (*example.title, *example.abstract))
    predicted, right = Counter[str](), Counter[str]()
    for outcome in found:
        predicted[outcome.span.type] += 1
        right[outcome.span.type] += outcome.right
    made = {"all": _scores(right.total(), predicted.total(), gold.total())}
    made.update({type_: _scores(right[type_], predicted[type_], gold[type_]) for type_ in TYPES})
    return made


def roles_right(found: Iterable[Outcome]) -> float | None:
    """The share of right roles among the right spans; None where the tagger has no opinion."""
    judged = [outcome.span.role == outcome.role for outcome in found if outcome.right and outcome.span.role is not None]
    return round(sum(judged) / len(judged), 4) if judged else None


def fit(found: Sequence[Outcome]) -> Curve:
    """The rising curve from confidence to the share of right spans, through the means of equal bins."""
    pairs = sorted((outcome.span.confidence, outcome.right) for outcome in found)
    return _through(pairs, [k * len(pairs) // _BINS for k in range(_BINS + 1)])


def rising(said: Iterable[tuple[float, bool]], bins: int) -> Curve:
    """The same of anything: what was said of how likely it is, often in equal words, and whether it was right."""
    pairs = sorted(said, key=lambda pair: pair[0])
    return _through(pairs, [_untied(pairs, k * len(pairs) // bins) for k in range(bins + 1)])


def _through(pairs: Sequence[tuple[float, bool]], bounds: Sequence[int]) -> Curve:
    blocks: list[tuple[float, float, int]] = []  # sum of confidence, number right, number of spans
    for start, end in pairwise(bounds):
        chosen = pairs[start:end]
        if not chosen:
            continue
        blocks.append((sum(c for c, _ in chosen), float(sum(r for _, r in chosen)), len(chosen)))
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            last = blocks.pop()
            before = blocks.pop()
            blocks.append((before[0] + last[0], before[1] + last[1], before[2] + last[2]))
    if not blocks:
        return Curve()
    return Curve(tuple(round(c / n, 4) for c, _, n in blocks), tuple(round(r / n, 4) for _, r, n in blocks))


def _untied(pairs: Sequence[tuple[float, bool]], at: int) -> int:
    """The next place where what is said changes, so that equals stay together."""
    while 0 < at < len(pairs) and pairs[at][0] == pairs[at - 1][0]:
        at += 1
    return at


def reliability(found: Iterable[Outcome]) -> list[dict[str, float]]:
    """For every tenth of confidence: how many spans, their mean confidence, and the share that was right."""
    tenths: dict[int, list[Outcome]] = {}
    for outcome in found:
        tenths.setdefault(min(9, int(outcome.span.confidence * 10)), []).append(outcome)
    return [
        {
            "from": tenth / 10,
            "spans": len(some),
            "confidence": round(sum(o.span.confidence for o in some) / len(some), 3),
            "right": round(sum(o.right for o in some) / len(some), 3),
        }
        for tenth, some in sorted(tenths.items())
    ]


def _scores(right: int, predicted: int, gold: int) -> dict[str, float]:
    precision, recall = right / max(1, predicted), right / max(1, gold)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4), "gold": gold, "predicted": predicted}
