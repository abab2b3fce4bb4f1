from __future__ import annotations

import io
import json

import pytest

from kg.errors import SourceError
from kg.model import Loss, Record
from kg.sources import documents
from kg.sources.documents import read_json, read_json_lines


def lines(*values: object) -> io.BytesIO:
    return io.BytesIO(b"\n".join(value if isinstance(value, bytes) else json.dumps(value).encode() for value in values))


def titles(items: list[Record | Loss]) -> list[str]:
    return [item.title for item in items if isinstance(item, Record)]


def where(items: list[Record | Loss]) -> list[str]:
    return [str(item.origin) for item in items if isinstance(item, Loss)]


A, B, C = ({"title": name, "abstract": f"About {name}."} for name in ("Alpha", "Beta", "Gamma"))


def test_read_json_lines_gives_records_with_their_lines() -> None:
    items = list(read_json_lines(lines(A, b"", B, b"  "), "f"))
    assert titles(items) == ["Alpha", "Beta"]
    assert [str(item.origin) for item in items] == ["f:1", "f:3"]


@pytest.mark.parametrize(
    "bad",
    [
        b'{"title": "Cut o',
        b"not json",
        b'{"title": "Caf\xe9", "abstract": ""}',
        b"[" * 100_000,
        b"[]",
        b'{"n": ' + b"9" * 5000 + b"}",
        b"{}",
    ],
)
def test_read_json_lines_reports_a_bad_line_and_goes_on(bad: bytes) -> None:
    items = list(read_json_lines(lines(A, bad, C), "f"))
    assert titles(items) == ["Alpha", "Gamma"]
    assert where(items) == ["f:2"]


def test_read_json_lines_reports_a_last_line_that_is_cut_off() -> None:
    whole = lines(A, B, C).getvalue()
    items = list(read_json_lines(io.BytesIO(whole[:-10]), "f"))
    assert titles(items) == ["Alpha", "Beta"]
    assert where(items) == ["f:3"]


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
@pytest.mark.parametrize(
    "cut", [b'{"title": "Alp', b'{"title": "Alp\\', b'{"title": "Alpha"', b'{"title": "Alpha", "n', b'{"a": [1, 2', b"{"]
)
def test_read_json_lines_tells_a_line_that_ends_in_the_middle_of_a_record(cut: bytes, end: bytes) -> None:
    items = list(read_json_lines(lines(A, cut + end, B), "f"))
    [loss] = [item for item in items if isinstance(item, Loss)]
    assert (str(loss.origin), titles(items)) == ("f:2", ["Alpha", "Beta"])
    assert loss.message == f"the line ends in the middle of a record, at column {len(cut)}; fetch or save it again"


def test_read_json_lines_tells_a_control_character_inside_a_line() -> None:
    [loss] = read_json_lines(lines(b'{"title": "Al\tpha"}'), "f")
    assert isinstance(loss, Loss)
    assert "Invalid control character at column 14" in loss.message


def test_read_json_lines_skips_a_line_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_LINE", 64)
    items = list(read_json_lines(lines(A, {"title": "x" * 1000}, C), "f"))
    assert titles(items) == ["Alpha", "Gamma"]
    assert where(items) == ["f:2"]


def test_read_json_lines_takes_a_byte_order_mark() -> None:
    assert titles(list(read_json_lines(io.BytesIO(b"\xef\xbb\xbf" + lines(A).getvalue()), "f"))) == ["Alpha"]


@pytest.mark.parametrize("indent", [None, 2])
def test_read_json_gives_every_object_of_a_list(indent: int | None) -> None:
    items = list(read_json(json.dumps([A, B, C], indent=indent), "f"))
    assert titles(items) == ["Alpha", "Beta", "Gamma"]
    assert [item.origin.line for item in items] == ([1, 1, 1] if indent is None else [2, 6, 10])


def test_read_json_gives_one_object() -> None:
    assert titles(list(read_json(json.dumps(A, indent=1), "f"))) == ["Alpha"]


def test_read_json_gives_every_whole_object_of_a_list_that_is_cut_off() -> None:
    text = json.dumps([A, B, C], indent=1)
    first, second = text.index("Beta"), text.index("Gamma")
    for cut in range(text.index("}") + 1, len(text)):
        items = list(read_json(text[:cut], "f"))
        assert titles(items)[:1] == ["Alpha"]
        assert len(titles(items)) >= 1 + (cut > second) + (cut > len(text) - 3) - (cut <= first)
        assert len(where(items)) == 1


def test_read_json_reports_what_stands_behind_the_end() -> None:
    items = list(read_json(json.dumps([A]) + "\n[1]", "f"))
    assert titles(items) == ["Alpha"]
    assert len(where(items)) == 1


@pytest.mark.parametrize(
    ("text", "says"), [("[]", "empty"), ("[", "empty"), ("{\n", "cut off"), ('[{"title": "A', "cut off"), ("[" * 100_000, "nested")]
)
def test_read_json_without_a_record_says_why(text: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        list(read_json(text, "f"))
    assert str(caught.value).startswith("f:")
