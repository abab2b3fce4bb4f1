"""The commands that ask a store: their rows in every format, their words, their limits."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from neo4j import GraphDatabase

KG = Path(sys.executable).with_name("kg")
Run = Callable[..., "subprocess.CompletedProcess[str]"]
COUNT = "MATCH (p:Paper) RETURN count(p) AS papers"


def test_stats_count_labels_and_types(kg: Run, examples: Path) -> None:
    done = kg("stats", "--format", "json", cwd=examples)
    counts = {(row["what"], row["kind"]): row["count"] for row in json.loads(done.stdout)}
    assert counts["node", "Paper"] >= 40
    assert counts["relationship", "PROPOSES"] > 0
    assert done.stderr == "store: papers.kg\n"


def test_rows_are_the_same_in_every_format(kg: Run, examples: Path) -> None:
    as_json = json.loads(kg("query", "benchmarks_by_use", "limit=3", "--format", "json", cwd=examples).stdout)
    as_csv = list(csv.DictReader(io.StringIO(kg("query", "benchmarks_by_use", "limit=3", "--format", "csv", cwd=examples).stdout)))
    as_table = kg("query", "benchmarks_by_use", "limit=3", cwd=examples).stdout.splitlines()
    assert len(as_json) == len(as_csv) == len(as_table) - 2 == 3
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in as_json] == as_csv
    assert as_table[0].split() == [*as_json[0]]
    assert all(str(row["benchmark"]) in line for row, line in zip(as_json, as_table[2:], strict=True))


def test_query_without_a_name_lists_what_there_is(kg: Run, tmp_path: Path) -> None:
    listed = json.loads(kg("query", "--format", "json", cwd=tmp_path).stdout)
    assert len(listed) >= 30
    assert all(query["purpose"] and query["columns"] for query in listed)
    assert kg("query", cwd=tmp_path).stdout.startswith("name ")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["query", "no_such"], "valid are"),
        (["query", "benchmarks_by_use", "limit"], "write NAME=VALUE"),
        (["query", "benchmarks_by_use", "limit=many"], "should be a whole number"),
        (["query", "benchmarks_by_use", "top=3"], "'top' is unknown"),
        (["query", "benchmarks_by_use", "limit=-1"], "should be a whole number from 0"),
        (["cypher", "RETURN $x", "x=99999999999999999999999"], "parameter x should hold whole numbers"),
        (["cypher", "RETURN $x", r'x="\ud800"'], "parameter x should be Unicode text"),
        (["cypher", "MATCH (n RETURN n"], "kg: "),
        (["cypher", "MATCH (p:Paper) DETACH DELETE p"], "kg: "),
        (["export", "gif", "out.gif"], "valid are csv"),
        (["export", "html", "out.html", "--around", "No Such Thing"], "nothing in this graph is called"),
    ],
)
def test_wrong_question_is_one_sentence_and_two(kg: Run, examples: Path, words: list[str], expected: str) -> None:
    done = kg(*words, cwd=examples)
    assert done.returncode == 2
    assert done.stdout == ""
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_refused_write_changed_nothing(kg: Run, examples: Path) -> None:
    before = kg("cypher", COUNT, cwd=examples).stdout
    kg("cypher", "MATCH (p:Paper) DETACH DELETE p", cwd=examples)
    assert kg("cypher", COUNT, cwd=examples).stdout == before


def test_cypher_takes_parameters_and_standard_input(kg: Run, examples: Path) -> None:
    done = kg("cypher", "-", "n=2", "word=2x", "--format", "json", input="RETURN $n + 1 AS number, $word AS word", cwd=examples)
    assert json.loads(done.stdout) == [{"number": 3, "word": "2x"}]


def test_row_limit_is_announced(kg: Run, examples: Path) -> None:
    done = kg("cypher", "MATCH (p:Paper) RETURN p.key AS key ORDER BY key", "--rows", "2", "--format", "csv", cwd=examples)
    assert len(done.stdout.splitlines()) == 3
    assert "only the first 2 rows are shown" in done.stderr


def test_table_shows_nothing_that_acts_on_a_terminal(kg: Run, examples: Path) -> None:
    done = kg("cypher", "RETURN 'a' + $bell + 'b' AS text", f"bell={json.dumps(chr(27) + '[31m' + chr(0x202E))}", cwd=examples)
    assert done.stdout.splitlines()[2] == "a�[31mb"


def test_find_gives_the_card_in_any_spelling(kg: Run, examples: Path) -> None:
    as_text = kg("find", "gsm-8k", cwd=examples).stdout
    assert as_text.startswith("GSM8K  [Benchmark]\n")
    assert "EVALUATED_ON" in as_text
    (card,) = json.loads(kg("find", "GSM8K", "--format", "json", cwd=examples).stdout)
    assert card["kind"] == "Benchmark"
    assert all(row["evidence"] for row in card["facts"])


def test_find_says_when_nothing_has_that_name(kg: Run, examples: Path) -> None:
    done = kg("find", "No Such Thing", cwd=examples)
    assert (done.returncode, done.stdout) == (0, "")
    assert "nothing here is called 'No Such Thing'" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("find", "GSM8K dataset"),
        ("why", "GSM8K dataset", "MATH"),
        ("why", "GSM8K dataset", "GSM8K dataset"),
        ("query", "results_on_benchmark", "benchmark=GSM8K dataset"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_what_it_resembles(kg: Run, examples: Path, words: tuple[str, ...]) -> None:
    done = kg(*words, cwd=examples)
    assert done.returncode == 0
    assert "nothing here is called 'GSM8K dataset'; perhaps GSM8K\n" in done.stderr
    assert done.stderr.count("nothing here") == 1


@pytest.mark.parametrize("paper", ["2499.99999", "GSM8K"])
def test_a_paper_that_is_not_there_is_told(kg: Run, examples: Path, paper: str) -> None:
    done = kg("query", "results_of_paper", f"paper={paper}", cwd=examples)
    assert done.returncode == 0
    assert f"no paper here is called {paper!r}\n" in done.stderr


def test_names_that_are_there_are_not_called_unknown(kg: Run, examples: Path) -> None:
    done = kg("query", "results_on_benchmark", "benchmark=LoRA", cwd=examples)
    assert (done.returncode, "nothing here" in done.stderr) == (0, False)


def test_why_gives_the_sentence(kg: Run, examples: Path) -> None:
    (first, *_) = json.loads(kg("why", "GSM8K", "MATH", "--format", "json", cwd=examples).stdout)
    assert "GSM8K" in first["steps"][0]["evidence"]
    assert "GSM8K" in kg("why", "GSM8K", "MATH", cwd=examples).stdout


def test_check_finds_a_built_graph_in_order(kg: Run, examples: Path) -> None:
    done = kg("check", cwd=examples)
    assert (done.returncode, done.stdout) == (0, "")


def test_schema_needs_no_store(kg: Run, tmp_path: Path) -> None:
    done = kg("schema", cwd=tmp_path)
    assert done.returncode == 0
    assert "PROPOSES" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["html", "pyvis", "jsonl", "graphml"])
def test_export_writes_a_file_and_prints_its_path(kg: Run, examples: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / "deep" / f"graph.{form}"
    done = kg("export", form, out, "--around", "GSM8K", cwd=examples)
    assert done.stdout == f"{out}\n"
    assert out.stat().st_size > 1000
    assert "left out" in done.stderr or "leaves out" in done.stderr


def test_export_takes_what_a_query_answers(kg: Run, examples: Path) -> None:
    done = kg("export", "jsonl", "-", "--query", "papers_evaluating_on", "benchmark=GSM8K", "--hops", "0", cwd=examples)
    asked = kg("query", "papers_evaluating_on", "benchmark=GSM8K", "--format", "json", cwd=examples)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    papers = {line["key"] for line in lines if line.get("label") == "Paper"}
    assert papers == {row["paper"] for row in json.loads(asked.stdout)}
    assert "left out are" in done.stderr
    wrong = kg("export", "jsonl", "-", "benchmark=GSM8K", cwd=examples)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "--query" in wrong.stderr


def test_export_to_standard_output_is_the_dump(kg: Run, examples: Path, tmp_path: Path) -> None:
    piped = kg("export", "jsonl", "-", cwd=examples).stdout
    kg("export", "jsonl", tmp_path / "dump.jsonl", cwd=examples)
    assert piped == (tmp_path / "dump.jsonl").read_text("utf-8")
    assert all(json.loads(line)["kind"] in {"node", "relationship"} for line in piped.splitlines())


def test_bolt_lets_a_driver_in_to_read(examples: Path) -> None:
    with subprocess.Popen([KG, "bolt", "--json"], cwd=examples, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        access = json.loads(process.stdout.readline())
        with GraphDatabase.driver(access["uri"], auth=(access["username"], access["password"])) as driver:
            (record,) = driver.execute_query(COUNT, database_=access["database"]).records
            assert record["papers"] >= 40
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
