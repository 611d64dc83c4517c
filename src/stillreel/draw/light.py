"""The gaffer: how a place is lit at its hour, in its weather and mood.

The palettes are those of colour-graded film: the shadows never grey, the key and the shade on
opposite sides of the wheel, the distance always a colour of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from stillreel.draw.marks import Light, mix, rgb

if TYPE_CHECKING:
    from stillreel.values.scene import Setting

Tone = tuple[int, int, int]

INDOORS = frozenset({"room", "hall", "vehicle"})
"""Place kinds that are lit through windows and by lamps."""

_KEYS: dict[str, tuple[float, float, float]] = {
    "left": (-0.66, 0.56, 0.50),
    "right": (0.66, 0.56, 0.50),
    "front": (-0.18, 0.42, 0.89),
    "back": (0.30, 0.55, -0.78),
    "top": (-0.10, 0.97, 0.22),
}


@dataclass(frozen=True, slots=True)
class _Hour:
    key: Tone
    shade: Tone
    rim: Tone
    fog: Tone
    exposure: float
    distance: float


_HOURS = {
    "day": _Hour((255, 248, 228), (112, 130, 178), (255, 251, 232), (190, 218, 238), 1.0, 130.0),
    "dawn": _Hour((255, 216, 182), (112, 116, 168), (255, 205, 170), (236, 202, 196), 0.94, 62.0),
    "dusk": _Hour((255, 192, 136), (94, 80, 138), (255, 158, 92), (222, 142, 124), 0.84, 80.0),
    "night": _Hour((186, 214, 255), (94, 112, 190), (188, 216, 255), (52, 74, 132), 0.70, 70.0),
}

_INSIDE = {
    "day": _Hour((255, 244, 222), (120, 116, 142), (255, 246, 224), (214, 206, 192), 0.96, 160.0),
    "dawn": _Hour((255, 220, 186), (112, 102, 140), (255, 206, 168), (216, 184, 170), 0.88, 160.0),
    "dusk": _Hour((255, 198, 142), (98, 76, 116), (255, 166, 104), (170, 110, 96), 0.78, 160.0),
    "night": _Hour((255, 202, 140), (72, 64, 106), (140, 176, 244), (38, 40, 70), 0.70, 160.0),
}

_MOONLIT = _Hour((132, 178, 255), (78, 104, 190), (190, 216, 255), (40, 54, 100), 0.70, 160.0)
"""A room at night in which nothing burns: what the moon lets in at the window, day for night."""

_BURNING = frozenset(
    {
        "lamp",
        "lamps",
        "lantern",
        "lanterns",
        "candle",
        "candles",
        "candlestick",
        "chandelier",
        "fire",
        "fireplace",
        "hearth",
        "stove",
        "oven",
        "grate",
        "torch",
        "torches",
    }
)
_SHIPS = frozenset(["deck", "ship", "sailing-ship", "schooner", "galleon", "frigate", "brig"])
_BARE = frozenset({"window", "windows", "door", "doors", "wall", "walls"})


@dataclass(frozen=True, slots=True)
class _Veil:
    tone: Tone
    amount: float
    distance: float
    exposure: float
    soften: float


_VEILS = {
    "clear": _Veil((255, 255, 255), 0.0, 1.0, 1.0, 0.0),
    "wind": _Veil((196, 206, 214), 0.16, 0.8, 0.97, 0.08),
    "rain": _Veil((128, 146, 166), 0.55, 0.42, 0.80, 0.45),
    "snow": _Veil((206, 218, 238), 0.50, 0.62, 0.98, 0.35),
    "fog": _Veil((206, 212, 218), 0.62, 0.25, 0.94, 0.45),
}


def aboard(setting: Setting) -> bool:
    """Return whether a place is the open deck of a ship, though ships count as vehicles."""
    last = setting.name.lower().rsplit(maxsplit=1)[-1:]
    return setting.kind in {"vehicle", "sea", "open"} and bool(_SHIPS & set(last))


def under_roof(setting: Setting) -> bool:
    """Return whether a place is indoors: lit through windows, and out of the weather."""
    return setting.kind in INDOORS and not aboard(setting)


def moonlit(setting: Setting) -> bool:
    """Return whether this is a room at night with no lamp or fire in it."""
    if setting.kind != "room" or setting.time != "night":
        return False
    named = {word for one in setting.features for word in one.lower().replace("-", " ").split()}
    # A room of which nothing is told is furnished by the set, which brings its own lamps.
    return bool(named - _BARE) and not named & _BURNING


def light_of(setting: Setting) -> Light:
    """Return the light of a place at its time of day, in its weather, mood and key direction."""
    inside = under_roof(setting)
    hour = _MOONLIT if moonlit(setting) else (_INSIDE if inside else _HOURS)[setting.time]
    veil = _VEILS[setting.weather]
    weight = 0.35 if inside else 1.0
    dark = {"night": 0.26, "dusk": 0.62, "dawn": 0.85}.get(setting.time, 1.0)
    cover = (
        round(veil.tone[0] * dark),
        round(veil.tone[1] * dark),
        round(min(veil.tone[2] * (dark + (1 - dark) * 0.22), 255)),
    )
    soften = veil.soften * weight
    light = Light(
        key=_KEYS[setting.key],
        key_colour=mix(hour.key, _bright(veil.tone), soften * 0.6),
        shade_colour=mix(hour.shade, _lift(hour.shade, 46), soften),
        rim=mix(hour.rim, _bright(veil.tone), soften * 0.5),
        fog=mix(hour.fog, cover, veil.amount * weight),
        fog_distance=hour.distance * (1 - weight + veil.distance * weight),
        exposure=hour.exposure * (1 - weight + _through(veil, setting) * weight),
    )
    if setting.season == "winter" and not inside:
        light = replace(
            light,
            key_colour=mix(light.key_colour, (232, 240, 255), 0.35),
            fog=mix(light.fog, (206, 220, 242) if dark == 1.0 else light.fog, 0.4),
        )
    return _felt(_mooded(light, setting), setting)


def _through(veil: _Veil, setting: Setting) -> float:
    """Return the share of the light that comes through; the little there is at night is kept."""
    return (1 + veil.exposure) / 2 if setting.time == "night" else veil.exposure


def _mooded(light: Light, setting: Setting) -> Light:
    if setting.mood == "warm" and not moonlit(setting):
        return replace(
            light,
            key_colour=mix(light.key_colour, (255, 208, 138), 0.30),
            shade_colour=mix(light.shade_colour, (136, 92, 112), 0.25),
            rim=mix(light.rim, (255, 206, 140), 0.35),
            fog=mix(light.fog, (255, 218, 172), 0.16 if setting.time != "night" else 0.04),
        )
    if setting.mood == "cool":
        return replace(
            light,
            key_colour=mix(light.key_colour, (196, 222, 255), 0.40),
            shade_colour=mix(light.shade_colour, (64, 90, 156), 0.30),
            rim=mix(light.rim, (188, 222, 255), 0.45),
            fog=mix(light.fog, (164, 192, 226), 0.22 if setting.time != "night" else 0.05),
        )
    if setting.mood == "harsh":
        return replace(
            light,
            shade_colour=mix(light.shade_colour, (18, 18, 34), 0.45),
            rim=mix(light.rim, (255, 255, 255), 0.5),
            exposure=light.exposure * (1.06 if setting.time != "night" else 1.0),
            fog_distance=light.fog_distance * 1.3,
        )
    if setting.mood == "dim":
        # At night there is little left to take away: the picture must still be read.
        night = setting.time == "night"
        return replace(
            light,
            key_colour=mix(light.key_colour, light.shade_colour, 0.10 if night else 0.25),
            shade_colour=mix(light.shade_colour, (20, 22, 40), 0.08 if night else 0.30),
            fog=mix(light.fog, (30, 34, 52), 0.15 if night else 0.30),
            exposure=light.exposure * (0.97 if night else 0.78),
        )
    return light


def _felt(light: Light, setting: Setting) -> Light:
    """Let the leading colours of the setting tint distance and edges."""
    if not setting.palette:
        return light
    lead = rgb(setting.palette[0])
    edge = rgb(setting.palette[1]) if len(setting.palette) > 1 else lead
    return replace(light, fog=mix(light.fog, lead, 0.14), rim=mix(light.rim, _bright(edge), 0.22))


def _bright(tone: Tone) -> Tone:
    top = max(*tone, 1)
    return (tone[0] * 255 // top, tone[1] * 255 // top, tone[2] * 255 // top)


def _lift(tone: Tone, amount: int) -> Tone:
    return (min(tone[0] + amount, 255), min(tone[1] + amount, 255), min(tone[2] + amount, 255))
