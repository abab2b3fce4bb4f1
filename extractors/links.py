"""Web addresses as texts give them: bare, in LaTeX or markdown, broken by spaces, followed by punctuation; with kind and role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from extractors.reading import FIELDS, Reading
from kg.model import Field, Link, LinkKind

__all__ = ["links"]

_HOSTS = (
    *("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "huggingface.co", "hf.co", "zenodo.org", "kaggle.com"),
    *("arxiv.org", "doi.org", "modelscope.cn", "anonymous.4open.science", "osf.io", "sites.google.com", "youtu.be", "openreview.net"),
)
#: One of these stands in every text that has an address: looked for first, as that is quicker.
_SIGNS = ("http", "www.", ".github.io", ".gitlab.io", *_HOSTS)
#: Where an address begins: a scheme (with the space that line breaks leave), `www.`, a known host with a path, a page of a known page host.
_START = re.compile(
    rf"(?P<scheme>https?\s?:\s?/\s?/\s?)(?=[\w\[])|(?<![\w@./])(?:(?=www\.\w)|(?=(?:{'|'.join(map(re.escape, _HOSTS))})/[\w.\-])|(?=[a-z0-9][a-z0-9\-]{{0,60}}\.(?:github|gitlab)\.io\b))",
    re.IGNORECASE,
)
_BODY = re.compile(r"(?:\\[_%#&~$-]|\$[_-]\$|\{[_~-]\}|[^\s<>\"{}|\\^`“”‘’«»]){1,1000}")
_BROKEN_HOST = re.compile(r"(?:www\.)?(?:github|huggingface|gitlab)(?:\.? (?:com|co)|\. ?(?:com|co))/ ?", re.IGNORECASE)
_REST = re.compile(r" ([\w][\w.\-]*)")
_CLOSING = ".,;:!?'\"*_~…"
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}

_CODE_HOST = re.compile(
    r"(?:^|\.)(?:github\.com|gitee\.com|bitbucket\.org|codeberg\.org|anonymous\.4open\.science|sourceforge\.net|git\.sr\.ht)$|^(?:git|gitlab|github)\."
)
_HUB = ("huggingface.co", "hf.co", "modelscope.cn", "www.modelscope.cn")
_DATA_HOST = re.compile(
    r"(?:^|\.)(?:zenodo\.org|kaggle\.com|figshare\.com|roboflow\.com|physionet\.org|openneuro\.org|osf\.io|dataverse\.\w+|rodare\.hzdr\.de|openml\.org|data\.\w+\.\w+)$"
)
_PAPER_HOST = re.compile(
    r"(?:^|\.)(?:arxiv\.org|openreview\.net|aclanthology\.org|papers\.nips\.cc|proceedings\.mlr\.press|thecvf\.com|ieeexplore\.ieee\.org|dl\.acm\.org|link\.springer\.com|nature\.com|sciencedirect\.com|biorxiv\.org|ssrn\.com)$"
)
_STORE_HOST = re.compile(r"^(?:apps\.apple\.com|play\.google\.com|wandb\.ai|twitter\.com|x\.com|discord\.gg|.*\.wikipedia\.org)$")
_DATA_DOI = re.compile(r"10\.(?:5281/zenodo|6084|4121|7910|14279|57967|21227|17632|25452|13026|18112|34740|48550/data)")
_SAYS_CODE = re.compile(r"\b(?:source code|codes?|codebase|implementations?|scripts|repository|toolkit|software)\b", re.IGNORECASE)
_SAYS_DATA = re.compile(r"\b(?:data ?sets?|corpus|corpora|benchmark data|data|annotations)\b", re.IGNORECASE)
_SAYS_MODEL = re.compile(r"\b(?:models?|weights|checkpoints?)\b", re.IGNORECASE)
_OURS = re.compile(
    r"\b(?:our|available|availability|releas\w+|open-?sourc\w+|code|codes|project|website|web ?page|homepage|demo|supplementary|access\w*|found at|hosted|visit|see|maintain)\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(r"\b(?:adopted by|based on|built on|using the|used the|the dataset [\w-]+ \($|leaderboard|ranks)", re.IGNORECASE)


def links(reading: Reading) -> tuple[Link, ...]:
    """Every address of the title and the abstract, once each, in text order."""
    found: dict[str, Link] = {}
    for name in FIELDS:
        for url, start, end in _addresses(reading.text.field(name)):
            key = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").removesuffix(".git").lower()
            if key not in found:
                found[key] = _link(reading, name, url, (start, end))
    return tuple(found.values())


def _addresses(text: str) -> Iterator[tuple[str, int, int]]:
    position = 0
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return
    while (opening := _START.search(text, position)) is not None:
        start, begin = opening.start(), opening.end()
        broken = _BROKEN_HOST.match(text, begin) if opening.group("scheme") else None
        body = _BODY.match(text, broken.end() if broken else begin)
        if body is None:
            position = max(begin, start + 1)
            continue
        raw = _trim(text[begin : body.end()] if broken is None else broken.group().replace(" ", "") + body.group())
        end = body.end() - (len(body.group()) - len(_trim(body.group())))
        joined = _joined(raw, text, end)
        if joined is not None:
            raw, end = joined
        position = max(end, start + 1)
        url = _clean(raw, opening.group("scheme") or "https://")
        if url is not None:
            yield url, start, end


def _trim(raw: str) -> str:
    """Without closing punctuation and closing brackets that were not opened inside."""
    if (fold := raw.find("](")) >= 0:
        raw = raw[:fold]
    while raw:
        last = raw[-1]
        if last in _CLOSING or (last in _BRACKETS and raw.count(last) > raw.count(_BRACKETS[last])) or raw.endswith(("\\", "$", "(", "[")):
            raw = raw[:-1]
        else:
            break
    return raw


def _joined(raw: str, text: str, end: int) -> tuple[str, int] | None:
    """A repository's address that a space cut in two: after the owner's slash or at a hyphen of the name."""
    host, _, path = raw.partition("/")
    if not _CODE_HOST.search(host.lower()):
        return None
    cut = (path.endswith("/") and path.count("/") == 1) or (path.endswith("-") and path.count("/") == 1)
    rest = _REST.match(text, end) if cut else None
    if rest is None or (path.endswith("/") and rest.group(1).lower() in {"and", "for", "to", "with", "in", "as"}):
        return None
    name = rest.group(1).rstrip(".-")
    return raw + name, rest.start(1) + len(name)


def _clean(raw: str, scheme: str) -> str | None:
    raw = re.sub(r"\\([_%#&~$-])|\$([_-])\$|\{([_~-])\}", lambda m: m.group(1) or m.group(2) or m.group(3), raw)
    try:
        host = urlsplit("//" + raw).hostname or ""
    except ValueError:
        return None
    if not re.search(r"[\w\-]\.[^\W\d]{2,}$|^localhost$|^\d+(?:\.\d+){3}$", host):
        return None
    return re.sub(r"\s", "", scheme).lower() + raw


def _link(reading: Reading, name: Field, url: str, span: tuple[int, int]) -> Link:
    evidence = reading.evidence(name, *span)
    before = reading.text.field(name)[max(evidence.start, span[0] - 160) : span[0]]
    kind = _kind(url, before)
    theirs = kind == "paper" or (_THEIRS.search(before) is not None and _OURS.search(before) is None)
    confidence = 0.99 if kind in {"code", "dataset"} else 0.95
    return Link(url, kind, "related" if theirs else "official", evidence, confidence)


def _kind(url: str, before: str) -> LinkKind:
    parts = urlsplit(url)
    host, path = (parts.hostname or "").lower(), parts.path
    if host in _HUB or host.endswith(".hf.space") or host.startswith("hf."):
        return _hub_kind(path, before)
    if _CODE_HOST.search(host):
        return "code"
    if _DATA_HOST.search(host) or (host.endswith("doi.org") and _DATA_DOI.search(path)):
        return "code" if _SAYS_CODE.search(before) and not _SAYS_DATA.search(before) else "dataset"
    if host.endswith("doi.org"):
        nearest = _nearest(before)
        return nearest if nearest in {"dataset", "code"} else "paper"
    if _PAPER_HOST.search(host):
        return "paper"
    if _STORE_HOST.search(host):
        return "other"
    return "dataset" if "/datasets/" in path else "project"


def _hub_kind(path: str, before: str) -> LinkKind:
    pieces = [piece for piece in path.split("/") if piece]
    first = pieces[0] if pieces else ""
    if first == "datasets":
        return "dataset"
    if first in {"spaces", "blog", "docs"} or not pieces:
        return "project" if first == "spaces" and _OURS.search(before) else "other"
    if first == "papers":
        return "paper"
    if first == "collections" or len(pieces) == 1:
        return "dataset" if _nearest(before) == "dataset" and not _SAYS_MODEL.search(before) else "model"
    return "model"


def _nearest(before: str) -> LinkKind:
    """What the words before an address say that it holds; the nearest one where several do."""
    last: list[tuple[int, LinkKind]] = []
    for pattern, kind in ((_SAYS_CODE, "code"), (_SAYS_DATA, "dataset"), (_SAYS_MODEL, "model")):
        last += [(found.end(), kind) for found in pattern.finditer(before)]  # type: ignore[misc]
    return max(last)[1] if last else "project"
