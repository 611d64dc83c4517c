"""Which platform takes the next clip: what is decided, and what must never be."""

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillreel.engine.route import Clip, Flight, Option, Sample, Terms, next_for, outlook
from stillreel.engine.route.days import make_day
from stillreel.engine.route.foresight import alone, attained, clairvoyant
from stillreel.engine.route.trial import route
from stillreel.values.money import Money

USD = Money.parse


def option(name: str, **how: object) -> Option:
    return replace(Option(name, USD("2.00"), slots=2, prior=(200.0, 300.0)), **how)


def clips(count: int) -> list[Clip]:
    return [Clip(f"C{n:02}") for n in range(1, count + 1)]


def past(name: str, seconds: float, count: int, **how: object) -> list[Sample]:
    at = -60.0
    return [
        replace(Sample(name, at - 60 * n, 20.0, seconds - 20.0), **how)
        for n in reversed(range(count))
    ]


def test_the_faster_platform_takes_the_only_clip() -> None:
    chosen = next_for(
        clips(1),
        [option("slow", prior=(600.0, 800.0)), option("quick")],
        [],
        [],
        USD("9.00"),
        0.0,
    )
    assert (chosen.act, chosen.clip, chosen.provider) == ("send", "C01", "quick")
    assert chosen.price == USD("2.00")
    assert "200 s (published)" in chosen.why


def test_own_measurements_beat_published_figures_from_five_on() -> None:
    options = [option("said-quick", prior=(60.0, 80.0)), option("quick")]
    samples = past("said-quick", 900.0, 5) + past("quick", 150.0, 5)
    chosen = next_for(clips(1), options, samples, [], USD("9.00"), 0.0)
    assert chosen.provider == "quick"
    assert [one.basis for one in chosen.considered] == ["measured", "measured"]
    assert chosen.considered[0].typical == pytest.approx(900, rel=0.05)
    few = next_for(clips(1), options, samples[1:], [], USD("9.00"), 0.0)
    assert few.considered[0].basis == "published"


def test_the_cheap_way_takes_the_cheapest_and_waits_for_its_slots() -> None:
    options = [option("dear", price=USD("5.00")), option("cheap", prior=(900.0, 1000.0), slots=1)]
    first = next_for(clips(3), options, [], [], USD("99.00"), 0.0, "cheap")
    assert first.provider == "cheap"
    flight = [Flight("cheap", 0.0, Clip("C01"))]
    second = next_for(clips(3)[1:], options, [], flight, USD("97.00"), 1.0, "cheap")
    assert second.act == "wait"
    assert next_for(clips(3)[1:], options, [], flight, USD("97.00"), 1.0).provider == "dear"


def test_a_slow_platform_is_left_out_at_the_end_of_the_film() -> None:
    options = [
        option("quick", slots=1, prior=(100.0, 120.0)),
        option("slow", prior=(900.0, 1200.0)),
    ]
    flight = [Flight("quick", 0.0, Clip("C01"))]
    chosen = next_for(clips(1), options, [], flight, USD("9.00"), 1.0)
    assert chosen.act == "wait"
    assert chosen.until > 1.0
    assert chosen.considered[1].why_not == "it would be done too late"


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ({"key": False}, "its key is missing"),
        ({"refuses": "it reads no grids"}, "it reads no grids"),
        ({"retention": 100.0, "look_every": 60.0}, "it keeps a result for 100 s"),
        ({"slots": 0}, "it has no slots"),
    ],
)
def test_each_bar_has_its_reason(how: dict[str, object], reason: str) -> None:
    chosen = next_for(clips(1), [option("barred", **how), option("open")], [], [], USD("9"), 0.0)
    assert chosen.provider == "open"
    assert chosen.considered[0].why_not.startswith(reason)
    alone = next_for(clips(1), [option("barred", **how)], [], [], USD("9"), 0.0)
    assert (alone.act, alone.why) == ("stop", "No platform can make C01.")


