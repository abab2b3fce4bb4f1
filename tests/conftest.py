"""Fixtures for every test; each topic's own live in tests/fixtures_<topic>.py and are listed here."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run and no time limit on a busy machine; HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("paperkg", deadline=None, derandomize=True, database=None)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "paperkg"))

# A shell gives what it runs in the background an interrupt that is ignored, and the commands under test would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

pytest_plugins: list[str] = ["fixtures_browser", "fixtures_stores"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared data: PAPERKG_SHARED, else `shared` beside the checkout."""
    named = os.environ.get("PAPERKG_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip(f"the shared data is not in {folder}; name its folder in PAPERKG_SHARED")
    return folder
