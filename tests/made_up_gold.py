"""Made-up papers with annotations, for tests of training."""

from __future__ import annotations

import random


def paper(number: int) -> dict[str, object]:
    """A paper in the gold format that proposes a method and scores it on a benchmark; the number decides the names."""
    chance = random.Random(number)
    method = chance.choice("ABCDEF") + chance.choice(["flux", "grad", "net"]) + str(number % 9)
    data = chance.choice(["Img", "Txt", "Aud"]) + "Bench-" + str(number % 7)
    return {
        "id": f"p{number}",
        "title": f"{method}: a new method",
        "abstract": f"We propose {method}, a {method}-based learner. It reaches high accuracy on {data}. See https://x.org/{method}.",
        "entities": [
            {"name": method, "type": "METHOD", "role": "proposes", "mentions": [method]},
            {"name": data, "type": "BENCHMARK", "role": "evaluates_on", "mentions": [data]},
            {"name": "accuracy", "type": "METRIC", "role": "reports", "mentions": ["accuracy"]},
        ],
        "results": [],
        "relations": [],
        "links": [],
    }
