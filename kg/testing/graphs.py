"""Made-up graphs in our schema, of any size: for tests and benchmarks of views and exports, without a store."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.graph import Graph, Node, Ref, Relationship, Value
from kg.ids import digest, fold, name_key, squeeze

__all__ = ["synthetic"]

_FIELDS = (
    "Machine Translation", "Protein Folding", "Speech Recognition", "Image Classification", "Code Generation", "Question Answering",
    "Video Generation", "Graph Learning", "Retrieval", "Robot Control", "Theorem Proving", "Time Series Forecasting", "Depth Estimation",
)  # fmt: skip
_HOWS = ("Robust", "Sparse", "Latent", "Causal", "Unified", "Adaptive", "Few-Shot", "Calibrated", "Scalable", "Self-Supervised", "Modular")
_THINGS = ("Distillation", "Attention", "Decoders", "Retrieval", "Tokenizers", "Flows", "Adapters", "Prompting", "Routing", "Pretraining")
_SYLLABLES = ("Ra", "Lo", "Ve", "Mi", "Tra", "Qu", "Sol", "Ne", "Kai", "Or", "Bi", "Zen", "Flu", "Del", "Pha", "Gri")
_METRICS = (
    ("accuracy", "%", "higher"),
    ("F1", "%", "higher"),
    ("BLEU", "points", "higher"),
    ("WER", "%", "lower"),
    ("latency", "ms", "lower"),
)
_GIVEN = ("Ada", "Li", "Noor", "Ivo", "Mara", "Chen", "Tomas", "Yuki", "Sade", "Omar", "Ines", "Pavel")
_FAMILY = ("Okafor", "Lindqvist", "Zhang", "Haddad", "Moreau", "Sato", "Novak", "Silva", "Kaur", "Berg", "Tanaka", "Weiss")


@dataclass(slots=True)
class _Text:
    """An abstract in the making: sentences and where their words stand."""

    paper: str
    run: str
    text: str = ""
    facts: list[tuple[dict[str, Value], str]] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        self.text += (" " if self.text else "") + sentence

    def fact(self, mention: str, confidence: float) -> dict[str, Value]:
        """Evidence for `mention` in the last sentence."""
        start = self.text.rfind(". ", 0, len(self.text) - 1) + 2 if ". " in self.text[:-1] else 0
        at = self.text.find(mention, start)
        return {
            "paper": self.paper, "extractor": "paperkg", "run": self.run, "field": "abstract", "evidence": self.text[start:],
            "start": start, "end": len(self.text), "mention_start": at, "mention_end": at + len(mention),
            "confidence": round(confidence, 2),
        }  # fmt: skip


class _World:
    """The entities that papers share, with popularity falling off steeply, as in real corpora."""

    def __init__(self, papers: int, seed: int, fields: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable, not secret
        self.graph = Graph()
        self.run = Ref("ExtractionRun", "run:" + digest("synthetic", seed))
        self.graph.add(
            Node(*self.run, {"extractor": "paperkg", "version": "0", "components": ("synthetic",), "weights": "", "settings": ()})
        )
        self.fields = _FIELDS[: max(3, min(len(_FIELDS), papers // 12))]
        self.is_even = fields > 0
        if self.is_even:
            more = (f"{self.word()} {_FIELDS[number % len(_FIELDS)]}" for number in range(len(_FIELDS), fields))
            self.fields = tuple(dict.fromkeys((*_FIELDS[:fields], *more)))
        self.things: dict[tuple[str, str], list[Ref]] = {}
        for name in self.fields:
            self.things["Task", name] = [self.entity("Task", name)] + [
                self.entity("Task", f"{how.lower()} {name.lower()}") for how in self.random.sample(_HOWS, 3)
            ]
            share = max(3, papers // len(self.fields))
            self.things["Benchmark", name] = [self.entity("Benchmark", f"{self.word()}Bench") for _ in range(max(3, share // 2))]
            self.things["Method", name] = [self.entity("Method", self.method()) for _ in range(max(4, share))]
            self.things["Model", name] = [self.entity("Model", f"{self.word()}-{n % 9 + 1}B") for n in range(max(3, share // 2))]
        self.metrics = [self.entity("Metric", name, direction=direction, unit=unit) for name, unit, direction in _METRICS]
        self.organizations = [self.entity("Organization", f"{self.word()} Lab", handle=f"lab-{n}") for n in range(max(2, papers // 20))]

    def word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 3))).capitalize()

    def method(self) -> str:
        return self.random.choice(
            (f"{self.word()}Net", f"{self.random.choice(_HOWS)} {self.word()} {self.random.choice(_THINGS)}", self.word())
        )

    def entity(self, label: str, name: str, **more: str) -> Ref:
        ref = Ref(label, fold(name))
        aliases = tuple(sorted({name, name.upper()})) if self.random.random() < 0.2 else (name,)
        properties: dict[str, Value] = {"name": name, "aliases": aliases, "ambiguous": False}
        if label in ("Author", "Organization", "Task", "Method", "Model", "Benchmark", "Metric"):
            self.graph.add(Node(*ref, properties | more))
        for surface in aliases:
            named = Node("Name", name_key(label, surface), {"surface": surface, "folded": squeeze(surface)})
            self.graph.add(named, Relationship("NAMES", named.ref, ref))
        return ref

    def topic(self, number: int) -> str:
        """The field of a paper: the first ones more often, but for every third paper."""
        rng = self.random
        if self.is_even:
            return self.fields[int(len(self.fields) * rng.random() ** 1.5)]
        return self.fields[min(int(rng.paretovariate(0.8)) - 1, len(self.fields) - 1)] if number % 3 else rng.choice(self.fields)

    def pick(self, label: str, topic: str) -> Ref:
        """A thing of the topic, the first ones much more often; sometimes of another topic."""
        if self.random.random() < 0.06:
            topic = self.random.choice(self.fields)
        things = self.things[label, topic]
        return things[min(int(self.random.paretovariate(0.7)) - 1, len(things) - 1)]

    def name(self, ref: Ref) -> str:
        return str(self.graph.nodes[ref].properties["name"])

    def relate(self, kind: str, start: Ref, end: Ref, properties: Mapping[str, Value]) -> None:
        self.graph.add(Relationship(kind, start, end, properties))


def synthetic(papers: int = 60, seed: int = 7, fields: int = 0) -> Graph:
    """A graph of `papers` papers and all that they name, about ten shown nodes a paper; the same for the same arguments.

    A few fields take most papers, and a few things most of each field; with a number of `fields` papers are spread over so many.
    """
    world = _World(papers, seed, fields)
    for number in range(papers):
        _paper(world, number)
    used = {ref for r in world.graph.relationships.values() if r.type != "NAMES" for ref in (r.start, r.end)}
    kept = Graph()
    kept.add(*(n for n in world.graph.nodes.values() if n.ref in used))
    for relationship in world.graph.relationships.values():
        if relationship.type != "NAMES":
            kept.add(relationship)
        elif relationship.end in used:
            kept.add(world.graph.nodes[relationship.start], relationship)
    return kept


def _paper(world: _World, number: int) -> None:
    rng = world.random
    topic = world.topic(number)
    published = date(2024, 1, 1) + timedelta(days=(number * 37) % 700)
    arxiv = f"{published:%y%m}.{10000 + number:05d}"
    ref = Ref("Paper", f"arxiv:{arxiv}")
    label = rng.choice(("Method", "Method", "Model", "Benchmark"))
    proposed = world.entity(
        label, f"{world.word()}{'Bench' if label == 'Benchmark' else rng.choice(('', 'Net', 'Former', '-Zero'))}{number}"
    )
    name = world.name(proposed)
    title = f"{name}: {rng.choice(_HOWS)} {rng.choice(_THINGS)} for {topic}"
    text = _Text(ref.key, world.run.key)
    text.say(f"We study {topic.lower()} and introduce {name}.")
    world.relate("PROPOSES", ref, proposed, text.fact(name, 0.97) | {"surfaces": (name,)})
    world.relate("ADDRESSES", ref, Ref("Task", fold(topic)), text.fact(topic.lower(), 0.9))
    if label != "Benchmark":
        world.relate("APPLIED_TO", proposed, Ref("Task", fold(topic)), text.fact(topic.lower(), 0.8))
    _names(world, ref, proposed, topic, text)
    _results(world, ref, proposed, topic, text)
    if rng.random() < 0.6:
        _links(world, ref, name, text)
    authors = [f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}" for _ in range(rng.randint(1, 4))]
    _people(world, ref, list(dict.fromkeys(authors)))
    world.graph.add(
        Node(*ref, {
            "title_keys": ("title:" + digest(title),), "arxiv_id": arxiv, "title": title, "abstract": text.text, "text_kind": "arxiv",
            "published": published, "listed": published + timedelta(days=2), "upvotes": rng.randint(0, 150), "author_count": len(authors),
            "authors": tuple(authors), "categories": ("cs.LG",), "url": f"https://arxiv.org/abs/{arxiv}", "sources": ("arxiv", "listing"),
        }),
        Relationship("EXTRACTED_BY", ref, world.run, {
            "paper": ref.key, "extractor": "paperkg", "text": digest(title, text.text), "facts": "{}",
        }),
    )  # fmt: skip


def _names(world: _World, paper: Ref, proposed: Ref, topic: str, text: _Text) -> None:
    rng = world.random
    for kind, label, words in (
        ("USES", "Method", "It builds on {}."),
        ("USES", "Model", "We fine-tune {} with our objective."),
        ("COMPARED_WITH", "Model", "We compare against {} under equal budgets."),
        ("MENTIONS", "Method", "Earlier work such as {} leaves this open."),
        ("TRAINED_ON", "Benchmark", "Training uses {} alone."),
    ):
        for _ in range(rng.choice((0, 1, 1, 2))):
            ref = world.pick(label, topic)
            name = world.name(ref)
            text.say(words.format(name))
            world.relate(kind, paper, ref, text.fact(name, 0.6 + rng.random() * 0.39) | {"surfaces": (name,)})
            if kind == "USES" and proposed.label != "Benchmark" and ref != proposed:
                world.relate("BASED_ON", proposed, ref, text.fact(name, 0.7))


def _results(world: _World, paper: Ref, proposed: Ref, topic: str, text: _Text) -> None:
    rng = world.random
    for ordinal in range(rng.randint(0, 3)):
        benchmark, baseline = world.pick("Benchmark", topic), world.pick("Model", topic)
        which = rng.randrange(len(_METRICS))
        metric, (words, unit, _) = world.metrics[which], _METRICS[which]
        relative = rng.random() < 0.35
        value = round(rng.uniform(1, 12) if relative else rng.uniform(20, 99), 1)
        quote = f"{value}{'%' if unit == '%' else ' ' + unit}"
        on, against, of = world.name(benchmark), world.name(baseline), world.name(proposed)
        verb = "improves over" if relative else "compared with"
        text.say(f"On {on}, {of} reaches {quote} {words} {verb} {against}.".replace("reaches", "gains" if relative else "reaches"))
        said = text.fact(quote, 0.5 + rng.random() * 0.49)
        result = Node("Result", "result:" + digest(paper.key, quote, ordinal), said | {
            "value": value, "unit": unit, "kind": "relative" if relative else "absolute", "metric": words, "quote": quote,
        })  # fmt: skip
        world.graph.add(result)
        world.relate("REPORTS", paper, result.ref, said)
        ends: Sequence[tuple[str, Ref, str]] = (("ON", benchmark, on), ("MEASURED_BY", metric, words), ("AGAINST", baseline, against))
        for kind, ref, mention in ends:
            world.relate(kind, result.ref, ref, text.fact(mention, 0.8))
        world.relate("OF", result.ref, proposed, text.fact(of, 0.8))
        world.relate("EVALUATED_ON", paper, benchmark, text.fact(on, 0.9) | {"surfaces": (on,)})
        world.relate("MEASURES", paper, metric, text.fact(words, 0.9))
        if proposed.label != "Benchmark" and relative:
            world.relate("OUTPERFORMS", proposed, baseline, text.fact(against, 0.75))


def _links(world: _World, paper: Ref, name: str, text: _Text) -> None:
    url = f"https://github.com/example/{squeeze(name)}"
    text.say(f"Code is at {url}.")
    repository = Node("Repository", url.removeprefix("https://"), {"url": url, "host": "github.com"})
    world.graph.add(repository)
    world.relate("HAS_CODE", paper, repository.ref, text.fact(url, 0.99) | {"official": True})
    if world.random.random() < 0.4:
        page = f"https://{squeeze(name)}.example.org"
        text.say(f"The project page is {page}.")
        world.graph.add(Node("Resource", page.removeprefix("https://"), {"url": page, "kind": "project"}))
        world.relate(
            "LINKS_TO", paper, Ref("Resource", page.removeprefix("https://")), text.fact(page, 0.95) | {"official": True, "kind": "project"}
        )


def _people(world: _World, paper: Ref, authors: Sequence[str]) -> None:
    for position, author in enumerate(authors, 1):
        ref = world.entity("Author", author)
        world.relate("AUTHORED", ref, paper, {"paper": paper.key, "position": position, "surfaces": (author,)})
    if world.random.random() < 0.7:
        organization = world.random.choice(world.organizations)
        world.relate("FROM", paper, organization, {"paper": paper.key, "surfaces": (world.name(organization),)})
