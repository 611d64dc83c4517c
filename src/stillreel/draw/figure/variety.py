"""The members of a group: each one different, all of one kind."""

from __future__ import annotations

import colorsys
from functools import lru_cache
from typing import TYPE_CHECKING

from stillreel.draw.marks import mix, rgb
from stillreel.values.digest import of_parts
from stillreel.values.scene import Hair, Worn

if TYPE_CHECKING:
    from stillreel.draw.figure.sketch import RGB
    from stillreel.values.scene import Beard, Build, Garment, HairStyle, Identity, Presentation

_STYLES: dict[Presentation, tuple[HairStyle, ...]] = {
    "feminine": ("long", "braids", "bob", "ponytail", "curly", "bun", "short"),
    "masculine": ("short", "curly", "cropped", "wild", "short", "bob", "curly"),
}
_HAIR: tuple[RGB, ...] = (
    (60, 40, 30), (112, 70, 36), (200, 148, 74), (32, 28, 34), (150, 70, 36), (86, 58, 42),
    (222, 184, 112),
)  # fmt: skip
_TALL = (0.0, -0.07, 0.06, -0.11, 0.03, 0.09, -0.03)
_SKIN = (0.0, 0.16, -0.10, 0.30, -0.06, 0.08, 0.22)
_HUE = (0.0, 0.36, 0.60, 0.12, 0.82, 0.48, 0.22)
_BUILD: tuple[Build, ...] = ("average", "slim", "average", "heavy", "slim", "broad", "average")
_BEARD: tuple[Beard, ...] = ("none", "short", "none", "moustache", "stubble", "full", "none")
_SWAPS: dict[Presentation, dict[Garment, Garment]] = {
    "feminine": {"trousers": "skirt", "shorts": "skirt"},
    "masculine": {"dress": "tunic", "skirt": "trousers"},
}


@lru_cache(maxsize=128)
def variant(identity: Identity, index: int) -> Identity:
    """Return member `index` of a group as an identity of its own, under the group's id.

    Args:
        identity: the group, or anyone.
        index: 0 to 6; the same index is always the same person.
    """
    shift = int(of_parts([identity.id, "member"])[:6], 16)
    place = (index + shift) % 7
    presentation: Presentation = identity.presentation
    if presentation == "neutral":
        presentation = "feminine" if (index + shift // 7) % 2 else "masculine"
    grown = identity.age in ("adult", "elder")
    reach = 0.6 if grown else 1.2
    colour = _HAIR[(place * 3 + shift // 49) % 7]
    if identity.age == "elder":
        colour = mix(colour, (206, 204, 200), 0.7)
    beard: Beard = _BEARD[place] if grown and presentation == "masculine" else "none"
    return identity.model_copy(
        update={
            "members": 1,
            "presentation": presentation,
            "height_m": round(identity.height_m * (1 + _TALL[place] * reach), 3),
            "build": _BUILD[place] if grown or _BUILD[place] != "broad" else "average",
            "skin": _hex(_toned(rgb(identity.skin), _SKIN[place])),
            "hair": Hair(style=_STYLES[presentation][place], colour=_hex(colour), beard=beard),
            "outfit": tuple(_recut(worn, place, presentation) for worn in identity.outfit),
            "accent": _hex(_turned(rgb(identity.accent), _HUE[place])),
        }
    )


def _recut(worn: Worn, place: int, presentation: Presentation) -> Worn:
    garment = worn.garment
    if place % 3 == 1:
        garment = _SWAPS.get(presentation, {}).get(garment, garment)
    return Worn(garment=garment, colour=_hex(_turned(rgb(worn.colour), _HUE[place])))


def _turned(colour: RGB, hue: float) -> RGB:
    h, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    made = colorsys.hls_to_rgb((h + hue) % 1.0, light, saturation * (0.9 if hue == 0 else 0.62))
    return round(made[0] * 255), round(made[1] * 255), round(made[2] * 255)


def _toned(skin: RGB, amount: float) -> RGB:
    return mix(skin, (92, 54, 38), amount) if amount > 0 else mix(skin, (255, 226, 200), -amount)


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
