from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from kg.ids import paper_key
from kg.model import Loss, Origin, Record
from kg.sources import as_json
from kg.sources.objects import records_of

HERE = Origin("file", 3)

ARXIV = {
    "id": "2500.00012v2",
    "title": "Quiet Routers",
    "abstract": "Routers talk too much.\nWe make them quiet.",
    "authors": ["Ada Writer", "Bo Reader"],
    "categories": ["cs.LG", "cs.CL"],
    "comment": "9 pages",
    "listed": "2025-03-18",
}
SNAPSHOT = {
    "id": "0704.0001",
    "title": "Quiet Routers in\n  Many Lines",
    "abstract": "  Routers talk too much.\nWe make them quiet.\n",
    "authors": "Ada Writer, Bo Reader and Cy Editor",
    "authors_parsed": [["Writer", "Ada", ""], ["Reader", "Bo", "Jr"], ["Editor", "Cy", ""]],
    "categories": "hep-ph cs.LG",
    "comments": "37 pages",
    "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
    "update_date": "2008-11-26",
}
HUB = {
    "paper": {
        "id": "2500.00034",
        "authors": [{"name": "Ada Writer", "hidden": False}, {"name": "Bo Reader", "hidden": True}, {"name": "Cy Editor"}],
        "publishedAt": "2025-11-20T17:59:59.000Z",
        "submittedOnDailyAt": "2025-11-25T00:30:00.000Z",
        "title": "Loud Routers",
        "summary": "Routers talk too little.\nWe make them loud.",
        "upvotes": 0,
        "githubRepo": "https://github.com/example-lab/loud",
        "projectPage": "https://loud.example.org",
        "ai_keywords": ["router"],
    },
    "publishedAt": "2025-11-25T01:00:00.000Z",
    "title": "Loud Routers",
    "organization": {"name": "open-example", "fullname": "Open Example Lab", "avatar": "https://example.org/a.png"},
    "numComments": 2,
}


def one(value: object) -> Record:
    [record] = records_of(value, HERE)
    assert isinstance(record, Record)
    return record


def test_records_of_arxiv_metadata() -> None:
    assert one(ARXIV) == Record(
        kind="arxiv",
        title="Quiet Routers",
        abstract="Routers talk too much.\nWe make them quiet.",
        arxiv_id="2500.00012",
        authors=("Ada Writer", "Bo Reader"),
        author_count=2,
        listed=date(2025, 3, 18),
        categories=("cs.LG", "cs.CL"),
        comment="9 pages",
        url="https://arxiv.org/abs/2500.00012",
        given_id="2500.00012v2",
        origin=HERE,
    )


def test_records_of_arxiv_snapshot_undoes_its_line_breaks() -> None:
    record = one(SNAPSHOT)
    assert (record.title, record.abstract) == ("Quiet Routers in Many Lines", "Routers talk too much. We make them quiet.")
    assert record.authors == ("Ada Writer", "Bo Reader Jr", "Cy Editor")
    assert record.categories == ("hep-ph", "cs.LG")
    assert (record.published, record.updated, record.comment) == (date(2007, 4, 2), date(2008, 11, 26), "37 pages")


def test_records_of_authors_in_one_text() -> None:
    assert one({"title": "T", "authors": "Ada Writer, Bo Reader, and Cy Editor"}).authors == ("Ada Writer", "Bo Reader", "Cy Editor")


def test_records_of_hub_paper() -> None:
    assert one(HUB) == Record(
        kind="hub",
        title="Loud Routers",
        abstract="Routers talk too little. We make them loud.",
        arxiv_id="2500.00034",
        authors=("Ada Writer", "Cy Editor"),
        author_count=2,
        organization="Open Example Lab",
        organization_handle="open-example",
        published=date(2025, 11, 20),
        listed=date(2025, 11, 25),
        upvotes=0,
        url="https://huggingface.co/papers/2500.00034",
        links=("https://github.com/example-lab/loud", "https://loud.example.org"),
        given_id="2500.00034",
        origin=HERE,
    )


