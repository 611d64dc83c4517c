"""The quote verb: what finishing the film costs, from offers and measurements; no calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.production.nouns import QuoteLine, QuoteReport
from stillreel.production.open import ledger_of, open_film
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.ledger.book import Ledger
    from stillreel.production.folder import Folder
    from stillreel.values.take import Stage

_ENOUGH = 5
"""Own samples needed before a measured time replaces the published one."""
_PRIOR_SECONDS = {"sheet": (0.3, 1.5), "grid": (0.5, 3.0), "clip": (3.0, 20.0)}
"""Seconds a take takes on this machine's kind before anything was measured."""


def quote(folder: Folder) -> QuoteReport:
    """Return what is missing and what it costs at worst, stage by stage.

    Raises:
        ProjectError: files have problems.
        NotConfigured: film.toml names a provider that is not here.
    """
    from stillreel.production import checks
    from stillreel.sheet.ask import subjects

    opened = open_film(folder.root)
    make = opened.settings.make
    things, clips = subjects(opened.plan), tuple(clip.id for clip in opened.plan.clips)
    boards = make.sheets[0] if make.boards == "winner" else make.boards
    with ledger_of(folder) as (ledger, _):
        held = checks.withheld(ledger)
        lines = [
            *(_line(ledger, "sheet", name, "still", things) for name in make.sheets),
            _line(ledger, "grid", boards, "still", clips),
            _line(ledger, "clip", make.clips[0], "motion", [c for c in clips if c not in held]),
        ]
        spent = ledger.spent()
    return QuoteReport(
        tuple(lines),
        _sum([line.low for line in lines]),
        _sum([line.high for line in lines]),
        spent,
        opened.settings.ceiling,
        sum(line.seconds_low for line in lines),
        sum(line.seconds_high for line in lines),
        tuple((clip, "; ".join(why)) for clip, why in held.items()),
    )


def _line(
    ledger: Ledger, stage: Stage, provider: str, makes: str, wanted: Sequence[str]
) -> QuoteLine:
    from stillreel.providers import registry

    able = registry.still(provider) if makes == "still" else registry.motion(provider)
    takes = [take for take in ledger.takes(stage) if take.provider == provider]
    have = {take.subject for take in takes}
    missing = sum(1 for subject in wanted if subject not in have)
    price = Money.parse(able.offer.price_usd)
    times = sorted(take.seconds for take in takes)
    low, high = _PRIOR_SECONDS[stage]
    basis = f"offer of {able.offer.dated.isoformat()}"
    if len(times) >= _ENOUGH:
        low, high = times[len(times) // 2], times[int(len(times) * 0.9)]
        basis += f", times measured on {len(times)} takes"
    return QuoteLine(
        stage,
        provider,
        missing,
        len(wanted),
        price * missing,
        price * missing,
        low * missing,
        high * missing,
        basis,
    )


def _sum(amounts: list[Money]) -> Money:
    total = Money()
    for amount in amounts:
        total += amount
    return total
