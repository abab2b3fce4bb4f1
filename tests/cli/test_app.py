"""The command line as a program: its help, its exit statuses, what it imports."""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kg.cli.app import COMMANDS, cli

KG = Path(sys.executable).with_name("kg")
FOLDER = Path(__file__).parents[2] / "kg" / "cli" / "commands"
#: What must not be imported before a command needs it.
HEAVY = {"arcadedb_embedded", "feedparser", "httpx", "huggingface_hub", "neo4j", "networkx", "numpy", "onnxruntime", "pandas"}
HEAVY |= {"pyarrow", "rich", "spacy"}


def run(*words: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([KG, *words], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def test_help_lists_every_command_and_no_other() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert {path.stem for path in FOLDER.glob("*.py")} - {"__init__"} == {*COMMANDS}
    for name, summary in COMMANDS.items():
        assert f"  {name:<7}  {summary}" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_command_says_in_its_help_what_the_list_says(name: str) -> None:
    found = command(name)
    assert found.name == name
    assert (found.help or "").splitlines()[0] == COMMANDS[name]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_and_command_has_help(name: str) -> None:
    found = command(name)
    parts = [found, *(found.commands.values() if isinstance(found, click.Group) else ())]
    for part in parts:
        assert part.help
        assert [option.name for option in part.params if isinstance(option, click.Option) and not option.help] == []


def test_import_and_commands_load_nothing_heavy() -> None:
    names = json.dumps([*COMMANDS])
    code = f"import importlib, sys, kg.cli\nfor name in {names}: importlib.import_module('kg.cli.commands.' + name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY & {name.split(".")[0] for name in loaded} == set()
    assert "kg.api" not in loaded


def test_help_takes_at_most_six_bare_starts() -> None:
    def seconds(*words: str | Path) -> float:
        start = time.perf_counter()
        subprocess.run(words, capture_output=True, check=True)
        return time.perf_counter() - start

    ratios = [seconds(KG, "--help") / seconds(sys.executable, "-c", "pass") for _ in range(15)]
    assert sorted(ratios)[len(ratios) // 2] < 6


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nothing"], "No such command 'nothing'; there are build, read,"),
        (["find"], "Missing argument"),
        (["query", "--format", "xml"], "'xml' is not one of"),
        (["build", "x", "--no-such-option"], "No such option"),
        (["remove"], "say what to withdraw"),
        (["build", "x", "--bulk", "files", "--store", "papers.kg"], "--bulk writes files and no store"),
        (["build", "x", "--bulk", "files", "--into-existing"], "--bulk writes files and no store"),
        (["check", "--store", "http://x"], "begins with bolt://, bolt+s://"),
        (["check", "--store", "nope://x"], "begins with bolt://, bolt+s://"),
        (["check", "--store", "bolt://x:abc"], "such as bolt://localhost:7687"),
    ],
)
def test_wrong_call_leaves_with_two_and_says_what_is_right(words: list[str], expected: str, tmp_path: Path) -> None:
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert expected in done.stderr
    assert "Warning" not in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_version_is_the_one_of_the_package() -> None:
    assert run("--version").stdout == f"paperkg, version {importlib.import_module('kg').__version__}\n"


def test_store_that_is_not_there_is_not_made_to_be_read(tmp_path: Path) -> None:
    done = run("stats", "--store", "missing.kg", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "kg: there is no store at missing.kg: build one first, or name the folder of one\n"
    assert list(tmp_path.iterdir()) == []


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    page = tmp_path / "many.jsonl"
    papers = ({"id": f"2401.{number:05}", "title": f"Paper {number}", "abstract": "Text. " * 50} for number in range(5000))
    page.write_text("".join(json.dumps(paper) + "\n" for paper in papers))
    with subprocess.Popen([KG, "read", page], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(30) == 141


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted_command_leaves_without_a_traceback(sent: signal.Signals, status: int) -> None:
    with subprocess.Popen([KG, "read", "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdin
        process.stdin.write('{"title": "Fern"}\n' * 20_000)  # more than a pipe holds: once it is written, the command reads
        process.stdin.flush()
        process.send_signal(sent)
        _, said = process.communicate(timeout=30)
        assert process.returncode == status
        assert "Traceback" not in said
