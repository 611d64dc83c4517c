"""What only shows when the files of a plan are read together: names, sums, doubles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lines import LineIndex, near
from stillreel.plan.scenes import seconds_of_text
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.plan.lines import Path as KeyPath
    from stillreel.plan.nouns import ClipPlan, Panel, Plan

_SHORTEST, _LONGEST = 10, 15


class _Finder:
    """Line numbers of files that have something wrong, each file scanned at most once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[str, LineIndex] = {}

    def line(self, file: str, path: KeyPath) -> int:
        if file not in self._seen:
            try:
                text = (self._folder / file).read_text("utf-8")
            except OSError:
                text = ""
            self._seen[file] = LineIndex(text)
        return self._seen[file].line(path)


def cross_problems(plan: Plan, folder: Path, broken: set[str]) -> list[Problem]:
    """Return what is wrong between the files of a plan that each read well.

    Args:
        plan: what could be read.
        folder: the project folder, to find line numbers.
        broken: files that could not be read; names that may stand in them are not complained about.
    """
    finder = _Finder(folder)
    found = _name_problems(plan, folder, finder)
    known = {one.id: "cast" for one in plan.cast}
    known |= {one.id: "places" for one in plan.places}
    known |= {one.id: "props" for one in plan.props}
    maybe = {name.rsplit("/", 1)[-1].removesuffix(".toml"): name.split("/")[0] for name in broken}
    for clip in plan.clips:
        file = f"board/{_stem(folder, clip.id)}.toml"
        found += _clip_problems(clip, file, finder, known | maybe)
    return found


def _stem(folder: Path, clip_id: str) -> str:
    if (folder / "board" / f"{clip_id}.toml").exists():
        return clip_id
    for path in sorted((folder / "board").glob("*.toml")):
        if f'"{clip_id}"' in path.read_text("utf-8"):
            return path.stem
    return clip_id


def _name_problems(plan: Plan, folder: Path, finder: _Finder) -> list[Problem]:
    found: list[Problem] = []
    owner: dict[str, str] = {}
    rooms = (("cast", plan.cast), ("places", plan.places), ("props", plan.props))
    every = [(room, one.id) for room, things in rooms for one in things]
    every += [("board", clip.id) for clip in plan.clips]
    stems = {
        room: {path.stem for path in (folder / room).glob("*.toml")}
        for room in ("cast", "places", "props", "board")
    }
    for room, name in every:
        file = f"{room}/{name}.toml"
        if name not in stems[room]:
            actual = _holder(folder, room, name)
            found.append(
                Problem(
                    actual,
                    finder.line(actual, ("id",)),
                    "id",
                    f"The file is called {actual.rsplit('/', 1)[-1]!r} but its id is {name!r}.",
                    f"Rename the file to {name}.toml, or change the id.",
                )
            )
            file = actual
        if name in owner:
            found.append(
                Problem(
                    file,
                    finder.line(file, ("id",)),
                    "id",
                    f"The id {name!r} is used twice; {owner[name]} has it too.",
                    "Give one of them another id; a character, place and prop cannot share one.",
                )
            )
        owner.setdefault(name, file)
    return found


def _holder(folder: Path, room: str, name: str) -> str:
    for path in sorted((folder / room).glob("*.toml")):
        if path.stem != name and f'"{name}"' in path.read_text("utf-8"):
            return f"{room}/{path.name}"
    return f"{room}/{name}.toml"


def _clip_problems(
    clip: ClipPlan, file: str, finder: _Finder, known: dict[str, str]
) -> list[Problem]:
    found: list[Problem] = []
    total = sum(
        (seconds_of_text(panel.seconds) for panel in clip.panel), start=0 * seconds_of_text("0")
    )
    said = seconds_of_text(clip.seconds)
    if total != said:
        found.append(
            Problem(
                file,
                finder.line(file, ("seconds",)),
                "seconds",
                f"The panels add up to {float(total):g} s, the clip says {float(said):g} s.",
                f'Write seconds = "{float(total):g}", or change the panels.',
            )
        )
    if not _SHORTEST <= said <= _LONGEST:
        found.append(
            Problem(
                file,
                finder.line(file, ("seconds",)),
                "seconds",
                f"A clip is {_SHORTEST} to {_LONGEST} s long; this one is {float(said):g} s.",
                "Change the length, or move panels to another clip.",
                "error" if said > _LONGEST or said <= 0 else "warning",
            )
        )
    seen: set[str] = set()
    for index, panel in enumerate(clip.panel):
        at: KeyPath = ("panel", index)
        if panel.id in seen:
            found.append(
                Problem(
                    file,
                    finder.line(file, (*at, "id")),
                    f"panel.{index + 1}.id",
                    f"The panel id {panel.id!r} is used twice.",
                    "Number the panels P1 to P9.",
                )
            )
        seen.add(panel.id)
        for path, name, room in _references(panel, at):
            if name and not _is(known, name, room):
                found.append(
                    _missing(file, finder.line(file, path), path, name=name, room=room, known=known)
                )
    return found


def _references(panel: Panel, at: KeyPath) -> list[tuple[KeyPath, str, str]]:
    names: list[tuple[KeyPath, str, str]] = [((*at, "place"), panel.place, "places")]
    for index, performer in enumerate(panel.who):
        here: KeyPath = (*at, "who", index)
        names.append(((*here, "id"), performer.id, "cast"))
        names.append(((*here, "holds"), performer.holds, "props"))
        names.append(((*here, "looks_at"), performer.looks_at, "cast props"))
    names.append(((*at, "focus"), panel.focus, "cast props"))
    names.append(((*at, "over"), panel.over, "cast"))
    names += [((*at, "props"), name, "props") for name in panel.props]
    if panel.line:
        names.append(((*at, "line"), panel.line.who, "cast"))
    return names


def _is(known: dict[str, str], name: str, room: str) -> bool:
    return known.get(name, "-") in room.split()


def _missing(
    file: str, line: int, path: KeyPath, *, name: str, room: str, known: dict[str, str]
) -> Problem:
    words = tuple(sorted(one for one, where in known.items() if where in room.split()))
    folder = room.split(maxsplit=1)[0]
    hint = near(name, words) or f"Add {folder}/{name}.toml, or name one of: {', '.join(words)}."
    what = {"cast": "character", "places": "place", "props": "prop"}.get(room, "character or prop")
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    return Problem(file, line, key, f"There is no {what} {name!r}.", hint)
