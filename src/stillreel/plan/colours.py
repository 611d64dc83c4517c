"""Plain words for colours, so that a prompt says `dark blue` and never a number."""

from __future__ import annotations

from functools import cache

_NAMED = (
    ("white", "#f5f3ee"),
    ("light grey", "#c4c6c8"),
    ("grey", "#8a8d92"),
    ("dark grey", "#4a4b50"),
    ("black", "#1f1e22"),
    ("cream", "#efe4c8"),
    ("beige", "#d8b894"),
    ("tan", "#c98d6b"),
    ("light brown", "#b08050"),
    ("brown", "#7a5233"),
    ("dark brown", "#43301f"),
    ("red", "#b8322a"),
    ("dark red", "#7a2430"),
    ("orange", "#e08a3c"),
    ("rust", "#a5502c"),
    ("golden", "#e0b048"),
    ("yellow", "#ecd45a"),
    ("olive", "#6f7040"),
    ("light green", "#9fd06a"),
    ("green", "#4a7d4c"),
    ("dark green", "#2c4a3a"),
    ("teal", "#2f7f7a"),
    ("light blue", "#8fbce0"),
    ("blue", "#35659a"),
    ("slate blue", "#41556f"),
    ("dark blue", "#2a3550"),
    ("purple", "#6a4a8f"),
    ("lilac", "#b79ae0"),
    ("pink", "#e08aae"),
    ("magenta", "#a8476f"),
    ("ice blue", "#d6e8f4"),
)


@cache
def colour_name(colour: str) -> str:
    """Return the plain word nearest to `#rrggbb`."""
    red, green, blue = _parts(colour)

    def distance(named: tuple[str, str]) -> float:
        r, g, b = _parts(named[1])
        return 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2

    return min(_NAMED, key=distance)[0]


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
