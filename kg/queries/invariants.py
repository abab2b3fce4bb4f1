"""What must hold of a node or a relationship by itself: faults against the declaration in kg/schema.py. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite
from types import MappingProxyType

from kg.graph import Node, Ref, Relationship, Value
from kg.ids import MAX_KEY, fold, name_key, node_key, run_key, squeeze, title_key
from kg.nodes import run_of
from kg.schema import EVIDENCE, LABELS, RELATIONSHIPS, RESOLVED_LABELS, Property, declared

__all__ = ["Fault", "named", "node_faults", "place", "references", "relationship_faults"]

_TYPES: Mapping[str, type] = {"string": str, "integer": int, "float": float, "boolean": bool, "date": date, "strings": tuple}
_DECLARED: Mapping[str, Mapping[str, Property]] = MappingProxyType(
    {name: {one.name: one for one in declared(kind)} for kinds in (LABELS, RELATIONSHIPS) for name, kind in kinds.items()}
)
#: Properties of extracted relationships that one which a source itself states lacks.
_OF_EXTRACTORS = frozenset(one.name for one in EVIDENCE) - {"paper", "extractor"}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks the schema: what kind of fault, where, and what would be right."""

    kind: str  # key, property, end, evidence, offset, dangling, duplicate, cycle, facts, kind
    where: str
    message: str


def named(ref: Ref) -> str:
    """A node in words."""
    return f"{ref.label} {ref.key}"


def place(item: Node | Relationship) -> str:
    """A node or relationship in words."""
    if isinstance(item, Node):
        return named(item.ref)
    by = f" of {item.id.paper} by {item.id.extractor}" if item.id.paper else ""
    return f"{named(item.start)} -{item.type}-> {named(item.end)}{by}"


def references(item: Node | Relationship) -> Iterator[tuple[str, Ref]]:
    """The nodes that its properties name by their keys, each with the property."""
    kind = item.label if isinstance(item, Node) else item.type
    for one in _REFERRING[kind]:
        value = item.properties.get(one.name)
        for key in value if isinstance(value, tuple) else () if value is None else (value,):
            yield one.name, Ref(one.refers, str(key))


_REFERRING = {kind: tuple(one for one in properties.values() if one.refers) for kind, properties in _DECLARED.items()}


def node_faults(node: Node) -> Iterator[Fault]:
    """Where a node is not as its label is declared."""
    where = named(node.ref)
    if not node.key or len(node.key) > MAX_KEY:
        yield Fault("key", where, f"a key has 1 to {MAX_KEY} characters")
    elif right := _wrong_key(node):
        yield Fault("key", where, right)
    yield from _property_faults(where, node.label, node.properties)
    if node.label == "Name":
        yield from _name_faults(where, node)
    if "evidence" in _DECLARED[node.label]:
        yield from _place_faults(where, node.properties)


def relationship_faults(one: Relationship) -> Iterator[Fault]:
    """Where a relationship is not as its type is declared."""
    where, kind = place(one), RELATIONSHIPS[one.type]
    if (one.start.label, one.end.label) not in kind.ends:
        yield Fault("end", where, "the schema joins no such labels by it")
    if one.start == one.end:
        yield Fault("cycle", where, "it leads from a node to itself")
    is_stated = kind.extracted and one.properties.get("extractor") == "source"
    yield from _property_faults(where, one.type, one.properties, _OF_EXTRACTORS if is_stated else frozenset())
    if kind.extracted:
        yield from _place_faults(where, one.properties)
    if one.type == "NAMES" and one.end.label != "Paper" and not one.start.key.startswith(f"{one.end.label}:"):
        yield Fault("key", where, f"the key of a Name of a {one.end.label} begins with {one.end.label}:")


# -- properties --------------------------------------------------------------------------------------------------------


def _property_faults(where: str, kind: str, properties: Mapping[str, Value], spared: frozenset[str] = frozenset()) -> Iterator[Fault]:
    known = _DECLARED[kind]
    for name, value in properties.items():
        if name not in known:
            yield Fault("property", where, f"the schema knows no property {name}")
        elif message := _wrong_value(known[name], value):
            yield Fault("property", where, message)
    if missing := [name for name in _REQUIRED[kind] if name not in properties and name not in spared]:
        is_evidence = kind in RELATIONSHIPS and RELATIONSHIPS[kind].extracted
        yield Fault("evidence" if is_evidence or "evidence" in missing else "property", where, f"it lacks {', '.join(missing)}")


_REQUIRED = {kind: tuple(one.name for one in properties.values() if one.required) for kind, properties in _DECLARED.items()}


