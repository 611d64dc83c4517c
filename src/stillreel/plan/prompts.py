# ruff: noqa: RUF001 - full-width marks end sentences too
"""Every prompt, written from the plan before a credit is spent: sheet, grid and shot.

Pictures are mentioned as `{{ref:label}}` and named in a provider's own way only when they are sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Literal

from stillreel.plan.phrases import count_phrase, identity_phrase, place_phrase, prop_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan, PlanProp
    from stillreel.providers.seam import ReadMode

Kind = Literal["sheet", "grid", "shot"]

_MENTION = re.compile(r"\{\{ref:([A-Za-z0-9-]+)\}\}")
_INTRODUCED = re.compile(r"^\{\{ref:([A-Za-z0-9-]+)\}\} (?:shows|is the identity of) ")
_MOST_WORDS = 30
_MOST_IDENTITIES = 4
_NEAR = ("close-up", "extreme-close-up", "medium-close-up")
_SIZES = {
    "extreme-wide": "Extreme wide shot",
    "wide": "Wide shot",
    "full": "Full shot, head to foot",
    "medium-wide": "Medium wide shot, from the knees up",
    "medium": "Medium shot, from the waist up",
    "medium-close-up": "Medium close-up, head and shoulders",
    "close-up": "Close-up of the face",
    "extreme-close-up": "Extreme close-up",
    "insert": "Insert of one thing filling the frame",
}
_ANGLES = {
    "eye-level": "eye level",
    "low": "low angle looking up",
    "high": "high angle looking down",
    "overhead": "from straight above",
    "dutch": "tilted horizon",
}
_MOVES = {
    "static": "The camera holds still",
    "push": "The camera pushes in slowly",
    "pull": "The camera pulls back slowly",
    "pan-left": "The camera pans left slowly",
    "pan-right": "The camera pans right slowly",
    "tilt-up": "The camera tilts up slowly",
    "tilt-down": "The camera tilts down slowly",
    "track-left": "The camera tracks left alongside",
    "track-right": "The camera tracks right alongside",
    "orbit-left": "The camera orbits to the left slowly",
    "orbit-right": "The camera orbits to the right slowly",
    "crane-up": "The camera rises slowly",
    "crane-down": "The camera sinks slowly",
    "handheld": "The camera is handheld, breathing gently",
}
_FIGURE_VIEWS = (
    "Top row: full body from the front, three-quarter, side and back, standing upright.\n"
    "Bottom row: the face in four studies, calm, happy, sad, angry."
)
_PLACE_VIEWS = (
    "One large establishing view above; below it the same place seen from the other side"
    " and two details."
)
_LIGHT = {
    "left": "main light from the left",
    "right": "main light from the right",
    "front": "main light from the front",
    "back": "main light from behind",
    "top": "main light from above",
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One written prompt, readable and diffable as a file of the project."""

    kind: Kind
    subject: str
    """Id of what is drawn or moved: `mara`, `C07`."""
    path: str
    """Where it stands in the project: `prompts/shot/C07.txt`."""
    text: str
    names: tuple[tuple[str, str], ...] = ()
    """Label of each picture it mentions, with the words to use where no picture is sent."""


def write_prompts(plan: Plan, read: ReadMode = "grid") -> tuple[Prompt, ...]:
    """Return all prompts of a plan: sheets of cast, places and props, then grids, then shots."""
    sheets = [sheet_prompt(plan, one.id) for one in (*plan.cast, *plan.places, *plan.props)]
    grids = [grid_prompt(plan, clip) for clip in plan.clips]
    shots = [shot_prompt(plan, clip, read) for clip in plan.clips]
    return (*sheets, *grids, *shots)


def sheet_prompt(plan: Plan, thing_id: str) -> Prompt:
    """Return the prompt of one sheet.

    Raises:
        KeyError: nothing in the plan has that id.
    """
    known: dict[str, Character | Place | PlanProp] = {one.id: one for one in plan.props}
    known |= {one.id: one for one in plan.places}
    known |= {one.id: one for one in plan.cast}
    kind, subject, views, same = _sheet_words(plan, known[thing_id])
    text = _filled(
        "sheet", kind=kind, subject=subject, views=views, consistency=same, style=_style(plan)
    )
    return Prompt("sheet", thing_id, f"prompts/sheet/{thing_id}.txt", text)


