"""What the front-end and the platform of open weights share: which pipelines they know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from stillreel.errors import NotConfigured
from stillreel.providers.bench import AtOnce
from stillreel.providers.offer import load
from stillreel.providers.seam import Status
from stillreel.shelf.diffusers import loading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from stillreel.providers.offer import Offer

Words = dict[str, object]
"""Arguments of a pipeline."""


@dataclass(frozen=True, slots=True)
class Family:
    """Pipelines that are asked in the same way."""

    words: Callable[..., Words]
    """What is said to them besides size, steps and prompt."""
    needs: tuple[str, ...] = ()
    """Modules they work with besides those of the extra."""
    exact: tuple[str, ...] = ()
    """Parts that are computed in `float32` on every device."""
    edits: bool = False
    """Whether they draw only from pictures, never from words alone."""


class Model(AtOnce):
    """A model on this disk; a subclass names itself and its families, quotes and submits."""

    package = "stillreel.shelf.diffusers"
    families: ClassVar[Mapping[str, Family]] = {}
    """By class of the pipeline."""

    def __init__(self, label: str = "", mine: Path | None = None) -> None:
        """Say which model it is; nothing is loaded yet.

        Args:
            label: of one of the models in the offers file; empty for the first.
            mine: a user's own offers file, whose figures win and whose models follow.
        """
        super().__init__(label, mine)
        self.id = self.offer.provider

    @property
    def offer(self) -> Offer:
        """What the model can do, dated."""
        return load(self.package, type(self).id, self._label, self._mine)

    @property
    def family(self) -> Family:
        """How its pipeline is asked.

        Raises:
            NotConfigured: the offer names one that is not known here.
        """
        name = loading.weights(self.offer).pipeline
        if name not in self.families:
            raise NotConfigured(
                f"{self.id} names the pipeline {name}, which is not known here.",
                where="offers file",
                next_step=f"Known: {', '.join(self.families)}.",
            )
        return self.families[name]

    def status(self) -> Status:
        """Say whether the extra and the weights are here, and under which licence."""
        if self.offer.disabled:
            return Status("disabled", self.offer.disabled)
        return loading.status(self.offer, self.family.needs)
