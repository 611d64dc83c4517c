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

from stillreel.plan.panel_words import panel_words, shot_words
from stillreel.plan.phrases import identity_phrase, place_phrase, prop_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan, PlanProp
    from stillreel.providers.ask import ReadMode

Kind = Literal["sheet", "grid", "panel", "shot"]

_MENTION = re.compile(r"\{\{ref:([A-Za-z0-9-]+)\}\}")
_BEGUN = re.compile(r"\bfrom \{\{ref:(P[1-9])\}\}, ")
_INTRODUCED = re.compile(r"^\{\{ref:([A-Za-z0-9-]+)\}\} (?:shows|is the identity of) ")
_MOST_IDENTITIES = 4
_FIGURE_VIEWS = (
    "Top row: full body from the front, three-quarter, side and back, standing upright.\n"
    "Bottom row: the face in four studies, calm, happy, sad, angry."
)
_PLACE_VIEWS = (
    "One large establishing view above; below it the same place seen from the other side"
    " and two details."
)


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
    told = [f"Panel {at}: {panel_words(plan, panel)}" for at, panel in enumerate(clip.panel, 1)]
    return _still_prompt(plan, clip, "grid", clip.id, clip.panel, told)


def panel_prompt(plan: Plan, clip: ClipPlan, index: int) -> Prompt:
    """Return the prompt that asks for one panel of a board again, `index` 1 to 9.

    It is compiled when it is needed: a project keeps no file of it.
    """
    panel = clip.panel[index - 1]
    told = [panel_words(plan, panel)]
    return _still_prompt(plan, clip, "panel", f"{clip.id}.{panel.id}", (panel,), told)


def _still_prompt(
    plan: Plan,
    clip: ClipPlan,
    kind: Kind,
    subject: str,
    panels: Sequence[Panel],
    told: Sequence[str],
) -> Prompt:
    people, places = _people(plan, panels), _places(plan, panels)
    names = [(one.id, one.name) for one in people[:_MOST_IDENTITIES]]
    names += [(place.id, place.name) for place in places[:1]]
    text = _filled(
        kind,
        ratio=plan.ratio,
        style=_style(plan),
        references=_reference_words(names, "shows"),
        people=_identity_lines(people),
        places="\n".join(f"Place: {place_phrase(place)}." for place in places),
        panels="\n".join(told),
    )
    return Prompt(kind, subject, f"prompts/{kind}/{clip.id}.txt", text, tuple(names))


def shot_prompt(plan: Plan, clip: ClipPlan, read: ReadMode = "grid") -> Prompt:
    """Return the prompt of a clip's motion, in the words the way of reading needs.

    Args:
        plan: the plan.
        clip: the clip.
        read: `grid` mentions one board, `panels` mentions `P1` to `P9`, `frames` starts from `P1`.
    """
    people = _people(plan, clip.panel)
    still = read == "frames"
    names = [] if still else [(one.id, one.name) for one in people[:_MOST_IDENTITIES]]
    references = "" if still else _reference_words(names, "is the identity of")
    names += _reading_names(clip, read)
    shots = "\n".join(
        f"Shot {index}: {shot_words(plan, panel, read)}"
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
        The text; a mention of a picture that is not sent becomes its plain name, and no shot is
        told to start from one.
    """
    order = {label: number for number, label in enumerate(labels, 1)}
    names = dict(prompt.names)

    def named(match: re.Match[str]) -> str:
        label = match.group(1)
        if label in order:
            return syntax.replace("{n}", str(order[label])).replace("{label}", label)
        return names.get(label, label)

    kept = "\n".join(line for line in prompt.text.splitlines() if _sent(line, order))
    begun = _BEGUN.sub(lambda match: match.group(0) if match.group(1) in order else "", kept)
    return _MENTION.sub(named, f"{begun}\n")


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


def _people(plan: Plan, panels: Sequence[Panel]) -> list[Character]:
    times: dict[str, int] = {}
    for panel in panels:
        for performer in panel.who:
            times[performer.id] = times.get(performer.id, 0) + 1
    found = [one for one in plan.cast if one.id in times]
    return sorted(found, key=lambda one: -times[one.id])


def _places(plan: Plan, panels: Sequence[Panel]) -> list[Place]:
    times: dict[str, int] = {}
    for panel in panels:
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


def _style(plan: Plan) -> str:
    return plan.style.rstrip(". ") or "storybook illustration, clear shapes, soft light"


def _filled(name: Kind, **values: str) -> str:
    text = _template(name).substitute(values)
    return re.sub(r"\n{2,}", "\n", text).strip() + "\n"


@cache
def _template(name: Kind) -> Template:
    text = resources.files("stillreel.plan").joinpath(f"templates/{name}.txt").read_text("utf-8")
    return Template(text)