def test_a_clip_goes_only_where_it_can_be_made_at_its_own_price() -> None:
    many = Clip("C01", terms=(Terms("quick", refuses="six pictures at most"),))
    long = Clip("C02", 15.0, terms=(Terms("other", price=USD("4.50")),))
    options = [option("quick", prior=(50.0, 60.0)), option("other")]
    chosen = next_for([many], options, [], [], USD("9"), 0.0)
    assert chosen.provider == "other"
    assert next_for([long], [options[1]], [], [], USD("9"), 0.0).price == USD("4.50")


def test_a_platform_that_fails_three_times_rests_and_is_tried_again() -> None:
    bad = past("bad", 30.0, 3, failure="provider", charged=False)
    options = [option("bad", prior=(50.0, 60.0))]
    chosen = next_for(clips(1), options, bad, [], USD("9"), 0.0)
    assert chosen.act == "wait"
    assert chosen.considered[0].why_not == "it rests after failures"
    assert next_for(clips(1), options, bad, [], USD("9"), 200.0).act == "send"


def test_a_revoked_key_pauses_at_once_and_a_refused_picture_does_not() -> None:
    account = past("one", 30.0, 1, failure="account", charged=False)
    assert next_for(clips(1), [option("one")], account, [], USD("9"), 0.0).act == "wait"
    refused = past("one", 30.0, 9, failure="moderation-input", charged=False)
    assert next_for(clips(1), [option("one")], refused, [], USD("9"), 0.0).act == "send"


def test_jobs_that_are_late_count_before_they_end() -> None:
    samples = past("stalls", 100.0, 8) + past("steady", 160.0, 8)
    options = [option("stalls", slots=3), option("steady", slots=3)]
    fresh = next_for(clips(1), options, samples, [], USD("9"), 0.0)
    assert fresh.provider == "stalls"
    late = [Flight("stalls", 0.0, Clip("C8")), Flight("stalls", 0.0, Clip("C9"))]
    chosen = next_for(clips(1), options, samples, late, USD("9"), 500.0)
    assert chosen.provider == "steady"
    assert chosen.considered[0].typical > 300


def test_a_platform_that_stalled_is_tried_again_after_a_while() -> None:
    samples = [*past("one", 100.0, 12), Sample("one", 0.0, 200.0, 900.0)]
    options = [option("one"), option("other", prior=(250.0, 300.0))]
    assert next_for(clips(1), options, samples, [], USD("9"), 1.0).provider == "other"
    assert next_for(clips(1), options, samples, [], USD("9"), 7200.0).provider == "one"


def test_limits_of_calls_and_slots_are_kept() -> None:
    one = option("one", slots=5, per_minute=2)
    flights = [Flight("one", 10.0, Clip("C8")), Flight("one", 20.0, Clip("C9"))]
    chosen = next_for(clips(3), [one], [], flights, USD("99"), 30.0)
    assert (chosen.act, chosen.until) == ("wait", pytest.approx(60.0))
    assert next_for(clips(3), [one], [], flights, USD("99"), 71.0).act == "send"
    assert next_for(clips(3), [replace(one, free=0)], [], flights, USD("99"), 71.0).act == "wait"
    held = replace(one, not_before=90.0)
    assert next_for(clips(3), [held], [], flights, USD("99"), 71.0).until == pytest.approx(90.0)


def test_what_is_left_must_pay_for_the_whole_film() -> None:
    options = [option("dear", price=USD("9.00"), prior=(50.0, 60.0), slots=9), option("cheap")]
    stopped = next_for(clips(10), options, [], [], USD("19.99"), 0.0)
    assert stopped.act == "stop"
    assert "20.00" in stopped.why
    assert "19.99" in stopped.why
    tight = next_for(clips(10), options, [], [], USD("20.00"), 0.0)
    assert tight.provider == "cheap"
    assert next_for(clips(10), options, [], [], USD("900.00"), 0.0).provider == "dear"


