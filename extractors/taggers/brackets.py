"""Spans that begin or end inside a bracket or a formula, made whole: no name holds half a pair."""

from __future__ import annotations

__all__ = ["whole"]

_PAIRS = (("(", ")"), ("[", "]"))
#: How long a formula within a name may be.
_FORMULA = 24


def whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the lesser side of a bracket that has no partner in it, or with the rest of its formula."""
    start, end = _with_formula(text, start, end)
    for opening, closing in _PAIRS:
        lone = _lone(text[start:end], opening, closing)
        if lone is not None:
            start, end = _longer_side(text, start, start + lone, end)
    return start, end


def _with_formula(text: str, start: int, end: int) -> tuple[int, int]:
    name = text[start:end]
    if name.count("$") % 2 == 0:
        return start, end
    at = start + name.index("$")
    before = text.rfind("$", max(0, at - _FORMULA), at)
    if at == start and before >= 0 and not any(sign.isspace() for sign in text[before:at]):
        return before, end
    after = text.find("$", end, end + _FORMULA)
    if after >= 0 and not any(sign.isspace() for sign in text[end:after]):
        return start, after + 1
    return start, end


def _lone(name: str, opening: str, closing: str) -> int | None:
    """Where the first bracket without a partner stands."""
    opened: list[int] = []
    for at, sign in enumerate(name):
        if sign == opening:
            opened.append(at)
        elif sign == closing:
            if not opened:
                return at
            opened.pop()
    return opened[0] if opened else None


def _longer_side(text: str, start: int, at: int, end: int) -> tuple[int, int]:
    left, right = text[start:at].rstrip(), text[at + 1 : end].lstrip()
    if len(left) >= len(right):
        return (start, start + len(left)) if left else (start, end)
    return end - len(right), end