def test_records_of_hub_paper_by_itself() -> None:
    inner = {**HUB["paper"], "organization": HUB["organization"]}  # type: ignore[dict-item]
    assert one(inner) == one(HUB)


def test_records_of_hub_paper_agrees_with_the_hubs_own_library() -> None:
    from huggingface_hub.hf_api import PaperInfo

    info, record = PaperInfo(**json.loads(json.dumps(HUB))), one(HUB)
    assert info.title == record.title
    assert info.id == record.arxiv_id
    assert info.published_at is not None
    assert info.published_at.date() == record.published
    assert info.summary is not None
    assert info.summary.replace("\n", " ") == record.abstract
    assert info.organization is not None
    assert (info.organization.name, info.organization.fullname) == (record.organization_handle, record.organization)
    assert info.submitted_at is not None
    assert info.submitted_at.date() == record.listed


@pytest.mark.parametrize("value", [ARXIV, SNAPSHOT, HUB, {"title": "Only a title"}])
def test_as_json_reads_back(value: object) -> None:
    record = one(value)
    written = as_json(record)
    assert list(written) == [
        "key", "title", "abstract", "published", "upvotes", "author_count", "organization", "arxiv_id", "url", "source",
    ]  # fmt: skip
    assert written["key"] == paper_key(record.arxiv_id, record.title)
    back = one(json.loads(json.dumps(written)))
    assert as_json(back) == written


def test_as_json_of_a_listing_has_null_where_the_page_has_nothing() -> None:
    written = as_json(Record("listing", "A Title", "An abstract."))
    assert {name for name, value in written.items() if value is None} == {
        "published", "upvotes", "author_count", "organization", "arxiv_id", "url",
    }  # fmt: skip
    assert written["source"] == "listing"


def test_records_of_keeps_a_given_id_that_is_none_of_arxiv() -> None:
    record = one({"id": "hf-0a1b", "title": "T", "abstract": "A."})
    assert (record.given_id, record.arxiv_id, record.kind) == ("hf-0a1b", None, "listing")


def test_records_of_replaces_what_no_text_may_hold() -> None:
    record = one(json.loads('{"title": "A\\u0000B\\ud800C", "abstract": "D\\u001bE\\tF\\nG"}'))
    assert (record.title, record.abstract) == ("A\ufffdB\ufffdC", "D\ufffdE\tF\nG")


@pytest.mark.parametrize(
    ("field", "value", "right"),
    [
        ("listed", "2025-13-45", "a date like"),
        ("listed", 20250318, "a date like"),
        ("abstract", ["A."], "a text"),
        ("authors", {"name": "Ada"}, "a list"),
        ("upvotes", -1, "a whole number"),
        ("upvotes", True, "a whole number"),
    ],
)
def test_records_of_reports_a_field_of_the_wrong_form_and_reads_the_rest(field: str, value: object, right: str) -> None:
    if field == "upvotes":
        record, *losses = records_of({**HUB, "paper": {**HUB["paper"], "upvotes": value}}, HERE)  # type: ignore[dict-item]
    else:
        record, *losses = records_of({**ARXIV, field: value}, HERE)
    assert isinstance(record, Record)
    [loss] = losses
    assert isinstance(loss, Loss)
    assert loss.message.startswith(f"{field} is ")
    assert right in loss.message
    assert loss.origin == HERE


@pytest.mark.parametrize(
    "value", [None, 7, "text", [], {}, {"title": ""}, {"title": " \n"}, {"title": None, "abstract": "A."}, {"title": 7}, {"paper": {}}]
)
def test_records_of_nothing_is_a_loss_that_says_what_is_right(value: object) -> None:
    [loss] = records_of(value, HERE)
    assert isinstance(loss, Loss)
    assert not loss.furniture
    assert "a record is an object with a" in loss.message


def test_as_json_keeps_organization_of_a_listing() -> None:
    record = Record("listing", "T", "A.", organization="Open Example Lab", organization_handle="open-example")
    assert one(as_json(record)) == replace(record, organization_handle=None, origin=HERE)
