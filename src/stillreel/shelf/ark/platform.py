"""BytePlus ModelArk and Volcengine Ark: Seedance 2 at its origin, with a list and an echoed tag."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.errors import ProviderError
from stillreel.providers import fit, metered
from stillreel.providers.jobs import Jobs
from stillreel.providers.picture import inline
from stillreel.providers.seam import Delivered, Job, Unsure
from stillreel.shelf.ark.task import STATES, Page, Task, classed, ended
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.errors import Failure
    from stillreel.providers.ask import MotionAsk, Reference
    from stillreel.providers.fit import Form
    from stillreel.providers.reply import Reply
    from stillreel.providers.seam import Quote

_PAGE = 500
_PAGES = 40
_SEEDS = 2**32


class Ark(Jobs[Task]):
    """Moves boards as references, or single panels as first and last frames."""

    name = "ark"
    vendor = "ModelArk"
    states = STATES
    shape = Task

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal by the vendor's code, else by its status."""
        return classed(reply.code) or super().judge(reply)

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by tokens; a first frame decides its own ratio."""
        return metered.quote(ask, self.offer, any_ratio=ask.read == "frames")

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Create a task, once; `key` travels as the safety identifier, which the vendor echoes."""
        form = fit.form(ask, self.offer)
        body = self.body(ask, key, form)
        most = self.offer.body_bytes_max
        table = await self.wire.create(self.offer.path, body, where=ask.subject, most=most)
        id_ = self.named(table, "id", ask.subject)
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=form.resolution)

    def body(self, ask: MotionAsk, key: str, form: Form) -> dict[str, object]:
        """Return the body of a create call, pictures and all.

        Raises:
            Refused: the ask carries pictures that the vendor does not take.
        """
        sent, prompt = fit.sent(ask, self.offer)
        if ask.read == "frames":
            roles, ratio = ("first_frame", "last_frame"), "adaptive"
        else:
            roles, ratio = ("reference_image",) * len(sent), form.ratio
        pictures = [self._picture(one, role, ask) for one, role in zip(sent, roles, strict=False)]
        return {
            "model": self.offer.model,
            "content": [{"type": "text", "text": prompt}, *pictures],
            "resolution": form.resolution,
            "ratio": ratio,
            "duration": form.seconds,
            "seed": ask.seed % _SEEDS,
            "generate_audio": False,
            "return_last_frame": True,
            "watermark": False,
            "safety_identifier": key,
        }

    def address(self, job: Job) -> str:
        """Return where a task is asked after."""
        return f"{self.offer.path}/{job.vendor_id}"

    def told(self, one: Task, job: Job) -> Job:
        """Return the job as the vendor tells its task."""
        now = ended(one, self.stands(one.status, job), self.offer)
        clean = self.wire.clean
        return replace(now, message=clean(now.message), warning=clean(now.warning))

    def link(self, one: Task) -> str:
        """Return where the clip lies."""
        return one.content.video_url if one.content else ""

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Download the clip, and its last frame where that can still be had."""
        clips = await super().fetch(job)
        try:
            last = await self.wire.download(self._last(job), self.offer.result_bytes_max)
        except ProviderError:
            # It is cut from the clip where it is missing; a paid clip is not given up for it.
            return clips
        return (*clips, Delivered(last, media_type(last[:16]), "last-frame"))

    async def search(self, key: str) -> Job | Unsure | None:
        """Look through all tasks for our tag.

        Not filtered by model or time: what an offers file says now may not be what was sent.
        """
        seen: dict[str, Task] = {}
        for number in range(1, _PAGES + 1):
            asked = {"page_num": number, "page_size": _PAGE}
            page = await self.wire.page(Page, self.offer.path, asked)
            seen |= {task.id: task for task in page.items}
            found = next((task for task in page.items if task.safety_identifier == key), None)
            if found is not None:
                return self.told(found, Job(self.id, key, found.id, "queued"))
            if not page.items or len(seen) >= page.total:
                return self._absent(seen, page.total)
        return Unsure(f"The list of {self.vendor} is longer than {_PAGE * _PAGES} tasks.")

    async def cancel(self, job: Job) -> Job:
        """Stop a task that still waits; one that runs or has ended is left as it is."""
        now = await self.poll(job)
        if now.state != "queued":
            # The same call on a task that has ended throws its record away.
            return now
        reply = await self.wire.change("DELETE", f"{self.offer.path}/{job.vendor_id}")
        if not reply.done:
            return await self.poll(job)
        return replace(now, state="cancelled", charged=Money())

    def _absent(self, seen: dict[str, Task], total: int) -> Unsure | None:
        """Say that a task is not there, where the list is whole and tells tags."""
        if len(seen) < total:
            return Unsure(f"The list of {self.vendor} tells {total} tasks and shows {len(seen)}.")
        if seen and not any(task.safety_identifier for task in seen.values()):
            return Unsure(f"The list of {self.vendor} tells no tag of any task.")
        return None

    def _picture(self, one: Reference, role: str, ask: MotionAsk) -> dict[str, object]:
        uri = inline(one, self.offer.pictures, ask.subject)
        return {"type": "image_url", "image_url": {"url": uri}, "role": role}

    def _last(self, job: Job) -> Callable[[], Awaitable[str]]:
        """Return what asks for the link to the last frame of a job."""

        async def ask() -> str:
            one = self.read(Task, await self.wire.look(self.address(job)))
            return (one.content.last_frame_url if one.content else "") or self.unlinked(job)

        return ask
