"""Numbers with their units, as texts write them: ranges, lists that share a unit, LaTeX, separators, number words, multiples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extractors.reading import FIELDS, Reading
from kg.model import Field

__all__ = ["Quantity", "quantities"]

_SPELT_VALUES = dict(
    zip(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty"],
        (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20),
        strict=True,
    )
)
_SPELT_INITIALS = "".join(sorted({word[0] for word in _SPELT_VALUES}))
_NUMBER = r"(?:\d{1,3}(?:(?:,|\{,\}|\\,)\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?!\.?\d)|(?<![\w.])\.\d+)"
#: A number that stands free: not in a name (GPT-4, v2.1), not an index. Looking ahead first saves looking behind every other character.
_FREE = re.compile(
    rf"(?=[\d.])(?:(?<![\w.^_\-–])|(?<=[\d%)\s$x×]-)|(?<=--)|(?<=[\d%\s$~x]–)|(?<=\\sim)|(?<=\\approx)|(?<=\\geq)|(?<=\\leq)|(?<=\\to)|(?<=\\rightarrow))(?<!\d)(?<!\d\.)(?<!\d,){_NUMBER}",
    re.ASCII,
)
_GAP = r"(?:[\s~{}$]|\\[ ,;!:]|\\(?:textbf|mathbf|text|mathrm|rm|bf|,)\b)*"
_SUFFIX = re.compile(
    rf"\+?(?:(?P<minus>{_GAP}-{_GAP})|{_GAP})(?:"
    r"(?P<points>\\?%p\b|(?:[A-Za-z][\w@-]{0,12}\s){0,2}?points\b|(?:\\?%|percent|percentage|absolute|accuracy|score)?\s?-?(?:points?|pts?\b|pps?\b|p\.p\.)(?![A-Za-z])|\\?%\s?(?:pts?|pps?|p\.p\.)\b)"
    r"|(?P<percent>\\?%|per\s?cent\b)"
    r"|(?P<times>\\(?:times|texttimes)\b|\\(?:text|mathsf|mathrm|texttt|textsf)\{(?:\\times|x|×)\}|×|times\b|times(?=[A-Z])|[xX](?![\w])|\*(?=[\s,.)])|fold\b)"
    r"|(?P<unit>(?:tokens|samples|images|frames|steps)(?:/|\s?per\s)(?:s|sec|second|page)s?\b|[A-Za-zµμ°][A-Za-zµμ²³^/]*\b))?"
)
_PLUSMINUS = re.compile(rf"{_GAP}(?:\\pm|±|\+/-|\+-){_GAP}{_NUMBER}(?:{_GAP}\\?%)?")
_RANGE = re.compile(rf"{_GAP}(?:--+|[-–—~∼]|\\sim\b|\\text(?:en|em)dash|\\thicksim|\\approx){_GAP}[+]?{_GAP}\Z")
_TO = re.compile(rf"{_GAP}to{_GAP}(?:about |around |over |nearly |approximately |\\sim|~)?{_GAP}\Z")
_LIST = re.compile(rf"{_GAP}(?:/|,\s?(?:and\s)?|and\b|&|vs\.?|versus|or\b|→|\\(?:to|rightarrow)\b|->){_GAP}[+]?{_GAP}\Z")
_FROM = re.compile(r"\b(?:from|between)(?:\s(?:about|around|over|nearly|approximately|only|just|a|an))?[\s~$\\a-z{}]{0,8}\Z", re.IGNORECASE)
_RANGING = re.compile(r"\b(?:rang\w+|var\w+|span\w*|between|within)\b[^.]{0,25}\Z", re.IGNORECASE)
_SPELT = re.compile(
    rf"\b(?=[{_SPELT_INITIALS}])({'|'.join(_SPELT_VALUES)})(?:[\s-]?(times|fold)|\s(percent|percentage points|points))\b", re.IGNORECASE
)
_FACTOR = re.compile(
    rf"\bfactors? of (?:about |around |up to |over |more than |nearly |approximately |roughly |at least |[~$\\sim ]{{1,6}})?(?:({_NUMBER})|({'|'.join(_SPELT_VALUES)})\b)",
    re.IGNORECASE,
)
_DOUBLES = re.compile(r"\b(?:(doubl(?:es|ed|ing)|halv(?:es|ed|ing))|(tripl(?:es|ed|ing)))\b", re.IGNORECASE)
_DOLLAR = re.compile(r"(?:\\\$|USD\s?|US\\?\$|(?<![$\w])\$)\s?\Z")
_SCALE = re.compile(r"[kK]\b(?!-)")
#: Units that measure outcomes, as the annotation writes them; other words after a number are what it counts.
_UNITS = {
    "ms": "ms", "millisecond": "ms", "milliseconds": "ms", "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "min", "mins": "min",
    "minute": "minutes", "minutes": "minutes", "hour": "hours", "hours": "hours", "h": "h", "days": "days", "day": "days", "fps": "FPS", "frames/s": "FPS",
    "db": "dB", "gb": "GB", "mb": "MB", "kb": "KB", "tb": "TB", "gib": "GiB", "mib": "MiB", "gflops": "GFLOPs", "mflops": "MFLOPs", "tflops": "TFLOPs", "flops": "FLOPs",
    "macs": "MACs", "gmacs": "GMACs", "hz": "Hz", "khz": "kHz", "mhz": "MHz", "ghz": "GHz", "w": "W", "mw": "mW", "kw": "kW", "j": "J", "mj": "mJ", "kj": "kJ", "kwh": "kWh",
    "m": "m", "cm": "cm", "mm": "mm", "km": "km", "nm": "nm", "pixels": "pixels", "pixel": "pixels", "px": "px", "degrees": "degrees", "degree": "degrees", "°": "degrees",
    "tokens/s": "tokens/s", "tokens/sec": "tokens/s", "tokens/second": "tokens/s", "samples/s": "samples/s", "samples/sec": "samples/s", "samples/second": "samples/s",
    "images/s": "images/s", "images/sec": "images/s", "images/second": "images/s", "bpp": "bpp", "kbps": "kbps", "mbps": "Mbps", "gbps": "Gbps", "bits": "bits", "us": "us", "µs": "us",
    "μs": "us", "ns": "ns", "elo": "Elo", "mev/atom": "meV/atom", "tokens": "tokens", "tops": "TOPS", "mse": None,
}  # fmt: skip


#: Words after a number that are neither its unit nor what it counts.
_FUNCTION = frozenset(["to", "and", "or", "on", "in", "for", "vs", "versus", "with", "over", "at", "of", "by", "under", "using"])


_P_VALUE = re.compile(rf"\bp(?:[- ]?values?)?{_GAP}(?:[=<>≤≥]|\\(?:leq?|ll|geq?|lt|gt)\b|of\b){_GAP}\Z", re.IGNORECASE)
_POWER = re.compile(r"\^\{?-?\d")
#: Characters of a number at most; what is longer measures nothing.
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at `start` to `end` of a field; its unit ends at `stop`. `word` is the word after it that is no unit.

    `place` and `places` count within a list or a from-to pair; `how` names what joins it to its predecessor.
    """

    field: Field
    start: int
    end: int
    stop: int
    value: float
    high: float | None = None
    unit: str | None = None
    word: str | None = None
    how: str = ""
    place: int = 0
    spelt: bool = False


