import hashlib
import json
import shutil
from pathlib import Path

import pytest

from extractors import taggers
from extractors.taggers.weights import MANIFEST, models_folder, read_weights
from kg.errors import ExtractorError, UsageError


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    return Path(shutil.copytree(models_folder(), tmp_path / "models"))


def test_load_refuses_an_unknown_engine() -> None:
    with pytest.raises(UsageError, match="valid are accurate, fast"):
        taggers.load("slow")


def test_weights_that_are_missing_say_how_to_get_them(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"holds no weights for the accurate engine; .*extractors\.training"):
        taggers.load("accurate", tmp_path)


def test_weights_that_were_changed_are_refused(copied: Path) -> None:
    with (copied / "convolution.npz").open("ab") as file:
        file.write(b"x")
    with pytest.raises(ExtractorError, match="is not the file that"):
        taggers.load("fast", copied)


def test_weights_that_lost_a_file_are_refused(copied: Path) -> None:
    (copied / "convolution.npz").unlink()
    with pytest.raises(ExtractorError, match="is missing"):
        taggers.load("fast", copied)


@pytest.mark.parametrize("engine", taggers.ENGINES)
def test_weights_of_something_else_are_named(copied: Path, engine: str) -> None:
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    files = manifest["engines"][engine]["files"]
    for name in files:
        (copied / name).write_bytes(b"something else")
        files[name] = hashlib.sha256(b"something else").hexdigest()
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ExtractorError, match=f"the weights of the {engine} engine cannot be read"):
        taggers.load(engine, copied)


def test_weights_are_found_through_the_environment(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERKG_MODELS", str(copied))
    assert models_folder() == copied
    assert taggers.load("fast").weights == read_weights("fast", copied).digest


def test_digest_changes_with_the_settings(copied: Path) -> None:
    before = read_weights("fast", copied).digest
    manifest = json.loads((copied / MANIFEST).read_text(encoding="utf-8"))
    manifest["engines"]["fast"]["settings"]["confidence"]["y"][0] += 0.01
    (copied / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    assert read_weights("fast", copied).digest != before


def test_weights_stay_within_forty_megabytes() -> None:
    assert sum(path.stat().st_size for path in models_folder().iterdir()) < 40_000_000
