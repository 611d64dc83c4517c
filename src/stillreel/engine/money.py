"""Money: what a film may cost, what it has cost, and what of that was for nothing. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from stillreel.errors import GateError
from stillreel.ledger.spend.nouns import Caps
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from stillreel.ledger.spend.nouns import Over, PaidJob

_WHERE = {
    "film": "ceiling_usd",
    "stage": "stage_usd",
    "subject": "each_usd",
}
_WHOSE = {"film": "of this film", "stage": "of the stage {stage}", "subject": "of one {stage}"}


@dataclass(frozen=True, slots=True)
class Ceilings:
    """Most a film may cost: in all, by stage, and for each sheet, board or clip."""

    film: Money = Money()
    stages: Mapping[str, Money] = field(default_factory=dict[str, Money])
    each: Mapping[str, Money] = field(default_factory=dict[str, Money])
    """Most for one subject of a stage, all its takes together."""

    def caps(self, stage: str) -> Caps:
        """Return the limits that a job of `stage` must keep, in micro-dollars."""
        of_stage, of_each = self.stages.get(stage), self.each.get(stage)
        return Caps(
            self.film.micros,
            of_stage.micros if of_stage else None,
            of_each.micros if of_each else None,
        )


def refusal(over: Over, stage: str, subject: str, worst: Money) -> GateError:
    """Return the sentence for a job that would pass a limit; nothing was sent."""
    whose = _WHOSE[over.limit].format(stage=stage)
    return GateError(
        f"{subject} would cost up to {worst} USD; the ceiling {whose}, {Money(over.cap)} USD, "
        f"leaves {Money(max(0, over.left))} USD.",
        where="film.toml",
        next_step=f"Raise {_WHERE[over.limit]} under [money], or use a front-end or platform that "
        "is free.",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """What one kind of thing has cost."""

    name: str
    jobs: int
    charged: Money
    held: Money
    """Reserved at worst and not settled yet."""
    wasted: Money
    """Charged for what is not in the film."""


@dataclass(frozen=True, slots=True)
class SpendReport:
    """Where the money went."""

    charged: Money
    held: Money
    wasted: Money
    by_stage: tuple[Line, ...]
    by_model: tuple[Line, ...]
    by_take: tuple[Line, ...]


def report(jobs: Iterable[PaidJob], in_film: Collection[str]) -> SpendReport:
    """Return where the money of these jobs went.

    Args:
        jobs: paid jobs of one film.
        in_film: ids of the takes that are in the film now; money for others is wasted.
    """
    rows = tuple(jobs)
    # The attempt that brought the take is the newest one: what earlier ones cost was for nothing.
    newest = {job.purchase: job.attempt for job in sorted(rows, key=lambda job: job.attempt)}

    def used(job: PaidJob) -> bool:
        return job.purchase in in_film and job.attempt == newest[job.purchase]

    def lines(name: Callable[[PaidJob], str]) -> tuple[Line, ...]:
        groups: defaultdict[str, list[PaidJob]] = defaultdict(list)
        for job in rows:
            groups[name(job)].append(job)
        return tuple(_line(key, group, used) for key, group in sorted(groups.items()))

    whole = _line("film", rows, used)
    return SpendReport(
        whole.charged,
        whole.held,
        whole.wasted,
        lines(lambda job: job.stage),
        lines(lambda job: job.model or job.provider),
        lines(lambda job: f"{job.subject} {job.purchase[:10]}"),
    )


def _line(name: str, jobs: Iterable[PaidJob], used: Callable[[PaidJob], bool]) -> Line:
    rows = tuple(jobs)
    over = ("verified", "failed", "cancelled", "expired")
    return Line(
        name,
        len(rows),
        Money(sum(job.charged or 0 for job in rows)),
        Money(sum(job.reserved for job in rows if job.charged is None)),
        Money(sum(job.charged or 0 for job in rows if job.state in over and not used(job))),
    )
