import importlib.util
import json
import random
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.evaluation.scoring import intervals, score
from kg.model import ROLES

Paper = dict[str, Any]


def entity(name: str, type_: str = "METHOD", role: str = "uses", *more: str) -> Paper:
    return {"name": name, "type": type_, "role": role, "mentions": [name, *more]}


def paper(number: int, *entities: Paper, **lists: Any) -> Paper:
    return {
        "id": str(number),
        "title": "",
        "abstract": "",
        "entities": list(entities),
        "results": [],
        "relations": [],
        "links": [],
        **lists,
    }


def by_id(*papers: Paper) -> dict[str, Paper]:
    return {each["id"]: each for each in papers}


def worsened(gold: Paper, chance: random.Random) -> Paper:
    """A prediction that goes wrong in every way that one can."""
    made: Paper = json.loads(json.dumps(gold))
    for each in list(made["entities"]):
        worsen_entity(each, made["entities"], chance)
    for result in list(made["results"]):
        worsen_result(result, made, chance)
    for relation in made["relations"]:
        if chance.random() < 0.3:
            relation["head"], relation["tail"] = relation["tail"], relation["head"]
    for link in made["links"]:
        link["url"] += chance.choice(["", "/", ".git", ").", "x"])
        link["role"] = chance.choice(["official", "related"])
    return made


def worsen_entity(each: Paper, entities: list[Paper], chance: random.Random) -> None:
    match chance.randrange(9):
        case 0:
            entities.remove(each)
        case 1:
            each["type"] = chance.choice(list(ROLES))
            each["role"] = ROLES[each["type"]][0]
        case 2:
            each["role"] = chance.choice(ROLES[each["type"]])
        case 3:
            each["mentions"] = each["mentions"][:1]
        case 4:
            each["mentions"] += chance.choice(entities)["mentions"]
        case 5:
            each["mentions"] = [{"text": m.upper()} for m in each["mentions"] if isinstance(m, str)]
        case 6:
            entities.append(entity(f"Nothing {len(entities)}"))
        case _:
            pass


def worsen_result(result: Paper, made: Paper, chance: random.Random) -> None:
    match chance.choice(["value", "unit", "kind", "drop", "none", "none", "metric", "subject", "baseline", "benchmark", "evidence"]):
        case "drop":
            made["results"].remove(result)
        case "value":
            result["value"] += 1
        case "kind":
            result["kind"] = "relative" if result["kind"] == "absolute" else "absolute"
        case "unit":
            result["unit"] = {"%": "percent", "x": "times", "points": "pp"}.get(result["unit"] or "", "GB")
        case "none":
            pass
        case slot:
            result[slot] = chance.choice([None, "accuracy", *(each["name"] for each in made["entities"])]) or ""


@pytest.fixture(scope="module")
def theirs(shared: Path) -> ModuleType:
    """The scorer that defines the figures."""
    path = shared / "eval" / "score.py"
    found = importlib.util.spec_from_file_location("reference_score", path)
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.shared
@pytest.mark.parametrize("name", ["listings-dev.jsonl", "arxiv-train.jsonl"])
@pytest.mark.parametrize("seed", [1, 2])
def test_score_equals_the_reference_on_worsened_gold(shared: Path, theirs: ModuleType, name: str, seed: int) -> None:
    chance = random.Random(seed)
    with (shared / "eval" / "gold" / name).open(encoding="utf-8") as lines:
        gold = by_id(*(json.loads(line) for line in islice(lines, 120)))
    predicted = {key: worsened(each, chance) for key, each in gold.items() if chance.random() > 0.05}
    ours, reference = score(gold, predicted), theirs.score(gold, predicted)
    assert {key: value for key, value in reference.items() if ours.get(key) != value and not _near(ours.get(key), value)} == {}


def _near(ours: Any, value: Any) -> bool:
    if isinstance(value, dict) and isinstance(ours, dict):
        return all(_near(ours.get(key), each) for key, each in value.items() if key in ours)
    return isinstance(value, int | float) and isinstance(ours, int | float) and abs(ours - value) < 6e-5


def test_score_of_gold_against_itself_is_perfect() -> None:
    gold = by_id(
        paper(1, entity("A", "METHOD", "uses", "Alpha"), relations=[{"head": "A", "type": "BASED_ON", "tail": "B"}]), paper(2, entity("B"))
    )
    figures = score(gold, gold)
    assert figures["papers"] == 2
    assert all(figures[name]["f1"] == 1.0 for name in ("entities", "METHOD", "relations"))
    assert figures["role"] == {"accuracy": 1.0, "of": 2}
    assert figures["aliases"] == {"accuracy": 1.0, "of": 1}


def test_score_counts_a_missing_paper_as_empty() -> None:
    figures = score(by_id(paper(1, entity("A")), paper(2, entity("B"))), by_id(paper(1, entity("A"))))
    assert figures["entities"] == {"p": 1.0, "r": 0.5, "f1": 0.6667, "gold": 2, "predicted": 1}


def test_score_gives_nothing_for_surfaces_thrown_together() -> None:
    gold = by_id(paper(1, entity("A"), entity("B")))
    assert score(gold, by_id(paper(1, entity("A", "METHOD", "uses", "B"))))["entities"]["f1"] == 0.0


def test_score_of_no_papers_has_no_shares() -> None:
    figures = score({}, {})
    assert figures["entities"]["f1"] == 0.0
    assert figures["role"]["accuracy"] is None


def test_intervals_hold_the_figure_and_do_not_depend_on_the_run() -> None:
    gold = by_id(*(paper(n, entity(f"A{n}"), entity(f"B{n}")) for n in range(40)))
    predicted = by_id(*(paper(n, entity(f"A{n}")) for n in range(40) if n % 3))
    found = intervals(gold, predicted)
    low, high = found["entities"]
    assert low < score(gold, predicted)["entities"]["f1"] < high
    assert found == intervals(gold, predicted)


def test_intervals_of_no_papers_are_none() -> None:
    assert intervals({}, {}) == {}
