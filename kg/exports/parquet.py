"""Parquet: one file for each label and each relationship type in a folder, typed, for pandas, DuckDB, Spark and Polars."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.exports.order import Items, ordered
from kg.exports.values import property_types, texts
from kg.graph import Node, Relationship
from kg.output import whole_file

__all__ = ["write_parquet"]

#: Rows held before they are written.
_ROWS = 20_000
_ENDS = ("start_label", "start_key", "end_label", "end_key")


def write_parquet(items: Items, folder: str | os.PathLike[str]) -> list[Path]:
    """Write `nodes-LABEL.parquet` and `relationships-TYPE.parquet` for what comes; the paths, sorted."""
    root = Path(folder)
    if root.exists() and not root.is_dir():
        raise InputError(f"{root} is a file; Parquet needs a folder, as each label and type gets a file of its own")
    tables: dict[str, _Table] = {}
    with ExitStack() as stack:
        for item in ordered(items):
            name = item.label if isinstance(item, Node) else item.type
            if name not in tables:
                tables[name] = _Table(item, root, stack)
            tables[name].add(item)
        for table in tables.values():
            table.flush()
    return sorted(table.path for table in tables.values())


class _Table:
    """One file in the making."""

    def __init__(self, item: Node | Relationship, root: Path, stack: ExitStack) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        node = isinstance(item, Node)
        name = item.label if isinstance(item, Node) else item.type
        kinds: dict[str, Any] = {
            "string": pa.string(), "integer": pa.int64(), "float": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
            "strings": pa.list_(pa.string()),
        }  # fmt: skip
        own: Sequence[str] = ("key",) if node else _ENDS
        self.path = root / f"{'nodes' if node else 'relationships'}-{name}.parquet"
        self.schema = pa.schema([(column, pa.string()) for column in own] + [(p, kinds[kind]) for p, kind in property_types(name).items()])
        self.rows: list[dict[str, object]] = []
        stream = stack.enter_context(whole_file(self.path))
        self.writer = stack.enter_context(pq.ParquetWriter(stream, self.schema))

    def add(self, item: Node | Relationship) -> None:
        """Put a row in."""
        texts(item)  # refuses what the schema lacks: a column format has no place for it
        own = {"key": item.key} if isinstance(item, Node) else dict(zip(_ENDS, (*item.start, *item.end), strict=True))
        self.rows.append({**own, **item.properties})
        if len(self.rows) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are held."""
        import pyarrow as pa

        if self.rows:
            self.writer.write_table(pa.Table.from_pylist(self.rows, schema=self.schema))
            self.rows.clear()
