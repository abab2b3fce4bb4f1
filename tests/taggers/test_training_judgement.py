import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pycrfsuite", reason="the extra `train` is not installed")
pytest.importorskip("scipy", reason="the extra `train` is not installed")

from extractors.engine import load_engine
from extractors.judgement import FILES, MODELS, Judgement, Levels
from extractors.lexicon import Lexicon
from extractors.linear import Weights, below
from extractors.taggers import TaggedSpan
from extractors.training import __main__ as command
from extractors.training.crossvalidation import FOLDS, cross_validate
from extractors.training.data import part_of
from extractors.training.documents import Case, Document, read_documents
from extractors.training.judgement import fold, train_judgement
from extractors.training.linear import Options, fit_choice, fit_classes, fit_yes, pack
from kg.errors import ExtractorError, GoldError
from kg.evaluation.gold import read_gold
from kg.evaluation.scoring import score
from kg.model import Extraction, Text
from kg.testing.extractors import faults

QUALITY = Path(__file__).parents[2] / "benchmarks" / "quality.py"


def paper(number: int) -> dict[str, object]:
    """A made-up paper whose annotation follows from its words."""
    chance = random.Random(number)
    stem = chance.choice(["Swift", "Calm", "Bright", "Deep"])
    method, short = f"{stem} Graph Network", f"{stem[0]}GN"
    base, rival, data = f"Base{number % 5}", f"Rival{number % 6}", f"Exam-{number % 4}"
    score, gain = 60 + number % 30, 1 + number % 9
    return {
        "id": f"p{number}",
        "title": f"{method}: faster question answering",
        "abstract": f"We propose {method} ({short}) for question answering, which builds on {base}. "
        f"On {data}, {short} reaches {score}.5% accuracy and "
        f"outperforms {rival} by {gain} points. We used 300 papers in 2024. Networks of graphs are old.",
        "entities": [
            {"name": short, "type": "METHOD", "role": "proposes", "mentions": [method, short]},
            {"name": base, "type": "METHOD", "role": "uses", "mentions": [base]},
            {"name": rival, "type": "METHOD", "role": "compares", "mentions": [rival]},
            {"name": data, "type": "BENCHMARK", "role": "evaluates_on", "mentions": [data]},
            {"name": "question answering", "type": "TASK", "role": "addresses", "mentions": ["question answering"]},
            {"name": "accuracy", "type": "METRIC", "role": "reports", "mentions": ["accuracy"]},
        ],
        "results": [
            {**result, "subject": short, "metric": "accuracy", "benchmark": data, "value_high": None}
            for result in (
                {"evidence": f"{score}.5% accuracy", "baseline": None, "value": score + 0.5, "unit": "%", "kind": "absolute"},
                {"evidence": f"by {gain} points", "baseline": rival, "value": gain, "unit": "points", "kind": "relative"},
            )
        ],
        "relations": [
            {"head": short, "type": "BASED_ON", "tail": base},
            {"head": short, "type": "OUTPERFORMS", "tail": rival},
            {"head": short, "type": "EVALUATED_ON", "tail": data},
            {"head": short, "type": "INTRODUCES_FOR", "tail": "question answering"},
        ],
        "links": [],
    }  # fmt: skip


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(120)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def models(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one command makes of the gold, without the transformer."""
    out = tmp_path_factory.mktemp("made") / "models"
    assert command.main(["--gold", str(gold), "--out", str(out), "--only", "fast", "judgement", "--iterations", "25"]) == 0
    return out


def test_command_trains_an_extractor_that_reads_new_papers(models: Path) -> None:
    new = paper(500)
    text = Text("new", str(new["title"]), str(new["abstract"]))
    (found,) = load_engine("fast", models).extract([text])
    assert faults(found, text) == []
    assert {(e.name, e.type, e.role) for e in found.entities} >= {
        (str(each["name"]), each["type"], each["role"])
        for each in new["entities"]  # type: ignore[attr-defined]
    }
    assert [(r.value, r.unit, r.kind, r.baseline) for r in found.results] == [
        (each["value"], each["unit"], each["kind"], each["baseline"])
        for each in new["results"]  # type: ignore[attr-defined]
    ]
    assert {(r.head, r.type, r.tail) for r in found.relations} >= {
        (each["head"], each["type"], each["tail"])
        for each in new["relations"]  # type: ignore[attr-defined]
    }


def test_cross_validation_reads_every_paper_that_is_not_held_apart(gold: Path, models: Path, tmp_path: Path) -> None:
    words = [sys.executable, str(QUALITY), str(tmp_path / "cv"), "--models", str(models), "--gold", str(gold)]
    run = subprocess.run([*words, "--engines", "fast", "--iterations", "25"], capture_output=True, text=True, check=True)
    wanted, said = (read_gold(tmp_path / "cv" / f"{name}.jsonl") for name in ("gold", "fast"))
    assert set(wanted) == set(said) == {key for key in map("p{}".format, range(120)) if part_of(key) != "held"}
    figures = score(wanted, said)
    assert figures["entities"]["f1"] > 0.9
    assert f"| entities | {figures['entities']['f1']:.3f} (P " in run.stdout


def test_cross_validation_does_not_learn_of_the_paper_that_it_reads(gold: Path) -> None:
    documents = read_documents([gold])[:60]
    first = {document.key for document in documents if fold(document.key, FOLDS) == 0}
    nothing: dict[str, object] = {"entities": [], "results": [], "relations": []}
    other = [replace(document, gold={**document.gold, **nothing}) if document.key in first else document for document in documents]

    def read(learned: list[Document]) -> dict[str, Extraction]:
        cases = [Case(each, tagged(known)) for each, known in zip(learned, documents, strict=True)]
        return {found.paper: found for found in cross_validate({"fast": cases}, Lexicon.empty())["fast"]}

    before, after = read(documents), read(other)
    assert all(before[key] == after[key] for key in first)
    assert before != after, "the judgements of the others learned of these papers"


def test_command_describes_the_judgement(models: Path) -> None:
    assert "judgement.npz" in (models / "MODELS.md").read_text(encoding="utf-8")
    assert set(Judgement.load(models).weights) == set(MODELS)
    assert Judgement.load(models).levels == Levels()


def test_judgement_refuses_settings_of_another_version(models: Path, tmp_path: Path) -> None:
    manifest = json.loads((models / "manifest.json").read_text(encoding="utf-8"))
    manifest["engines"]["judgement"]["settings"] = {"threshold": 1}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for name in FILES:
        (tmp_path / name).write_bytes((models / name).read_bytes())
    with pytest.raises(ExtractorError, match="do not fit this version"):
        Judgement.load(tmp_path)


def tagged(document: Document) -> list[TaggedSpan]:
    """What a tagger might find: the first mention of every name, and one thing too much."""
    body = document.reading.text.abstract
    found = [(name, entity["type"], 0.9) for entity in document.gold["entities"] for name in entity["mentions"]]
    return sorted(
        (
            TaggedSpan("abstract", body.index(n), body.index(n) + len(n), t, c)
            for n, t, c in [*found, ("Networks of graphs", "METHOD", 0.5)]
        ),
        key=lambda span: span.start,
    )


def test_train_judgement_gives_the_same_bytes_again(gold: Path) -> None:
    cases = [Case(document, tagged(document)) for document in read_documents([gold])[:40]]
    one, other = (train_judgement(cases, Levels(), Lexicon.empty(), folds=2) for _ in range(2))
    assert pack(one.weights) == pack(other.weights)
    assert one.curve == other.curve


def test_train_judgement_learns_of_papers_without_results_and_relations(tmp_path: Path) -> None:
    path = tmp_path / "bare.jsonl"
    bare = [{**paper(n), "results": [], "relations": [], "abstract": str(paper(n)["abstract"]).split(". On")[0]} for n in range(12)]
    for each in bare:
        each["entities"] = [e for e in each["entities"] if e["name"] in each["abstract"]]  # type: ignore[attr-defined, operator]
    path.write_text("".join(json.dumps(each) + "\n" for each in bare), encoding="utf-8")
    cases = [Case(document, [TaggedSpan("abstract", 11, 15, "METHOD", 0.9)]) for document in read_documents([path])]
    assert set(train_judgement(cases, Levels(), Lexicon.empty(), folds=2).weights) == set(MODELS)


def test_read_documents_says_what_a_paper_lacks(tmp_path: Path) -> None:
    path = tmp_path / "short.jsonl"
    path.write_text('{"id": "x", "title": "", "abstract": "", "entities": []}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"short\.jsonl:1 has no results and no relations"):
        read_documents([path])


def test_fold_depends_on_the_key_alone() -> None:
    folds = [fold(str(n), 3) for n in range(3000)]
    assert [fold(str(n), 3) for n in range(3000)] == folds
    assert all(folds.count(part) == pytest.approx(1000, rel=0.15) for part in range(3))


def test_fit_classes_learns_which_features_tell_classes_apart() -> None:
    examples = [["bias", "round"], ["bias", "square"]] * 20
    weights = fit_classes(examples, ["ball", "box"] * 20, Options())
    assert weights.classes == ("ball", "box")
    ball, box = weights.scores(["bias", "round", "never seen"])
    assert ball > box


def test_fit_choice_prefers_what_was_chosen() -> None:
    weights = fit_choice([[["near"], ["far"]], [["far"], ["near"], ["far"]]] * 10, [0, 1] * 10, Options())
    assert weights.score(["near"]) > weights.score(["far"])


def test_fit_yes_of_one_kind_alone_never_says_the_other() -> None:
    assert fit_yes([["bias"]] * 5, ["no"] * 5, Options()).score(["bias"]) < -5
    assert fit_yes([], [], Options()).score(["bias"]) < -5


def test_scores_under_a_head_are_those_of_the_longer_names() -> None:
    weights = Weights(("one", "two"), ["a", "X:a", "b"], np.array([[1.0, 0.0], [0.0, 5.0], [0.5, 0.5]]))
    assert weights.scores(["a", "b"], under="X") == weights.scores(["a", "b", *below("X", ["a", "b"])]) == [1.5, 5.5]
    assert weights.scores(["unknown"]) == [0.0, 0.0]
    alone = Weights(("score",), ["a", "X:a", "X:b"], np.array([[1.0], [2.0], [4.0]]))
    assert [alone.score(["a", "b"], under=head) for head in ("", "X", "Y")] == [1.0, 7.0, 1.0]
