"""Papers a second of an engine, beside spaCy's bare tokenizer and sentencizer: `python benchmarks/extract.py [PAPERS] [ENGINE] [N]`.

PAPERS is a file of JSON Lines with title and abstract (`.gz` too); without it, the records of the shared data where there are any
(PAPERKG_SHARED, else `shared` beside the checkout), else those of examples/, which are too few to say much. The two take turns
over all papers, so that a busy machine slows both; the engine uses every core as `kg extract` does, spaCy is one process. Prints one JSON
object: seconds to load, papers a second of both, their ratio, and the peak memory of the largest process.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_ROUNDS = 2


def records() -> Path:
    """The records of the shared data, else our own examples."""
    shared = Path(os.environ.get("PAPERKG_SHARED", ROOT.parent / "shared")) / "data"
    return next(iter(sorted(shared.glob("arxiv-*.jsonl.gz"))), ROOT / "examples" / "arxiv-metadata.jsonl")


def papers(path: Path, count: int) -> list[tuple[str, str]]:
    """Titles and abstracts of the first papers of the file."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [(record["title"] or "", record["abstract"] or "") for record in map(json.loads, islice(lines, count))]


def main(path: str = "", engine: str = "fast", count: str = "4000") -> None:
    """Measure and print."""
    started = time.perf_counter()
    import extractors

    extractor = extractors.load(engine, many=True)
    loading = time.perf_counter() - started
    import spacy

    from kg.model import Text

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    some = papers(Path(path) if path else records(), int(count))
    texts = [Text(str(number), title, abstract) for number, (title, abstract) in enumerate(some)]
    own = theirs = 0.0
    for _ in range(_ROUNDS):
        started = time.perf_counter()
        for _ in nlp.pipe(f"{title}\n{abstract}" for title, abstract in some):
            pass
        theirs += time.perf_counter() - started
        started = time.perf_counter()
        for _ in extractor.extract(texts):
            pass
        own += time.perf_counter() - started
    processes = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    print(
        json.dumps(
            {
                "engine": engine,
                "papers": len(texts),
                "seconds to load": round(loading, 2),
                "papers a second": round(_ROUNDS * len(texts) / own, 1),
                "spaCy, papers a second": round(_ROUNDS * len(texts) / theirs, 1),
                "ratio": round(theirs / own, 4),
                "peak memory in MB": max(resource.getrusage(who).ru_maxrss for who in processes) // 1024,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