def quantities(reading: Reading) -> tuple[Quantity, ...]:
    """Every free number of the title and the abstract, in text order."""
    return tuple(found for name in FIELDS for found in _field(name, reading.text.field(name)))


def _field(name: Field, text: str) -> list[Quantity]:
    plain = [_read(name, text, found) for found in _FREE.finditer(text) if _measures(text, found)]
    merged = _join(text, _drop_deviations(text, plain))
    spelt = [
        Quantity(
            name, m.start(), m.end(1), m.end(), float(_SPELT_VALUES[m.group(1).lower()]), spelt=True,
            unit="x" if m.group(2) else "%" if m.group(3).lower() == "percent" else "points",
        )
        for m in _SPELT.finditer(text)
    ]  # fmt: skip
    taken = {quantity.start: number for number, quantity in enumerate(merged)}
    for m in _FACTOR.finditer(text):
        if m.group(1) and m.start(1) in taken:
            number = taken[m.start(1)]
            merged[number] = replace(merged[number], unit="x")
        elif m.group(2):
            spelt.append(Quantity(name, m.start(), m.end(), m.end(), float(_SPELT_VALUES[m.group(2).lower()]), unit="x", spelt=True))
    spelt += [Quantity(name, *m.span(), m.end(), 2.0 if m.group(1) else 3.0, unit="x", spelt=True) for m in _DOUBLES.finditer(text)]
    return sorted((*merged, *spelt), key=lambda quantity: quantity.start)


