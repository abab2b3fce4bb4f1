import pytest

from extractors.links import links
from extractors.reading import Reading
from kg.model import Text


def found(abstract: str, title: str = "") -> list[tuple[str, str, str]]:
    return [(link.url, link.kind, link.role) for link in links(Reading.of(Text("x", title, abstract)))]


@pytest.mark.parametrize(
    ("abstract", "url"),
    [
        ("Code: https://github.com/me/tool.", "https://github.com/me/tool"),
        ("Code (github.com/me/tool) is out.", "https://github.com/me/tool"),
        (r"See \url{https://github.com/me/my\_tool}.", "https://github.com/me/my_tool"),
        ("See [code](https://github.com/me/tool).", "https://github.com/me/tool"),
        ("Code at https://github. com/me/tool", "https://github.com/me/tool"),
        ("Code at https : //github.com/me/tool now", "https://github.com/me/tool"),
        ("Code at https://github.com/me/ tool", "https://github.com/me/tool"),
        ("Demo: www.example.org/a_(b).", "https://www.example.org/a_(b)"),
        ("Demo: me.github.io/page, and more", "https://me.github.io/page"),
    ],
)
def test_links_cleans_addresses(abstract: str, url: str) -> None:
    assert [each[0] for each in found(abstract)] == [url]


@pytest.mark.parametrize(
    ("abstract", "kind", "role"),
    [
        ("Our code is at https://gitlab.com/me/tool", "code", "official"),
        ("Data: https://huggingface.co/datasets/me/data", "dataset", "official"),
        ("Weights: https://huggingface.co/me/model", "model", "official"),
        ("Our demo is at https://tool.example.org", "project", "official"),
        ("It extends work (https://arxiv.org/abs/2401.00001)", "paper", "related"),
        ("Our data set is released at https://doi.org/10.5281/zenodo.1", "dataset", "official"),
    ],
)
def test_links_says_kind_and_role(abstract: str, kind: str, role: str) -> None:
    assert [each[1:] for each in found(abstract)] == [(kind, role)]


def test_links_gives_each_address_once_with_its_sentence() -> None:
    text = Text("x", "", "First. Code: https://github.com/me/tool. Again https://www.github.com/me/tool.git here.")
    (link,) = links(Reading.of(text))
    assert link.evidence.text == "Code: https://github.com/me/tool."
    assert text.abstract[link.evidence.mention_start : link.evidence.mention_end] == "https://github.com/me/tool"


@pytest.mark.parametrize("abstract", ["", "http://", "https://...", "www.", "me@example.org", "see github.com/", "https://[::1"])
def test_links_takes_no_broken_address(abstract: str) -> None:
    assert found(abstract) == []
