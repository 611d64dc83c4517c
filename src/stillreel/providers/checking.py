"""Checking: a vendor asked whether a picture carries the signals that the vendor itself puts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Checked:
    """What a vendor says of a picture; that it found nothing says nothing of who made it."""

    pixels: bool
    """Whether it found its mark in the pixels."""
    manifest: bool
    """Whether it found its manifest."""


@runtime_checkable
class Checks(Protocol):
    """A provider whose vendor can be asked; it is never asked unless a person says so."""

    id: str
    vendor: str
    check_terms: str
    """What happens to a picture that is sent, and what it costs, as a person must know before."""

    async def check(self, picture: bytes, where: str = "") -> Checked:
        """Send one picture, PNG, JPEG or WebP, once.

        Raises:
            ProviderError: there is no answer, or none of the published shape.
        """
        ...
