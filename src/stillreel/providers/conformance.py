"""What every provider must pass, whoever wrote it: the promises of the seam, tried out.

A test needs a `Rig`: how to make the provider, an ask for it, and, where a vendor is at the other
end of a wire, how to make that vendor misbehave and what it has seen. `stand_in.bench` is one::

    @pytest.mark.parametrize("check", conformance.checks(Mine().offer), ids=conformance.name)
    def test_it_keeps_the_promises_of_the_seam(check):
        asyncio.run(check(bench(Mine, MyStandIn(), ASK)))
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import Busy, Gone, Lost, ProviderError, Refused
from stillreel.providers import at_once
from stillreel.providers.answer import read_answer
from stillreel.providers.ask import JudgeAsk, WriteAsk
from stillreel.providers.rig import (
    WAITING,
    Rig,
    fails,
    finished,
    must,
    raised,
    reads,
    silent,
    turned_down,
)
from stillreel.providers.seam import Job, Judge, Motion, Provider, Still, Unsure, Writer
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any

    from stillreel.errors import Failure
    from stillreel.providers.offer import Offer
    from stillreel.providers.seam import Delivered

    Check = Callable[[Rig], Coroutine[Any, Any, None]]

__all__ = ["Rig", "checks", "name"]

_YEAR_S = 366 * 86_400.0


def checks(offer: Offer) -> tuple[Check, ...]:
    """Return the checks that apply to a provider."""
    words = offer.makes in {"writer", "judge"}
    made = an_answer_is_json_as_it_was_asked if words else a_job_goes_from_ask_to_file
    away = (*_AWAY, *(() if words else _JOBS))
    several = at_once.CHECKS if offer.pictures_at_once > 1 else ()
    return (*_ALL, made, *(_LOCAL if offer.local else away), *several)


def name(check: Check) -> str:
    """Return a check's name as words, for the ids of a test."""
    return check.__name__.replace("_", " ")


async def it_names_itself(rig: Rig) -> None:
    """Its id is that of its offer, and it has the verbs of what it makes."""
    able = rig.make()
    must(able.id == able.offer.provider, f"{able.id!r} offers as {able.offer.provider!r}")
    for made in (able.offer.makes, *able.offer.also):
        must(isinstance(able, _KINDS.get(made, Provider)), f"it lacks verbs of {made}")
    must(able.status().state == "ready", f"it is {able.status()}")
    silent(rig, able, able.offer, able.status())


async def a_quote_is_a_range_with_a_basis(rig: Rig) -> None:
    """A quote has a least, a most, and says where it is from; asking again gives the same."""
    able = rig.make()
    quote = able.quote(rig.ask)
    must(Money() <= quote.low <= quote.high, f"odd prices: {quote}")
    must(0 <= quote.seconds_low <= quote.seconds_high, f"odd times: {quote}")
    must(bool(quote.basis), "the quote has no basis")
    must(able.quote(rig.ask) == quote, "a second quote differs")
    silent(rig, quote)


async def a_job_goes_from_ask_to_file(rig: Rig) -> None:
    """One create call, a file of a known kind, and a price within the quote."""
    files = await _delivered(rig)
    for file in files:
        must(file.media_type == media_type(file.data[:16]), f"{file.media_type} is another kind")
    must(files[0].role == "main", "the first file is not the main one")


async def an_answer_is_json_as_it_was_asked(rig: Rig) -> None:
    """One create call, one file of JSON that holds what was asked, and a price within the quote."""
    files = await _delivered(rig)
    kinds = [file.media_type for file in files]
    must(kinds == ["application/json"], f"{kinds} were delivered in place of one answer")
    if isinstance(rig.ask, JudgeAsk):
        read_answer(files)
    elif isinstance(rig.ask, WriteAsk):
        wanted = set(json.loads(rig.ask.schema)["required"])
        told = json.loads(files[0].data)
        must(isinstance(told, dict) and wanted <= set(told), f"the answer lacks one of {wanted}")


