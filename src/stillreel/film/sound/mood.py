"""How a clip feels, told by its people, light and season: what the music follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.film.nouns import PanelSpan
    from stillreel.film.sound.nouns import Mode

_FEELING: dict[str, float] = {
    "happy": 1.0,
    "determined": 0.15,
    "surprised": 0.05,
    "sad": -0.9,
    "angry": -0.75,
    "afraid": -0.85,
}
_DOING: dict[str, float] = {
    "laugh": 0.8,
    "dance": 0.8,
    "play": 0.8,
    "embrace": 0.6,
    "wave": 0.4,
    "cry": -0.9,
    "fight": -0.6,
    "fall": -0.4,
}
_LIGHT: dict[str, float] = {"warm": 0.2, "cool": -0.12, "harsh": -0.25, "dim": -0.2}
_SEASON: dict[str, float] = {"spring": 0.2, "winter": -0.22, "autumn": -0.08}
_WEATHER: dict[str, float] = {"rain": -0.15, "snow": -0.1, "fog": -0.15, "wind": -0.1}
_BUSY: dict[str, float] = {
    "run": 1.0,
    "fight": 1.0,
    "dance": 0.9,
    "ride": 0.8,
    "play": 0.75,
    "fall": 0.7,
    "climb": 0.6,
    "fly": 0.6,
    "walk": 0.45,
    "work": 0.45,
    "sleep": 0.0,
    "lie": 0.0,
    "kneel": 0.15,
    "sit": 0.15,
    "cry": 0.2,
}


@dataclass(frozen=True, slots=True)
class Mood:
    """What the music of one clip must feel like."""

    valence: float
    """-1 sorrow to 1 joy."""
    energy: float
    """0 still to 1 driven."""
    night: bool
    winter: bool

    @property
    def mode(self) -> Mode:
        """The harmony that fits."""
        if self.valence >= 0.3:
            return "bright"
        if self.valence >= -0.08:
            return "gentle"
        return "wistful" if self.valence >= -0.5 else "dark"


def mood_of(panels: Sequence[PanelSpan]) -> Mood:
    """Return the mood of a run of panels, weighed by their length."""
    whole = sum(span.frames for span in panels) or 1
    valence = energy = night = winter = 0.0
    for span in panels:
        share = span.frames / whole
        valence += share * _valence(span)
        busy = [_BUSY.get(one.does, 0.3) for one in span.panel.who] or [0.15]
        energy += share * max(busy)
        night += share * (span.panel.time == "night")
        winter += share * (span.panel.season == "winter")
    return Mood(
        round(max(-1.0, min(1.0, valence)), 3),
        round(max(0.0, min(1.0, energy)), 3),
        night > 0.5,
        winter > 0.5,
    )


def _valence(span: PanelSpan) -> float:
    panel = span.panel
    felt = [_FEELING.get(one.emotion, 0.0) + _DOING.get(one.does, 0.0) for one in panel.who] or [
        0.0
    ]
    strongest = max(felt, key=abs)
    return (
        0.7 * strongest
        + 0.3 * sum(felt) / len(felt)
        + _LIGHT.get(panel.mood, 0.0)
        + _SEASON.get(panel.season, 0.0)
        + _WEATHER.get(panel.weather, 0.0)
        - (0.1 if panel.time == "night" else 0.0)
    )
