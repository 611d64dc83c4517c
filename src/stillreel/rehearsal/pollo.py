"""Pollo AI: generation tasks that can be polled, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.terms import frame_size
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_MINI = "bytedance/seedance-2-0-mini/ref2video"
_SHARED = frozenset({"prompt", "resolution", "aspectRatio", "seed", "generateAudio"})
_FIELDS = {
    "bytedance/seedance-2-5": _SHARED | {"image", "imageTail", "length", "webSearch"},
    _MINI: _SHARED | {"images", "duration"},
}
_RATIOS = ("16:9", "9:16", "4:3", "3:4", "1:1", "21:9")
_CREDITS = {"480p": 10, "720p": 20, "1080p": 40}
"""Credits a second; made up here, because no price is published."""
_WORDS = {"queued": "waiting", "running": "processing", "done": "succeed", "failed": "failed"}
_STATUS = {
    "invalid": 400,
    "missing": 400,
    "moderation-input": 400,
    "real-person": 400,
    "no-key": 401,
    "no-credit": 402,
    "model-closed": 403,
    "not-found": 404,
    "busy": 429,
    "overload": 429,
    "error": 500,
}
_SAYS = {
    "moderation-input": "The prompt violates the content policy",
    "real-person": "The image contains a real person",
    "no-credit": "Not enough credits",
    "model-closed": "The model is not available for this account",
    "busy": "Too many requests",
}


class Pollo(Vendor):
    """Seedance over Pollo's thin API: no list, no cancel, a credit figure after the end."""

    id = "pollo"
    links = 3600.0
    routes = (
        ("POST", r"/generation/(bytedance/[\w/-]+)", "create", "create"),
        ("GET", r"/generation/([\w-]+)/status", "poll", "poll"),
        ("GET", r"/api/v1/model-specs", "other", "specs"),
    )

    def key(self, request: Request) -> str:
        """Return `x-api-key`; the catalogue needs none."""
        if request.path == "/api/v1/model-specs":
            return "none needed"
        return request.headers.get("x-api-key", "")

    def envelope(self, denied: Denied) -> Reply:
        """Return a message and a code."""
        said = {"message": denied.message or _SAYS.get(denied.kind, denied.kind)}
        headers = [("Retry-After", str(max(1, round(denied.after))))] if denied.after else []
        return answer(
            {**said, "code": denied.kind.upper().replace("-", "_")},
            denied.status or _STATUS[denied.kind],
            *headers,
        )

    def untagged(self, request: Request) -> tuple[str, ...]:
        """Return the webhook address: the only part of a body that may differ by attempt."""
        _, found, rest = request.body.rpartition(b'"webhookUrl"')
        address = rest.partition(b'"')[2].partition(b'"')[0].decode("utf-8", "replace")
        return (address,) if found else ()

    def create(self, request: Request) -> Reply:
        """Take a task."""
        slug = request.args[0]
        if slug not in self.models:
            raise Denied("not-found", f"There is no model {slug}")
        body = request.json()
        form.only(body, ("input", "webhookUrl", "clientSource"))
        held = body.get("input")
        if not isinstance(held, dict):
            raise Denied("missing", "input is required", "input")
        order = self._order(slug, cast("dict[str, Any]", held), body)
        self.limit(self.models[slug])
        job = self.open(request, order, f"pollo{self.next_number():08d}")
        return answer({"taskId": job.id, "status": "waiting"})

    def poll(self, request: Request) -> Reply:
        """Tell how a task stands; the credit figure is final once it has ended."""
        job = self.known(request.args[0])
        said = self._told(job, self.address(request, job))
        if "unknown-status" in request.faults:
            cast("list[dict[str, object]]", said["generations"])[0]["status"] = "finalizing"
        return answer(said)

    def specs(self, request: Request) -> Reply:  # noqa: ARG002 - the handlers' shape
        """List the models."""
        rows = [{"slug": slug, "fields": sorted(_FIELDS[slug])} for slug in self.models]
        return answer({"models": rows})

    def message(self, job: Job) -> dict[str, object]:
        """Return what the webhook posts."""
        return {"taskId": job.id, "status": _WORDS[job.phase(job.ends_at)]}

    def _told(self, job: Job, address: str) -> dict[str, object]:
        phase = job.phase(self.stage.clock.now())
        refused = job.why == "moderation-output"
        one = {
            "id": f"{job.id}-1",
            "status": _WORDS[phase],
            "url": address if phase == "done" else "",
            "mediaType": "video",
            "failMsg": "",
        }
        if phase == "failed":
            one["failMsg"] = "The result violates the content policy" if refused else "Failed"
        credit = job.order.units if phase == "done" else 0
        return {"taskId": job.id, "credit": credit, "generations": [one]}

    def _order(self, slug: str, held: Mapping[str, Any], body: Mapping[str, Any]) -> Order:
        model = self.models[slug]
        form.only(held, _FIELDS[slug], "input.")
        prompt = form.text(held, "prompt", most=10_000)
        length = "duration" if slug == _MINI else "length"
        low, high = model.seconds
        seconds = form.whole(held, length, low, high, 5)
        resolution = form.choice(held, "resolution", model.resolutions, "720p")
        ratio = form.choice(held, "aspectRatio", _RATIOS, "16:9")
        form.whole(held, "seed", 0, 2**32 - 1, 0)
        pictures = [
            form.picture(held[name], name)[0] for name in ("image", "imageTail") if name in held
        ]
        pictures += [form.picture(one, "images")[0] for one in form.listed(held, "images", 9)]
        width, height = frame_size(resolution, ratio, slug)
        units = seconds * _CREDITS[resolution]
        return Order(
            model=slug,
            width=width,
            height=height,
            micros=model.micros(resolution, units),
            units=units,
            seconds=seconds,
            prompt=prompt,
            sound=form.flag(held, "generateAudio"),
            pictures=tuple(pictures),
            hook=form.text(body, "webhookUrl", needed=False),
        )
