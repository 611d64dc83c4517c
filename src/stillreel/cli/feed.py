"""Progress while a run works: a bar on a terminal, a line per change elsewhere, events as JSON."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Self

from stillreel.cli import show

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress, TaskID

    from stillreel.production.progress import Step

_NAMES = {"plan": "plan", "sheet": "sheets", "grid": "boards", "clip": "clips", "film": "film"}


class Feed:
    """Shows every step of a run in the way the reader can use."""

    def __init__(self, *, as_json: bool) -> None:
        """Choose the form: JSON lines on stdout, or a bar or plain lines on stderr."""
        self._json = as_json
        # A bar is for eyes only: never in a log, a pipe or a build server.
        self._bar = (
            not as_json
            and sys.stderr.isatty()
            and "CI" not in os.environ
            and os.environ.get("TERM") != "dumb"
        )
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        """Begin to show."""
        if self._bar:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            self._progress = Progress(
                TextColumn("{task.description:<7}"),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TextColumn("{task.fields[left]:<14}{task.fields[subject]}"),
                console=Console(stderr=True),
            )
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, step: Step) -> None:
        """Show one step."""
        left = "" if step.seconds_left is None else f"{show.duration(step.seconds_left)} left"
        if self._json:
            show.document(
                {
                    "event": "progress",
                    "stage": step.stage,
                    "subject": step.subject,
                    "made": step.made,
                    "done": step.done,
                    "total": step.total,
                    "seconds_left": step.seconds_left,
                    "message": step.message,
                }
            )
            sys.stdout.flush()
        elif self._progress is not None:
            self._draw(self._progress, step, left)
        elif step.made or step.message:
            name = _NAMES.get(step.stage, step.stage)
            count = f" {step.done}/{step.total}" if step.total else ""
            words = (word for word in (step.subject, step.message, left) if word)
            show.story(f"{name}{count}  {'  '.join(words)}")

    def _draw(self, progress: Progress, step: Step, left: str) -> None:
        if step.stage not in self._tasks:
            self._tasks[step.stage] = progress.add_task(
                _NAMES.get(step.stage, step.stage), total=step.total or None, left="", subject=""
            )
        progress.update(
            self._tasks[step.stage],
            completed=step.done,
            total=step.total or None,
            left=left,
            subject=step.subject or step.message,
        )
