"""Text that XML 1.0 can hold."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

__all__ = ["attribute", "content"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def content(text: str) -> str:
    """`text` between tags. What XML 1.0 forbids becomes U+FFFD; carriage returns are written so that readers keep them."""
    return escape(_FORBIDDEN.sub("�", text), {"\r": "&#13;"})


def attribute(text: str) -> str:
    """`text` as a quoted attribute value; line ends and tabs are written so that readers keep them."""
    return quoteattr(_FORBIDDEN.sub("�", text), {"\r": "&#13;", "\n": "&#10;", "\t": "&#9;"})
