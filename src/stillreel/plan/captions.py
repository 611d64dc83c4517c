"""What stands under a shot: the story's sentence once, then who and what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.wording import listed, possessive

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stillreel.plan.framing import Framing, Role
    from stillreel.plan.telling import Beat, Part, Spot
    from stillreel.values.scene import Emotion

_REACTS: dict[Emotion, tuple[str, str]] = {
    "angry": ("stiffens", "stiffen"),
    "afraid": ("draws back", "draw back"),
    "happy": ("brightens", "brighten"),
    "sad": ("looks down", "look down"),
    "surprised": ("looks up, startled", "look up, startled"),
    "determined": ("watches {} closely", "watch {} closely"),
    "neutral": ("watches {}", "watch {}"),
}
_WATCHES = (("watches {}", "watch {}"), ("looks at {}", "look at {}"), ("sees {}", "see {}"))
_STILL = {"sleep": ("sleeps on", "sleep on"), "lie": ("lies still", "lie still")}
_BY = {"sea": "by", "mountain": "on", "desert": "in", "sky": "under"}
_WEATHER = {
    "rain": "in the rain",
    "snow": "in the snow",
    "fog": "in the fog",
    "wind": "in the wind",
}
_TIMES = {"dawn": "at dawn", "dusk": "at dusk", "night": "at night"}


class Captions:
    """Writes the words of shots that come after the first of a beat."""

    def __init__(self, framing: Framing, spots: Mapping[str, Spot], *, english: bool) -> None:
        """Take the framing, the places, and whether English words may be used."""
        self._framing = framing
        self._spots = spots
        self._english = english

    def told(  # noqa: PLR0911 - one per role
        self, beat: Beat, role: Role, focus: str, parts: Sequence[Part]
    ) -> str:
        """Return the words of one shot."""
        if not self._english:
            return beat.text
        if role == "reaction" and parts:
            return self._reaction(beat, parts[0])
        if role == "detail":
            return self._detail(beat, focus, parts)
        names = listed([self._framing.name(part.id) for part in parts[:4]])
        if role in ("master", "above") and names:
            after = f" {self._where(beat)}" if self._where(beat) else ""
            return f"{_capital(names)}{after}{', from above' if role == 'above' else ''}."
        if role == "place":
            return self.place(beat)
        if role == "over" and len(parts) > 1 and beat.said is None:
            seen, over = (self._framing.name(part.id) for part in parts[:2])
            return f"{_capital(seen)}, over {possessive(over)} shoulder."
        return beat.text

    def place(self, beat: Beat) -> str:
        """Return the place of a beat as it lies there."""
        spot = self._spots.get(beat.moment.place)
        name = spot.name if spot and spot.kind != "open" else "the open land"
        outdoors = spot is None or not spot.indoors
        when = _WEATHER.get(beat.moment.weather, "") if outdoors else ""
        when = when or _TIMES.get(beat.moment.time, "")
        return f"{_capital(name)}{f' {when}' if when else ''}."

    def silent(self, beat: Beat) -> str:
        """Return the words for a speaker who has spoken."""
        name = self._framing.name(beat.parts[0].id)
        many = self._framing.beings[beat.parts[0].id].members > 1
        asked = beat.said is not None and beat.said.text.rstrip().endswith("?")
        verbs = ("wait", "waits") if asked else ("fall silent", "falls silent")
        return f"{_capital(name)} {verbs[0] if many else verbs[1]}."

    def _reaction(self, beat: Beat, part: Part) -> str:
        name = _capital(self._framing.name(part.id))
        lead = self._framing.name(beat.parts[0].id) if beat.parts else ""
        many = int(self._framing.beings[part.id].members > 1)
        verb = _STILL.get(part.does, _REACTS[part.emotion])[many]
        if beat.said is not None and part.emotion == "neutral" and part.does not in _STILL:
            verb = ("listens to {}", "listen to {}")[many]
        elif part.emotion == "neutral" and part.does not in _STILL:
            verb = _WATCHES[len(beat.text) % len(_WATCHES)][many]
        told = verb.format(lead) if lead else verb.replace(" {}", "")
        return f"{name} {told}."

    def _detail(self, beat: Beat, focus: str, parts: Sequence[Part]) -> str:
        thing = self._framing.things.get(focus)
        if thing is None:
            name = self._framing.name(parts[0].id) if parts else ""
            return f"{_capital(possessive(name))} eyes." if name else beat.text
        holder = next((part for part in parts if part.holds == focus), None)
        if holder is not None:
            return f"{_capital(thing.name)} in {possessive(self._framing.name(holder.id))} hand."
        return f"{_capital(thing.name)}, close."

    def _where(self, beat: Beat) -> str:
        spot = self._spots.get(beat.moment.place)
        if spot is None or spot.kind == "open":
            return _WEATHER.get(beat.moment.weather, "")
        return "at home" if spot.name == "home" else f"{_BY.get(spot.kind, 'in')} {spot.name}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
