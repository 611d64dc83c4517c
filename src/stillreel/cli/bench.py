"""bench: experiments a film-maker can rerun."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import cyclopts
from cyclopts import Parameter

from stillreel.cli import show
from stillreel.cli.env import dollars

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from stillreel.measure.judge.nouns import JudgeBench, Labelled
    from stillreel.production.judging import Account
    from stillreel.providers.ask import JudgeAnswer, JudgeAsk
    from stillreel.providers.seam import Judge
    from stillreel.values.money import Money

Json = Annotated[bool, Parameter(name="--json", negative="")]

app = cyclopts.App(name="bench", help="Experiments you can rerun.", version_flags=[])
app.command("stillreel.cli.survival:survival", name="survival")

_WAITING = 4
_DRAWN = 60
"""Labelled pairs that are drawn when nobody gives labels."""


@app.command
def judge(
    name: str,
    *,
    labels: Path | None = None,
    max_spend: str | None = None,
    keep: Path | None = None,
    film: Path | None = None,
    as_json: Json = False,
) -> int:
    """Find out whether a judge agrees with labels well enough to decide: kappa of 0.6 or more.

    Every question is asked in both orders of the pictures, with one trap for each: a made-up
    expectation that a judge must not agree with.

    Args:
        name: id of the judge.
        labels: TOML file of [[pair]] tables with pictures beside it; drawn pairs when left out.
        max_spend: most it may cost in US dollars; without it the price is told and nothing asked.
        keep: file the leave to decide is written to when it is earned.
        film: project folder; its ledger keeps every answer and what it cost, and asks none twice.
        as_json: answer as JSON.
    """
    from stillreel.measure.judge import bench, labelled
    from stillreel.measure.judge import keep as kept
    from stillreel.plan.colours import colour_name
    from stillreel.providers import answer, registry
    from stillreel.values.money import Money

    agreed = dollars(max_spend) or Money()
    who = registry.judge(name)
    known = labelled.read_labels(labels) if labels else None
    pairs = known or labelled.drawn_labels(_DRAWN, 1, registry.embedded("still")[0], colour_name)
    with _account(who, film) as account:
        asks = bench.asks(pairs)
        price = answer.price(who, account.fresh(asks) if account else asks)
        if price > agreed:
            _tell_price(name, len(pairs), price, as_json=as_json)
            return _WAITING
        found = _benched(who, pairs, agreed, account)
    if found.trust is not None and keep is not None:
        kept.keep(found.trust, keep)
    _tell(name, found, as_json=as_json)
    return 0


def _benched(
    who: Judge, pairs: Sequence[Labelled], agreed: Money, account: Account | None
) -> JudgeBench:
    import asyncio
    from datetime import UTC, datetime

    from stillreel.measure.judge import bench
    from stillreel.providers import answer

    async def hear(asks: Sequence[JudgeAsk]) -> Sequence[JudgeAnswer | None]:
        if account is not None:
            return await account.hear(asks, agreed)
        return await answer.hear(who, asks, asyncio.sleep, agreed)

    return asyncio.run(bench.bench(pairs, hear, who.offer, datetime.now(UTC).date()))


@contextmanager
def _account(who: Judge, film: Path | None) -> Generator[Account | None]:
    """Open the account of a film, if one was named."""
    if film is None:
        yield None
        return
    from stillreel.cli.env import database
    from stillreel.production import judging
    from stillreel.production.folder import Folder
    from stillreel.production.open import settings_of

    folder = Folder(film)
    settings_of(folder)
    with judging.account(folder, who, database()) as account:
        yield account


def _tell_price(name: str, count: int, price: Money, *, as_json: bool) -> None:
    if as_json:
        show.document({"judge": name, "questions": count, "high_usd": str(price), "asked": False})
    else:
        show.lines([f"{count} questions to {name}, twice each with a trap: up to {price} USD"])
        show.story(f"Nothing was asked. To go on: --max-spend {price}")


def _tell(name: str, found: JudgeBench, *, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        told = asdict(found)
        told["trust"] = found.trust is not None
        show.document({"judge": name, **told})
        return
    kappa = found.kappa
    value = "undefined" if kappa.value is None else f"{kappa.value:.2f}"
    span = f", {kappa.interval[0]:.2f} to {kappa.interval[1]:.2f}" if kappa.interval else ""
    rows = [(name, str(count), str(right)) for name, count, right in found.by_attribute]
    show.lines(show.table(("attribute", "asked", "as labelled"), rows))
    show.lines(
        [
            f"kappa {value}{span}, {kappa.count} answers",
            (
                f"uncertain {found.uncertain:.0%}, cannot see {found.unseen:.0%}, "
                f"no answer {found.unanswered:.0%}, fooled by {found.fooled:.0%} of the traps"
            ),
            found.told,
        ]
    )
