"""The graph in other people's formats: one module a format. Heavy libraries are imported where they are used."""

from kg.exports.csv import write_csv
from kg.exports.graphml import write_graphml
from kg.exports.jsonl import read_jsonl, write_jsonl
from kg.exports.networkx import to_networkx
from kg.exports.pandas import to_pandas
from kg.exports.pyvis import to_pyvis, write_pyvis

__all__ = ["read_jsonl", "to_networkx", "to_pandas", "to_pyvis", "write_csv", "write_graphml", "write_jsonl", "write_pyvis"]
