"""Entities: what the tagger's spans come to once they are grouped, judged and named."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.abbreviations import Abbreviation
from extractors.grouping import Group, groups, normal
from extractors.judgement import Judgement, Levels
from extractors.known import KnownNames
from extractors.reading import Reading
from extractors.roles import Judge, Verdict
from extractors.taggers.calibration import Curve
from extractors.taggers.contract import TaggedSpan
from extractors.variants import VariantJoiner
from kg.model import Entity, EntityType, Mention
from kg.text import readable

__all__ = ["EntityReader", "canonical"]

_MARKUP = re.compile(r"[\\${}]")
#: Entities of one paper at most; a text with more is no abstract.
MOST = 400
#: Classes of models: no text names a model or a method by them alone.
CLASSES = frozenset(
    [
        *["ai", "ann", "dnn", "nn", "llm", "lm", "lmm", "lrm", "lvlm", "mllm", "plm", "slm", "vlm", "multimodal llm"],
        *[f"{kind}language model" for kind in ("", "large ", "small ", "pretrained ", "vision ", "large vision ", "multimodal large ")],
        *["foundation model", "vision foundation model", "large multimodal model", "large reasoning model"],
        *["transformer model", "transformer based model", "neural network", "deep neural network"],
        *["deep learning", "machine learning", "reinforcement learning"],
    ]
)


class EntityReader:
    """Puts tagged spans together to entities."""

    def __init__(self, joiner: VariantJoiner, judge: Judge, levels: Levels, curve: Curve, names: KnownNames | None = None) -> None:
        self._joiner = joiner
        self._judge = judge
        self._levels = levels
        self._curve = curve
        self._names = names

    @classmethod
    def of(cls, judgement: Judgement, *, further: bool = False) -> EntityReader:
        """A reader that judges so; with `further`, also the known names that the tagger passed over."""
        weights, levels = judgement.weights, judgement.levels
        joiner = VariantJoiner(weights, levels, judgement.lexicon)
        judge, names = Judge(weights["roles"], judgement.lexicon), judgement.lexicon.names if further else None
        return cls(joiner, judge, levels, judgement.curve, names)

    def read(self, reading: Reading, spans: Sequence[TaggedSpan], pairs: Sequence[Abbreviation]) -> tuple[Entity, ...]:
        """The entities of a text, ordered by their first mention; every name once."""
        if self._names is not None:
            spans = self._names.spans(reading.text, spans)
        found = self._joiner.join(reading, groups(reading, spans, pairs)[:MOST], pairs)
        kept: dict[str, Entity] = {}
        for number, group in enumerate(found):
            verdict = self._judge.verdict(reading, found, number)
            least = self._levels.tasks if verdict.type == "TASK" else self._levels.keep
            if verdict.kept >= least and not _class(group, verdict.type):
                entity = _entity(reading, group, verdict, self._curve.at(verdict.kept))
                kept.setdefault(entity.name, entity)
        return tuple(kept.values())


def _entity(reading: Reading, group: Group, verdict: Verdict, confidence: float) -> Entity:
    shown = _telling(reading, group, verdict.role)
    evidence = reading.evidence(shown.field, shown.start, shown.end)
    return Entity(
        canonical(group, verdict.type, verdict.role),
        verdict.type,
        verdict.role,
        tuple(group.mentions),
        evidence,
        round(min(0.99, max(0.01, confidence)), 2),
    )


def canonical(group: Group, kind: EntityType, role: str) -> str:
    """The name of a group without markup: the short form that the text defines or coins, else the surface used most, the first where
    several are.
    """
    name = _chosen(group, kind, role)
    return (_MARKUP.search(name) and readable(name).strip()) or name


def _chosen(group: Group, kind: EntityType, role: str) -> str:
    counts = Counter(mention.text for mention in group.mentions)
    order = list(counts)
    shorts = [pair.short.text for pair in group.defined if pair.short.text in counts]
    if shorts and normal(shorts[0]) not in CLASSES and (role == "proposes" or kind in {"MODEL", "BENCHMARK"} or counts[shorts[0]] > 1):
        return shorts[0]
    return max(order, key=lambda surface: (normal(surface) not in CLASSES, counts[surface], -order.index(surface)))


def _class(group: Group, kind: EntityType) -> bool:
    return kind in {"METHOD", "MODEL"} and all(normal(mention.text) in CLASSES for mention in group.mentions)


def _telling(reading: Reading, group: Group, role: str) -> Mention:
    """The mention to show as evidence: the one in the abstract that says most about the role, the first where nothing does."""
    body = [mention for mention in group.mentions if mention.field == "abstract"]
    if not body:
        return group.mentions[0]
    cues = _EVIDENT.get(role, ())
    for mention in body:
        sentence = reading.sentence("abstract", mention.start)
        words = reading.text.abstract[sentence.start : min(sentence.end, sentence.start + 600)].lower()
        if any(cue in words for cue in cues):
            return mention
    return body[0]


_EVIDENT = {
    "proposes": ("propose", "introduce", "present", "develop", "release", "novel"),
    "compares": ("outperform", "compared", "surpass", "baseline", "exceed"),
    "evaluates_on": ("evaluat", "experiment", "on ", "achiev"),
    "trains_on": ("train",),
}
