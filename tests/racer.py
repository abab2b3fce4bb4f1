"""A program that builds one paper in a race with another: `python racer.py ADDRESS USERNAME PASSWORD slow|quick ABSTRACT FOLDER`.

The slow one has read what the store holds, says so, and goes on when the quick one has written. Prints how many papers were contested.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.model import Extraction, Record, Text
from kg.pipeline import Pipeline
from kg.ports import Extractor, Store
from kg.resolve import NameResolver
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.extractors import WordExtractor

WORDS = WordExtractor({"RAG": ("METHOD", "uses"), "LoRA": ("METHOD", "uses"), "GPT-4": ("MODEL", "uses")})


@dataclass(frozen=True)
class _Slow(WordExtractor):
    folder: Path = Path()

    def extract(self, texts: Iterable[Text]) -> Iterator[Extraction]:
        (self.folder / "reading").touch()
        _wait(self.folder / "written")
        return super().extract(texts)


class _One:
    def __init__(self, abstract: str) -> None:
        self._abstract = abstract

    def read(self) -> Iterator[Record]:
        yield Record("arxiv", "A paper", self._abstract, arxiv_id="2401.00001")


def build(store: Store, abstract: str, extractor: Extractor = WORDS) -> int:
    """Build the paper with this abstract; gives how many papers were contested."""
    return Pipeline(store, NameResolver()).build([_One(abstract)], [extractor]).contested


def _wait(sign: Path) -> None:
    while not sign.exists():
        time.sleep(0.02)


def _main(address: str, username: str, password: str, role: str, abstract: str, place: str) -> None:
    folder = Path(place)
    with open_store(StoreSettings(address, username, password or None)) as store:
        if role == "quick":
            _wait(folder / "reading")
            contested = build(store, abstract)
            (folder / "written").touch()
        else:
            contested = build(store, abstract, _Slow(WORDS.entities, folder=folder))
    sys.stdout.write(f"{contested}\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
