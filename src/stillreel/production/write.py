"""The plan verb: read the story, write the plan and its prompts for a person to edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.production import pages, writing
from stillreel.production.nouns import PlanOutcome
from stillreel.production.open import ledger_of, plan_settings, settings_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.brief.nouns import Brief
    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import Plan
    from stillreel.plan.prompts import Prompt
    from stillreel.production.buying import Terms
    from stillreel.production.folder import Folder
    from stillreel.production.settings import FilmSettings
    from stillreel.values.problem import Problem

PLAN_ROOMS = ("cast", "places", "props", "board")


def write_plan(
    folder: Folder, *, clips: int | None = None, force: bool = False, terms: Terms | None = None
) -> PlanOutcome:
    """Turn the story into cast, places, props, boards and prompts on disk.

    Args:
        folder: the project.
        clips: exact number of clips; None lets the story's length decide.
        force: overwrite files that a person edited.
        terms: how a writer that costs money is paid; nothing above film.toml's ceiling unless told.

    Raises:
        Unreadable: the story cannot be read.
        ProjectError: film.toml has problems, or says that somebody writes the plan by hand.
        NotConfigured: film.toml names a writer that is not here.
        GateError: the writer would cost more than it may.
        ProviderError: the writer failed.
    """
    from stillreel.brief.check import check as check_brief
    from stillreel.brief.read import read
    from stillreel.plan.files import plan_files

    settings = settings_of(folder)
    if settings.make.writer == writing.AGENT:
        raise by_hand(folder)
    brief = read(folder.story())
    plan, problems = _planned(folder, brief, settings, terms, clips)
    with ledger_of(folder) as (ledger, _):
        written = pages.write(folder, ledger, plan_files(plan), rooms=PLAN_ROOMS, force=force)
        ledger.set_meta("title", plan.title)
        ledger.set_meta("story", brief.digest)
    return PlanOutcome(
        clips=len(plan.clips),
        cast=tuple(one.name for one in plan.cast),
        places=tuple(one.name for one in plan.places),
        props=tuple(one.name for one in plan.props),
        written=written.written,
        kept=written.kept,
        removed=written.removed,
        problems=(*check_brief(brief), *problems),
    )


def by_hand(folder: Folder) -> ProjectError:
    """Return the error of a plan that somebody is to write by hand."""
    return ProjectError(
        'The plan of this film is written by hand: film.toml says writer = "agent".',
        where=str(folder.root),
        next_step="Write cast/, places/ and board/ (docs/writers.md has the smallest example); "
        f"`stillreel check {folder.root}` says what to mend.",
    )


def _planned(
    folder: Folder,
    brief: Brief,
    settings: FilmSettings,
    terms: Terms | None,
    clips: int | None,
) -> tuple[Plan, tuple[Problem, ...]]:
    """Return the plan by whoever writes it, with what a person should know about it."""
    if writing.is_model(settings.make.writer):
        from stillreel.production.buying import Terms

        found = writing.write(folder, brief, settings, terms or Terms(), clips=clips)
        return found.plan, found.problems
    from stillreel.plan import make

    return make.write(brief, plan_settings(settings, clips)), make.warnings(brief)


def write_prompts(
    folder: Folder, ledger: Ledger, plan: Plan, settings: FilmSettings
) -> Mapping[str, Prompt]:
    """Bring prompts/ up to date and return the prompts that count.

    A prompt file that a person edited stays and wins.

    Returns:
        Prompts by `sheet/mara`, `grid/C01`, `shot/C01`.
    """
    from stillreel.plan.files import TextFile
    from stillreel.plan.prompts import write_prompts as compile_prompts

    prompts = compile_prompts(plan, settings.make.read)
    files = [TextFile(one.path, one.text) for one in prompts]
    edited = set(pages.write(folder, ledger, files, rooms=("prompts",)).kept)
    return {f"{one.kind}/{one.subject}": _as_edited(folder, one, edited) for one in prompts}


def read_prompts(folder: Folder, plan: Plan, settings: FilmSettings) -> tuple[Prompt, ...]:
    """Return the prompts as they stand on disk, compiled where there is no file; writes nothing."""
    from stillreel.plan.prompts import write_prompts as compile_prompts

    prompts = compile_prompts(plan, settings.make.read)
    there = {one.path for one in prompts if (folder.root / one.path).is_file()}
    return tuple(_as_edited(folder, one, there) for one in prompts)


def _as_edited(folder: Folder, prompt: Prompt, edited: set[str]) -> Prompt:
    if prompt.path not in edited:
        return prompt
    return replace(prompt, text=(folder.root / prompt.path).read_text("utf-8"))
