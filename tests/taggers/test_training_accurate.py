import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra `train-accurate` is not installed")
pytest.importorskip("onnx", reason="the extra `train-accurate` is not installed")
pytest.importorskip("pycrfsuite", reason="the extra `train` is not installed")

import torch
from made_up_gold import paper
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing

from extractors.engine import load_engine
from extractors.taggers.convolution import ConvolutionModel
from extractors.taggers.labels import COUNT, ROLE_NAMES
from extractors.taggers.lattice import Transitions
from extractors.taggers.weights import MANIFEST
from extractors.taggers.words import cut
from extractors.training import __main__ as command
from extractors.training.adapt import Hiding, _hide
from extractors.training.convolution import Batch as Papers
from extractors.training.convolution import Settings, learn, pack
from extractors.training.data import Example, Span, part_of, read_gold
from extractors.training.encoder import Dropout, Encoder, Shape
from extractors.training.lessons import Lessons, Vocabulary, certain
from extractors.training.pipeline import find_unseen
from extractors.training.plan import Plan
from extractors.training.pretrained import read_pretrained, with_pieces_of
from extractors.training.transformer import IGNORED, Batch, Row, encode, tag_loss, taught
from kg.errors import ExtractorError
from kg.model import Text
from kg.testing.extractors import faults

WIDTH, INNER = 384, 1536
SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
PIECES = [*SPECIAL, *SIGNS, *".:,-/", *(f"##{sign}" for sign in SIGNS), "zebra", "the"]


