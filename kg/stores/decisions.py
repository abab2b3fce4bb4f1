"""The log of people's decisions as JSON Lines: readable, one decision a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

from kg.errors import DecisionError
from kg.ports import Decision
from kg.stores.embedded_files import write_atomically

__all__ = ["read_decisions", "write_decisions"]

_FIELDS = {field.name: int if field.name == "number" else str for field in fields(Decision)}


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a file, by number; none where there is no file. Raises DecisionError with the line that is damaged."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise DecisionError(f"{path} cannot be read: it should be UTF-8 text, one JSON object a line") from error
    found = [_decision(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    return sorted(found, key=lambda decision: decision.number)


def _decision(line: str, where: str) -> Decision:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise DecisionError(f"{where} is no JSON: one object with {', '.join(_FIELDS)} is right") from error
    if not isinstance(values, dict) or values.keys() != _FIELDS.keys():
        raise DecisionError(f"{where} is no decision: an object with exactly {', '.join(_FIELDS)} is right")
    if wrong := [name for name, kind in _FIELDS.items() if type(values[name]) is not kind]:
        raise DecisionError(f"{where}: {wrong[0]} should be {'a whole number' if wrong[0] == 'number' else 'a text'}")
    return Decision(**values)


def write_decisions(path: Path, decisions: Sequence[Decision]) -> None:
    """Replace the file with these decisions, in order."""
    ordered = sorted(decisions, key=lambda decision: decision.number)
    write_atomically(path, "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in ordered))