def grid_prompt(plan: Plan, clip: ClipPlan) -> Prompt:
    """Return the prompt of a clip's board; it mentions the sheets of those who are in it."""
    people = _people(plan, clip)
    places = _places(plan, clip)
    names = [(one.id, one.name) for one in people[:_MOST_IDENTITIES]]
    names += [(place.id, place.name) for place in places[:1]]
    panels = "\n".join(
        f"Panel {index}: {_panel_words(plan, panel)}" for index, panel in enumerate(clip.panel, 1)
    )
    text = _filled(
        "grid",
        ratio=plan.ratio,
        style=_style(plan),
        references=_reference_words(names, "shows"),
        people=_identity_lines(people),
        places="\n".join(f"Place: {place_phrase(place)}." for place in places),
        panels=panels,
    )
    return Prompt("grid", clip.id, f"prompts/grid/{clip.id}.txt", text, tuple(names))


def shot_prompt(plan: Plan, clip: ClipPlan, read: ReadMode = "grid") -> Prompt:
    """Return the prompt of a clip's motion, in the words the way of reading needs.

    Args:
        plan: the plan.
        clip: the clip.
        read: `grid` mentions one board, `panels` mentions `P1` to `P9`, `frames` starts from `P1`.
    """
    people = _people(plan, clip)
    still = read == "frames"
    names = [] if still else [(one.id, one.name) for one in people[:_MOST_IDENTITIES]]
    references = "" if still else _reference_words(names, "is the identity of")
    names += _reading_names(clip, read)
    shots = "\n".join(
        f"Shot {index}: {_shot_words(plan, panel, read)}"
        for index, panel in enumerate(clip.panel, 1)
    )
    text = _filled(
        "shot",
        reading=_reading(read),
        references=references,
        people=_identity_lines(people),
        shots=shots,
        style=_style(plan),
    )
    return Prompt("shot", clip.id, f"prompts/shot/{clip.id}.txt", text, tuple(names))


def mentions(text: str) -> tuple[str, ...]:
    """Return the labels of the pictures a prompt mentions, each once, in order."""
    return tuple(dict.fromkeys(_MENTION.findall(text)))


def render(prompt: Prompt, labels: Sequence[str], syntax: str) -> str:
    """Return the text with every mention in a provider's own form.

    Args:
        prompt: the prompt.
        labels: labels of the pictures that are sent, in their order.
        syntax: the offer's `reference_syntax`, e.g. `@Image{n}`; `{n}` counts from 1.

    Returns:
        The text; a mention of a picture that is not sent becomes its plain name.
    """
    order = {label: number for number, label in enumerate(labels, 1)}
    names = dict(prompt.names)

    def named(match: re.Match[str]) -> str:
        label = match.group(1)
        if label in order:
            return syntax.replace("{n}", str(order[label])).replace("{label}", label)
        return names.get(label, label)

    kept = [line for line in prompt.text.splitlines() if _sent(line, order)]
    return _MENTION.sub(named, "\n".join(kept) + "\n")


def _sent(line: str, order: dict[str, int]) -> bool:
    """Drop the line that introduces a picture which is not sent."""
    found = _INTRODUCED.match(line)
    return found is None or found.group(1) in order


def _sheet_words(plan: Plan, thing: Character | Place | PlanProp) -> tuple[str, str, str, str]:
    from stillreel.plan.nouns import Character, Place

    if isinstance(thing, Character):
        one = "the same single figure" if thing.members == 1 else "the same group"
        return (
            "Character",
            identity_phrase(thing),
            _FIGURE_VIEWS,
            f"Every drawing on the page is {one}: same face, hair, clothes, colours and marks.",
        )
    if isinstance(thing, Place):
        return (
            "Place",
            f"{place_phrase(thing)}, {thing.season}, {thing.time}, weather {thing.weather}",
            _PLACE_VIEWS,
            "The place is empty of people in every view; layout and colours stay the same.",
        )
    del plan
    return (
        "Prop",
        prop_phrase(thing),
        "The thing from the front, the side and above, and once in use scale beside a plain hand.",
        "Every drawing shows the same single thing: same shape, colours and wear.",
    )


def _panel_words(plan: Plan, panel: Panel) -> str:
    place = next((one for one in plan.places if one.id == panel.place), None)
    parts = [f"{_SIZES[panel.size]}, {_ANGLES[panel.angle]}; {_counted(plan, panel)}."]
    parts.append(_short(panel.action))
    parts.append(_stage_words(plan, panel))
    where = place.name if place else panel.place
    seen = f", with {', '.join(panel.features)}" if panel.features else ""
    parts.append(
        f"At {where}{seen}; {panel.season}, {panel.time}, {panel.weather};"
        f" {_LIGHT[panel.key]}, {panel.mood} mood."
    )
    words = [
        prop.text for prop in plan.props if prop.id in (*panel.props, panel.focus) and prop.text
    ]
    if words and panel.size == "insert":
        parts.append(f"The words on it: “{words[0]}”.")
    return " ".join(part for part in parts if part)


