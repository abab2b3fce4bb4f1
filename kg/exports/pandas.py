"""The graph as two pandas frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.exports.order import Items, ordered
from kg.exports.values import kind_of
from kg.graph import Node, Value

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["to_pandas"]

_DTYPES = {"integer": "Int64", "float": "Float64", "boolean": "boolean"}
_ENDS = ("type", "start_label", "start_key", "end_label", "end_key")


def to_pandas(items: Items) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`nodes` (label, key, then properties) and `relationships` (type, ends, then properties); what a row lacks is missing."""
    nodes: list[dict[str, Value]] = []
    relationships: list[dict[str, Value]] = []
    for item in ordered(items):
        if isinstance(item, Node):
            nodes.append({**item.properties, "label": item.label, "key": item.key})
        else:
            ends = dict(zip(_ENDS, (item.type, *item.start, *item.end), strict=True))
            relationships.append({**item.properties, **ends})
    return _frame(nodes, ("label", "key")), _frame(relationships, _ENDS)


def _frame(rows: list[dict[str, Value]], first: tuple[str, ...]) -> pd.DataFrame:
    import pandas as pd

    kinds = {name: kind_of(value) for row in rows for name, value in row.items()}
    names = [*first, *sorted(kinds.keys() - set(first))]
    series = {name: pd.Series([row.get(name) for row in rows], dtype=_DTYPES.get(kinds.get(name, "string"), "object")) for name in names}
    return pd.DataFrame(series, columns=names)
