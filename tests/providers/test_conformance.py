"""The kit finds a provider that breaks a promise of the seam."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from rehearsed import SECRET, Ruled, clip_ask, rig
from stillreel.errors import Lost, ProviderError, Refused
from stillreel.providers import conformance
from stillreel.providers.ask import WriteAsk
from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure
from stillreel.providers.stand_in import bench
from stillreel.rehearsal.stage import Conditions
from stillreel.shelf.ark.platform import Ark
from stillreel.shelf.language.desk import Language
from stillreel.values.money import Money

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.providers.ask import MotionAsk

CHECKS = {check.__name__: check for check in conformance.checks(Ark().offer)}


class Stubborn(Ark):
    """Sends again what was lost."""

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        try:
            return await super().submit(ask, key)
        except Lost:
            return await super().submit(ask, key)


class Cheap(Ark):
    """Quotes half of what it takes."""

    def quote(self, ask: MotionAsk) -> Quote:
        told = super().quote(ask)
        return replace(told, low=Money(), high=Money(told.high.micros // 2))


class Sure(Ark):
    """Claims to know what it could not read."""

    async def find(self, key: str) -> Job | Unsure | None:
        said = await super().find(key)
        return None if isinstance(said, Unsure) else said


class Blind(Ark):
    """Never finds anything."""

    async def find(self, key: str) -> Job | Unsure | None:
        return None if await super().find(key) is None else Unsure("who knows")


class Hasty(Ark):
    """Takes an unknown word for a failure."""

    async def poll(self, job: Job) -> Job:
        now = await super().poll(job)
        return replace(now, state="failed") if now.warning else now


class Loud(Ark):
    """Shows its key."""

    def __repr__(self) -> str:
        return f"Loud({self._given})"


class Gossip(Ark):
    """Tells its key when something goes wrong."""

    async def poll(self, job: Job) -> Job:
        try:
            return await super().poll(job)
        except ProviderError as error:
            raise ProviderError(f"{error} with {SECRET}", charged="unknown") from error


class Eager(Ark):
    """Is ready without a key."""

    def status(self) -> Status:
        return Status("ready")


class Rash(Ark):
    """Throws away what is finished when it is cancelled."""

    async def cancel(self, job: Job) -> Job:
        await self.wire.change("DELETE", f"{self.offer.path}/{job.vendor_id}")
        return replace(job, state="cancelled", charged=Money())


class Clinging(Ark):
    """Goes on asking for what the vendor has thrown away."""

    def kept(self, shape: Any, reply: Any, job: Job) -> Any:
        return self.read(shape, reply)


class Curt(Ark):
    """Says the same thing to do, whatever was refused."""

    def judge(self, reply: Any) -> Any:
        return super().judge(reply)[0], "Try again."


class Stutter(Ark):
    """Tells an error within an error."""

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        try:
            return await super().submit(ask, key)
        except Refused as error:
            raise Refused(str(error), next_step=error.next_step, failure=error.failure) from None


class Pressing(Language):
    """Asks a model again whose answer was lost."""

    async def submit(self, ask: WriteAsk, key: str) -> Job:
        try:
            return await super().submit(ask, key)
        except Lost:
            return await super().submit(ask, key)


class Wordy(Language):
    """Hands over whatever came."""

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        return (Delivered(b'"I would rather not."', "application/json"),)


class Vague(Language):
    """Says of a key that is not taken that the vendor is in trouble."""

    async def submit(self, ask: WriteAsk, key: str) -> Job:
        try:
            return await super().submit(ask, key)
        except Refused as error:
            raise ProviderError(error.what, failure="provider") from None


@pytest.mark.parametrize(
    ("made", "check"),
    [
        (Pressing, "a_lost_reply_is_lost_and_never_sent_again"),
        (Wordy, "an_answer_is_json_as_it_was_asked"),
        (Vague, "a_refused_key_is_the_accounts_and_costs_nothing"),
    ],
)
def test_a_broken_promise_of_a_writer_is_found(made: Any, check: str) -> None:
    pytest.importorskip("pydantic_ai")
    form = {"type": "object", "properties": {"hi": {"type": "string"}}, "required": ["hi"]}
    ask = WriteAsk("plan-beats", "", "Say hello.", json.dumps(form), 400)
    house = Ruled("openai", Conditions(haste=1e9, accept=(0.0, 0.0)))
    address = {"STILLREEL_LLM_OPENAI_BASE_URL": "http://127.0.0.1:9/openai"}
    known = {one.__name__: one for one in conformance.checks(Language().offer)}
    with pytest.raises(AssertionError):
        asyncio.run(
            known[check](bench(made, house, ask, label="openai:gpt-6.1-sol", environment=address))
        )


@pytest.mark.parametrize(
    ("made", "check"),
    [
        (Stubborn, "a_lost_reply_is_lost_and_never_sent_again"),
        (Cheap, "a_job_goes_from_ask_to_file"),
        (Sure, "a_list_that_cannot_be_read_is_unsure"),
        (Blind, "a_lost_job_is_found_as_the_offer_says"),
        (Hasty, "an_unknown_word_means_running"),
        (Loud, "it_names_itself"),
        (Gossip, "a_vendor_in_trouble_fails_no_job"),
        (Eager, "without_a_key_it_says_so"),
        (Rash, "a_job_goes_from_ask_to_file"),
        (Clinging, "a_result_thrown_away_is_gone_and_was_paid"),
        (Curt, "a_refused_key_is_the_accounts_and_costs_nothing"),
        (Curt, "a_refusal_is_told_by_its_class"),
        (Stutter, "a_refusal_is_told_by_its_class"),
    ],
)
def test_a_broken_promise_is_found(made: Any, check: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        asyncio.run(CHECKS[check](rig(made, tmp_path, clip_ask(tmp_path))))


def test_checks_have_names_that_read_as_sentences() -> None:
    assert len(CHECKS) == len(conformance.checks(Ark().offer)) >= 15
    assert conformance.name(CHECKS["a_full_vendor_is_busy"]) == "a full vendor is busy"
