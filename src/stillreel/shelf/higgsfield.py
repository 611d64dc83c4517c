"""Higgsfield: Seedance 2 at a reseller that lists no jobs and says no price."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from stillreel.errors import ProviderError, Refused
from stillreel.providers import fit, keys
from stillreel.providers.brings import Brings
from stillreel.providers.jobs import Jobs
from stillreel.providers.seam import Job
from stillreel.providers.uploads import AGAIN, missing
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import JobState, Quote

_STATES: dict[str, JobState] = {
    "queued": "queued",
    "in_progress": "running",
    "completed": "succeeded",
    "failed": "failed",
    "nsfw": "failed",
    "canceled": "cancelled",
}
_PAIR = ("HF_API_KEY", "HF_API_SECRET")
"""Where the two halves of a key lie if they are kept apart."""
_OF_INPUT = frozenset({400, 404, 410, 422})
"""What is answered to an ask that says something wrong, such as where its pictures lie."""
_SEEDS = 2**32


class _File(BaseModel):
    url: str = ""


class _Request(BaseModel):
    status: str = ""
    video: _File | None = None
    expires_at: str | None = None
    error: str | None = None


class _Place(BaseModel):
    public_url: str
    upload_url: str
    upload_headers: dict[str, str] | None = None


class Higgsfield(Brings, Jobs[_Request]):
    """Moves boards as references, or single panels as first and last frames."""

    name = "higgsfield"
    vendor = "Higgsfield"
    states = _STATES
    shape = _Request

    def headers(self, secret: str) -> dict[str, str]:
        """Return the header that carries both halves of the key."""
        return {"Authorization": f"Key {secret}"}

    def key(self) -> keys.Key | None:
        """Return the key, put together where its halves lie apart."""
        whole = super().key()
        halves = [self.environment.get(name, "").strip() for name in _PAIR]
        if whole is not None or not all(halves):
            return whole
        return keys.Key(":".join(halves), " and ".join(_PAIR))

    @property
    def sought(self) -> str:
        """Where a key is looked for: whole, or in two halves."""
        return f"{super().sought} (as ID:SECRET), or {' and '.join(_PAIR)}"

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal: too many at once is told by its words alone."""
        words = reply.message.lower()
        if reply.status == 400 and "concurrent" in words:
            return "rate", ""
        if reply.status == 423:
            return "account", "The vendor has closed the model for a while: name another platform."
        if reply.status in _OF_INPUT and missing(words):
            return "provider", AGAIN
        return super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by what the user's own offers file says of a clip or a second."""
        return fit.quote(ask, self.offer, "your price,")

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Bring the pictures there, which costs nothing; then create a request, once."""
        form = fit.form(ask, self.offer)
        cost = fit.cost(form, self.offer)
        route, body = await self._order(ask, form)
        path = f"{self.offer.model}/{route}"
        try:
            table = await self.wire.create(path, body, where=ask.subject)
        except Refused as error:
            self.heard(error.what)
            raise
        id_ = self.named(table, "request_id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=str(cost))

    def address(self, job: Job) -> str:
        """Return where a request is asked after."""
        return f"requests/{job.vendor_id}/status"

    def link(self, one: _Request) -> str:
        """Return where the clip lies."""
        return one.video.url if one.video else ""

    async def cancel(self, job: Job) -> Job:
        """Stop a request that still waits; one that was begun is refused there."""
        now = await self.poll(job)
        if now.state != "queued":
            return now
        reply = await self.wire.change("POST", f"requests/{job.vendor_id}/cancel")
        if reply.status == 202:
            return replace(now, state="cancelled", charged=Money())
        return await self.poll(job)

    async def _order(self, ask: MotionAsk, form: Form) -> tuple[str, dict[str, object]]:
        """Return the route and the body of a create call; its pictures lie at the vendor by then.

        Raises:
            Refused: the ask carries what the vendor does not take.
            ProviderError: the pictures cannot be brought there; nothing was charged.
        """
        sent, prompt = fit.sent(ask, self.offer)
        pictures = await self.brought(sent, ask.subject, partial(self._bring, ask.subject))
        told: dict[str, object] = {
            "prompt": prompt,
            "resolution": form.resolution,
            "aspect_ratio": form.ratio,
            "duration": form.seconds,
            "seed": ask.seed % _SEEDS,
            "generate_audio": False,
        }
        if ask.read == "frames":
            named = zip(("image_url", "end_image_url"), pictures, strict=False)
            return "image-to-video", {**told, **dict(named)}
        return "reference-to-video", {**told, "image_urls": pictures}

    async def _bring(self, where: str, data: bytes) -> str:
        """Bring a picture to the vendor and return its address there."""
        kind = media_type(data[:16])
        place = await self._place(kind, where)
        await self.wire.put(place.upload_url, data, place.upload_headers or {"Content-Type": kind})
        return place.public_url

    async def _place(self, kind: str, where: str) -> _Place:
        body = {"content_type": kind}
        try:
            reply = await self.wire.change("POST", "files/generate-upload-url", body)
        except ProviderError as error:
            raise self._unplaced(error.what, where, error.failure) from None
        try:
            return _Place.model_validate(reply.table if reply.ok else None)
        except ValidationError:
            told = f"{self.vendor} tells no place for a picture: {reply.told}."
            raise self._unplaced(told, where, "provider") from None

    def _unplaced(self, told: str, where: str, failure: Failure) -> ProviderError:
        """Return the error of a picture that cannot be brought there: nothing was ordered yet."""
        step = "Put the key right" if failure == "account" else "Run again"
        step = f"{step}: the clip itself was not asked for."
        return ProviderError(self.wire.clean(told), where=where, next_step=step, failure=failure)

    def told(self, one: _Request, job: Job) -> Job:
        """Return the job as the vendor tells it, which tells no price."""
        now = self.stands(one.status, job)
        if now.state == "succeeded":
            # A job that a person found again has no price of ours with it.
            charged = Money.parse(job.handle) if job.handle else None
            return replace(now, charged=charged, expires_at=one.expires_at or "")
        if now.state in {"queued", "running"}:
            return now
        refused = one.status == "nsfw"
        words = one.error or f"{self.vendor} says {one.status}, and not why"
        self.heard(words)
        failure: Failure = "moderation-output" if refused else "provider"
        return replace(now, charged=Money(), message=self.wire.clean(words), failure=failure)

    def _unready(self) -> str:
        """Say what is wrong with the key or the address; empty where nothing is."""
        key = self.key()
        if key is not None and key.sound and not all(key.secret.partition(":")):
            return f"the key of {key.source} is not of two halves: set it as ID:SECRET"
        return super()._unready()
