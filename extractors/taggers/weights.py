"""The folder that holds trained weights: a manifest with settings and the checksum of every file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ExtractorError
from kg.ids import digest

__all__ = ["ENVIRONMENT", "MANIFEST", "Weights", "models_folder", "read_weights"]

ENVIRONMENT = "PAPERKG_MODELS"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Weights:
    """What one engine needs: its files, already checked, and its settings. `digest` names both."""

    files: Mapping[str, bytes]
    settings: Mapping[str, Any]
    digest: str


def models_folder(models: Path | None = None) -> Path:
    """`models`, else the folder in PAPERKG_MODELS, else the one that came with the package."""
    if models is not None:
        return models
    named = os.environ.get(ENVIRONMENT)
    return Path(named) if named else Path(__file__).parent.parent / "models"


def read_weights(engine: str, models: Path | None = None) -> Weights:
    """The weights of an engine. Raises ExtractorError where they are missing, damaged or of another format."""
    folder = models_folder(models)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        section = manifest["engines"][engine]
        hashes, settings = section["files"], section["settings"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ExtractorError(
            f"{folder} holds no weights for the {engine} engine; `python -m extractors.training --out {folder}` makes them, "
            f"and {ENVIRONMENT} may name another folder"
        ) from error
    files = {name: _checked(folder / name, expected) for name, expected in sorted(hashes.items())}
    return Weights(files, settings, digest(hashes, settings))


def _checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExtractorError(f"{path} is missing, though {MANIFEST} beside it names it; copy the whole folder again") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise ExtractorError(f"{path} is not the file that {MANIFEST} beside it describes; copy the whole folder again")
    return content
