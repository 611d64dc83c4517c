"""Names lent to the parser: it knows `Mary`, and stumbles over `Vivian` or `Nadia`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.values.scene import Presentation

_CAPITAL = re.compile(r"\b[A-Z][a-z]+\b")
_LENT: dict[Presentation, tuple[str, ...]] = {
    "masculine": ("John", "Paul", "George", "Peter", "Robert"),
    "feminine": ("Mary", "Alice", "Sarah", "Julia", "Helen"),
}
_WORDS = word_set("""
    mark bill will hope faith joy grace rose lily daisy violet iris ruby hazel ivy may june april
    penny frank jack art bob drew dawn eve max ray stella bella vera
""")


@dataclass(frozen=True, slots=True)
class Lent:
    """A paragraph with plain names in it, and the way back."""

    text: str
    original: str
    swaps: tuple[tuple[int, int, int], ...]
    """Start in the lent text, length there, and length in the original, in order."""

    def back(self, at: int) -> int:
        """Return the position in the original of a position in the lent text."""
        shift = 0
        for start, length, before in self.swaps:
            if at <= start:
                break
            if at < start + length:
                return start + shift
            shift += before - length
        return at + shift


def lend(text: str, names: Mapping[str, Presentation]) -> Lent:
    """Return a paragraph in which people bear names that the parser knows well.

    Args:
        text: the paragraph, speeches masked.
        names: names of this story besides the usual ones, lower case, and how to read them.
    """
    given: dict[str, str] = {}
    pieces: list[str] = []
    swaps: list[tuple[int, int, int]] = []
    reached = length = 0
    for match in _CAPITAL.finditer(text):
        word = match.group(0)
        plain = _plain(word, names, given)
        if not plain:
            continue
        pieces += [text[reached : match.start()], plain]
        length += match.start() - reached
        swaps.append((length, len(plain), len(word)))
        length += len(plain)
        reached = match.end()
    pieces.append(text[reached:])
    return Lent("".join(pieces), text, tuple(swaps))


def _plain(word: str, names: Mapping[str, Presentation], given: dict[str, str]) -> str:
    key = word.lower()
    if key in given:
        return given[key]
    gender = names.get(key) or (None if key in _WORDS else lexicon().name_gender(key))
    if gender is None or gender == "neutral":
        gender = "masculine" if gender else None
    if gender is None:
        return ""
    free = [one for one in _LENT[gender] if one not in given.values()]
    given[key] = free[0] if free else ""
    return given[key]