def _measures(text: str, found: re.Match[str]) -> bool:
    """Whether a number may measure something: it is not endless, no base of a power, and no probability of an error."""
    if _POWER.match(text, found.end()):
        return False
    return found.end() - found.start() <= _LONGEST and _P_VALUE.search(text[max(0, found.start() - 20) : found.start()]) is None


def _read(name: Field, text: str, found: re.Match[str]) -> Quantity:
    value = float(re.sub(r"[^\d.]", "", found.group()))
    end = found.end()
    if (scale := _SCALE.match(text, end)) is not None:
        value, end = value * 1000, scale.end()
    noise = _PLUSMINUS.match(text, end)
    after = noise.end() if noise else end
    suffix = _SUFFIX.match(text, after)
    unit, word, stop = (None, None, end) if suffix is None else _unit(suffix, end)
    if unit is None and noise and "%" in noise.group():
        unit, stop = "%", noise.end()
    if (
        unit is None
        and _DOLLAR.search(text[max(0, found.start() - 5) : found.start()])
        and not re.match(r"[\d.,{}\s\\a-z%×~+^_-]*\$", text[end : end + 30])
    ):
        unit = "$"
    return Quantity(name, found.start(), end, stop, value, None, unit, word)


def _unit(suffix: re.Match[str], end: int) -> tuple[str | None, str | None, int]:
    kind = suffix.lastgroup
    if kind is None or kind == "minus":
        return None, None, end
    if kind in {"points", "percent", "times"}:
        if suffix.group("minus") and kind == "percent":
            return None, None, end
        return {"points": "points", "percent": "%", "times": "x"}[kind], None, suffix.end()
    word = suffix.group("unit")
    close = suffix.start("unit") == suffix.start()
    known = _UNITS.get(re.sub(r"\s?per\s", "/", word.lower()))
    if known is not None and (len(word) > 1 or word == known):
        return known, word, suffix.end()
    return None, f"-{word}" if suffix.group("minus") else f"+{word}" if close else word, end


def _drop_deviations(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Without the numbers that only say how far another one varies."""
    for quantity in found:
        before = text[max(0, quantity.start - 12) : quantity.start]
        if not re.search(rf"(?:\\pm|±|\+/-|\+-){_GAP}\Z", before):
            yield quantity


def _join(text: str, found: Iterator[Quantity]) -> list[Quantity]:
    """Ranges as one quantity; lists and from-to pairs sharing a unit."""
    result: list[Quantity] = []
    for quantity in found:
        last = result[-1] if result else None
        how = _between(text, last, quantity) if last is not None else ""
        if last is None or not how:
            result.append(quantity)
            continue
        if how == "range" and last.high is None and (last.unit in (None, quantity.unit)) and quantity.value >= last.value and not last.how:
            result[-1] = replace(last, high=quantity.value, end=quantity.end, stop=quantity.stop, unit=quantity.unit, word=quantity.word)
            continue
        if how == "range":
            how = "list"
        shared = (
            quantity.unit
            if last.unit is None
            and (last.word is None or last.word in _FUNCTION)
            and quantity.unit in {"%", "x", "points", "dB", "FPS", "ms", "s"}
            else last.unit
        )
        result[-1] = last if shared == last.unit else replace(last, unit=shared)
        result.append(replace(quantity, how=how, place=last.place + 1))
        if shared is not None and shared != last.unit:
            _share(result, shared)
    return result


def _share(result: list[Quantity], unit: str) -> None:
    """Give the unit at a list's end to its members before, at most a dozen."""
    for index in range(len(result) - 2, max(-1, len(result) - 14), -1):
        member = result[index]
        if member.unit is None and (member.word is None or member.word in _FUNCTION):
            result[index] = replace(member, unit=unit)
        if not member.place:
            break


def _between(text: str, last: Quantity, quantity: Quantity) -> str:
    """How a number is joined to the one before: range, to (from A to B), list, or not at all."""
    if quantity.start - last.stop > 16:
        return ""
    words = text[last.stop : quantity.start]
    if last.word is None or last.unit is not None or last.word in _FUNCTION:
        if _RANGE.match(words):
            return "range"
        if _TO.match(words):
            before = text[max(0, last.start - 40) : last.start]
            return "to" if _FROM.search(before) and not _RANGING.search(before) else "range"
        if re.fullmatch(rf"{_GAP}and{_GAP}", words) and re.search(r"\bbetween[\s~$]*\Z", text[max(0, last.start - 12) : last.start]):
            return "range"
        if _LIST.match(words):
            return "list"
    return ""