async def _delivered(rig: Rig) -> tuple[Delivered, ...]:
    """Return what a job brought that went as it should."""
    able = rig.make()
    quote = able.quote(rig.ask)
    job = await finished(rig, able, await able.submit(rig.ask, "key-1"))
    must(job.state == "succeeded", f"the job is {job.state}: {job.message}")
    must((job.provider, job.key) == (able.id, "key-1"), "the job lost its provider or its key")
    must(job.charged is not None, "a finished job tells no price")
    must((job.charged or Money()) <= quote.high, f"{job.charged} is more than {quote.high}")
    files = await able.fetch(job)
    must(bool(files), "no file was delivered")
    must(await able.fetch(job) == files, "a second fetch gave other bytes")
    must(await able.poll(job) == job, "a finished job changed")
    must((await able.cancel(job)).state == "succeeded", "a finished job could be cancelled")
    must(await able.fetch(job) == files, "after a cancel the files are gone")
    if rig.vendor is not None:
        must(rig.vendor.posts() == 1, f"{rig.vendor.posts()} create calls were seen")
    silent(rig, replace(job, files=()))
    return files


async def the_same_ask_gives_the_same_bytes(rig: Rig) -> None:
    """A local provider is finished at once, and repeats itself unless its offer says otherwise."""
    able = rig.make()
    job = await able.submit(rig.ask, "key-1")
    must(job.state == "succeeded", f"it is {job.state}")
    again = await able.submit(rig.ask, "key-2")
    if not able.offer.chance:
        must(await able.fetch(job) == await able.fetch(again), "the bytes differ")
    must(not isinstance(await able.find("key-1"), Job), "it finds what nobody keeps")


async def without_a_key_it_says_so(rig: Rig) -> None:
    """It is made without a key, and is then not configured, with a reason."""
    must(rig.bare is not None, "the rig has no `bare`")
    assert rig.bare is not None
    status = rig.bare().status()
    must(status.state == "not configured", f"without a key it is {status.state}")
    must(bool(status.reason), "it does not say why")


async def a_lost_reply_is_lost_and_never_sent_again(rig: Rig) -> None:
    """Whatever leaves open whether the job was made is `Lost`, after exactly one create call."""
    kinds = ("drop-before", "drop-after", "slow", "error-before", "error-after", "html")
    for at, kind in enumerate((*kinds, "malformed"), 1):
        error = await fails(rig, kind, Lost, "unknown")
        must(rig.wired.posts() == at, f"{kind}: {rig.wired.posts() - at + 1} create calls")
        silent(rig, error)


async def what_never_left_costs_nothing(rig: Rig) -> None:
    """A connection that never stood is an error that cost nothing, and no `Lost`."""
    error = await fails(rig, "unreachable", ProviderError, "no")
    must(not isinstance(error, Lost | Refused | Busy), f"it is a {type(error).__name__}")
    must(rig.wired.posts() == 0, "a create call was seen")


async def a_refused_key_is_the_accounts_and_costs_nothing(rig: Rig) -> None:
    """A key that the vendor does not take is told as such, and nothing is sent again."""
    error = await fails(rig, "revoked", ProviderError, "no")
    must(error.failure == "account", f"it is told as {error.failure}")
    must(bool(error.next_step), "nobody says what to do")
    said = error.next_step.lower()
    must("key" in said or "sign in" in said, f"whoever mends a key is told: {error.next_step}")
    reads(error)
    must(rig.wired.posts() <= 1, f"{rig.wired.posts()} create calls were seen")
    silent(rig, error)


