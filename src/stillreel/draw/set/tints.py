"""The colours of a place: local colour by season, weather and the setting's own palette."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.draw.marks import mix, rgb

if TYPE_CHECKING:
    from stillreel.values.scene import Setting

Tone = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Tints:
    """Local colours of a place, as if evenly lit."""

    grass: Tone
    grass_far: Tone
    grass_light: Tone
    earth: Tone
    foliage: tuple[Tone, ...]
    """Dark to light."""
    blossom: tuple[Tone, ...]
    trunk: Tone
    stone: Tone
    brick: Tone
    roof: Tone
    wood: Tone
    plaster: Tone
    cloth: Tone
    accent: Tone
    water: Tone
    hill: Tone
    snow: Tone
    snow_shade: Tone
    bare: bool
    """Trees without leaves."""
    white: bool
    """Snow lies on ground, walls and branches."""
    blooming: bool
    wet: bool
    lit: bool
    """Windows and lamps are alight."""
    window: Tone
    """What an unlit or lit pane shows from outside."""


_GRASS: dict[str, tuple[Tone, Tone, Tone]] = {
    "spring": ((112, 164, 74), (158, 196, 110), (170, 208, 96)),
    "summer": ((92, 144, 66), (142, 176, 96), (150, 186, 82)),
    "autumn": ((146, 136, 70), (184, 160, 92), (196, 168, 86)),
    "winter": ((150, 152, 128), (184, 188, 170), (190, 188, 160)),
}
_GROUND: dict[str, tuple[Tone, Tone, Tone]] = {
    "desert": ((222, 182, 126), (236, 206, 158), (244, 216, 168)),
    "sea": ((226, 206, 164), (232, 218, 184), (242, 228, 194)),
    "street": ((104, 104, 112), (134, 134, 142), (140, 140, 148)),
    "castle": ((150, 144, 128), (172, 166, 150), (186, 180, 164)),
}
_FOLIAGE: dict[str, tuple[Tone, ...]] = {
    "spring": ((64, 122, 62), (104, 160, 72), (150, 194, 88)),
    "summer": ((42, 94, 56), (66, 124, 62), (112, 160, 74)),
    "autumn": ((164, 76, 36), (208, 118, 42), (236, 172, 62)),
    "winter": ((84, 92, 82), (112, 118, 104), (150, 154, 140)),
}
_BLOSSOM: tuple[Tone, ...] = ((232, 142, 166), (246, 184, 198), (255, 224, 226), (255, 246, 240))


def _snow_lies(setting: Setting, features: str) -> bool:
    growing = "blossom" in features or "flower" in features
    # A place keeps every feature its story names; season and weather say which are seen now.
    told = "snow" in features and setting.season == "summer" and not growing
    return (
        setting.weather == "snow"
        or told
        or (setting.season == "winter" and setting.weather != "rain" and setting.kind != "desert")
        or ("snow" in features and setting.kind == "mountain")
    )


def tints_of(setting: Setting) -> Tints:
    """Return the local colours of a place at its season and weather."""
    season = setting.season
    features = " ".join(setting.features).lower()
    white = _snow_lies(setting, features)
    grass, far, light = _GRASS[season]
    foliage = _FOLIAGE[season]
    snow, snow_shade = (238, 243, 252), (178, 196, 228)
    lead = [rgb(colour) for colour in setting.palette]
    if lead and not white:
        grass, far = mix(grass, lead[0], 0.22), mix(far, lead[0], 0.16)
        foliage = tuple(mix(tone, lead[0], 0.22) for tone in foliage)
    ground = _GROUND.get(setting.kind)
    if ground:
        grass, far, light = ground
    if white:
        grass, far, light = (222, 230, 246), (236, 241, 251), snow
    lit = setting.time in {"night", "dusk"} or setting.mood == "dim"
    second = lead[1] if len(lead) > 1 else (lead[0] if lead else None)
    return Tints(
        grass=grass,
        grass_far=far,
        grass_light=light,
        earth=(150, 118, 82) if not white else (196, 200, 214),
        foliage=foliage,
        blossom=_BLOSSOM if season != "autumn" else ((206, 70, 50), (232, 120, 60), (250, 180, 90)),
        trunk=(98, 72, 56) if season != "winter" else (86, 72, 70),
        stone=_led((168, 158, 142), second, 0.18),
        brick=_led((168, 104, 82), second, 0.18),
        roof=_led((104, 84, 104), second, 0.20),
        wood=_led((146, 104, 66), lead[0] if lead else None, 0.18),
        plaster=_led((226, 206, 172), lead[0] if lead else None, 0.42),
        cloth=_led((164, 58, 58), second, 0.55),
        accent=lead[2] if len(lead) > 2 else (222, 168, 74),
        water=(82, 134, 164) if setting.time != "night" else (60, 92, 140),
        hill=mix(far, (120, 150, 170), 0.35) if not white else (206, 218, 238),
        snow=snow,
        snow_shade=snow_shade,
        bare=season == "winter",
        white=white,
        blooming=(season == "spring" and (setting.kind == "garden" or "blossom" in features))
        or (season == "summer" and "blossom" in features),
        wet=setting.weather == "rain",
        lit=lit,
        window=(255, 206, 120) if lit else (108, 132, 156),
    )


def _led(tone: Tone, lead: Tone | None, amount: float) -> Tone:
    return mix(tone, lead, amount) if lead else tone
