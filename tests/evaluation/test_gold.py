import io
import json
from pathlib import Path

import pytest

from kg.errors import GoldError
from kg.evaluation.gold import as_gold, read_gold, write_gold
from kg.model import Text
from kg.testing.extractors import PAPERS, WordExtractor


def test_as_gold_round_trips_through_a_file(tmp_path: Path) -> None:
    extractor = WordExtractor({"QSN": ("METHOD", "proposes"), "SortBench": ("BENCHMARK", "evaluates_on")})
    papers = [as_gold(found, text) for found, text in zip(extractor.extract(PAPERS), PAPERS, strict=True)]
    stream = io.StringIO()
    assert write_gold(papers, stream) == 2
    path = tmp_path / "gold.jsonl"
    path.write_text(stream.getvalue() + "\n", encoding="utf-8")
    found = read_gold(path)
    assert [entity["name"] for entity in found["one"]["entities"]] == ["QSN", "SortBench"]
    assert found["one"]["entities"][0]["spans"] == [["abstract", *span] for span in [(26, 29), (105, 108)]]
    assert found["one"]["abstract"] == PAPERS[0].abstract


def test_as_gold_without_extra_holds_the_annotation_alone() -> None:
    extraction = next(iter(WordExtractor({"QSN": ("METHOD", "proposes")}).extract(PAPERS)))
    assert as_gold(extraction, extra=False)["entities"] == [{"name": "QSN", "type": "METHOD", "role": "proposes", "mentions": ["QSN"]}]


def test_as_gold_of_an_empty_text_has_four_empty_lists() -> None:
    extraction = next(iter(WordExtractor({}).extract([Text("x", "")])))
    assert as_gold(extraction) == {"id": "x", "entities": [], "results": [], "relations": [], "links": []}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON object of one line"),
        ("[]", "has no text as id"),
        ('{"id": "a", "entities": {}}', "has entities that are not a list of objects"),
        ('{"id": "a", "entities": [{"type": "METHOD", "role": "uses"}]}', "has an entity without a name"),
        ('{"id": "a", "entities": [{"name": "x", "type": "THING", "role": "uses"}]}', "valid are METHOD"),
        ('{"id": "a", "entities": [{"name": "x", "type": "TASK", "role": "uses"}]}', "valid are addresses, mentions"),
        ('{"id": "a", "entities": [{"name": "x", "type": "TASK", "role": "mentions", "mentions": [1]}]}', "neither text nor objects"),
        ('{"id": "a", "results": [{"value": "2", "kind": "absolute"}]}', "a value is a number"),
        ('{"id": "a", "results": [{"value": 2, "kind": "huge"}]}', "valid are absolute, relative"),
        ('{"id": "a", "relations": [{"head": "x", "tail": "y", "type": "LIKES"}]}', "valid are BASED_ON"),
        ('{"id": "a", "links": [{"kind": "code"}]}', "has a link without url"),
    ],
)
def test_read_gold_names_the_line_and_what_is_right(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(json.dumps({"id": "good"}) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=f"bad.jsonl:2 .*{said}"):
        read_gold(path)


def test_read_gold_refuses_a_paper_that_stands_twice(tmp_path: Path) -> None:
    path = tmp_path / "twice.jsonl"
    path.write_text('{"id": "a"}\n{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"twice\.jsonl:2 has the id 'a' of an earlier line"):
        read_gold(path)


def test_read_gold_says_which_file_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match=r"none\.jsonl cannot be read"):
        read_gold(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(GoldError, match=r"latin\.jsonl is not UTF-8 text"):
        read_gold(tmp_path / "latin.jsonl")
