"""The explorer as one HTML file that works offline from a disk and can neither ask for anything nor run what a text brings."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html import escape

from kg.errors import InputError
from kg.explorer.bundle import bundle, page_file
from kg.explorer.data import page_data
from kg.graph import Graph
from kg.layout import Layout, displayed
from kg.output import Out, whole_file

__all__ = ["html_page", "write_html"]

#: Data above this many bytes are stored compressed.
_COMPRESSED = 300_000
_STYLES = ("page.css", "views.css")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def write_html(graph: Graph, out: Out, *, title: str = "Knowledge graph", note: str = "", layout: Layout | None = None) -> None:
    """Write the explorer of `graph`. `note` says where it comes from or what it leaves out."""
    page = html_page(graph, title=title, note=note, layout=layout)
    with whole_file(out) as stream:
        stream.write(page.encode())


def html_page(graph: Graph, *, title: str = "Knowledge graph", note: str = "", layout: Layout | None = None) -> str:
    """The explorer's page as text; equal graphs give equal text."""
    data = json.dumps(page_data(graph, title=title, note=note, layout=layout), ensure_ascii=False, separators=(",", ":"))
    style = "".join(page_file(name) for name in _STYLES)
    script = bundle("main")
    if "</style" in style.lower():
        raise InputError("the page's style holds </style, which would end it early in HTML")
    policy = (
        f"default-src 'none'; script-src 'sha256-{_hash(script)}'; style-src 'sha256-{_hash(style)}'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    parts = {"policy": policy, "title": escape(displayed(title)), "style": style, "script": script, "data": _block(data)}
    return re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], page_file("page.html"))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _block(data: str) -> str:
    """The data as a block that is no script: escaped JSON, or compressed where that is much smaller."""
    raw = data.encode()
    if len(raw) > _COMPRESSED:
        packed = base64.b64encode(gzip.compress(raw, compresslevel=9, mtime=0)).decode()
        return f'<script type="text/plain" id="data" data-packed="gzip">{packed}</script>'
    for sign, written in _ESCAPES.items():
        data = data.replace(sign, written)
    return f'<script type="application/json" id="data">{data}</script>'
