import io
import json
from pathlib import Path

import numpy as np
import pytest
from made_up_gold import paper

from extractors import taggers
from extractors.taggers.classes import WordClasses
from extractors.taggers.labels import COUNT
from extractors.taggers.linear import LinearModel
from extractors.taggers.weights import MANIFEST
from extractors.taggers.words import cut
from extractors.training.data import labels_of, part_of, read_gold, spans_of
from kg.errors import GoldError
from kg.model import Text

pytest.importorskip("pycrfsuite", reason="the extra `train` is not installed")

from extractors.training import __main__ as command
from extractors.training import crf
from extractors.training.classes import LEVELS, count_classes
from extractors.training.distil import chosen, label


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(150)), encoding="utf-8")
    return path


def test_spans_of_takes_the_longest_whole_words() -> None:
    surfaces = {"sparse attention": ("METHOD", "uses"), "attention": ("METHOD", "mentions")}
    text = "sparse attention, attention-based, inattention, https://x.org/attention"
    assert [text[s.start : s.end] for s in spans_of(text, surfaces)] == ["sparse attention", "attention"]


def test_labels_of_begins_and_continues_spans() -> None:
    words, labels = labels_of("use sparse attention now", spans_of("use sparse attention now", {"sparse attention": ("METHOD", "uses")}))
    assert len(words) == 4
    assert labels == [0, 1, 2, 0]


def test_read_gold_names_the_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps(paper(1)) + '\n{"id": "x"}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"bad\.jsonl:2 is no paper of the gold format"):
        read_gold([path])


def test_part_of_depends_on_the_id_alone() -> None:
    parts = [part_of(str(k)) for k in range(4000)]
    assert parts.count("held") == pytest.approx(400, rel=0.2)
    assert parts.count("dev") == pytest.approx(200, rel=0.3)


def test_chosen_does_not_depend_on_order() -> None:
    texts = [Text(str(k), "t") for k in range(50)]
    assert chosen(texts, 9, 1) == chosen(texts[::-1], 9, 1) != chosen(texts, 9, 2)


def test_model_scores_words_by_the_sum_of_their_features(gold: Path) -> None:
    examples = read_gold([gold])
    classes = count_classes([e.text for e in examples])
    content = crf.arrays(((e, 1) for e in examples[:60]), crf.Settings(iterations=10, fewest=1), classes)
    with np.load(io.BytesIO(content)) as arrays:
        scores = dict(zip(arrays["names"].tobytes().decode().split("\n"), arrays["scores"].astype(np.float32), strict=True))
    model = LinearModel.read(content)
    text = examples[70].text
    words = cut(text.title), cut(text.abstract)
    for found, names in zip(model.emissions([text], [words]), crf.names_of(text, WordClasses.read(classes)), strict=True):
        assert any(name.startswith("0k1.") for some in names for name in some)
        assert {">", "<"} <= {name[0] for some in names for name in some if name in scores}
        expected = [sum((scores[name] for name in some if name in scores), np.zeros(COUNT)) for some in names]
        assert np.allclose(found, expected, atol=1e-4)


def test_count_classes_keeps_words_in_unlike_company_apart() -> None:
    letters = "abcdefghij"
    things, deeds = ([start + one + two for one in letters for two in letters] for start in ("thing", "deed"))
    texts = [
        Text(str(k), "", f"The {thing} can {deed} it. My {thing} may {deed} him.")
        for k, (thing, deed) in enumerate(zip(things, deeds, strict=True))
    ]
    made = WordClasses.read(count_classes(texts))
    for level in range(len(LEVELS)):
        of_things, of_deeds = ({made.tags(word)[level] for word in words} for words in (things, deeds))
        assert not of_things & of_deeds
    assert len({made.tags(thing)[0] for thing in things}) < len(things) / 2
    assert made.tags("THINGaa") == made.tags("thingaa")
    assert made.tags("giraffe") == ("k0?", "k1?", "k2?")


def test_count_classes_does_not_depend_on_order(gold: Path) -> None:
    texts = [example.text for example in read_gold([gold])]
    first, again = count_classes(texts), count_classes(texts[::-1])
    assert all(np.array_equal(first[name], again[name]) for name in first)


def test_command_trains_a_tagger_that_a_user_can_load(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "models"
    words = ["--gold", str(gold), "--out", str(out), "--only", "fast", "--iterations", "40"]
    assert command.main(words) == 0
    first = (out / "linear.npz").read_bytes()
    tagger = taggers.load("fast", out)
    text = Text("new", "Zgrad4: a new method", "We propose Zgrad4, which reaches high accuracy on ImgBench-3.")
    found = {(text.field(s.field)[s.start : s.end], s.type) for s in tagger.tag([text])[0]}
    assert {("Zgrad4", "METHOD"), ("accuracy", "METRIC"), ("ImgBench-3", "BENCHMARK")} <= found
    assert label(tagger, [text])[0].abstract
    assert json.loads((out / MANIFEST).read_text(encoding="utf-8"))["engines"]["fast"]["record"]["dev"]["mentions"]["all"]["f1"] > 0.9
    assert "linear.npz" in (out / "MODELS.md").read_text(encoding="utf-8")
    assert command.main(words) == 0
    assert (out / "linear.npz").read_bytes() == first


def test_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "few.jsonl"
    path.write_text(json.dumps(paper(1)) + "\n", encoding="utf-8")
    assert command.main(["--gold", str(path), "--out", str(tmp_path / "m")]) == 1
    assert "too few to train" in capsys.readouterr().err
