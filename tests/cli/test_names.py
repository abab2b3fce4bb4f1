"""`kg names` as a program: what each part prints, what it does to the graph, what it refuses."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def dump(kg: Run, folder: Path) -> str:
    return kg("export", "jsonl", "-", cwd=folder).stdout


def test_show_tells_spellings_reasons_and_papers(kg: Run, examples: Path) -> None:
    done = kg("names", "show", "low rank adaptation", cwd=examples)
    assert done.returncode == 0
    assert done.stdout.startswith("Method LoRA\n")
    assert "Low-Rank Adaptation" in done.stdout
    assert " paper: arxiv:" in done.stdout
    cards = json.loads(kg("names", "show", "LoRA", "--kind", "method", "--json", cwd=examples).stdout)
    assert [(card["kind"], card["name"], card["ambiguous"]) for card in cards] == [("Method", "LoRA", False)]
    spellings = cards[0]["spellings"]
    assert "Low-Rank Adaptation" in {name for each in spellings for name in (each["name"], *each["surfaces"])}
    assert all(each["papers"] for each in spellings)


def test_decision_is_made_kept_shown_and_taken_back(kg: Run, examples: Path) -> None:
    before = dump(kg, examples)
    same = kg("names", "same", "LoRA", "DPO", "--because", "a test of ours", "--kind", "method", cwd=examples)
    assert same.returncode == 0
    assert "decision 1: Method 'LoRA' and 'DPO' are the same, because a test of ours" in same.stderr
    log = [json.loads(line) for line in kg("names", "export", cwd=examples).stdout.splitlines()]
    assert log == [{"number": 1, "kind": "same", "label": "Method", "a": "LoRA", "b": "DPO", "reason": "a test of ours"}]
    assert (examples / "papers.kg" / "decisions.jsonl").read_text() == json.dumps(log[0]) + "\n"
    shown = kg("names", "show", "DPO", cwd=examples).stdout
    assert "decision 1: a test of ours" in shown
    assert "Low-Rank Adaptation" in shown
    assert kg("check", cwd=examples).returncode == 0
    assert dump(kg, examples) != before
    apart = kg("names", "apart", "DPO", "LoRA", "--because", "it was one", "--kind", "method", cwd=examples)
    assert "decision 2: Method 'DPO' and 'LoRA' are two things, because it was one" in apart.stderr
    assert dump(kg, examples) == before
    for number in "21":
        assert "taken back: decision" in kg("names", "undo", number, cwd=examples).stderr
    assert dump(kg, examples) == before
    assert kg("names", "export", cwd=examples).stdout == ""


def test_log_is_carried_into_a_new_store(kg: Run, examples: Path, tmp_path: Path) -> None:
    line = {"number": 9, "kind": "same", "label": "Task", "a": "one", "b": "two", "reason": "because"}
    (tmp_path / "log.jsonl").write_text(json.dumps(line) + "\n")
    done = kg("names", "import", "log.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 decision added" in done.stderr
    assert kg("names", "export", "copy.jsonl", cwd=tmp_path).returncode == 0
    assert json.loads((tmp_path / "copy.jsonl").read_text()) == line | {"number": 1}
    again = kg("names", "import", "-", cwd=tmp_path, input=json.dumps(line))
    assert "0 decisions added" in again.stderr
    (tmp_path / "log.jsonl").write_text("{}\n")
    damaged = kg("names", "import", "log.jsonl", cwd=tmp_path)
    assert damaged.returncode == 1
    assert "log.jsonl:1 is no decision" in damaged.stderr


def test_review_lists_doubts_by_use(kg: Run, examples: Path) -> None:
    found = json.loads(kg("names", "review", "--json", cwd=examples).stdout)
    assert found
    assert [each["papers"] for each in found] == sorted((each["papers"] for each in found), reverse=True)
    assert all(each["name"] and each["why"] for each in found)
    assert kg("names", "review", "--limit", "1", cwd=examples).stdout.startswith("papers ")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["same", "LoRA"], "Missing argument"),
        (["same", "LoRA", "DPO"], "Missing option '--because'"),
        (["same", "LoRA", "No Such Thing", "--because", "x"], "nothing here is called 'No Such Thing'"),
        (["show", "no such thing"], "nothing here is called 'no such thing'"),
        (["show", "GSM8K dataset"], "nothing here is called 'GSM8K dataset'; perhaps GSM8K"),
        (["show", "LoRA", "--kind", "model", "--json"], "nothing here is called 'LoRA' among models"),
        (["apart", "LoRA", "DPO", "--because", " "], "needs its reason"),
        (["same", "LoRA", "DPO", "--because", "x", "--kind", "robot"], "valid are author"),
        (["undo", "99"], "there is no decision 99"),
        (["undo", "x"], "not a valid integer"),
        (["forget"], "No such command"),
    ],
)
def test_wrong_call_is_one_sentence_and_two(kg: Run, examples: Path, words: list[str], expected: str) -> None:
    done = kg("names", *words, cwd=examples)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "Traceback" not in done.stderr
