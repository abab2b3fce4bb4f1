"""What part an entity plays in its paper, and whether it is one that a reader would look for: weighed over all its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.grouping import Group
from extractors.lexicon import Lexicon
from extractors.linear import Weights, softmax
from extractors.reading import Reading
from extractors.scene import words
from extractors.taggers.classes import WordClasses
from kg.model import ROLES, EntityType, Mention

__all__ = ["DROP", "Judge", "Verdict", "group_features"]

#: The class of what is not worth keeping.
DROP = "drop"
#: Mentions of one entity that are looked at.
_MOST = 6
_CUES = re.compile(
    r"(?P<ours>we|our)"
    r"|(?P<new>propos\w+|introduc\w+|present\w*|develop\w*|releas\w+|construct\w*|design\w*|dubbed|termed|called|novel|new|build|built)"
    r"|(?P<beat>outperform\w*|surpass\w*|compar\w+|exceed\w*|baselines?|art|sota|prior|previous|existing|than|versus|vs)"
    r"|(?P<test>evaluat\w+|experiments?|benchmarks?|datasets?|tested?|validat\w+|results?|achiev\w+|demonstrat\w+)|(?P<train>(?:pre)?train\w*|(?:fine)?tun\w*|corpus)"
    r"|(?P<use>us(?:e|es|ed|ing)|leverag\w+|appl\w+|based|employ\w*|integrat\w+|combin\w+|incorporat\w+|via|extend\w*|analy\w+)"
    r"|(?P<such>such|like|including|popular|widely|traditional|conventional|recent|while|however|although)"
)


@lru_cache(maxsize=20_000)
def _cue(word: str) -> str | None:
    """Which kind of thing a word in lower case announces."""
    found = _CUES.fullmatch(word)
    return found.lastgroup if found else None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest type and role of a group and how likely the group is worth keeping."""

    type: EntityType
    role: str
    kept: float


def _shape(surface: str) -> str:
    if surface.islower():
        return "low" if " " in surface else "low1"
    capitals = sum(c.isupper() for c in surface)
    if " " not in surface:
        inner = any(c.isupper() for c in surface[1:])
        return ("upper" if surface.isupper() else "camel" if inner else "cap") + ("9" if any(c.isdigit() for c in surface) else "")
    return "title" if capitals >= surface.count(" ") else "mixed"


def group_features(reading: Reading, groups: Sequence[Group], number: int, lexicon: Lexicon) -> list[str]:
    """What the text shows of a group."""
    group = groups[number]
    kind, mentions = group.type, group.mentions
    rank = sum(other.type == kind for other in groups[:number])
    low = next((m.text for m in mentions), "")
    found = [
        "bias",
        f"n={min(len(mentions), 6)}",
        f"surfaces={min(len({m.text for m in mentions}), 4)}",
        f"rank={min(rank, 6)}",
        f"shape={_shape(low)}",
        f"defined={bool(group.defined)}",
        f"known={all(span.known for span in group.spans)}",
    ]
    found += [
        f"conf={int(group.confidence * 10)}",
        f"mean={int(sum(s.confidence for s in group.spans) / max(1, len(group.spans)) * 10)}",
        f"tagged={min(len(group.spans), 4)}",
    ]
    found += [f"vote={name}" for name in group.votes if name != kind]
    found += _opinion(group, kind)
    titled = [m for m in mentions if m.field == "title"]
    found += [f"title={bool(titled)}", f"both={bool(titled) and len(titled) < len(mentions)}"]
    if titled:
        head = titled[0]
        tail = reading.text.title[head.end : head.end + 2].strip()
        found.append(f"head={head.start == 0}/{tail[:1] == ':'}")
        lead = words(reading.text.title[max(0, head.start - 30) : head.start])[-1:]
        found.append(f"tlead={lead[0] if lead else '^'}")
    surfaces = list(dict.fromkeys(mention.text for mention in mentions))[:4]
    found += lexicon.features(surfaces, titled=bool(titled))
    found += lexicon.names.features(surfaces, kind)
    found += _surface_features(surfaces, lexicon.classes)
    last = sum(sentence.field == "abstract" for sentence in reading.sentences) - 1
    body = [m for m in mentions if m.field == "abstract"]
    for nth, mention in enumerate(body[:_MOST]):
        found += _context(reading, mention, first=nth == 0, last=last)
    return list(dict.fromkeys(found))


