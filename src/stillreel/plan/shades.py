"""Colours made darker or paler, as the story says."""

from __future__ import annotations

_TOWARDS = {
    "dark": ("#000000", 0.4),
    "deep": ("#000000", 0.25),
    "light": ("#ffffff", 0.4),
    "pale": ("#ffffff", 0.55),
    "bright": ("#ffffff", 0.1),
}


def shaded(colour: str, word: str) -> str:
    """Return `#rrggbb` as `dark`, `light`, `pale`, `deep` or `bright` as the word says."""
    if word not in _TOWARDS:
        return colour
    target, share = _TOWARDS[word]
    mixed = (
        round(int(colour[i : i + 2], 16) * (1 - share) + int(target[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{one:02x}" for one in mixed)
