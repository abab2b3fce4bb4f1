"""A double and the conformance suite of extractors.

An extractor of your own is tried in a few lines of a pytest module:

    from kg.testing.extractors import ExtractorConformance

    class TestMyExtractor(ExtractorConformance):
        @pytest.fixture
        def extractor(self):
            return MyExtractor()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.model import LINK_KINDS, RELATION_TYPES, ROLES, Entity, Evidence, Extraction, Link, Mention, Relation, Result, Run, Text
from kg.ports import Extractor

__all__ = ["HOSTILE", "PAPERS", "ExtractorConformance", "WordExtractor", "faults"]

#: Two papers as they come.
PAPERS = (
    Text(
        "one",
        "QuickSort-Net: Faster Sorting of Long Sequences",
        "We propose QuickSort-Net (QSN), a network for sequence sorting that builds on Transformer. On SortBench, QSN reaches 91.5% "
        "accuracy and outperforms BubbleNet by 3.2 points. Code is at https://github.com/example/qsn.",
    ),
    Text("two", "A Survey of Graph Drawing", "Graph drawing is studied widely. We review 120 papers and name open problems."),
)
#: Papers that nobody wrote, but that sources bring all the same.
HOSTILE = (
    Text("empty", ""),
    Text("blank", " \n\t ", "  \n\n "),
    Text("untitled", "", "We introduce LoneNet, evaluated on GLUE with 80.1 accuracy."),
    Text("controls", "A\x00B\x1bC", "Control\x07 characters\x0b and\x85 lone \ud800 surrogates."),
    Text("emoji", "🤖🔥 Bots 🔥🤖", "👩‍👩‍👧‍👦 families reach 90% 📈 on 🇪🇺-Bench."),
    Text("chinese", "一种新的图神经网络方法", "我们提出了一种新的方法(GNN),在ImageNet上达到了91.2%的准确率。"),
    Text("arabic", "نموذج لغوي جديد", "نقترح نموذجا جديدا يسمى ArNet يحقق دقة ٩٠٪."),
    Text("latex", r"$\mathcal{O}(n^{2})$", r"$\frac{1}{2}$ \textbf{X} {\em y} $$\sum_{i=1}^{n} x_i$$ \cite{a,b} $2.5\times$ 44.49\%"),
    Text("html", "<b>Bold</b>", "<script>alert('x')</script><p>We use <i>BERT</i> &amp; reach 5&nbsp;% &lt;less&gt;.</p>"),
    Text("brackets", "((((((((((", "(" * 400 + "A" + ")" * 400),
    Text("one word", "x" * 3000, "Y" * 3000),
)


def faults(extraction: Extraction, text: Text) -> list[str]:
    """What breaks the promises of an extraction of this text, in words; empty where nothing does."""
    found = [] if extraction.paper == text.key else [f"it answers for {extraction.paper!r}, asked was {text.key!r}"]
    names = [entity.name for entity in extraction.entities]
    found += [f"{name!r} names two entities" for name in sorted({name for name in names if names.count(name) > 1})]
    for entity in extraction.entities:
        found += _entity(entity, text)
    for result in extraction.results:
        unknown = [name for name in (result.subject, result.benchmark, result.baseline) if name is not None and name not in names]
        found += [f"the result {result.value} speaks of {name!r}, which is no entity" for name in unknown]
    for relation in extraction.relations:
        found += [] if relation.type in RELATION_TYPES else [f"{relation.type!r} is no relation"]
        found += [f"{relation.type} joins {name!r}, which is no entity" for name in (relation.head, relation.tail) if name not in names]
    found += [f"{link.url} has the kind {link.kind!r}" for link in extraction.links if link.kind not in LINK_KINDS]
    told: list[Entity | Result | Relation | Link] = [*extraction.entities, *extraction.results, *extraction.relations, *extraction.links]
    for each in told:
        found += _evidence(each.evidence, text)
        found += [] if 0.0 <= each.confidence <= 1.0 else [f"a confidence is {each.confidence}"]
    return found


def _entity(entity: Entity, text: Text) -> list[str]:
    if entity.role not in ROLES.get(entity.type, ()):
        return [f"{entity.type} {entity.name!r} has the role {entity.role!r}"]
    wrong = [m for m in entity.mentions if text.field(m.field)[m.start : m.end] != m.text]
    found = [f"{m.text!r} does not stand at {m.field} {m.start}-{m.end}" for m in wrong]
    return found if entity.mentions else [f"{entity.name!r} has no mention"]


def _evidence(evidence: Evidence, text: Text) -> list[str]:
    if text.field(evidence.field)[evidence.start : evidence.end] != evidence.text:
        return [f"evidence does not stand at {evidence.field} {evidence.start}-{evidence.end}"]
    inside = evidence.start <= evidence.mention_start <= evidence.mention_end <= evidence.end
    return [] if inside else [f"the words meant, {evidence.mention_start}-{evidence.mention_end}, lie outside their evidence"]


@dataclass(frozen=True)
class WordExtractor:
    """A double: finds the words that it was told, as entities of a type and role, wherever they stand as whole words."""

    entities: Mapping[str, tuple[str, str]]
    run: Run = field(default_factory=lambda: Run("words", "1"))

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        """One extraction for each text."""
        for text in texts:
            yield Extraction(text.key, tuple(self._found(text)))

    def _found(self, text: Text) -> Iterator[Entity]:
        for name, (type_, role) in self.entities.items():
            mentions = [
                Mention(name, place, start, start + len(name))
                for place in ("title", "abstract")
                for start in _places(text.field(place), name)
            ]
            if mentions:
                first = mentions[0]
                whole = text.field(first.field)
                evidence = Evidence(first.field, whole, 0, len(whole), first.start, first.end)
                yield Entity(name, type_, role, tuple(mentions), evidence, 1.0)  # type: ignore[arg-type]  # a double says what it is told


def _places(text: str, name: str) -> Iterator[int]:
    start = text.find(name)
    while start >= 0:
        around = text[max(0, start - 1) : start] + text[start + len(name) : start + len(name) + 1]
        if not any(character.isalnum() for character in around):
            yield start
        start = text.find(name, start + 1)


class ExtractorConformance:
    """What every extractor keeps. Subclass it, and give the fixture `extractor`."""

    def test_it_is_an_extractor(self, extractor: Extractor) -> None:
        """It has a run and extract."""
        assert isinstance(extractor, Extractor)

    def test_its_run_names_it(self, extractor: Extractor) -> None:
        """Provenance carries a name and a version, the same ones whenever asked."""
        assert extractor.run.extractor
        assert extractor.run.version
        assert extractor.run == extractor.run

    def test_it_answers_every_text_in_order(self, extractor: Extractor) -> None:
        """One extraction for each text."""
        assert [found.paper for found in extractor.extract(PAPERS)] == [text.key for text in PAPERS]

    def test_no_texts_give_nothing(self, extractor: Extractor) -> None:
        """No text, no extraction, no error."""
        assert list(extractor.extract(())) == []

    def test_it_keeps_its_promises(self, extractor: Extractor) -> None:
        """Offsets, roles, names and evidence hold in ordinary papers."""
        assert [faults(found, text) for text, found in zip(PAPERS, extractor.extract(PAPERS), strict=True)] == [[]] * len(PAPERS)

    def test_hostile_texts_are_answered(self, extractor: Extractor) -> None:
        """Whatever a text holds, it is answered, and promises hold."""
        texts = [Text(text.key, _public(text.title), _public(text.abstract)) for text in HOSTILE]
        assert [faults(found, text) for text, found in zip(texts, extractor.extract(texts), strict=True)] == [[]] * len(texts)

    def test_a_text_does_not_depend_on_its_company(self, extractor: Extractor) -> None:
        """The same text gives the same extraction alone, in a crowd and in another order."""
        crowd = [*PAPERS, *(Text(text.key, _public(text.title), _public(text.abstract)) for text in HOSTILE)]
        alone = [next(iter(extractor.extract([text]))) for text in crowd]
        assert list(extractor.extract(crowd)) == alone
        assert list(extractor.extract(crowd[::-1])) == alone[::-1]


def _public(text: str) -> str:
    from kg.text import published

    return published(text)