def _opinion(group: Group, kind: EntityType) -> list[str]:
    """What the tagger thinks of the role, averaged over the spans."""
    rows = [span.roles for span in group.spans if span.type == kind and len(span.roles) == len(ROLES[kind])]
    if not rows:
        given = [span.role for span in group.spans if span.role]
        return [f"says={given[0]}"] if given else []
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    found = [f"p{role}={int(mean * 8)}" for role, mean in zip(ROLES[kind], means, strict=True)]
    return [*found, f"says={ROLES[kind][means.index(max(means))]}"]


def _surface_features(surfaces: Sequence[str], classes: WordClasses) -> list[str]:
    found: dict[str, None] = {}
    for surface in surfaces:
        pieces = words(surface)
        found |= dict.fromkeys(classes.tags(pieces[-1]) if pieces else ())
        found[f"last={pieces[-1] if pieces else ''}"] = None
        found[f"first={pieces[0] if pieces else ''}"] = None
        found[f"size={min(len(pieces), 6)}"] = None
        found[f"whole={surface.lower()}"] = None
        for piece in pieces[:8]:
            found[f"w={piece}"] = None
    return list(found)


def _context(reading: Reading, mention: Mention, *, first: bool, last: int) -> list[str]:
    text = reading.text.abstract
    sentence = reading.sentence("abstract", mention.start)
    place = reading.index("abstract", mention.start)
    left = words(text[max(sentence.start, mention.start - 120) : mention.start])
    right = words(text[mention.end : min(sentence.end, mention.end + 80)])
    before, after = left[-8:], right[:6]
    one, other = before[-1] if before else "^", after[0] if after else "$"
    where = "0" if place == 0 else "last" if place == last else str(min(place, 5))
    found = [f"at={where}", f"part={min(4, 5 * place // max(1, last + 1))}"]
    if first:
        found += [f"first@{where}", f"fb1={one}", f"fa1={other}"]
    found += [f"b1={one}", f"a1={other}", f"b2={'_'.join(before[-2:])}", f"a2={'_'.join(after[:2])}", f"b3={'_'.join(before[-3:])}"]
    found += ["b=" + word for word in before]
    found += ["a=" + word for word in after]
    if mention.start == sentence.start:
        found.append("opens")
    found += ["<" + cue for cue in map(_cue, left) if cue]
    found += [">" + cue for cue in map(_cue, right) if cue]
    found += ["<0"] if "0" in left else []
    found += [">0"] if "0" in right else []
    found += ["o=" + word for word in words(text[sentence.start : sentence.start + 60])[:4]]
    return found


class Judge:
    """Decides type, role and worth of groups with trained weights; its classes are `TYPE role`, and DROP."""

    def __init__(self, weights: Weights, lexicon: Lexicon) -> None:
        self._weights = weights
        self._lexicon = lexicon
        numbers = {name: number for number, name in enumerate(weights.classes)}
        self._drop = numbers.get(DROP)
        known = {
            kind: [(role, numbers[f"{kind} {role}"]) for role in roles if f"{kind} {role}" in numbers] for kind, roles in ROLES.items()
        }
        self._roles = {kind: roles for kind, roles in known.items() if roles}

    def verdict(self, reading: Reading, groups: Sequence[Group], number: int) -> Verdict:
        """The verdict on the group with this number."""
        chances = softmax(self._weights.scores(group_features(reading, groups, number, self._lexicon), under=groups[number].type))
        if not self._roles:
            return Verdict(groups[number].type, ROLES[groups[number].type][-1], 0.0)
        kind = max(self._roles, key=lambda name: sum(chances[at] for _, at in self._roles[name]))
        role = max(self._roles[kind], key=lambda item: chances[item[1]])[0]
        return Verdict(kind, role, 1.0 - (0.0 if self._drop is None else chances[self._drop]))
