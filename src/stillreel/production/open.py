"""Open a film: settings, plan, ledger and store of one project folder."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stillreel.errors import ProjectError
from stillreel.production.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore
    from stillreel.plan.nouns import Plan, PlanSettings
    from stillreel.production.settings import FilmSettings
    from stillreel.values.problem import Problem


def utc_now() -> str:
    """Return the time as UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Opened:
    """A film whose files have been read."""

    folder: Folder
    settings: FilmSettings
    plan: Plan
    problems: tuple[Problem, ...]
    """Warnings only: errors keep a film from opening."""


def plan_settings(settings: FilmSettings, clips: int | None = None) -> PlanSettings:
    """Return what the film asks of its writer."""
    from stillreel.plan.nouns import PlanSettings

    return PlanSettings(
        title=settings.title,
        author=settings.author,
        ratio=settings.ratio,
        fps=settings.fps,
        style=settings.style,
        clips=clips,
        read=settings.make.read,
    )


def settings_of(folder: Folder) -> FilmSettings:
    """Return the film's settings.

    Raises:
        ProjectError: film.toml is missing or has problems.
    """
    from stillreel.production import settings

    found, problems = settings.load(folder.root)
    if found is None:
        raise told(problems, folder.root)
    return found


def open_film(root: Path) -> Opened:
    """Read a film's settings and plan.

    Raises:
        ProjectError: a file has problems; all of them are carried.
    """
    from stillreel.plan import files
    from stillreel.production import settings as film_settings

    folder = Folder(root)
    settings, problems = film_settings.load(root)
    plan, more = files.load(root, plan_settings(settings) if settings else None)
    problems = tuple(sorted({*problems, *more}))
    if settings is None or plan is None:
        raise told(problems, root)
    if not plan.clips:
        raise ProjectError(
            "This film has no plan yet: board/ holds no clips.",
            where=str(root),
            next_step=f"Write it with `stillreel plan {root}`.",
        )
    return Opened(folder, settings, plan, problems)


def told(problems: tuple[Problem, ...], root: Path) -> ProjectError:
    """Return one error that carries every problem of a project."""
    wrong = [problem for problem in problems if problem.severity == "error"]
    count = "One problem" if len(wrong) == 1 else f"{len(wrong)} problems"
    return ProjectError(
        f"{count} must be mended first.",
        where=str(root),
        next_step="Mend them and run the same command again.",
        problems=problems,
    )


@contextmanager
def ledger_of(
    folder: Folder, clock: Callable[[], str] = utc_now
) -> Generator[tuple[Ledger, FileStore], None, None]:
    """Open the ledger and the store of a film, and close them again."""
    from stillreel.ledger.book import Ledger
    from stillreel.ledger.store import FileStore, storage_error

    try:
        folder.hidden.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder.hidden) from error
    ledger = Ledger(folder.ledger, clock)
    try:
        yield ledger, FileStore(folder.files)
    finally:
        ledger.close()