def tokenizer() -> Tokenizer:
    made = Tokenizer(WordPiece({piece: k for k, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    made.add_special_tokens(SPECIAL)
    made.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return made


def archive(path: Path) -> dict[str, np.ndarray]:
    """A BERT of one layer as packages hold it, its matrices nameless; the weights under their names."""
    chance = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return chance.normal(0, 0.05, shape).astype(np.float32)

    layer = "encoder.layer.0."
    sizes = {f"{layer}attention.self.{name}": (WIDTH, WIDTH) for name in ("query", "key", "value")}
    sizes |= {f"{layer}attention.output.dense": (WIDTH, WIDTH), f"{layer}output.dense": (INNER, WIDTH)}
    sizes[f"{layer}intermediate.dense"] = (WIDTH, INNER)
    tables = (("word", len(PIECES)), ("position", 512), ("token_type", 2))
    weights = {f"embeddings.{name}_embeddings.weight": some(count, WIDTH) for name, count in tables}
    for norm in ("embeddings.LayerNorm", f"{layer}attention.output.LayerNorm", f"{layer}output.LayerNorm"):
        weights |= {f"{norm}.weight": np.ones(WIDTH, np.float32), f"{norm}.bias": some(WIDTH)}
    stored, nodes = dict(weights), []
    for k, (name, (rows, columns)) in enumerate(sizes.items()):
        matrix, bias = some(rows, columns), some(columns)
        stored |= {f"onnx::MatMul_{k}": matrix, f"{name}.bias": bias}
        weights |= {f"{name}.weight": matrix.T, f"{name}.bias": bias}
        nodes.append(helper.make_node("MatMul", [f"x{k}", f"onnx::MatMul_{k}"], [f"product{k}"]))
        nodes.append(helper.make_node("Add", [f"{name}.bias", f"product{k}"], [f"y{k}"]))
    inputs = [helper.make_tensor_value_info(f"x{k}", TensorProto.FLOAT, None) for k in range(len(sizes))]
    outputs = [helper.make_tensor_value_info(f"y{k}", TensorProto.FLOAT, None) for k in range(len(sizes))]
    graph = helper.make_graph(nodes, "bert", inputs, outputs, [numpy_helper.from_array(value, name) for name, value in stored.items()])
    with zipfile.ZipFile(path, "w") as jar:
        jar.writestr("bert.onnx", helper.make_model(graph).SerializeToString())
        jar.writestr("bert-tokenizer.json", tokenizer().to_str())
    return weights


def test_archive_gives_every_weight_its_place(tmp_path: Path) -> None:
    weights = archive(tmp_path / "bert.jar")
    state = read_pretrained(tmp_path / "bert.jar").encoder.state_dict()
    parts = [weights[f"encoder.layer.0.attention.self.{name}.weight"] for name in ("query", "key", "value")]
    assert np.array_equal(state["layers.0.qkv.weight"].numpy(), np.concatenate(parts))
    assert np.array_equal(state["layers.0.down.weight"].numpy(), weights["encoder.layer.0.output.dense.weight"])
    assert np.array_equal(state["layers.0.norm2.bias"].numpy(), weights["encoder.layer.0.output.LayerNorm.bias"])
    assert np.array_equal(state["kinds.weight"][3].numpy(), weights["embeddings.token_type_embeddings.weight"][0])


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_archive_of_something_else_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.jar").write_bytes(content)
    with pytest.raises(ExtractorError, match=r"odd\.jar is no archive with one ONNX file"):
        read_pretrained(tmp_path / "odd.jar")


def test_pieces_that_papers_lack_are_dropped_and_the_others_keep_their_weights(tmp_path: Path) -> None:
    archive(tmp_path / "bert.jar")
    whole = read_pretrained(tmp_path / "bert.jar")
    texts = [Text("1", "the", "cat"), Text("2", "the zebra", "")]
    less = with_pieces_of(whole, texts, 2)
    assert less.encoder.shape.vocabulary == len(PIECES) - 1
    assert less.tokenizer.encode("the zebra").tokens == ["[CLS]", "the", "z", "##e", "##b", "##r", "##a", "[SEP]"]
    row = [made.encoder.state_dict()["words.weight"][made.tokenizer.token_to_id("the")] for made in (whole, less)]
    assert torch.equal(*row)
    assert less.mask == whole.mask


def test_hidden_pieces_are_the_ones_to_guess() -> None:
    row = Row([2, *range(10, 60), 3], [0] * 52, [0] * 52, [IGNORED] * 52)
    batch = Batch([row, Row(row.ids[:20], row.kinds[:20], row.tags[:20], row.roles[:20])])
    made = _hide(batch, Hiding(0.5, 4), 200, torch.Generator().manual_seed(1))
    hidden = made.hidden != IGNORED
    assert torch.equal(made.hidden[hidden], batch.ids[hidden])
    assert torch.equal(made.shown[~hidden], batch.ids[~hidden])
    assert not hidden[batch.ids <= 4].any()
    assert 0.3 < hidden[batch.ids > 4].float().mean() < 0.7
    assert (made.shown[hidden] == 4).float().mean() > 0.6


def test_a_sequence_is_read_alike_alone_and_beside_a_longer_one() -> None:
    encoder = Encoder(Shape(vocabulary=60, layers=2)).eval()
    short, long = (Row([2, *range(5, size), 3], [0] * (size - 3), [0] * (size - 3), [IGNORED] * (size - 3)) for size in (20, 50))
    both, alone = Batch([short, long]), Batch([short])
    with torch.no_grad():
        beside, _ = encoder(both.ids, both.kinds, both.mask)
        tags, _ = encoder(alone.ids, alone.kinds, alone.mask)
    assert torch.allclose(beside[0, : len(short.ids)], tags[0], atol=1e-4)


def test_dropout_keeps_the_mean_and_does_nothing_outside_training() -> None:
    torch.manual_seed(0)
    dropout, ones = Dropout(0.1), torch.ones(1001, 101)
    dropped = dropout.train()(ones)
    assert 0.09 < (dropped == 0).float().mean() < 0.11
    assert abs(float(dropped.mean()) - 1) < 0.01
    assert torch.equal(dropout.eval()(ones), ones)


def test_what_a_teacher_says_surely_counts_as_gold_does() -> None:
    example = Example(Text("x", "A zebra", "The zebra is the zebra."), (Span(2, 7, "METHOD", "proposes"),), ())
    (gold,) = encode(tokenizer(), [example])
    (said,) = taught(tokenizer(), example.text, certain(example))
    hard, soft = Batch([gold]), Batch([said])
    scores = torch.randn(1, len(gold.ids), COUNT, generator=torch.Generator().manual_seed(1))
    none = torch.zeros(1, len(gold.ids), len(ROLE_NAMES))
    assert torch.isclose(tag_loss(scores, none, soft, 0.0), tag_loss(scores, none, hard, 0.0))
    assert torch.isclose(
        tag_loss(scores.repeat(2, 1, 1), none.repeat(2, 1, 1), Batch([gold, said]), 0.0), tag_loss(scores, none, hard, 0.0)
    )


def test_network_says_in_whole_numbers_what_it_learned(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(60)), encoding="utf-8")
    examples = read_gold([gold])
    lessons = Lessons()
    for example in examples:
        lessons.add(example.text, certain(example))
    vocabulary = Vocabulary(lessons)
    network = learn(lessons, len(examples), vocabulary, Settings(epochs=20, words=400))
    plain = Transitions(np.zeros((COUNT, COUNT), np.float32), np.zeros(COUNT, np.float32))
    model = ConvolutionModel.read(pack(network, vocabulary, plain))
    texts = [example.text for example in examples]
    said = model.emissions(texts, [(cut(text.title), cut(text.abstract)) for text in texts])
    batch = Papers.of(lessons.papers)
    real = batch.places[batch.standing] >= 0
    with torch.no_grad():
        scores = network(batch)[real].numpy()
    learned = batch.chances[real].argmax(1).numpy()
    assert np.abs(np.concatenate(said) - scores).max() < 0.05 * np.abs(scores).max()
    assert (np.concatenate(said).argmax(axis=1) == learned).mean() > 0.99


@pytest.mark.slow
def test_command_trains_all_stages_and_the_same_again(tmp_path: Path) -> None:
    archive(tmp_path / "bert.jar")
    gold, more = tmp_path / "gold.jsonl", tmp_path / "more.jsonl"
    gold.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(120)), encoding="utf-8")
    more.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(900, 940)), encoding="utf-8")
    words = ["--gold", str(gold), "--unlabelled", str(more), "--encoder", str(tmp_path / "bert.jar")]
    words += [
        "--adapt",
        "20",
        "--again",
        "20",
        "--more",
        "8",
        "--legs",
        "3",
        "--distil",
        "20",
        "--epochs",
        "1",
        "--unseen",
        "20",
        "--passes",
        "25",
        "--iterations",
        "25",
        "--threads",
        "1",
    ]
    made = []
    for out in (tmp_path / "a", tmp_path / "b"):
        assert command.main([*words, "--out", str(out)]) == 0
        made.append({path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".onnx", ".npz")})
    assert made[0] == made[1]
    engines = json.loads((tmp_path / "a" / MANIFEST).read_text(encoding="utf-8"))["engines"]
    record, judged = engines["accurate"]["record"], engines["judgement"]["record"]
    assert (record["layers"], record["adapted"], record["teacher"]) == (1, 20, "the linear companion")
    assert (record["again"]["papers"], [leg["papers"] for leg in record["on"]]) == (20, [8, 8, 4]), "the third finds four of the forty"
    assert min(judged["student"]["mentions"].values()) > 0
    assert (judged["student"]["papers"], judged["cases"]) == (20, 2 * judged["data"]["judged"]["papers"])
    text = Text("new", "Zgrad4: a new method", "We propose Zgrad4, which reaches high accuracy on ImgBench-3.")
    for engine in ("accurate", "fast"):
        (found,) = load_engine(engine, tmp_path / "a").extract([text])
        assert faults(found, text) == []
        assert "Zgrad4" in {entity.name for entity in found.entities}
    checkpoints = tmp_path / "a" / "checkpoints"
    students = {path: path.read_bytes() for path in checkpoints.glob("student-*")}
    plan = Plan(
        gold=(gold,), out=tmp_path / "a", unlabelled=(more,), encoder=tmp_path / "bert.jar", unseen=20, judged=("accurate",), threads=1
    )
    (cases,) = find_unseen(plan).cases.values()
    assert {case.document.key for case in cases} == {key for key in map("p{}".format, range(120)) if part_of(key) != "held"}
    assert any(case.spans for case in cases)
    assert {path: path.read_bytes() for path in checkpoints.glob("student-*")} == students, "it is kept, not taught again"
    for path in checkpoints.glob("start.*"):
        path.unlink()
    first, again = (find_unseen(plan).cases["accurate"] for _ in range(2))
    assert [case.spans for case in first] == [case.spans for case in again]
    assert len(list(checkpoints.glob("student-*"))) == len(students) + 1 == 2, "another start, another student"


@pytest.mark.slow
def test_command_trains_without_unlabelled_papers_too(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    archive(tmp_path / "bert.jar")
    gold.write_text("".join(json.dumps(paper(k)) + "\n" for k in range(120)), encoding="utf-8")
    words = ["--gold", str(gold), "--encoder", str(tmp_path / "bert.jar"), "--out", str(tmp_path / "a")]
    assert command.main([*words, "--epochs", "1", "--part-epochs", "1", "--iterations", "25", "--threads", "1"]) == 0
    engines = json.loads((tmp_path / "a" / MANIFEST).read_text(encoding="utf-8"))["engines"]
    assert "again" not in engines["accurate"]["record"]
    assert "student" not in engines["judgement"]["record"]
    text = Text("new", "Zgrad4: a new method", "We propose Zgrad4, which reaches high accuracy on ImgBench-3.")
    (found,) = load_engine("accurate", tmp_path / "a").extract([text])
    assert faults(found, text) == []
    assert "Zgrad4" in {entity.name for entity in found.entities}
