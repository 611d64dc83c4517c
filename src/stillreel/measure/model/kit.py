"""The learned models at hand: which are here, loaded when first asked."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from stillreel.errors import NotConfigured
from stillreel.measure.model.card import catalogue
from stillreel.measure.model.network import Network
from stillreel.measure.model.weights import fetch, here, no_one

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from stillreel.measure.model.card import Job, ModelCard, Style
    from stillreel.measure.model.weights import Agree, Hub, Weights


class Kit:
    """Weights by job; each network is loaded on first use and kept."""

    def __init__(self, weights: Sequence[Weights]) -> None:
        self._weights = tuple(weights)
        self._loaded: dict[str, Network] = {}

    @property
    def weights(self) -> tuple[Weights, ...]:
        """What is at hand."""
        return self._weights

    def network(self, job: Job, style: Style | None = None) -> Network | None:
        """Return the network for a job and a style of picture, or None where it is not here.

        Raises:
            NotConfigured: onnxruntime is not installed.
            Damaged: the weights cannot be run.
        """
        able = [one for one in self._weights if one.card.job == job]
        fit = [one for one in able if style is not None and one.card.style == style]
        # One made for a style is not tried on pictures whose style nobody knows.
        fit += [one for one in able if one.card.style is None]
        if not fit:
            return None
        first = fit[0]
        if first.card.id not in self._loaded:
            self._loaded[first.card.id] = Network(first)
        return self._loaded[first.card.id]


COUNTING: tuple[Job, ...] = ("person", "style")
"""What is needed to count people."""
COMPARING: tuple[Job, ...] = ("face-boxes", "face", "drawn", "general", "style")
"""What is needed to compare characters."""


def default_cards(jobs: Sequence[Job] = (*COUNTING, *COMPARING)) -> tuple[ModelCard, ...]:
    """Return the cards for some jobs that are used unless others are named."""
    return tuple(card for card in catalogue().model if not card.spare and card.job in jobs)


def usual_folder(home: Path) -> Path:
    """Return where weights are kept under a person's home folder unless another is named."""
    return home / ".stillreel" / "models"


def open_kit(
    folder: Path,
    cards: Sequence[ModelCard] | None = None,
    agree: Agree = no_one,
    hub: Hub | None = None,
) -> Kit:
    """Return the models that are in a folder, after asking for each that is not.

    A no leaves that model out; with none left the tier is not configured.

    Args:
        folder: where weights are kept.
        cards: which models; the default ones unless told.
        agree: asks a person; the default answers no, so nothing is fetched.
        hub: where to fetch from; the public hub unless told.

    Raises:
        NotConfigured: the extra is not installed, no weights are here, or the hub cannot be
            reached.
        Damaged: weights are not the file they should be.
    """
    wanted = default_cards() if cards is None else tuple(cards)
    if find_spec("onnxruntime") is None:
        raise _missing("the extra 'model' (onnxruntime is not installed) and its", wanted, folder)
    found: list[Weights] = []
    for card in wanted:
        weights = here(card, folder)
        if weights is None and agree(card):
            weights = fetch(card, folder, lambda _: True, hub)
        if weights is not None:
            found.append(weights)
    if not found:
        raise _missing("learned", wanted, folder)
    return Kit(found)


@cache
def kept_kit(folder: Path) -> Kit:
    """Return the models that lie in a folder; asked for once in a process, and nobody is asked.

    Raises:
        NotConfigured: the extra is not installed, or no weights are here.
        Damaged: weights are not the file they should be.
    """
    return open_kit(folder)


def _missing(what: str, cards: Sequence[ModelCard], folder: Path) -> NotConfigured:
    named = "; ".join(f"{card.id} from {card.repo}, licence {card.licence}" for card in cards)
    return NotConfigured(
        f"The model tier needs {what} weights: {named}.",
        where=str(folder),
        next_step="Run pip install 'stillreel[model]', then stillreel measure identity --tier "
        "model on a terminal and agree to a licence, or lay weights at FOLDER/ID/NAME.onnx.",
    )