def _wrong_value(one: Property, value: Value) -> str | None:
    """What a property should be, where it is not."""
    if type(value) is not _TYPES[one.type]:
        return f"{one.name} should be of type {one.type}, not {_type(value)}"
    if isinstance(value, tuple) and (foreign := [part for part in value if type(part) is not str]):
        return f"{one.name} should be of type strings, but holds one of type {_type(foreign[0])}"
    if isinstance(value, float) and not isfinite(value):
        return f"{one.name} should be a number, not {value}"
    if one.required and not one.empty and value in ("", ()):
        return f"{one.name} is empty"
    if one.values and (others := [part for part in (value if isinstance(value, tuple) else (value,)) if part not in one.values]):
        return f"{one.name} is one of {', '.join(one.values)}, not {others[0]}"
    return None


def _type(value: object) -> str:
    return str(getattr(value, "kind", type(value).__name__))


def _place_faults(where: str, properties: Mapping[str, Value]) -> Iterator[Fault]:
    """Offsets out of order, a confidence that is none."""
    start, first, last, end = (properties.get(name) for name in ("start", "mention_start", "mention_end", "end"))
    numbers = [one for one in (start, first, last, end) if isinstance(one, int)]
    if numbers != sorted(numbers) or any(number < 0 for number in numbers):
        yield Fault("offset", where, f"its words {first}-{last} do not stand in its sentence {start}-{end}")
    confidence = properties.get("confidence", 0.0)
    if isinstance(confidence, float) and not 0 <= confidence <= 1:
        yield Fault("evidence", where, f"confidence is 0 to 1, not {confidence:g}")


# -- keys --------------------------------------------------------------------------------------------------------------


def _wrong_key(node: Node) -> str | None:
    """What the key should be, by what it is made of, where it is not. Results are made again from the facts of their paper."""
    try:
        return _KEYS[node.label](node) if node.label in _KEYS else None
    except (AttributeError, KeyError, TypeError, ValueError):  # what is missing or of another type is a fault of its own
        return None


def _text(node: Node, name: str) -> str:
    """A property that is text. Raises TypeError for any other."""
    value = node.properties[name]
    if type(value) is not str:
        raise TypeError(name)
    return value


def _paper_key(node: Node) -> str | None:
    if not node.key.startswith(("arxiv:", "title:")):
        return "the key of a paper begins with arxiv: or title:"
    titles: Iterable[object] = node.properties["title_keys"]  # type: ignore[assignment]
    if arxiv := node.properties.get("arxiv_id"):
        if node.key != f"arxiv:{arxiv}":
            return f"the key of a paper with an arXiv id is arxiv:{arxiv}"
    elif node.key not in titles:
        return "the key of a paper without an arXiv id is one of its title_keys"
    right = title_key(_text(node, "title"))
    return None if right in titles else f"its title_keys lack that of its title, {right}"


def _name_key(node: Node) -> str | None:
    if node.key.startswith("title:"):
        return None
    label, _, _ = node.key.partition(":")
    if label not in RESOLVED_LABELS:
        return f"the key of a Name begins with title: or one of {', '.join(RESOLVED_LABELS)}"
    surface = _text(node, "surface")
    right = name_key(label, surface)
    # A key of a form that no spelling gives stands for itself.
    return None if node.key in (right, node_key(f"{label}:{surface}")) else f"the key of its surface is {right}"


def _resolved_key(node: Node) -> str | None:
    """The folded name; a longer key, cut or parted from another by `~`, begins with it."""
    handle = node.properties.get("handle")
    right = str(handle).lower() if handle else fold(_text(node, "name"))
    begin = right[: MAX_KEY - 20]
    if node.key == node_key(right) or node.key.startswith(begin if len(right) > len(begin) else f"{begin}~"):
        return None
    return f"the key of its {'handle' if handle else 'name'} is {node_key(right)}"


def _address_key(node: Node) -> str | None:
    right = _text(node, "url").removeprefix("https://")
    return None if node.key == right else f"the key of its url is {right}"


def _run_key(node: Node) -> str | None:
    right = run_key(run_of(node))
    return None if node.key == right else f"the key of this configuration is {right}"


#: By label what the key should be, where it is not.
_KEYS: Mapping[str, Callable[[Node], str | None]] = MappingProxyType(
    {
        **dict.fromkeys(RESOLVED_LABELS, _resolved_key),
        "Paper": _paper_key,
        "Name": _name_key,
        "Repository": _address_key,
        "Resource": _address_key,
        "ExtractionRun": _run_key,
    }
)


def _name_faults(where: str, node: Node) -> Iterator[Fault]:
    """A Name of a title is a key alone; any other has a surface and what this is found by."""
    if node.key.startswith("title:"):
        return
    if missing := [name for name in ("surface", "folded") if name not in node.properties]:
        yield Fault("property", where, f"it lacks {', '.join(missing)}")
    elif (right := squeeze(str(node.properties["surface"]))) != node.properties["folded"]:
        yield Fault("property", where, f"folded should be {right}, by which its surface is found")
