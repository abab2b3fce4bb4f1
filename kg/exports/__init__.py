"""The graph in other people's formats: one module a format. Heavy libraries are imported where they are used."""

from kg.exports.csv import write_csv
from kg.exports.cypher import write_cypher
from kg.exports.gexf import write_gexf
from kg.exports.graphml import write_graphml
from kg.exports.jsonl import read_jsonl, write_jsonl
from kg.exports.jsonld import write_jsonld
from kg.exports.networkx import to_networkx
from kg.exports.pandas import to_pandas
from kg.exports.parquet import write_parquet
from kg.exports.pyvis import to_pyvis, write_pyvis

__all__ = [
    "read_jsonl",
    "to_networkx",
    "to_pandas",
    "to_pyvis",
    "write_csv",
    "write_cypher",
    "write_gexf",
    "write_graphml",
    "write_jsonl",
    "write_jsonld",
    "write_parquet",
    "write_pyvis",
]
