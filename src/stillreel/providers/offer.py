"""What a provider can do and at what price: data from its dated `offers.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Offer(BaseModel):
    """One provider's capabilities and prices on a date."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    provider: str
    dated: date
    """Day the figures were read."""
    makes: Literal["still", "motion", "writer", "judge", "voice"]
    model: str
    """Model or program that answers."""
    version: str
    """Changes whenever the same ask would give other bytes."""
    local: bool = False
    """Runs on this machine: costs CPU, not money, and may run in a worker process."""
    chance: bool = True
    """Whether the same ask would give another picture the next time."""
    embedded: int = 0
    """Place among what works without key and network; 0 for providers that are not part of it."""
    references_max: int = 0
    """Most pictures one ask may carry."""
    reference_syntax: str = "{label}"
    """How the prompt names a reference: `Image {n}`, `@Image{n}`, `[Image{n}]`."""
    prompt_words_max: int = 1000
    sides: tuple[int, int] = (64, 4096)
    """Smallest and largest picture side in pixels."""
    seconds: tuple[int, int] = (1, 60)
    """Shortest and longest clip."""
    reads: tuple[Literal["grid", "panels", "frames"], ...] = ()
    """How a platform can read the stills."""
    price_usd: str = "0"
    """Price of one picture, or of one second of a clip."""
    lookup: Literal["tag", "list", "history", "none"] = "none"
    """How a job whose answer was lost is found: by our own tag that the vendor echoes, in a list
    that is matched, in a history of finished jobs, or not at all."""
    list_lag: int = 0
    """Longest time in seconds until a new job shows up in the vendor's list."""
    accept_longest: int = 60
    """Longest time in seconds until the vendor has taken or refused a create call."""
    timeout: int = 60
    """Seconds after which a create call is given up."""
    poll_every: float = 5.0
    """Seconds between two looks at a job."""
    retention: int = 0
    """Seconds a result can be fetched; 0 where it does not run out."""
    concurrency: int = 1
    """Jobs that may be under way at once on one account."""
    per_minute: int = 0
    """Create calls a minute; 0 for no limit."""
    prior_seconds: tuple[int, int] = (0, 0)
    """Published seconds from create to result, middle and slow (nine in ten are faster)."""


@cache
def load(package: str, name: str) -> Offer:
    """Read `name`.offers.toml that lies beside the provider's module in `package`."""
    text = resources.files(package).joinpath(f"{name}.offers.toml").read_text("utf-8")
    return Offer.model_validate(tomllib.loads(text))
