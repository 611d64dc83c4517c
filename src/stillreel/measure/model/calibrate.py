"""Thresholds from labelled vectors: what a model's likeness is worth on pictures like ours."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, cast
from zipfile import BadZipFile

import numpy as np

from stillreel.errors import ProjectError
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from stillreel.measure.model.weights import Weights
    from stillreel.measure.nouns import WeightsUsed

    Numbers = NDArray[np.float64]

_FEWEST = 20
"""Pairs of either kind below which no threshold is set."""
_FILE = "calibration.json"


@dataclass(frozen=True, slots=True)
class Scale:
    """How a cosine is read as a score."""

    threshold: float
    low: float
    """Cosine that scores 0."""
    high: float
    """Cosine that scores 1."""
    measured: bool
    """True when it was measured on labelled crops here; False when it is the card's."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What labelled crops say about one model."""

    threshold: float
    """Cosine at which false accepts and false rejects are nearest to each other."""
    low: float
    """Mean cosine of different characters."""
    high: float
    """Mean cosine of one character."""
    auc: float
    """Chance that a pair of one character is more alike than a pair of two."""
    false_accept: float
    """Share of different pairs at or above the threshold."""
    false_reject: float
    """Share of same pairs below it."""
    same_pairs: int
    different_pairs: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """Vectors that were computed once, with who is on each crop: enough to calibrate again."""

    vectors: NDArray[np.float32]
    """(count, length), each of length 1."""
    who: tuple[str, ...]
    """Identity on each crop."""
    source: tuple[str, ...]
    """Picture each crop was cut from."""
    made_by: str
    """Digest of the weights and of the preprocessing."""

    def save(self, path: Path) -> None:
        """Write them as one compressed file."""
        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                vectors=self.vectors,
                who=np.array(self.who),
                source=np.array(self.source),
                made_by=np.array(self.made_by),
            )


def recorded(path: Path) -> Recorded:
    """Read vectors that `Recorded.save` wrote.

    Raises:
        ProjectError: the file is not one of those.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as held:
            words = [tuple(str(one) for one in held[name]) for name in ("who", "source")]
            return Recorded(held["vectors"], words[0], words[1], str(held["made_by"]))
    except (OSError, EOFError, ValueError, KeyError, TypeError, BadZipFile) as error:
        raise ProjectError(
            "These are no recorded vectors.", where=str(path), next_step="Record them again."
        ) from error


def maker(used: WeightsUsed) -> str:
    """Return what vectors of these weights, fed this way, are filed under."""
    return of_value([used.sha256, used.preprocessing])


def pairs(of: Recorded, *, within: bool = True) -> tuple[Numbers, Numbers]:
    """Return the cosines of same and of different pairs.

    Args:
        of: labelled vectors.
        within: different characters from one picture only, so that background cannot help.
    """
    close = np.clip(of.vectors.astype(np.float64) @ of.vectors.T.astype(np.float64), -1, 1)
    who, source = np.array(of.who), np.array(of.source)
    upper = np.triu(np.ones((who.size, who.size), bool), 1)
    alike = who[:, None] == who[None, :]
    apart = ~alike & (source[:, None] == source[None, :] if within else True)
    return close[upper & alike], close[upper & apart]


def calibrate(same: Sequence[float] | Numbers, different: Sequence[float] | Numbers) -> Calibration:
    """Return the threshold at which the two kinds of error are nearest, and what it costs.

    Raises:
        ProjectError: there are too few pairs, or one character is not more alike than two.
    """
    ours, others = (np.sort(np.asarray(one, np.float64)) for one in (same, different))
    if min(ours.size, others.size) < _FEWEST:
        raise ProjectError(
            f"{ours.size} same and {others.size} different pairs are too few to set a threshold.",
            next_step=f"Label enough crops for {_FEWEST} pairs of either kind.",
        )
    low, high, auc = float(others.mean()), float(ours.mean()), _auc(ours, others)
    if not low < high:
        raise ProjectError(
            f"This model does not tell these characters apart (AUC {auc:.2f}).",
            next_step="Use another model for such pictures, or the judge.",
        )
    every = np.unique(np.concatenate([ours, others]))
    between = (every[1:] + every[:-1]) / 2
    # The threshold scores a half, so it lies between the cosines that score 0 and 1.
    tries = np.append(between[(between > low) & (between < high)], (low + high) / 2)
    rejects = np.searchsorted(ours, tries, side="left") / ours.size
    accepts = 1 - np.searchsorted(others, tries, side="left") / others.size
    best = int(np.lexsort((rejects + accepts, np.abs(rejects - accepts)))[0])
    threshold = float(tries[best])
    errors = float(accepts[best]), float(rejects[best])
    return Calibration(threshold, low, high, auc, *errors, ours.size, others.size)


def keep(calibration: Calibration, weights: Weights) -> Path:
    """Write a calibration beside the weights it was made with; return where."""
    path = weights.path.parent / _FILE
    content = {"made_by": maker(weights.used), **asdict(calibration)}
    path.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    return path


def scale_of(weights: Weights) -> Scale | None:
    """Return how to read these weights' cosines: measured here, else the card's, else None.

    A calibration of other weights or of another preprocessing does not count.

    Raises:
        ProjectError: what was kept cannot be read.
    """
    path = weights.path.parent / _FILE
    if path.is_file():
        found = _kept(path, maker(weights.used))
        if found is not None:
            return found
    card = weights.card
    if card.threshold is None:
        return None
    return Scale(card.threshold, card.low, card.high, measured=False)


def _kept(path: Path, made_by: str) -> Scale | None:
    try:
        held = cast("dict[str, object]", json.loads(path.read_text("utf-8")))
        if held["made_by"] != made_by:
            return None
        low, threshold, high = (
            float(cast("float", held[key])) for key in ("low", "threshold", "high")
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ProjectError(
            "This is no calibration of a model.",
            where=str(path),
            next_step="Delete it and calibrate again.",
        ) from error
    return Scale(threshold, low, high, measured=True)


def _auc(ours: Numbers, others: Numbers) -> float:
    """Return the area under the ROC curve; ties count half."""
    below = np.searchsorted(others, ours, side="left")
    at_most = np.searchsorted(others, ours, side="right")
    return float((below + at_most).mean() / (2 * others.size))