async def a_refusal_is_told_by_its_class(rig: Rig) -> None:
    """Refusals say what the vendor said and what to do, after one create call.

    One that is told at create costs nothing; one told by the job has failed by its class.
    """
    refused: Failure = "moderation-input" if rig.tells_sides else "moderation-output"
    kinds: dict[str, Failure] = {
        "moderation-input": refused,
        "real-person": "real-person" if rig.tells_people else refused,
        "no-credit": "account",
        "model-closed": "account",
    }
    for at, (kind, failure) in enumerate(kinds.items(), 1):
        told = await turned_down(rig, kind)
        must(told.failure == failure, f"{kind} is told as {told.failure}")
        must(rig.wired.posts() == at, f"{kind}: {rig.wired.posts() - at + 1} create calls")
        silent(rig, told)
        if isinstance(told, Job):
            must(told.state == "failed", f"{kind}: the job is {told.state}")
            must(bool(told.message), f"{kind}: nobody says why")
            continue
        must(told.charged == "no", f"{kind} is told as charged: {told.charged}")
        must(bool(told.next_step), f"{kind}: nobody says what to do")
        word = {"no-credit": "credit", "model-closed": "model"}.get(kind, "")
        must(word in told.next_step.lower(), f"{kind}: one is told: {told.next_step}")
        reads(told)


async def a_full_vendor_is_busy(rig: Rig) -> None:
    """Too many at once is `Busy`, with the time the vendor asks for; then the same ask passes."""
    error = await fails(rig, "busy", Busy, "no")
    must(error.after > 0, "the vendor's Retry-After is not obeyed")
    must(rig.wired.posts() == 1, f"{rig.wired.posts()} create calls were seen")
    rig.wired.advance(error.after)
    await rig.make().submit(rig.ask, "key-2")


async def an_unknown_word_means_running(rig: Rig) -> None:
    """A status word that is not known is running, with a warning: never failed."""
    able = rig.make()
    job = await able.submit(rig.ask, "key-1")
    if job.state not in WAITING:
        return
    rig.wired.fault("unknown-status")
    now = await able.poll(job)
    must(now.state == "running", f"an unknown word is {now.state}")
    must(bool(now.warning), "nobody is warned")
    must((await able.poll(now)).warning == "", "the warning stays")


async def a_vendor_in_trouble_fails_no_job(rig: Rig) -> None:
    """A look that is answered by a web page, an error or a wrong key leaves the job as it is."""
    able = rig.make()
    job = await able.submit(rig.ask, "key-1")
    if job.state not in WAITING:
        return
    for kind in ("html", "error-before", "malformed", "revoked"):
        rig.wired.fault(kind, "poll", 0)
        try:
            must((await able.poll(job)).state in WAITING, f"{kind} ended the job")
        except ProviderError as error:
            must(not isinstance(error, Refused | Lost), f"{kind}: a {type(error).__name__}")
            must(error.charged != "no", f"{kind}: told as if nothing were under way")
            silent(rig, error)
        rig.wired.clear()
    must((await able.poll(job)).state in WAITING, "the job did not go on")


async def a_lost_job_is_found_as_the_offer_says(rig: Rig) -> None:
    """By its tag where the vendor tells tags; otherwise nobody claims to know."""
    able = rig.make()
    await fails(rig, "drop-after", Lost, "unknown", key="key-lost")
    rig.wired.advance(able.offer.list_lag + 1)
    found = await able.find("key-lost")
    if able.offer.lookup == "none":
        must(isinstance(found, Unsure), f"it cannot know, and says {found}")
        return
    if able.offer.lookup == "tag":
        must(isinstance(found, Job), f"the lost job is not found: {found}")
    must(found is not None, "a job that exists is said not to")
    if isinstance(found, Job):
        must(found.key == "key-lost", "the job that is found has another key")
        done = await finished(rig, able, found)
        must(done.state == "succeeded", f"the job that was found is {done.state}")
        must((done.charged or Money()) <= able.quote(rig.ask).high, "it costs more than quoted")
        must(bool(await able.fetch(done)), "the job that was found has no file")
        must(await able.find("key-never") is None, "a job that never was is not said to be absent")
    must(rig.wired.posts() == 1, "a look made a job")


async def a_job_is_followed_by_its_id_alone(rig: Rig) -> None:
    """A job that a person found has the vendor's id and nothing else: that is enough."""
    able = rig.make()
    job = await able.submit(rig.ask, "key-1")
    if job.state not in WAITING:
        return
    done = await finished(rig, able, Job(job.provider, job.key, job.vendor_id, "queued"))
    must(done.state == "succeeded", f"by its id alone it is {done.state}: {done.message}")
    must((done.charged or Money()) <= able.quote(rig.ask).high, "it costs more than quoted")
    must(bool(await able.fetch(done)), "by its id alone it has no file")
    must(rig.wired.posts() == 1, "a look made a job")


