"""How long the resolver takes for a million surfaces, and whether time grows with their number: `python benchmarks/resolve.py [N]`.

Names are made up: models with versions and sizes, methods with the abbreviations their papers coin, tasks, people. Prints one JSON
object: seconds by the processor and by the clock, the ratio of the processor's for N and for N / 4 names to what linear growth would
give, and the memory of the process in GiB, with the names alone and at its peak.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator

from kg.model import Appearance
from kg.resolve import NameResolver

_SYLLABLES = (
    "ra",
    "mo",
    "ti",
    "lex",
    "vor",
    "qua",
    "den",
    "pix",
    "sol",
    "ner",
    "gra",
    "bel",
    "cor",
    "fin",
    "hal",
    "jun",
    "kos",
    "lum",
    "mir",
)
_WORDS = ("sparse", "neural", "graph", "adaptive", "latent", "policy", "visual", "causal", "robust", "deep", "hybrid", "token", "spectral",
          "attention", "optimization", "alignment", "retrieval", "pruning", "sampling", "diffusion", "transformer", "network", "learning")  # fmt: skip
_ENDS = ("", "-Instruct", "-Chat", " Pro", "-mini", "-VL")


def appearances(count: int, seed: int = 1) -> Iterator[Appearance]:
    """Appearances with `count` surfaces in all."""
    draw = random.Random(seed)  # noqa: S311
    made = 0
    while made < count:
        kind = draw.random()
        if kind < 0.3:
            name = f"{_name(draw)}-{draw.randint(1, 4)}{draw.choice(('', '.5'))}-{draw.choice((1, 3, 7, 13, 70))}B{draw.choice(_ENDS)}"
            found = _appearance("Model", draw.choice((name, name.lower(), name.replace("-", " "))))
        elif kind < 0.7:
            words = draw.choices(_WORDS, k=draw.randint(2, 4))
            short = "".join(word[0] for word in words).upper()
            long = " ".join((_name(draw), *words))
            found = _appearance("Method", _name(draw)[0] + short, long) if draw.random() < 0.4 else _appearance("Method", long)
        elif kind < 0.8:
            found = _appearance("Task", " ".join((_name(draw).lower(), *draw.choices(_WORDS, k=2))))
        else:
            found = _appearance("Author", f"{_name(draw)} {_name(draw)}")
        made += len(found.surfaces)
        yield found


def _name(draw: random.Random) -> str:
    return "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).capitalize()


def _appearance(label: str, *surfaces: str) -> Appearance:
    return Appearance(label, surfaces[0], tuple(sorted(set(surfaces))))


def seconds(found: list[Appearance]) -> tuple[float, float]:
    """The time that resolving takes: of the processor, and by the clock."""
    start, clock = time.process_time(), time.perf_counter()
    NameResolver().resolve(found)
    return time.process_time() - start, time.perf_counter() - clock


def _gib() -> float:
    """The most memory that the process had so far."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2)


def main() -> None:
    """Measure a quarter and the whole."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds(list(appearances(1000)))
    quarter, _ = seconds(list(appearances(count // 4, seed=2)))
    found = list(appearances(count))
    before = _gib()
    whole, clock = seconds(found)
    figures = {"seconds": round(whole, 1), "by_the_clock": round(clock, 1), "growth": round(whole / quarter / 4, 2)}
    print(json.dumps({"surfaces": count, **figures, "names_gib": before, "peak_gib": _gib()}))


if __name__ == "__main__":
    main()