OPTIONS = st.lists(
    st.builds(
        lambda n, price, slots, prior, key: Option(
            f"p{n}", Money(price * 10_000), slots=slots, prior=(prior, prior * 1.5), key=key
        ),
        n=st.integers(0, 5),
        price=st.integers(50, 500),
        slots=st.integers(0, 4),
        prior=st.floats(30, 1000),
        key=st.booleans(),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda one: one.provider,
)


@settings(max_examples=60, deadline=None)
@given(OPTIONS, st.integers(1, 12), st.integers(0, 6000), st.sampled_from(["fast", "cheap"]))
def test_whatever_comes_nothing_is_sent_that_may_not_be(
    options: list[Option], count: int, cents: int, prefer: str
) -> None:
    left, flights, waiting = Money(cents * 10_000), [], clips(count)
    while True:
        chosen = next_for(waiting, options, [], flights, left, 0.0, prefer)
        assert chosen == next_for(waiting, options, [], flights, left, 0.0, prefer)
        if chosen.act != "send":
            break
        there = next(one for one in options if one.provider == chosen.provider)
        left -= chosen.price
        waiting = [one for one in waiting if one.id != chosen.clip]
        flights.append(Flight(there.provider, 0.0, Clip(chosen.clip)))
        assert there.key
        assert sum(one.provider == there.provider for one in flights) <= there.slots
        least = min(one.price.micros for one in options if one.key and one.slots)
        assert left.micros >= least * len(waiting)
    able = [one for one in options if one.key and one.slots]
    if not able:
        assert chosen.act == "stop"


@pytest.mark.parametrize("seed", range(700, 706))
def test_a_production_ends_within_its_ceiling(seed: int) -> None:
    day = make_day(seed, clips=20)
    played = route(day)
    assert played.done == 20
    assert played.spent <= day.ceiling
    foreseen = clairvoyant(day)
    assert sum(foreseen.split) == 20
    assert played.makespan >= foreseen.finish
    reached = attained(day, foreseen.split)
    assert (reached.done, reached.spent <= day.ceiling) == (20, True)
    assert foreseen.finish <= reached.makespan <= 1.25 * foreseen.finish
    assert route(day) == played


def test_more_money_does_not_make_productions_longer() -> None:
    days = [make_day(seed, clips=20) for seed in range(720, 732)]
    spans = [
        sum(route(replace(day, ceiling=day.ceiling * more)).makespan for day in days)
        for more in (1, 4)
    ]
    assert spans[1] <= spans[0]


def test_the_clairvoyant_is_what_a_search_of_all_splits_finds() -> None:
    day = make_day(3, clips=7)
    two = replace(day, vendors=day.vendors[:2], ceiling=USD("999.00"))
    tables = [alone(vendor, 7) for vendor in two.vendors]
    splits = [
        max(table[n - 1][0] if n else 0.0 for table, n in zip(tables, (k, 7 - k), strict=True))
        for k in range(8)
    ]
    assert clairvoyant(two).finish == pytest.approx(min(splits))


def test_what_the_ceiling_cannot_pay_for_nobody_can_foresee() -> None:
    day = make_day(3, clips=7)
    assert math.isinf(clairvoyant(replace(day, ceiling=USD("1.00"))).finish)


def late_and_idle(**how: object) -> tuple[list[Option], list[Sample], list[Flight]]:
    options = [option("stalls"), option("idle", price=USD("3.00"), **how)]
    samples = past("stalls", 100.0, 8) + past("idle", 160.0, 8)
    return options, samples, [Flight("stalls", 0.0, Clip("C1"))]


def test_a_clip_that_is_late_at_the_end_is_ordered_twice_only_where_that_is_allowed() -> None:
    options, samples, late = late_and_idle()
    chosen = next_for([], options, samples, late, USD("9.00"), 900.0, second=True)
    assert (chosen.act, chosen.clip, chosen.provider) == ("second", "C1", "idle")
    assert chosen.price == USD("3.00")
    assert next_for([], options, samples, late, USD("9.00"), 900.0).act == "wait"
    cheap = next_for([], options, samples, late, USD("9.00"), 900.0, "cheap", second=True)
    assert cheap.act == "wait"
    on_time = next_for([], options, samples, late, USD("9.00"), 50.0, second=True)
    assert on_time.act == "wait"


def test_a_clip_is_never_ordered_three_times_nor_where_nobody_waits_for_it() -> None:
    options, samples, late = late_and_idle()
    twice = [*late, Flight("idle", 900.0, Clip("C1"))]
    assert next_for([], options, samples, twice, USD("9.00"), 950.0, second=True).act == "wait"
    made = [replace(late[0], needed=False)]
    assert next_for([], options, samples, made, USD("9.00"), 900.0, second=True).act == "wait"


def test_a_second_order_leaves_the_money_that_the_film_may_need() -> None:
    options, samples, late = late_and_idle()
    # 3.00 for the second order, and at 2.00 each two charged failures that may still come.
    tight = next_for([], options, samples, late, USD("4.99"), 900.0, second=True)
    assert tight.act == "wait"
    options, samples, late = late_and_idle(refuses="it reads no grids")
    assert next_for([], options, samples, late, USD("9.00"), 900.0, second=True).act == "wait"
    options, samples, _ = late_and_idle()
    barred = [Flight("stalls", 0.0, Clip("C1", terms=(Terms("idle", refuses="too long"),)))]
    assert next_for([], options, samples, barred, USD("9.00"), 900.0, second=True).act == "wait"


def test_second_orders_stay_within_the_ceiling_and_shorten_bad_days() -> None:
    days = [make_day(seed, clips=20) for seed in range(740, 746)]
    once = [route(day) for day in days]
    twice = [route(day, second=True) for day in days]
    assert all(run.done == 20 for run in twice)
    assert all(run.spent <= day.ceiling for run, day in zip(twice, days, strict=True))
    assert sum(run.makespan for run in twice) < sum(run.makespan for run in once)
    assert all(not run.seconds for run in once)


def test_the_less_is_known_of_charged_failures_the_more_is_kept_for_them() -> None:
    quick = option("quick", price=USD("2.40"), prior=(50.0, 60.0), slots=9)
    cheap = option("cheap", slots=9)
    known = past("quick", 55.0, 40) + past("cheap", 200.0, 40)
    shares = [
        next_for(clips(47), [quick, cheap], samples, [], USD("100.00"), 0.0).considered[0].share
        for samples in ([], known)
    ]
    assert shares[0] == 0
    assert shares[1] > 0


def test_an_outlook_tells_the_mix_and_each_platform_alone() -> None:
    options = [
        option("one"),
        option("two", price=USD("3.00"), slots=4),
        option("gone", key=False),
        option("dear", price=USD("30.00")),
    ]
    seen = outlook(clips(20), options, [], [], USD("100.00"), 0.0)
    assert seen == outlook(clips(20), options, [], [], USD("100.00"), 0.0)
    one, two, gone, dear = seen.alone
    assert 0 < seen.mix.p50 < min(one.p50, two.p50)
    assert all(span.p50 <= span.p90 and span.low <= span.high for span in (one, two, seen.mix))
    assert one.low >= USD("40.00")
    assert gone.why_not == "its key is missing"
    assert dear.why_not == "it would cost 600.00, and 100.00 is left"
    deaf = [replace(one, terms=(Terms("one", refuses="one reads frames."),)) for one in clips(2)]
    told = outlook(deaf, options, [], [], USD("100.00"), 0.0).alone[0].why_not
    assert told == f"it cannot make {deaf[0].id}: one reads frames"
    cheap = outlook(clips(20), options, [], [], USD("100.00"), 0.0, "cheap")
    assert cheap.mix.low <= seen.mix.low
    assert cheap.mix.p50 >= seen.mix.p50


def test_an_outlook_keeps_its_word_on_days_it_has_not_seen() -> None:
    within = 0
    for seed in range(740, 760):
        day = make_day(seed, clips=20)
        samples = [one for vendor in day.vendors for one in vendor.past]
        known = [vendor.option for vendor in day.vendors]
        seen = outlook(clips(20), known, samples, [], day.ceiling, 0.0)
        within += route(day).makespan <= seen.mix.p90
    assert within >= 13


def test_a_tight_budget_never_waits_for_nothing() -> None:
    billed = past("bills", 90.0, 8, failure="moderation-output", charged=True)
    options = [option("bills", price=USD("1.95")), option("fair")]
    chosen = next_for(clips(10), options, billed, [], USD("19.50"), 0.0)
    assert (chosen.act, chosen.provider) == ("send", "bills")
