"""Places that look like no other of their kind: told from the words of their name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from stillreel.draw.light import INDOORS, aboard

if TYPE_CHECKING:
    from stillreel.values.scene import Setting

Site = Literal[
    "", "bridge", "canal", "river", "rooftop", "cave", "graveyard", "farm", "deck", "platform"
]

_WORDS: dict[Site, str] = {
    "bridge": "bridge footbridge drawbridge viaduct",
    "canal": "canal towpath canalside quayside embankment",
    "river": "river stream brook creek riverbank riverside streamside",
    "rooftop": "rooftop rooftops roof roofs housetop",
    "cave": "cave cavern grotto",
    "graveyard": "graveyard churchyard cemetery",
    "platform": "platform trackside",
    "farm": "farm farmyard farmland",
}
_SITE_OF: dict[str, Site] = {word: site for site, words in _WORDS.items() for word in words.split()}
_PARTS = frozenset({"bank", "banks", "side", "edge", "mouth", "entrance", "parapet", "top"})
_LINKS = frozenset(
    {
        "by",
        "near",
        "over",
        "of",
        "under",
        "at",
        "on",
        "in",
        "beside",
        "behind",
        "before",
        "across",
        "to",
        "from",
        "with",
        "where",
        "outside",
    }
)
_WOODEN = frozenset({"wood", "wooden", "timber", "plank", "rope", "footbridge"})


def site_of(setting: Setting) -> Site:
    """Return which special place a setting is, or an empty string for the usual one of its kind."""
    if aboard(setting):
        return "deck"
    if setting.kind in INDOORS or setting.kind in {"castle", "sky"}:
        return ""
    words = re.findall(r"[a-z]+", setting.name.lower())
    links = [place for place, word in enumerate(words) if word in _LINKS]
    named = words[: links[0]] if links and links[0] > 0 else words
    if named and named[-1] in _PARTS:
        named = named[:-1]
    site = _SITE_OF.get(named[-1], "") if named else ""
    if site:
        return site
    seen = {*words, *(word for one in setting.features for word in _split(one))}
    # A street beside water is a canal; elsewhere a river is one thing among others.
    return "canal" if setting.kind == "street" and seen & {"canal", "river"} else ""


def wooden(setting: Setting) -> bool:
    """Return whether a bridge is a wooden one: told so, or out in the country."""
    words = {*_split(setting.name), *(word for one in setting.features for word in _split(one))}
    if words & {"stone", "brick", "marble"}:
        return False
    return bool(words & _WOODEN) or setting.kind in {"forest", "field", "garden", "mountain"}


def _split(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())
