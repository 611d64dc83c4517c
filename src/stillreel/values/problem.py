"""A user's mistake as a value: where it is, what it is, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in one file; many are collected and shown together."""

    file: str
    """Path relative to the project folder, with forward slashes."""
    line: int
    """1-based line; 0 when the whole file is meant."""
    key: str
    """Dotted key or element the problem is about, e.g. `panel.3.size`; may be empty."""
    message: str
    """One sentence saying what is wrong."""
    hint: str = ""
    """One sentence saying how to mend it."""
    severity: Severity = "error"
    """Errors stop a run; warnings are shown and the run goes on."""

    def __str__(self) -> str:
        """Return `file:line: key: message (hint)`, the form editors can jump to."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {key}{self.message}{hint}"
