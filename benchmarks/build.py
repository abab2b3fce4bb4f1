"""What a person waits for: a build from nothing and again, a query on a store at rest, and the help.

    python benchmarks/build.py [SOURCE...]

Sources are the listings of the shared data where there are any (PAPERKG_SHARED, else `shared` beside the checkout), else examples/.
Every figure is the median of several runs on this machine; what counts is the last column, measured side by side.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KG = Path(sys.executable).with_name("kg")


def sources() -> list[str]:
    """The listings of the shared data, else our own examples."""
    shared = Path(os.environ.get("PAPERKG_SHARED", ROOT.parent / "shared")) / "data" / "listings"
    pages = sorted(map(str, shared.glob("*.txt")))
    return pages or [str(ROOT / "examples")]


def seconds(command: Sequence[str | Path]) -> float:
    """Wall time of one run. Ends the benchmark where the command fails."""
    start = time.perf_counter()
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=False)
    passed = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))} left with {done.returncode}:\n{done.stderr}")
    return passed


def median(runs: int, measure: Callable[[], float]) -> float:
    """The middle of several runs."""
    return statistics.median(measure() for _ in range(runs))


def main() -> None:
    """Measure and print one line a figure: what, seconds, and its bound."""
    given = sys.argv[1:] or sources()
    with tempfile.TemporaryDirectory() as folder:
        stores = [Path(folder) / f"{number}.kg" for number in range(3)]
        first = statistics.median(seconds([KG, "build", "--store", store, *given]) for store in stores)
        again = statistics.median(seconds([KG, "build", "--store", store, *given]) for store in stores)
        query = median(3, lambda: seconds([KG, "cypher", "--store", stores[0], "MATCH (p:Paper) RETURN count(p)"]))
    bare = [sys.executable, "-c", "pass"]
    ratios = [seconds([KG, "--help"]) / seconds(bare) for _ in range(11)]
    print(f"{'figure':<34}{'measured':>12}   bound")
    print(f"{'kg build, from nothing':<34}{first:>10.1f} s   30 s")
    print(f"{'kg build, again':<34}{again / first:>10.2f} x   0.33 x of the first")
    print(f"{'kg cypher, store at rest':<34}{query:>10.1f} s   3 s")
    print(f"{'kg --help, bare Python = 1':<34}{statistics.median(ratios):>10.1f} x   6 x")


if __name__ == "__main__":
    main()
