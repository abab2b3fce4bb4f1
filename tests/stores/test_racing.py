"""Two processes that build one paper out of two texts at the same time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import racer

from kg.graph import dump_line
from kg.ports import Store
from kg.settings import StoreSettings
from kg.stores import open_store
from kg.testing.memory import MemoryStore

SHORT, LONG = "We use RAG.", "We use LoRA with GPT-4, and at length."


def dump(store: Store) -> list[str]:
    return sorted(map(dump_line, [*store.nodes(), *store.relationships()]))


@pytest.mark.parametrize(("slow", "quick"), [(SHORT, LONG), (LONG, SHORT)])
def test_two_builds_of_one_paper_leave_what_they_leave_one_after_the_other(
    store_settings: StoreSettings, tmp_path: Path, slow: str, quick: str
) -> None:
    place = (store_settings.address, store_settings.username, store_settings.password or "")
    with open_store(store_settings) as store:
        processes = [
            subprocess.Popen([sys.executable, racer.__file__, *place, *more, str(tmp_path)], stdout=subprocess.PIPE, text=True)
            for more in (("slow", slow), ("quick", quick))
        ]
        try:
            said = [process.communicate(timeout=120)[0] for process in processes]
        finally:
            for process in processes:
                process.kill()
        assert said == ["1\n", "0\n"]
        wanted = MemoryStore()
        assert racer.build(wanted, quick) == racer.build(wanted, slow) == 0
        assert dump(store) == dump(wanted)
