"""Groups that name one thing in other words, and further surfaces of a group that the tagger left out: weighed, then joined."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.grouping import Group, merged, normal
from extractors.linear import Weights
from extractors.reading import FIELDS, Reading
from kg.model import Field, Mention

__all__ = ["Surface", "VariantJoiner", "likely_pairs", "merge_features", "surface_features", "surfaces"]

#: Groups compared with each other, and surfaces weighed for one text at most.
_MOST_GROUPS, _MOST_SURFACES = 80, 400
_TOKEN = re.compile(r"[^\s()\[\],;:]{1,60}")
_LEFT = re.compile(r"(?:(?<=\s)[^\s()\[\],;:.]{1,30}\s){1,2}\Z")
_COMPOSITE = re.compile(r"\s\(([A-Za-z][\w.\-+]{1,14})\)(?:\s([a-z][\w\-]{1,30}))?")
_STOP = frozenset(
    re.findall(
        r"\w+",
        "a an the of for in on to with and or by from as at is are we our this that these those its their such using via into over under "
        "than which while most",
    )
)


def _stem(word: str) -> str:
    return word[:5] if len(word) > 5 else word


def _stems(key: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in key.split() if word not in _STOP)


def likely_pairs(groups: Sequence[Group]) -> Iterator[tuple[int, int]]:
    """Numbers of groups of one type that share a word, or of which one may shorten the other."""
    some = groups[:_MOST_GROUPS]
    stems = [frozenset().union(*(_stems(key) for key in group.keys)) for group in some]
    initials = [{"".join(word[0] for word in key.split()) for key in group.keys if " " in key} for group in some]
    for i, group in enumerate(some):
        for j in range(i + 1, len(some)):
            if group.type == some[j].type and (stems[i] & stems[j] or group.keys & initials[j] or some[j].keys & initials[i]):
                yield i, j


def _share(a: str, b: str) -> float:
    x, y = _stems(a), _stems(b)
    return len(x & y) / max(1, len(x | y))


def _how(a: str, b: str) -> list[str]:
    """How two keys resemble each other, the shorter first."""
    short, long = sorted((a.split(), b.split()), key=lambda words: (len(words), words))
    found = [f"sizes={min(len(short), 4)}/{min(len(long), 6)}"]
    if long[-len(short) :] == short:
        dropped = long[: -len(short)]
        found += ["suffix", f"suffix{len(short)}/{len(dropped)}", *(f"drop={word}" for word in dropped)]
    elif long[: len(short)] == short:
        found += ["prefix", f"prefix{len(short)}/{len(long) - len(short)}", *(f"tail={word}" for word in long[len(short) :])]
    elif set(short) <= set(long):
        found.append("subset")
    found += [f"stems={int(_share(a, b) * 6)}", f"head={short[-1] == long[-1]}", f"first={short[0] == long[0]}"]
    if _stems(a) == _stems(b):
        found.append("same stems")
    if short[-1] == long[-1]:
        found.append(f"head={short[-1]}")
    if len(short) == 1 and len(long) > 1:
        found += [f"initials={short[0] == ''.join(word[0] for word in long)}", f"starts={long[0].startswith(short[0][:2])}"]
    if len(short) == len(long) and sum(p != q for p, q in zip(short, long, strict=True)) == 1:
        found += ["one differs", *(f"swap={p}" for p, q in zip(short, long, strict=True) if p != q)]
    return found


def merge_features(reading: Reading, a: Group, b: Group) -> list[str]:
    """What says whether two groups name one thing."""
    best = max(((x, y) for x in sorted(a.keys) for y in sorted(b.keys)), key=lambda pair: (_share(*pair), pair))
    found = ["bias", *_how(*best), f"n={min(len(a.mentions), 3)}/{min(len(b.mentions), 3)}", f"defined={bool(a.defined)}/{bool(b.defined)}"]
    titled = [any(m.field == "title" for m in group.mentions) for group in (a, b)]
    found += [f"title={titled[0] + titled[1]}", f"conf={int(min(a.confidence, b.confidence) * 5)}"]
    places = [{(m.field, reading.index(m.field, m.start)) for m in group.mentions[:12]} for group in (a, b)]
    found.append(f"together={bool(places[0] & places[1])}")
    for m in a.mentions[:8]:
        for other in b.mentions[:8]:
            low, high = (m, other) if m.start <= other.start else (other, m)
            if m.field == other.field and 0 <= high.start - low.end <= 12:
                found.append(f"between={reading.text.field(m.field)[low.end : high.start].strip()}")
    found += [f"{a.type}:{name}" for name in found]
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Surface:
    """A stretch of text that may be a further surface of a group: how it comes from a known one, and the words that make the difference."""

    mention: Mention
    how: str
    base: str
    changed: tuple[str, ...]


def surfaces(reading: Reading, groups: Sequence[Group]) -> list[list[Surface]]:
    """For each group the untagged stretches that could name it too."""
    taken = _Taken(reading, groups)
    found: list[list[Surface]] = []
    left = _MOST_SURFACES
    for group in groups:
        mine: dict[str, Surface] = {}
        for surface in _around(reading, group, taken) if left > 0 else ():
            key = normal(surface.mention.text)
            if key and key not in taken.keys:
                mine.setdefault(key, surface)
        left -= len(mine)
        found.append(list(mine.values()))
    return found


class _Taken:
    """Which characters belong to mentions, and every key."""

    def __init__(self, reading: Reading, groups: Sequence[Group]) -> None:
        self.keys = frozenset(key for group in groups for key in group.keys)
        self.lowered: dict[Field, str] = {}
        self.marks: dict[Field, bytearray] = {}
        for name in FIELDS:
            body = reading.text.field(name)
            low = body.lower()
            self.lowered[name] = low if len(low) == len(body) else body
            self.marks[name] = bytearray(len(body))
        for group in groups:
            for m in group.mentions:
                self.marks[m.field][m.start : m.end] = b"\x01" * (m.end - m.start)

    def free(self, name: Field, start: int, end: int) -> bool:
        return not any(self.marks[name][start:end])


def _around(reading: Reading, group: Group, taken: _Taken) -> Iterator[Surface]:
    for text in list(dict.fromkeys(m.text for m in group.mentions))[:4]:
        yield from _parts(reading, text, taken)
    for mention in group.mentions[:5]:
        yield from _longer(reading, mention, taken)


def _longer(reading: Reading, mention: Mention, taken: _Taken) -> Iterator[Surface]:
    """A mention with the short form in brackets behind it, with one or two words more on the left, with one more on the right."""
    name, body = mention.field, reading.text.field(mention.field)
    sentence = reading.sentence(name, mention.start)
    composite = _COMPOSITE.match(body, mention.end, max(mention.end, min(sentence.end, mention.end + 60)))
    if composite is not None:
        end = composite.end() if composite.group(2) else composite.end(1) + 1
        yield Surface(Mention(body[mention.start : end], name, mention.start, end), "composite", mention.text, (composite.group(2) or "",))
    lead = _LEFT.search(" " + body[max(sentence.start, mention.start - 40) : mention.start])
    pieces = lead.group().split() if lead is not None else []
    start = mention.start
    for count, piece in enumerate(reversed(pieces), 1):
        start = body.rfind(piece, max(0, sentence.start), start)
        if piece.lower() in _STOP or start < 0 or not taken.free(name, start, mention.start):
            break
        changed = tuple(word.lower() for word in pieces[-count:])
        yield Surface(Mention(body[start : mention.end], name, start, mention.end), f"left{count}", mention.text, changed)
    if body[mention.end : mention.end + 1] in {" ", "-"}:
        after = _TOKEN.match(body, mention.end + 1, max(mention.end + 1, min(sentence.end, mention.end + 30)))
        word = after.group().rstrip(".") if after is not None else ""
        end = mention.end + 1 + len(word)
        if word[:1].isalpha() and word.lower() not in _STOP and taken.free(name, mention.end, end):
            yield Surface(Mention(body[mention.start : end], name, mention.start, end), "right1", mention.text, (word.lower(),))


def _parts(reading: Reading, text: str, taken: _Taken) -> Iterator[Surface]:
    """The ends and beginnings of a surface of several words where they stand by themselves elsewhere."""
    pieces = [(m.start(), m.end()) for m in _TOKEN.finditer(text[:200])]
    parts = [("suffix", text[start:], text[:start].split()) for start, _ in pieces[1:5]]
    parts += [("prefix", text[:end], text[end:].split()) for _, end in pieces[-2:-1]]
    for how, part, changed in parts:
        if len(part) < 4 or part.lower() in _STOP:
            continue
        for name in FIELDS:
            place = _lone(taken, name, part.lower())
            if place is not None:
                end = place + len(part)
                mention = Mention(reading.text.field(name)[place:end], name, place, end)
                yield Surface(mention, how, text, tuple(word.lower() for word in changed))


def _lone(taken: _Taken, name: Field, part: str) -> int | None:
    """Where a part first stands as whole words outside every mention; only the first few places are looked at."""
    body = taken.lowered[name]
    at = body.find(part)
    for _ in range(4):
        if at < 0:
            break
        end = at + len(part)
        whole = not (at and (body[at - 1].isalnum() or body[at - 1] == "-")) and not body[end : end + 1].isalnum()
        if whole and taken.free(name, at, end):
            return at
        at = body.find(part, end)
    return None


def surface_features(group: Group, surface: Surface) -> list[str]:
    """What says whether a stretch is a further surface of its group."""
    words = normal(surface.mention.text).split() or [""]
    kind = surface.how.rstrip("12")
    size = f"size={kind}{min(len(words), 6)}/{min(len(surface.base.split()), 6)}"
    found = ["bias", f"how={surface.how}", f"how={surface.how}/{group.type}", size]
    found += [f"{kind}={word}" for word in surface.changed] + [f"{kind}/{group.type}={word}" for word in surface.changed]
    found += [f"head={kind}/{words[-1]}", f"field={kind}/{surface.mention.field}", f"n={kind}{min(len(group.mentions), 4)}"]
    found += [f"title={kind}/{group.mentions[0].field == 'title'}", f"defined={kind}/{bool(group.defined)}"]
    found += [f"capital={kind}/{surface.mention.text[:1].isupper()}", f"hyphen={kind}/{any('-' in word for word in surface.changed)}"]
    return [*found, f"count={kind}{len(surface.changed)}", f"lone={kind}/{len(words) == 1}/{group.type}"]


class VariantJoiner:
    """Joins groups and adds surfaces with trained weights: `merge` and `add` are how sure it must be."""

    def __init__(self, weights: Mapping[str, Weights], *, merge: float, add: float) -> None:
        self._merge, self._surface = weights["merge"], weights["surface"]
        self._least = (_logit(merge), _logit(add))

    def join(self, reading: Reading, groups: Sequence[Group]) -> list[Group]:
        """The groups after joining, each with its further surfaces."""
        parent = list(range(len(groups)))
        pairs = [(self._merge.score(merge_features(reading, groups[i], groups[j])), i, j) for i, j in likely_pairs(groups)]
        for score, i, j in sorted(pairs, key=lambda item: (-item[0], item[1:])):
            if score < self._least[0]:
                break
            a, b = _root(parent, i), _root(parent, j)
            parent[max(a, b)] = min(a, b)
        members: dict[int, list[Group]] = defaultdict(list)
        for number, group in enumerate(groups):
            members[_root(parent, number)].append(group)
        joined = [merged(kept) for kept in members.values()]
        for group, more in zip(joined, surfaces(reading, joined), strict=True):
            self._add(group, more)
        return joined

    def _add(self, group: Group, more: Iterable[Surface]) -> None:
        good = [surface.mention for surface in more if self._surface.score(surface_features(group, surface)) >= self._least[1]]
        if good:
            group.mentions = sorted({*group.mentions, *good}, key=lambda m: (m.field != "title", m.start, m.end))


def _root(parent: Sequence[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number


def _logit(chance: float) -> float:
    return math.log(chance / (1 - chance))
