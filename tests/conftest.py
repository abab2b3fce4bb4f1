"""Fixtures for every test; each topic's own live in tests/fixtures_<topic>.py and are listed here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins: list[str] = ["fixtures_browser", "fixtures_stores"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The project's shared data: PAPERKG_SHARED, else `shared` beside the checkout."""
    named = os.environ.get("PAPERKG_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip(f"the shared data is not in {folder}; name its folder in PAPERKG_SHARED")
    return folder
