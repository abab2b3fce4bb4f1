"""The log of people's decisions as JSON Lines: readable, one decision a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from kg.errors import DecisionError
from kg.ports import Decision
from kg.schema import RESOLVED_LABELS
from kg.stores.embedded_files import write_atomically

__all__ = ["decision_lines", "decision_text", "parse_decisions", "read_decisions", "write_decisions"]

_FIELDS = {field.name: int if field.name == "number" else str for field in fields(Decision)}
_KINDS = ("same", "apart")
_SHOWN = 5
_LAST = 2**31 - 1


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a file, by number; none where there is no file. Raises DecisionError with the lines that are damaged."""
    try:
        text = decision_text(path.read_bytes())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise DecisionError(f"{path} cannot be read: it should be UTF-8 text, one JSON object a line") from error
    return parse_decisions(text.split("\n"), str(path))


def decision_text(content: bytes) -> str:
    """What is in a file of decisions. A byte that is no UTF-8 stays as half a character, by which the line that has it is known."""
    return content.decode("utf-8-sig", "surrogateescape")


def parse_decisions(lines: Iterable[str], source: str) -> list[Decision]:
    """The decisions in lines of `decision_text`, by number. Raises DecisionError, which tells each damaged line and how many are good."""
    found: dict[int, Decision] = {}
    faults: list[str] = []
    for at, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _keep(_decision(line, f"{source}:{at}"), found, f"{source}:{at}")
        except DecisionError as error:
            faults.append(str(error))
    if faults:
        more = f"; and {len(faults) - _SHOWN} lines more" if len(faults) > _SHOWN else ""
        kept = f"Good lines: {len(found)}; nothing was changed: mend or delete what is damaged"
        raise DecisionError(f"{'; '.join(faults[:_SHOWN])}{more}. {kept}")
    return [found[number] for number in sorted(found)]


def _keep(decision: Decision, found: dict[int, Decision], where: str) -> None:
    if decision.number in found:
        raise DecisionError(f"{where}: the number {decision.number} is there already; every decision has one of its own")
    found[decision.number] = decision


def _decision(line: str, where: str) -> Decision:
    if any("\udc80" <= c <= "\udcff" for c in line):
        raise DecisionError(f"{where} is no UTF-8 text")
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DecisionError(f"{where} is no JSON: one object with {', '.join(_FIELDS)} is right") from error
    if not isinstance(values, dict) or values.keys() != _FIELDS.keys():
        raise DecisionError(f"{where} is no decision: an object with exactly {', '.join(_FIELDS)} is right")
    if wrong := [name for name, kind in _FIELDS.items() if type(values[name]) is not kind]:
        raise DecisionError(f"{where}: {wrong[0]} should be {'a whole number' if wrong[0] == 'number' else 'a text'}")
    if any("\ud800" <= c <= "\udfff" for name in ("a", "b", "reason") for c in values[name]):
        raise DecisionError(f"{where} holds half of a character; a whole one is right")
    for name, valid in (("kind", _KINDS), ("label", RESOLVED_LABELS)):
        if values[name] not in valid:
            raise DecisionError(f"{where}: {name} is {values[name][:40]!r}; valid are {', '.join(valid)}")
    decision = Decision(**values)
    _check(decision, where)
    return decision


def _check(decision: Decision, where: str) -> None:
    """Raises DecisionError for what `kg names` would not take either."""
    if not 0 < decision.number <= _LAST:
        raise DecisionError(f"{where}: number should be from 1 to {_LAST}")
    if empty := [name for name in ("a", "b", "reason") if not getattr(decision, name).strip()]:
        raise DecisionError(f"{where}: {empty[0]} is empty")
    if decision.a == decision.b:
        raise DecisionError(f"{where}: a and b are one name; a decision is about two")


def decision_lines(decisions: Iterable[Decision]) -> str:
    """Decisions as the text of a file, in order."""
    ordered = sorted(decisions, key=lambda decision: decision.number)
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in ordered)


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Replace the file with these decisions, in order."""
    write_atomically(path, decision_lines(decisions))
