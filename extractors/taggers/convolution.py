"""The fast tagger's network: vectors of words, then convolutions over their neighbours, then a look at the whole paper.

Iterated dilated convolutions for tagging are of Strubell et al., "Fast and Accurate Entity Recognition with Iterated Dilated
Convolutions" (2017); words as the sum of what their letters say, of Bojanowski et al., "Enriching Word Vectors with Subword
Information" (2017). `extractors.training.convolution` trains the weights.

All factors of a matrix product are whole numbers from -127 to 127 held as 32-bit floats, so that every sum stays below 2**24 and is
exact in any order: whatever stands beside a paper, and on whatever processor, its scores are the same bits.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from extractors.taggers.classes import Arrays, spelling
from extractors.taggers.features import PAD, of_code, pattern
from extractors.taggers.lattice import Transitions
from extractors.taggers.line import Line, lay
from extractors.taggers.rows import Rows
from kg.model import Text

__all__ = ["DILATIONS", "GAP", "GRAMS", "LONGEST", "PLACES", "REACH", "STEPS", "ConvolutionModel", "grams"]

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.intp]
Words = list[tuple[int, int]]

#: How many words to each side the first layer sees, and how far apart those are that the later layers see.
REACH = 3
DILATIONS = (1, 2, 4)
#: Empty words between fields, so that no layer sees across.
GAP = 4
#: Pieces of words share so many vectors, by a checksum.
GRAMS = 8192
#: Letters of a word that are looked at.
LONGEST = 24
#: How fine whole numbers are: of vectors of words, of layers, and of the means over a paper; 127 of them is the most.
STEPS: Mapping[str, float] = {"vector": 4 / 127, "layer": 6 / 127, "mean": 2 / 127}
#: Where the words of the later layers stand, one before, here, and one behind, times the dilation.
PLACES = (-1, 0, 1)

_MOST = np.float32(127)
_FINER = np.float32(STEPS["layer"] / STEPS["mean"])
_WORDS_KEPT = 60_000
#: About so many words go through the layers at once, so that their tables stay in the processor's cache.
_TOGETHER = 1000


def grams(word: str) -> list[int]:
    """The numbers of the pieces of a word: three and four letters in a row, and five at its ends."""
    whole = f"<{spelling(word)[:LONGEST]}>"
    pieces = {whole[k : k + size] for size in (3, 4) for k in range(len(whole) - size + 1)} | {whole[:5], whole[-5:]}
    return [zlib.crc32(piece.encode("utf-8", "surrogatepass")) % GRAMS for piece in sorted(pieces)]


@dataclass(frozen=True, slots=True)
class _Layer:
    """A matrix for each place whose words are looked at, [place, from, to]; what a unit of the sums is worth, and where they start."""

    matrices: Floats
    scale: Floats
    bias: Floats

    @staticmethod
    def of(arrays: Arrays, name: str) -> _Layer:
        return _Layer(arrays[name].astype(np.float32), arrays[f"{name}.scale"], arrays[f"{name}.bias"])

    def sums(self, *values: Floats) -> Floats:
        """The weighted sums of the rows of several tables."""
        made: Floats = values[0] @ self.matrices[0]
        for table, matrix in zip(values[1:], self.matrices[1:], strict=True):
            made += table @ matrix
        made *= self.scale
        made += self.bias
        return made


class ConvolutionModel:
    """Scores of the labels of words; `emissions` gives them, `transitions` those of one label after another."""

    def __init__(self, arrays: Arrays) -> None:
        self.transitions = Transitions.of(arrays["between"], arrays["first"])
        self._vectors: dict[str, Floats] = {name: arrays[name].astype(np.float32) for name in ("words", "grams", "patterns")}
        self._names = {name: _numbered(arrays[f"{name}.names"]) for name in ("words", "patterns", "codes")}
        self._code_rows: Floats = arrays["codes"].astype(np.float32) * arrays["codes.scale"]
        self._first = _Layer.of(arrays, "near")
        self._later = [_Layer.of(arrays, f"later{k}") for k in range(len(DILATIONS))]
        self._paper = _Layer.of(arrays, "paper")
        self._last = _Layer.of(arrays, "last")
        self._words: Rows[str] = Rows(self._vectors["words"].shape[1], self._rows_of_words, _WORDS_KEPT)
        self._codes: Rows[int] = Rows(self._code_rows.shape[1], self._rows_of_codes, _WORDS_KEPT)

    @staticmethod
    def read(content: bytes) -> ConvolutionModel:
        """The model in the bytes of an npz file."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return ConvolutionModel(dict(arrays))

    def emissions(self, texts: Sequence[Text], words: Sequence[tuple[Words, Words]]) -> list[Floats]:
        """The scores of the words of every title and abstract, in turn."""
        made: list[Floats] = []
        start, size = 0, 0
        for end, (title, abstract) in enumerate(words, 1):
            size += len(title) + len(abstract)
            if size >= _TOGETHER or end == len(words):
                made += self._some(lay(texts[start:end], words[start:end], GAP))
                start, size = end, 0
        return made

    def _some(self, line: Line) -> list[Floats]:
        sizes = np.array([end - start for start, end in line.bounds])
        starts = np.array([start for start, _ in line.bounds])
        gaps = np.array([end - GAP + k for _, end in line.bounds[:-1] for k in range(GAP)], np.intp)
        near = self._near(line, gaps)
        seen = near
        for k, (layer, dilation) in enumerate(zip(self._later, DILATIONS, strict=True)):
            sums = layer.sums(*_around(seen, [dilation * place for place in PLACES]))
            sums += seen[GAP:-GAP] if k else self._papers(near, starts, sizes)
            seen = _layer(sums, gaps)
        scores = self._last.sums(near[GAP:-GAP], seen[GAP:-GAP])
        return [scores[start - GAP : end - GAP] for start, end in line.bounds]

    def _near(self, line: Line, gaps: Ints) -> Floats:
        """What the words and their neighbours say."""
        rows, places = self._words.of(line.words), self._codes.of(line.codes)  # before the tables are read: this lets them grow
        sums = self._first.sums(*_around(self._words.table[rows], range(-REACH, REACH + 1)))
        of_codes = np.zeros(len(sums), np.intp)  # gaps get the first row too, which the layer takes away again
        of_codes[np.delete(np.arange(len(sums)), gaps)] = places
        sums += self._codes.table[of_codes]
        return _layer(sums, gaps)

    def _papers(self, near: Floats, starts: Ints, sizes: Ints) -> Floats:
        """What the whole paper and its title say, for every word of it."""
        fields: Floats = np.add.reduceat(near, starts, axis=0)
        titles, papers = fields[::2], fields[::2] + fields[1::2]
        means = [
            sums / np.maximum(count, 1)[:, None].astype(np.float32) * _FINER
            for sums, count in ((papers, sizes[::2] + sizes[1::2]), (titles, sizes[::2]))
        ]
        for values in means:
            _whole(values, values)
        said: Floats = np.repeat(self._paper.sums(*means), np.diff(starts[::2], append=len(near) - GAP), axis=0)
        return said

    def _rows_of_words(self, words: Sequence[str]) -> Floats:
        pieces = [grams(word) for word in words]
        sizes = np.array(list(map(len, pieces)))
        spelt = np.add.reduceat(self._vectors["grams"][list(chain.from_iterable(pieces))], np.cumsum(sizes) - sizes, axis=0)
        known = self._vectors["words"][[self._names["words"].get(spelling(word), 1) for word in words]]
        kind = self._vectors["patterns"][[self._names["patterns"].get(pattern(word[:LONGEST]), 0) for word in words]]
        made: Floats = np.clip(np.rint(known + kind + spelt / sizes[:, None].astype(np.float32)), -_MOST, _MOST)
        made[[word == PAD for word in words]] = self._vectors["words"][0]
        return made

    def _rows_of_codes(self, codes: Sequence[int]) -> Floats:
        names = self._names["codes"]
        return np.stack([self._code_rows[[names[name] for name in of_code(code) if name in names]].sum(axis=0) for code in codes])


def _numbered(names: npt.NDArray[np.uint8]) -> dict[str, int]:
    """Names, one a line, to the numbers of their rows."""
    return {name: number for number, name in enumerate(names.tobytes().decode("utf-8").split("\n"))}


def _around(table: Floats, distances: Sequence[int]) -> list[Floats]:
    """The table without its first and last gap, moved by each distance."""
    return [table[GAP + distance : len(table) - GAP + distance] for distance in distances]


def _whole(values: Floats, out: Floats) -> Floats:
    """The nearest whole numbers that a layer may hold, written to `out`, which may be the values themselves."""
    return np.clip(np.rint(values, out=out), 0, _MOST, out=out)


def _layer(sums: Floats, gaps: Ints) -> Floats:
    """The next layer of these sums, with nothing in the gaps between fields, and with a gap before and after."""
    made: Floats = np.zeros((len(sums) + 2 * GAP, sums.shape[1]), np.float32)
    _whole(sums, made[GAP:-GAP])[gaps] = 0
    return made
