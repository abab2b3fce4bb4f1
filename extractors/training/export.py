"""Writing weights into a folder of models: the files, and their part of the manifest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractors.taggers.weights import MANIFEST

__all__ = ["write_engine"]


def write_engine(folder: Path, engine: str, files: Mapping[str, bytes], settings: Mapping[str, Any], record: Mapping[str, Any]) -> None:
    """Write the files and describe them: `settings` is what the engine needs to run, `record` how it was trained and scores."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / MANIFEST
    manifest: dict[str, Any] = {"format": 1, "engines": {}}
    if path.exists():
        manifest = json.loads(path.read_text(encoding="utf-8"))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    manifest["engines"][engine] = {
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
        "settings": dict(settings),
        "record": dict(record),
    }
    path.write_text(json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
