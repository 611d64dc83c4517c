"""The check verb: every problem of a project at once, as file:line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import ProjectError, StillreelError
from stillreel.production import writing
from stillreel.production.open import ledger_of, plan_settings
from stillreel.values.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from stillreel.plan.nouns import Plan
    from stillreel.production.folder import Folder
    from stillreel.production.settings import FilmSettings


def check(folder: Folder, *, files: bool = False) -> tuple[Problem, ...]:
    """Return every problem of a project, errors and warnings, sorted by file and line.

    Args:
        folder: the project.
        files: also read every stored file and compare it with its digest.
    """
    from stillreel.plan import files as plan_files
    from stillreel.production import settings as film_settings

    settings, problems = film_settings.load(folder.root)
    found = [*problems, *_story(folder)]
    plan, more = plan_files.load(folder.root, plan_settings(settings) if settings else None)
    found += more
    if settings is not None:
        found += _providers(settings)
        found += _unmarked(settings)
        found += _unwritten(settings, folder)
    if settings is not None and plan is not None:
        found += _prompts(plan, settings, folder)
    if files and folder.ledger.is_file():
        found += _damage(folder)
    return tuple(sorted(set(found)))


def _story(folder: Folder) -> Iterable[Problem]:
    from stillreel.brief.check import check as check_brief
    from stillreel.brief.read import read

    try:
        brief = read(folder.story())
    except ProjectError as error:
        file, _, line = error.where.removeprefix(f"{folder.root}/").rpartition(":")
        place, number = (file, int(line)) if line.isdigit() else (error.where, 0)
        yield from error.problems or (Problem(place, number, "", error.what, error.next_step),)
        return
    yield from check_brief(brief)


def _providers(settings: FilmSettings) -> Iterable[Problem]:
    from stillreel.production.checks import ready
    from stillreel.providers import registry

    make = settings.make
    if writing.is_model(make.writer):
        try:
            registry.writer(make.writer)
        except StillreelError as error:
            yield Problem("film.toml", 0, "make.writer", error.what, error.next_step)
    wanted = [("make.sheets", name, registry.still) for name in make.sheets]
    wanted += [("make.clips", name, registry.motion) for name in make.clips]
    if make.boards != "winner":
        wanted.append(("make.boards", make.boards, registry.still))
    for key, name, find in wanted:
        try:
            find(name)
        except StillreelError as error:
            yield Problem("film.toml", 0, key, error.what, error.next_step)
    try:
        ready(settings)
    except StillreelError as error:
        yield Problem("film.toml", 0, "gates.tier", error.what, error.next_step)


def _unmarked(settings: FilmSettings) -> Iterable[Problem]:
    from stillreel.production.advice import unmarked

    try:
        return tuple(unmarked(settings))
    except StillreelError:
        # a name that nobody has is told by itself
        return ()


def _unwritten(settings: FilmSettings, folder: Folder) -> Iterable[Problem]:
    """Say so where somebody writes by hand and no clip is there yet."""
    if settings.make.writer == writing.AGENT and not any(folder.root.glob("board/*.toml")):
        hint = "Write board/C01.toml, and what it names; docs/writers.md has the smallest example"
        yield Problem("board", 0, "", "there is no clip yet", hint)


def _prompts(plan: Plan, settings: FilmSettings, folder: Folder) -> Iterable[Problem]:
    from stillreel.plan.check import check as check_plan
    from stillreel.plan.lint import lint
    from stillreel.production.write import read_prompts
    from stillreel.providers import registry

    yield from check_plan(plan)
    make = settings.make
    boards = make.sheets[0] if make.boards == "winner" else make.boards
    try:
        offers = {
            "sheet": registry.still(make.sheets[0]).offer,
            "grid": registry.still(boards).offer,
            "shot": registry.motion(make.clips[0]).offer,
        }
    except StillreelError:
        return
    for prompt in read_prompts(folder, plan, settings):
        yield from lint(prompt, offer=offers[prompt.kind])


def _damage(folder: Folder) -> Iterable[Problem]:
    with ledger_of(folder) as (ledger, store):
        for take in ledger.takes():
            for file in take.files:
                if take.stage != "film" and not store.sound(file):
                    path = store.path(file.digest, file.media_type).relative_to(folder.root)
                    yield Problem(
                        path.as_posix(),
                        0,
                        "",
                        f"the {file.role} file of {take.subject}, take {take.number}, is damaged "
                        "or missing",
                        "run again: it is made again if the film uses it",
                        "warning",
                    )
