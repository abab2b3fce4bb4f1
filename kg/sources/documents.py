"""JSON as it comes: one object a line, or one document with a list of them. Both give every whole object of a damaged input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import SourceError
from kg.model import Loss, Origin, Record
from kg.sources.objects import records_of

__all__ = ["MAX_LINE", "read_json", "read_json_lines"]

#: Bytes of one line; a longer one is no record.
MAX_LINE = 16 << 20
_SPACE = " \t\r\n"


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at column {error.colno}"
    return "it is nested too deep" if isinstance(error, RecursionError) else str(error)


def _damage(error: Exception, text: str) -> str:
    """What is wrong with a line that is no JSON."""
    is_cut = isinstance(error, json.JSONDecodeError) and (error.msg.startswith("Unterminated string") or error.pos >= len(text.rstrip()))
    if is_cut:
        return f"the line ends in the middle of a record, at column {len(text)}; fetch or save it again"
    return f"is no whole JSON object ({_reason(error)}); each line is one object from {{ to }}"


def read_json_lines(stream: BinaryIO, source: str) -> Iterator[Record | Loss]:
    """One record for each line that holds an object, in flat memory. Lines are UTF-8."""
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        origin = Origin(source, number)
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
            yield Loss(origin, f"the line is longer than {MAX_LINE >> 20} MiB; a record is one JSON object a line")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            yield Loss(origin, f"byte {error.start + 1} of the line is not UTF-8; JSON Lines are UTF-8 text")
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            yield Loss(origin, _damage(error, text))
        else:
            yield from records_of(value, origin)


def read_json(text: str, source: str) -> Iterator[Record | Loss]:
    """The records of a document: a list of objects, or one object."""
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip("\ufeff" + _SPACE))
    many = text[start : start + 1] == "["
    position, line, seen = start + many, 1, 0
    counted = 0
    while True:
        while position < len(text) and text[position] in _SPACE + ("," if many and seen else ""):
            position += 1
        line += text.count("\n", counted, position)
        counted = position
        if position >= len(text) or text[position] == "]":
            break
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            message = f"the JSON is broken or cut off here ({_reason(error)}); fetch or save it again"
            if not seen:
                raise SourceError(f"{source}:{line}: {message}") from error
            yield Loss(Origin(source, line), message)
            return
        seen += 1
        yield from records_of(value, Origin(source, line))
        if not many:
            break
    closed = not many or text[position : position + 1] == "]"
    if not seen:
        raise SourceError(f"{source}: the list in it is empty; the hub gives one for a day without papers")
    if not closed:
        yield Loss(Origin(source, line), "the JSON is cut off before the end of its list; fetch or save it again")
    elif text[position + many :].strip():
        yield Loss(Origin(source, line), "something stands behind the end of the JSON; a document is one list or one object")
