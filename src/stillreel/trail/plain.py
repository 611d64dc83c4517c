"""Words from outside, made fit to stand in a line of text."""

from __future__ import annotations

import unicodedata

_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Letters that turn the direction of what follows, and so let a title pose as something else."""


def plain(told: str, longest: int = 160) -> str:
    """Return words as one line without control or direction letters.

    Args:
        told: a title or name that anybody may have written.
        longest: letters that are kept; more are cut, and the cut is shown.
    """
    kept = "".join(
        " " if unicodedata.category(letter)[0] in "CZ" and letter != "\u200d" else letter
        for letter in told[: 4 * longest]
        if letter not in _TURNING
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
