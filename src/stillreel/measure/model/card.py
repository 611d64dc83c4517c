"""Cards of the learned models: where the weights lie, under which licence, how they are fed."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from stillreel.errors import NotConfigured
from stillreel.values.digest import of_value

Job = Literal["person", "face-boxes", "face", "drawn", "general", "style"]
"""What a model is for: find people or faces; tell faces, drawn or any figures apart; tell style."""

Style = Literal["photoreal", "drawn"]

Triple = tuple[float, float, float]


class ModelCard(BaseModel):
    """One learned model as dated data."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")
    job: Job
    style: Style | None = None
    """The pictures it is for; None for any."""
    spare: bool = False
    """True for one that is taken only when it is asked for by id."""
    repo: str
    revision: str
    """Branch, tag or commit at the hub."""
    file: str
    """Path of the weights inside the repository."""
    sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    """Digest of the weights; empty takes the first download's as the one to hold to."""
    licence: str
    size: tuple[int, int]
    """Width and height in pixels it is fed."""
    scale: float
    """Factor from 8-bit pixels to its numbers, before mean and spread."""
    mean: Triple = (0.0, 0.0, 0.0)
    std: Triple = (1.0, 1.0, 1.0)
    channels: Literal["rgb", "bgr"]
    fit: Literal["pad", "stretch"]
    """`pad` keeps proportions and fills up with grey, `stretch` does not."""
    answer: Literal["yolo", "yunet", "vector", "first-token", "classes"]
    """What comes out: boxes, face boxes, one vector, a row of tokens, class scores."""
    output: str = ""
    """Name of the output to read; empty reads the first, or all for `yunet`."""
    classes: tuple[Style, ...] = ()
    floor: float = 0.0
    """Confidence below which a box or a class is not believed."""
    threshold: float | None = None
    """Cosine from which two are the same; None until it is calibrated."""
    low: float = 0.0
    """Cosine that scores 0."""
    high: float = 1.0
    """Cosine that scores 1."""
    note: str
    verified: tuple[str, ...]
    """Claims of this card that were read at a source."""

    @model_validator(mode="after")
    def _in_order(self) -> ModelCard:
        if self.threshold is not None and not self.low < self.threshold < self.high:
            message = f"{self.id}: low < threshold < high"
            raise ValueError(message)
        return self

    @property
    def preprocessing(self) -> str:
        """Digest of all that is done to a picture before the weights see it."""
        fed = (self.size, self.scale, self.mean, self.std, self.channels, self.fit, _STEPS)
        return of_value([self.answer, *fed])

    @property
    def unverified(self) -> tuple[str, ...]:
        """Claims of this card that nobody checked."""
        claims = ["repo", "file", "licence", "preprocessing"]
        claims += ["threshold"] if self.threshold is not None else []
        return tuple(claim for claim in claims if claim not in self.verified)

    @property
    def terms(self) -> str:
        """What a person is shown before the weights are fetched."""
        text = f"{self.repo} ({self.revision}), {self.file}. Licence: {self.licence}. {self.note}"
        if self.unverified:
            text += f" Not verified: {', '.join(self.unverified)}."
        return text


_STEPS = "area or linear, grey 114, 1"
"""Version of the code in `prepare`; changed with it."""


class Catalogue(BaseModel):
    """All cards, and the day they were written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dated: date
    model: tuple[ModelCard, ...]

    def card(self, name: str) -> ModelCard:
        """Return the card `name`.

        Raises:
            NotConfigured: there is none.
        """
        for one in self.model:
            if one.id == name:
                return one
        raise NotConfigured(
            f"There is no model called {name!r}.",
            next_step=f"Known: {', '.join(one.id for one in self.model)}.",
        )


@cache
def catalogue() -> Catalogue:
    """Return the cards that come with the program."""
    text = resources.files("stillreel.measure.model").joinpath("models.toml").read_text("utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
