"""Routing on trial: a production played through, beside what a clairvoyant would have done."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from stillreel.engine.route.choose import next_for
from stillreel.engine.route.days import make_day
from stillreel.engine.route.foresight import attained, clairvoyant
from stillreel.engine.route.nouns import Clip, Sample
from stillreel.engine.route.stage import Played, Stage
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stillreel.engine.route.days import FilmDay
    from stillreel.engine.route.nouns import Prefer

_TOLD = 40
"""Samples that tell a platform's true figures."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One production, routed and in three other ways."""

    seed: int
    routed: Played
    """As a production asks today."""
    second: Played
    """With second orders allowed."""
    informed: float
    """Makespan if the router were told each platform's true figures and pace of the moment."""
    clairvoyant: float
    """No one can be done earlier."""
    attained: float
    """Makespan that foresight reached under the router's rules: the bound is off by less."""
    single: float
    """Makespan of the platform that, alone and within the ceiling, turned out to be fastest."""
    robin: float
    """Makespan of taking the platforms in turn, whatever it costs."""
    ceiling: Money


@dataclass(frozen=True, slots=True)
class Summary:
    """Many productions: makespan as a part of the other ways, and what went wrong."""

    trials: int
    clairvoyant: tuple[float, float]
    """Middle, and what nine in ten stay below."""
    informed: float
    """Middle, beside the clairvoyant, if the router were told what cannot be known."""
    attained: float
    """Middle of what foresight reached under the router's rules, beside the clairvoyant."""
    single: tuple[float, float]
    """Middle and worst."""
    robin: float
    """Middle."""
    later: int
    """Productions that ended more than 5 % after the best single platform."""
    over_ceiling: int
    unfinished: int
    """Of the productions that the ceiling can pay for."""
    seconds: float
    """Second orders in a production."""
    wasted: float
    """Part of the money that went into clips that were made twice."""


def trial(seed: int, clips: int = 50) -> Trial:
    """Play one made-up production in every way."""
    day = make_day(seed, clips)
    singles = [in_turn(replace(day, vendors=(vendor,))) for vendor in day.vendors]
    foreseen = clairvoyant(day)
    return Trial(
        seed,
        route(day),
        route(day, second=True),
        route(day, informed=True).makespan,
        foreseen.finish,
        attained(day, foreseen.split).makespan,
        min([one.makespan for one in singles if one.spent <= day.ceiling], default=float("inf")),
        in_turn(day).makespan,
        day.ceiling,
    )


def sum_up(trials: Sequence[Trial], clips: int = 50, *, second: bool = False) -> Summary:
    """Put productions together, as they went without second orders or with them."""
    trials = [one for one in trials if math.isfinite(one.clairvoyant)]
    played = [one.second if second else one.routed for one in trials]
    pairs = list(zip(played, trials, strict=True))
    beside = sorted(run.makespan / one.clairvoyant for run, one in pairs)
    single = sorted(run.makespan / one.single for run, one in pairs)
    return Summary(
        trials=len(trials),
        clairvoyant=(median(beside), beside[len(beside) * 9 // 10]),
        informed=median(one.informed / one.clairvoyant for one in trials),
        attained=median(one.attained / one.clairvoyant for one in trials),
        single=(median(single), single[-1]),
        robin=median(run.makespan / one.robin for run, one in pairs),
        later=sum(one > 1.05 for one in single),
        over_ceiling=sum(run.spent > one.ceiling for run, one in pairs),
        unfinished=sum(run.done < clips for run in played),
        seconds=sum(run.seconds for run in played) / len(trials),
        wasted=sum(run.wasted.micros for run in played) / sum(run.spent.micros for run in played),
    )


def route(
    day: FilmDay, prefer: Prefer = "fast", *, second: bool = False, informed: bool = False
) -> Played:
    """Play a production as the router decides; it sees what `Stage` tells and nothing else.

    `second` lets it order late clips twice. `informed` tells it what no router can know: each
    platform's true figures and pace of the moment.
    """
    stage = Stage(day)
    options = [vendor.option for vendor in day.vendors]
    seconds = 0
    while len(stage.made) < day.clips:
        if informed:
            options = [replace(one, not_before=stage.ready(one.provider)) for one in options]
        chosen = next_for(
            [Clip(name) for name in stage.waiting],
            options,
            told(day, stage.now) if informed else stage.samples,
            stage.flights,
            Money(day.ceiling.micros - stage.spent - stage.held),
            stage.now,
            prefer,
            second=second,
        )
        if chosen.clip:
            seconds += chosen.act == "second"
            stage.send(chosen.clip, chosen.provider)
        elif chosen.act == "wait" or stage.flights:
            stage.wait(max(chosen.until, stage.now + 1.0) if chosen.act == "wait" else 1e9)
        else:
            break
    makespan = stage.now
    while stage.flights:  # paid for, although nobody waits for them
        stage.wait(1e9)
    return Played(makespan, Money(stage.spent), len(stage.made), seconds, Money(stage.wasted))


def in_turn(day: FilmDay) -> Played:
    """Play it by giving each clip to the next platform in turn, each with a queue of its own."""
    stage = Stage(day)
    names = [vendor.option.provider for vendor in day.vendors]
    queues: dict[str, list[str]] = {name: [] for name in names}
    turn = 0
    placed: set[str] = set()
    while stage.waiting or stage.flights:
        for clip in [one for one in stage.waiting if one not in placed]:
            queues[names[turn % len(names)]].append(clip)
            placed.add(clip)
            turn += 1
        for name in names:
            while queues[name] and stage.free(name):
                clip = queues[name].pop(0)
                placed.discard(clip)
                stage.send(clip, name)
        held = [stage.ready(name) for name in names if queues[name]]
        stage.wait(min([at for at in held if at > stage.now] or [1e9]))
    return Played(stage.now, Money(stage.spent), day.clips)


def told(day: FilmDay, now: float) -> list[Sample]:
    """Return samples that tell each platform's true middle time, failures and pace of now."""
    samples: list[Sample] = []
    for vendor in day.vendors:
        slower = next(slower for since, slower in reversed(vendor.pace) if since <= now)
        name = vendor.option.provider
        queue = slower * median(draw.queue for draw in vendor.draws)
        run = slower * median(draw.run for draw in vendor.draws if draw.failure != "provider")
        usual = [Sample(name, now, queue, run)] * _TOLD
        failed = sum(draw.failure is not None for draw in vendor.draws) * _TOLD // len(vendor.draws)
        usual[:failed] = [
            Sample(name, now, queue, run, "moderation-output", vendor.bills_refused)
        ] * failed
        samples += usual
    return samples