async def a_list_that_cannot_be_read_is_unsure(rig: Rig) -> None:
    """Only a list that was read to its end says that a job is not there."""
    able = rig.make()
    for kind in ("html", "error-before", "malformed", "revoked"):
        rig.wired.fault(kind, "list", 0)
        found = await able.find("key-never")
        must(isinstance(found, Unsure), f"{kind}: it says {found}")
        silent(rig, found)
        rig.wired.clear()


async def an_expired_link_is_told(rig: Rig) -> None:
    """A result that is gone is an error of a paid job; a link that runs out once is renewed."""
    able = rig.make()
    job = await finished(rig, able, await able.submit(rig.ask, "key-1"))
    if job.files:
        return
    rig.wired.fault("expired-link", times=0)
    error = await raised(able.fetch(job), ProviderError)
    must(error.charged == "yes", f"a paid result is told as {error.charged}")
    silent(rig, error)
    rig.wired.clear()
    rig.wired.fault("expired-link")
    must(bool(await able.fetch(job)), "the link was not renewed")


async def a_result_thrown_away_is_gone_and_was_paid(rig: Rig) -> None:
    """A job that the vendor no longer knows has run out: that is told, and no look goes on."""
    able = rig.make()
    job = await finished(rig, able, await able.submit(rig.ask, "key-1"))
    rig.wired.advance(_YEAR_S)
    try:
        await able.fetch(replace(job, files=()))
    except ProviderError as error:
        must(isinstance(error, Gone), f"a {type(error).__name__}: {error}")
        must(error.charged == "yes", f"a paid result is told as {error.charged}")
        reads(error)
        now = (await able.poll(replace(job, files=()))).state
        must(now in {"expired", "succeeded"}, f"a job whose result is gone is {now}")


async def a_refused_result_is_told_by_its_class(rig: Rig) -> None:
    """A job whose output is refused has failed by its class, and its price is told or unknown."""
    able = rig.make()
    rig.wired.fault("moderation-output")
    job = await finished(rig, able, await able.submit(rig.ask, "key-1"))
    must(job.state == "failed", f"it is {job.state}")
    must(job.failure == "moderation-output", f"it is told as {job.failure}")
    must(bool(job.message), "nobody says why")


async def a_waiting_job_is_cancelled_if_the_vendor_can(rig: Rig) -> None:
    """A cancel is told as it went, and never makes or loses a job."""
    able = rig.make()
    job = await able.cancel(await able.submit(rig.ask, "key-1"))
    must(job.state in {"cancelled", *WAITING, "succeeded"}, f"it is {job.state}")
    if job.state == "cancelled":
        must(job.charged == Money(), f"a cancelled job costs {job.charged}")
    must(rig.wired.posts() == 1, "a cancel made a job")


_KINDS = {"still": Still, "motion": Motion, "writer": Writer, "judge": Judge}
_ALL = (it_names_itself, a_quote_is_a_range_with_a_basis)
_LOCAL = (the_same_ask_gives_the_same_bytes,)
_AWAY = (
    without_a_key_it_says_so,
    a_lost_reply_is_lost_and_never_sent_again,
    what_never_left_costs_nothing,
    a_refused_key_is_the_accounts_and_costs_nothing,
    a_full_vendor_is_busy,
    a_lost_job_is_found_as_the_offer_says,
)
_JOBS = (
    a_refusal_is_told_by_its_class,
    an_unknown_word_means_running,
    a_vendor_in_trouble_fails_no_job,
    a_job_is_followed_by_its_id_alone,
    a_list_that_cannot_be_read_is_unsure,
    an_expired_link_is_told,
    a_result_thrown_away_is_gone_and_was_paid,
    a_refused_result_is_told_by_its_class,
    a_waiting_job_is_cancelled_if_the_vendor_can,
)