def _shot_words(plan: Plan, panel: Panel, read: ReadMode) -> str:
    picture = f"from {{{{ref:{panel.id}}}}}, " if read == "panels" else ""
    parts = [
        f"{picture}{_SIZES[panel.size].lower()}, {_ANGLES[panel.angle]}; {_counted(plan, panel)}."
    ]
    parts.append(_short(panel.action))
    parts.append(f"{_MOVES[panel.move]}.")
    if panel.line and not panel.line.off:
        names = {one.id: one.name for one in plan.cast}
        parts.append(
            f"{_capital(names.get(panel.line.who, 'a voice'))} says: {{{panel.line.text}}}"
        )
    elif panel.line:
        parts.append(f"A voice out of frame says: {{{panel.line.text}}}")
    if panel.sound:
        parts.append(" ".join(f"<{one}>" for one in panel.sound))
    return " ".join(part for part in parts if part)


def _counted(plan: Plan, panel: Panel) -> str:
    count = count_phrase(panel.who, plan.cast)
    if panel.size in _NEAR and len(panel.who) == 1 and panel.who[0].seen < 2:
        names = {one.id: one.name for one in plan.cast}
        return f"{count}, single main character {names.get(panel.who[0].id, '')}"
    if panel.size in _NEAR and panel.who:
        names = {one.id: one.name for one in plan.cast}
        lead = panel.focus if panel.focus in names else panel.who[0].id
        return f"{count}, single main character {names.get(lead, '')} in focus"
    return count


def _stage_words(plan: Plan, panel: Panel) -> str:
    names = {one.id: one.name for one in plan.cast}
    things = {one.id: one.name for one in plan.props}
    told: list[str] = []
    for one in panel.who:
        side = (
            "left of centre"
            if one.at < -0.1
            else "right of centre"
            if one.at > 0.1
            else "in the centre"
        )
        words = (
            f"{_capital(names.get(one.id, one.id))} {side}, facing {one.facing.replace('-', ' ')}"
        )
        words += f", {one.emotion}" if one.emotion != "neutral" else ""
        words += f", on the {one.on}" if one.on else ""
        words += f", holding {things.get(one.holds, one.holds)}" if one.holds else ""
        told.append(words)
    return f"{'; '.join(told)}." if told else ""


def _people(plan: Plan, clip: ClipPlan) -> list[Character]:
    times: dict[str, int] = {}
    for panel in clip.panel:
        for performer in panel.who:
            times[performer.id] = times.get(performer.id, 0) + 1
    found = [one for one in plan.cast if one.id in times]
    return sorted(found, key=lambda one: -times[one.id])


def _places(plan: Plan, clip: ClipPlan) -> list[Place]:
    times: dict[str, int] = {}
    for panel in clip.panel:
        times[panel.place] = times.get(panel.place, 0) + 1
    return sorted((one for one in plan.places if one.id in times), key=lambda one: -times[one.id])


def _identity_lines(people: Sequence[Character]) -> str:
    return "\n".join(f"Character: {identity_phrase(one)}." for one in people)


def _reference_words(names: Sequence[tuple[str, str]], verb: str) -> str:
    return "\n".join(f"{{{{ref:{label}}}}} {verb} {name}." for label, name in names)


def _reading_names(clip: ClipPlan, read: ReadMode) -> list[tuple[str, str]]:
    if read == "grid":
        return [("board", "the storyboard")]
    if read == "frames":
        return [("P1", "the first picture")]
    return [(panel.id, f"picture {index}") for index, panel in enumerate(clip.panel, 1)]


def _reading(read: ReadMode) -> str:
    if read == "grid":
        return (
            "{{ref:board}} is a storyboard of nine pictures in reading order: use it for order,"
            " staging and framing."
            " Act the pictures one after the other as sequential shots;"
            " each shot fills the whole frame, edge to edge."
        )
    if read == "frames":
        return "{{ref:P1}} is the first frame; the shots follow in order, each filling the frame."
    return (
        "The pictures are sequential shots in order; each shot fills the whole frame, edge to edge."
    )


def _short(action: str) -> str:
    kept: list[str] = []
    for sentence in re.split(r"(?<=[.!?。！？])\s+", action):
        if kept and len(" ".join([*kept, sentence]).split()) > _MOST_WORDS:
            break
        kept.append(sentence)
    words = " ".join(kept).split()
    return (
        " ".join(words) if len(words) <= _MOST_WORDS + 12 else f"{' '.join(words[:_MOST_WORDS])}…"
    )


def _style(plan: Plan) -> str:
    return plan.style.rstrip(". ") or "storybook illustration, clear shapes, soft light"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _filled(name: Kind, **values: str) -> str:
    text = _template(name).substitute(values)
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


@cache
def _template(name: Kind) -> Template:
    text = resources.files("stillreel.plan").joinpath(f"templates/{name}.txt").read_text("utf-8")
    return Template(text)
