"""The plan as files a person can edit: one TOML per character, place, prop and clip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from stillreel.plan.cross import cross_problems
from stillreel.plan.lines import problems_of
from stillreel.plan.nouns import Character, ClipPlan, Place, Plan, PlanProp, PlanSettings
from stillreel.plan.toml_text import clip_text, thing_text
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

_Kind = TypeVar("_Kind", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file of the project."""

    path: str
    """Relative to the project folder, with forward slashes."""
    text: str


def plan_files(plan: Plan) -> tuple[TextFile, ...]:
    """Return every file of the plan, in the order a person would read them."""
    found = [TextFile(f"cast/{one.id}.toml", thing_text(one)) for one in plan.cast]
    found += [TextFile(f"places/{one.id}.toml", thing_text(one)) for one in plan.places]
    found += [TextFile(f"props/{one.id}.toml", thing_text(one)) for one in plan.props]
    found += [TextFile(f"board/{one.id}.toml", clip_text(one)) for one in plan.clips]
    return tuple(found)


def load(
    folder: Path, settings: PlanSettings | None = None
) -> tuple[Plan | None, tuple[Problem, ...]]:
    """Read the plan's files under `folder`.

    Args:
        folder: the project folder, with `cast/`, `places/`, `props/` and `board/`.
        settings: title, ratio, rate and style, which stand in `film.toml`.

    Returns:
        The plan and perhaps warnings, or None and every problem found. A folder without
        clips gives a plan without clips.
    """
    asked = settings or PlanSettings()
    problems: list[Problem] = []
    cast = _things(folder, "cast", Character, problems)
    places = _things(folder, "places", Place, problems)
    props = _things(folder, "props", PlanProp, problems)
    clips = _things(folder, "board", ClipPlan, problems)
    broken = {one.file for one in problems}
    plan = Plan(
        title=asked.title,
        author=asked.author,
        language=asked.language,
        ratio=asked.ratio,
        fps=asked.fps,
        style=asked.style,
        cast=cast,
        places=places,
        props=props,
        clips=clips,
    )
    problems += cross_problems(plan, folder, broken)
    told = tuple(sorted(set(problems)))
    return (None if any(one.severity == "error" for one in told) else plan), told


def _things(
    folder: Path, room: str, kind: type[_Kind], problems: list[Problem]
) -> tuple[_Kind, ...]:
    found: list[_Kind] = []
    place = folder / room
    if not place.is_dir():
        return ()
    for path in sorted(place.glob("*.toml"), key=lambda one: (len(one.stem), one.stem)):
        name = f"{room}/{path.name}"
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            problems.append(
                Problem(name, line, "", "This file is not UTF-8 text.", "Save it as UTF-8.")
            )
            continue
        except OSError as error:
            problems.append(Problem(name, 0, "", f"Cannot read: {error.strerror}.", ""))
            continue
        value, wrong = problems_of(text, kind, name)
        problems += wrong
        if value is not None:
            found.append(value)
    return tuple(found)
