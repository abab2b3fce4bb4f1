"""Keys: stable, deterministic, the same on every machine.

Keys of names are folded text; what identifies many values is a hash of their canonical JSON.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from kg.model import Result, Run

__all__ = [
    "MAX_KEY",
    "arxiv_id",
    "digest",
    "fold",
    "name_key",
    "node_key",
    "paper_key",
    "repository_key",
    "resource_key",
    "resource_kind",
    "result_key",
    "run_key",
    "squeeze",
    "title_key",
]

#: Characters of a key; a longer one is cut and ends in a hash (Neo4j refuses index entries near 9,000 bytes).
MAX_KEY = 200

_ARXIV = re.compile(
    r"(?:arxiv:|(?:arxiv\.org|huggingface\.co)/(?:abs|pdf|html|papers)/|^)\s*"
    r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?\s*$",
    re.IGNORECASE,
)
_DASHES = re.compile(r"[\s\-_‐-―−/]+")
_JOINTS = re.compile(r"[\s\-_‐-―−]+")
_LATEX = re.compile(r"\\(?:emph|text(?:bf|it|sc|tt|rm|sf)?|mathrm|mathbf|mathcal)\b|[{}$\\^]")
_REPOSITORY_HOSTS = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "git.sr.ht", "sourceforge.net")


def digest(*values: object, length: int = 16) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the values as canonical JSON."""
    text = json.dumps(values, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:length]


def node_key(text: str) -> str:
    """`text` as a key: at most MAX_KEY characters, the longer cut and told apart by a hash."""
    return text if len(text) <= MAX_KEY else f"{text[: MAX_KEY - 17]}~{digest(text)}"


def fold(text: str) -> str:
    """A name for comparing: NFKC, lower case, LaTeX markup dropped, dashes and underscores as one space.

    What tells things apart stays: digits, `+`, `.`, `@`, `*`, other scripts. Plurals and spelling are the resolver's business.
    """
    spaced = text.replace("-", " ").replace("_", " ").replace("/", " ")
    if spaced.isascii() and "  " not in spaced and spaced.replace(" ", "").replace(".", "").isalnum():
        return spaced.lower().strip(" .")
    text = unicodedata.normalize("NFKC", _LATEX.sub("", text)).casefold()
    return _DASHES.sub(" ", text).strip(" .,;:'\"()[]") or text.strip()


def squeeze(text: str) -> str:
    """Lower case without spaces, dashes and underscores: what a Name node is found by.

    Plain Cypher gives the same for ASCII: `toLower(replace(replace(replace($text, ' ', ''), '-', ''), '_', ''))`.
    """
    if text.isascii() and text.isprintable():
        return text.replace(" ", "").replace("-", "").replace("_", "").lower() or text.strip()
    normal = unicodedata.normalize("NFKC", text)
    return _JOINTS.sub("", normal).lower() or normal.strip()


def name_key(label: str, surface: str) -> str:
    """The key of the Name node of a surface: label and squeezed surface."""
    return node_key(f"{label}:{squeeze(surface)}")


def arxiv_id(text: str) -> str | None:
    """The arXiv identifier in an id, address or `arxiv:` key, without its version; None where there is none."""
    found = _ARXIV.search(text.strip())
    return found.group(1).lower() if found else None


def paper_key(arxiv: str | None, title: str) -> str:
    """`arxiv:` and the id where it is known, else `title:` and a hash of the normalised title."""
    return f"arxiv:{arxiv}" if arxiv else title_key(title)


def title_key(title: str) -> str:
    """`title:` and a hash of the title without case, accents, markup, spaces and punctuation."""
    text = unicodedata.normalize("NFKD", _LATEX.sub("", title)).casefold()
    kept = "".join(c for c in text if c.isalnum())
    return f"title:{digest(kept or title)}"


def result_key(paper: str, result: Result, ordinal: int) -> str:
    """The key of a Result: paper, field, offsets, value, unit, metric and the ordinal among equal ones."""
    evidence = result.evidence
    return "result:" + digest(
        paper, evidence.field, evidence.mention_start, evidence.mention_end,
        float(result.value), result.unit, result.metric, ordinal,
    )  # fmt: skip


def run_key(run: Run) -> str:
    """The key of an ExtractionRun: extractor, version, components, weights and settings; never inputs or the clock."""
    return f"run:{digest(run.extractor, run.version, run.components, run.weights, dict(run.settings))}"


def resource_key(url: str) -> str:
    """An address without scheme, `www.`, query tracking, trailing slash and case of the host."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/").removesuffix(".git")
    return node_key(f"{host}{path}{'?' + parts.query if parts.query else ''}{'#' + parts.fragment if parts.fragment else ''}")


def repository_key(url: str) -> str | None:
    """`host/owner/name` in lower case of a repository's address; None where the address is no repository."""
    parts = urlsplit(url if "//" in url else f"https://{url}")
    host = (parts.hostname or "").removeprefix("www.")
    pieces: Sequence[str] = [piece for piece in parts.path.split("/") if piece]
    if host not in _REPOSITORY_HOSTS or len(pieces) < 2:
        return None
    return node_key("/".join([host, pieces[0], pieces[1].removesuffix(".git")]).lower())


#: What an address is, by its host or the start of its path; the first that fits.
_RESOURCES = (
    (
        "dataset",
        re.compile(
            r"huggingface\.co/(datasets|collections)/|zenodo\.org|kaggle\.com/(datasets|c|competitions)/|figshare\.com|physionet\.org"
        ),
    ),
    ("project", re.compile(r"huggingface\.co/spaces/|[^/]+\.github\.io|[^/]+\.gitlab\.io|sites\.google\.com")),
    ("paper", re.compile(r"arxiv\.org|doi\.org|openreview\.net|aclanthology\.org|huggingface\.co/papers/|[^/]*/[^?#]*\.pdf$")),
    ("model", re.compile(r"huggingface\.co/[^/]+(/|$)|modelscope\.cn/models/")),
)


def resource_kind(url: str) -> str:
    """What an address is: code, dataset, project, model, paper or other; by the address alone."""
    if repository_key(url):
        return "code"
    key = resource_key(url).lower()
    return next((kind for kind, pattern in _RESOURCES if pattern.match(key)), "other")
