"""Building, extracting, scoring and withdrawing from the command line, with input that is not as it should be."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KG = Path(sys.executable).with_name("kg")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = ROOT / "examples" / "daily-papers-1.txt"
LINE = json.dumps({"id": "2401.00001", "title": "Fern: A Parser", "abstract": "We introduce Fern. On GSM8K, Fern reaches 81.2% accuracy."})


def write(path: Path, content: bytes | str) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


#: What is wrong with a file, its content, and what the sentence about it says.
BAD = {
    "not.txt": (b"a shopping list\n", "not.txt: has no known shape"),
    "empty.jsonl": (b"", "empty.jsonl: is empty"),
    "binary.txt": (bytes(range(256)) * 8, "binary.txt: is not text"),
    "cut.jsonl": (f"{LINE}\n{LINE[:40]}".encode(), "cut.jsonl:2: the line ends in the middle of a record, at column 40"),
    "latin.jsonl": (LINE.replace("Parser", "Pärser").encode().replace(b"\xc3\xa4", b"\xe4") + b"\n", "latin.jsonl:1: byte"),
    "cut.jsonl.gz": (gzip.compress(f"{LINE}\n{LINE * 50}\n".encode(), mtime=0)[:-12], "gzip data is broken or cut off"),
}


def test_bad_inputs_are_named_and_the_rest_is_built(kg: Run, tmp_path: Path) -> None:
    files = [write(tmp_path / name, content) for name, (content, _) in BAD.items()]
    done = kg("build", "--engine", "fast", "--store", "s.kg", *(f.name for f in files), "missing.txt", PAGE, cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    for _, expected in BAD.values():
        assert sum(expected in line for line in said) == 1, (expected, said)
    assert any(line.startswith("missing.txt: no such file") for line in said)
    clean = kg("build", "--engine", "fast", "--store", "s.kg", PAGE, cwd=tmp_path)
    assert clean.returncode == 0
    assert " 0 new, 0 changed" in clean.stderr
    assert kg("check", "--store", "s.kg", cwd=tmp_path).returncode == 0


def test_build_of_sources_that_are_not_there_makes_no_store(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = kg("build", "missing.txt", "*.jsonl", "empty", "nope:1", cwd=tmp_path)
    assert done.returncode == 1
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()[:-1]] == ["missing.txt", "*.jsonl", "empty", "nope:1"]
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open twice")
def test_read_passes_over_the_file_that_it_writes_into(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", LINE + "\n")
    with (tmp_path / "b.jsonl").open("wb") as out:
        done = subprocess.run([KG, "read", tmp_path], stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0
    assert [json.loads(line)["title"] for line in (tmp_path / "b.jsonl").read_text().splitlines()] == ["Fern: A Parser"]
    again = subprocess.run([KG, "read", tmp_path], capture_output=True, text=True, check=True)
    assert len(again.stdout.splitlines()) == 2


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_interrupted_build_is_completed_by_the_next(kg: Run, tmp_path: Path, sent: signal.Signals) -> None:
    lines = [json.dumps({"id": f"2401.{n:05}", "title": f"Fern {n}", "abstract": f"We propose Fern{n}, a parser."}) for n in range(800)]
    papers = write(tmp_path / "papers.jsonl", "\n".join(lines) + "\n")
    with subprocess.Popen([KG, "build", "--engine", "fast", "--store", "s.kg", papers], cwd=tmp_path, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while not (tmp_path / "s.kg" / "attach.json").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1.0)
        process.send_signal(sent)
        assert process.wait(60) != 0, "the build was over before it was interrupted"
    assert kg("check", "--store", "s.kg", cwd=tmp_path).returncode == 0
    assert kg("build", "--engine", "fast", "--store", "s.kg", papers, cwd=tmp_path).returncode == 0
    assert kg("build", "--engine", "fast", "--store", "t.kg", papers, cwd=tmp_path).returncode == 0
    dumps = [kg("export", "jsonl", "-", "--store", name, cwd=tmp_path).stdout for name in ("s.kg", "t.kg")]
    assert dumps[0] == dumps[1]
    assert dumps[0].count('"label": "Paper"') + dumps[0].count('"label":"Paper"') == 800


def test_store_that_cannot_be_used_is_one_sentence(kg: Run, tmp_path: Path) -> None:
    made = kg("build", "--engine", "fast", "--store", "s.kg", "-", cwd=tmp_path, input=LINE)
    assert made.returncode == 0, made.stderr
    write(tmp_path / "s.kg" / "store.json", '{"paperkg": 99}')
    write(tmp_path / "file", "")
    (tmp_path / "photos").mkdir()
    write(tmp_path / "photos" / "cat.jpg", "")
    for store, expected in {
        "s.kg": "was written in format 99",
        "file": "is a file: a store is a folder",
        "photos": "holds something else",
        "bolt://127.0.0.1:1": "does not answer",
    }.items():
        done = kg("build", "--engine", "fast", "--store", store, "-", cwd=tmp_path, input=LINE)
        assert done.returncode == 1, store
        (line,) = [line for line in done.stderr.splitlines() if not line.startswith("store: ")]
        assert line.startswith("kg: ")
        assert expected in line
    assert sorted(path.name for path in (tmp_path / "photos").iterdir()) == ["cat.jpg"]


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="needs the device that is always full")
def test_full_disk_is_said_and_a_device_stays_one(kg: Run, tmp_path: Path) -> None:
    done = kg("read", PAGE, "-o", "/dev/full", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "kg: cannot write /dev/full: No space left on device\n"
    assert Path("/dev/full").is_char_device()


def test_extract_writes_a_line_for_each_distinct_paper_and_eval_reads_it(kg: Run, tmp_path: Path) -> None:
    done = kg("extract", "--engine", "fast", "-", PAGE, PAGE, "-o", "out.jsonl", cwd=tmp_path, input=LINE)
    assert done.returncode == 0, done.stderr
    papers = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert papers[0]["id"] == "2401.00001"
    assert [entity["name"] for entity in papers[0]["entities"] if entity["role"] == "proposes"] == ["Fern"]
    assert len(papers) == len({paper["id"] for paper in papers})
    scored = kg("eval", "out.jsonl", "--predicted", "out.jsonl", "--json", cwd=tmp_path)
    assert json.loads(scored.stdout)["entities"]["f1"] == 1.0
    tenths = json.loads(kg("eval", "out.jsonl", "--predicted", "out.jsonl", "--confidence", "--json", cwd=tmp_path).stdout)
    assert sum(each["entities"] for each in tenths) == sum(len(paper["entities"]) for paper in papers)
    assert {each["right"] for each in tenths} == {1.0}
    assert kg("eval", "out.jsonl", "--engine", "fast", "--confidence", cwd=tmp_path).stdout.split()[:4] == [
        "from",
        "entities",
        "confidence",
        "right",
    ]
    both = kg("eval", "--names", "out.jsonl", "--confidence", cwd=tmp_path)
    assert (both.returncode, "--confidence is of a GOLD file" in both.stderr) == (2, True)


def test_remove_takes_a_paper_or_a_run_back(kg: Run, tmp_path: Path) -> None:
    one = json.dumps({"id": "2401.00002", "title": "Moss", "abstract": "We propose Moss, which builds on Fern."})
    kg("build", "--engine", "fast", "--store", "a.kg", "-", cwd=tmp_path, input=LINE)
    kg("build", "--engine", "fast", "--store", "b.kg", "-", cwd=tmp_path, input=f"{one}\n{LINE}")
    assert kg("remove", "--store", "b.kg", cwd=tmp_path).returncode == 2
    assert kg("remove", "--paper", "arxiv:2401.00002", "--store", "b.kg", cwd=tmp_path).returncode == 0
    gone = kg("remove", "--paper", "arxiv:2401.00002", "--store", "b.kg", cwd=tmp_path)
    assert (gone.returncode, "nothing here has the key" in gone.stderr) == (1, True)
    kg("build", "--engine", "fast", "--store", "b.kg", "-", cwd=tmp_path, input=one)
    half = kg("remove", "--paper", "arxiv:2401.00002", "--run", "run:x", "--store", "b.kg", cwd=tmp_path)
    assert (half.returncode, half.stderr.splitlines()[1:]) == (1, ["nothing here has the key run:x", "1 papers touched"])
    dumps = [kg("export", "jsonl", "-", "--store", name, cwd=tmp_path).stdout for name in ("a.kg", "b.kg")]
    assert dumps[0] == dumps[1] != ""
    run = next(json.loads(line)["key"] for line in dumps[0].splitlines() if json.loads(line).get("label") == "ExtractionRun")
    assert kg("remove", "--run", run, "--store", "b.kg", cwd=tmp_path).returncode == 0
    left = {json.loads(line).get("label") for line in kg("export", "jsonl", "-", "--store", "b.kg", cwd=tmp_path).stdout.splitlines()}
    assert "Method" not in left
    assert "Paper" in left
