"""A moment that a stepped clock cannot move: seconds since a machine started."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instant:
    """A reading of a machine's own stopwatch."""

    boot: str
    """Which start of which machine the seconds count from."""
    seconds: float
    """Seconds since then; they go on while the machine sleeps."""

    def since(self, earlier: Instant) -> float | None:
        """Return the seconds since `earlier`; None when it was read on another start or machine."""
        return self.seconds - earlier.seconds if self.boot == earlier.boot else None

    def __str__(self) -> str:
        """Return it as text that `parse` reads."""
        return f"{self.seconds:.3f}@{self.boot}"

    @classmethod
    def parse(cls, text: str) -> Instant | None:
        """Read what `str` wrote; None for an empty text."""
        seconds, _, boot = text.partition("@")
        return cls(boot, float(seconds)) if seconds else None
