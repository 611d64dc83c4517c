"""Replicate: predictions, listed newest first, forgotten after an hour."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, seedance
from stillreel.rehearsal.ark import bearer
from stillreel.rehearsal.fal import iso, seed_in
from stillreel.rehearsal.stills import replicate_still
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

_V = r"(?:/v1)?"
_NAMES = seedance.Names(
    "image",
    "last_frame_image",
    "reference_images",
    "reference_videos",
    "reference_audios",
    adaptive="adaptive",
)
_WORDS = {
    "queued": "starting",
    "running": "processing",
    "done": "succeeded",
    "failed": "failed",
    "cancelled": "canceled",
}
_WAIT = re.compile(r"^wait(=([1-9]|[1-9][0-9]|60))?$")
_EVENTS = {"start", "output", "logs", "completed"}
_PAGE = 100
_STATUS = {
    "invalid": (422, "Input validation failed"),
    "missing": (422, "Input validation failed"),
    "moderation-input": (422, "Input was flagged as sensitive (E005)"),
    "real-person": (422, "Input image was flagged as a real person (E005)"),
    "no-key": (401, "Unauthenticated"),
    "no-credit": (402, "Insufficient credit"),
    "model-closed": (403, "Forbidden"),
    "not-found": (404, "Not found"),
    "busy": (429, "Request was throttled"),
    "overload": (429, "Request was throttled"),
    "error": (500, "Internal server error"),
}


class Replicate(Vendor):
    """Official models by prediction; data goes an hour after the end."""

    id = "replicate"
    keeps = 30 * 86_400.0
    links = 3600.0
    routes = (
        ("POST", _V + r"/models/([\w.-]+/[\w.-]+)/predictions", "create", "create"),
        ("GET", _V + r"/predictions", "list", "list"),
        ("GET", _V + r"/predictions/(\w+)", "poll", "poll"),
        ("POST", _V + r"/predictions/(\w+)/cancel", "cancel", "cancel"),
        ("GET", _V + r"/webhooks/default/secret", "other", "secret"),
    )

    def key(self, request: Request) -> str:
        """Return the bearer token."""
        return bearer(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return a problem: title, detail, status."""
        status, title = _STATUS[denied.kind]
        status = denied.status or status
        said = {"title": title, "detail": denied.message or title, "status": status}
        headers = [("Retry-After", str(max(1, round(denied.after))))] if denied.after else []
        return answer(said, status, *headers)

    def tag(self, request: Request) -> str:
        """Return the seed: the one field a client can know its prediction by."""
        return seed_in(request)

    def untagged(self, request: Request) -> tuple[str, ...]:
        """Return the seed and the webhook address."""
        _, _, rest = request.body.rpartition(b'"webhook"')
        hook = rest.partition(b'"')[2].partition(b'"')[0].decode("utf-8", "replace")
        return (self.tag(request), hook if b'"webhook"' in request.body else "")

    def create(self, request: Request) -> Reply:
        """Take a prediction; `Prefer: wait` answers when it is over, or after so many seconds."""
        name = request.args[0]
        if name not in self.models:
            raise Denied("not-found", f"The model {name} could not be found.")
        body = request.json()
        form.only(body, ("input", "webhook", "webhook_events_filter", "stream"))
        for event in form.listed(body, "webhook_events_filter", 4):
            if event not in _EVENTS:
                raise Denied("invalid", f"webhook_events_filter: {event} is no event")
        prefer = request.headers.get("prefer", "")
        if prefer and not _WAIT.match(prefer):
            raise Denied("invalid", f"Prefer: {prefer} is not understood", status=400)
        held = body.get("input")
        if not isinstance(held, dict):
            raise Denied("missing", "input is required", "input")
        order = self._order(name, cast("dict[str, Any]", held))
        order = replace(order, hook=form.text(body, "webhook", needed=False))
        self.limit(self.models[name])
        job = self.open(request, order, _letters(self.next_number()))
        if not prefer:
            return answer(self._told(request, job), 201)
        now = self.stage.clock.now()
        wait = min(job.ends_at - now, float(prefer.partition("=")[2] or 60), 60.0)
        over = job.ends_at <= now + wait
        return answer(self._told(request, job, now + wait), 201 if over else 202, wait=wait)

    def list(self, request: Request) -> Reply:
        """List the predictions, newest first, a hundred to a page."""
        now = self.stage.clock.now()
        seen_until = now - self.stage.conditions.list_lag
        skip = request.number("cursor", 0)
        rows = [job for job in reversed(self.jobs.values()) if job.made_at <= seen_until]
        page = f"{request.base}{request.path}?cursor="
        return answer(
            {
                "next": f"{page}{skip + _PAGE}" if len(rows) > skip + _PAGE else None,
                "previous": f"{page}{max(0, skip - _PAGE)}" if skip else None,
                "results": [self._told(request, job) for job in rows[skip : skip + _PAGE]],
            }
        )

    def poll(self, request: Request) -> Reply:
        """Tell how a prediction stands."""
        said = self._told(request, self.known(request.args[0]))
        if "unknown-status" in request.faults:
            said["status"] = "finalizing"
        if "data-removed" in request.faults:
            said.update(data_removed=True, input={}, output=None)
        return answer(said)

    def cancel(self, request: Request) -> Reply:
        """Cancel a prediction that has not ended."""
        job = self.known(request.args[0])
        if job.phase(self.stage.clock.now()) in {"queued", "running"}:
            self.stop(job)
        return answer(self._told(request, job))

    def secret(self, request: Request) -> Reply:  # noqa: ARG002 - the handlers' shape
        """Return the secret webhooks are signed with."""
        return answer({"key": "whsec_" + "c3RpbGxyZWVs" * 2})

    def message(self, job: Job) -> dict[str, object]:
        """Return what the webhook posts."""
        return {"id": job.id, "model": job.order.model, "status": _WORDS[job.phase(job.ends_at)]}

    def _told(self, request: Request, job: Job, at: float = 0.0) -> dict[str, Any]:
        now = at or self.stage.clock.now()
        phase = job.phase(now)
        over = phase in {"done", "failed", "cancelled"}
        gone = over and now > job.touched_at(now) + 3600
        address = (
            f"{request.base}{request.path.partition('/models/')[0].partition('/predictions')[0]}"
        )
        address = f"{address}/predictions/{job.id}"
        said: dict[str, Any] = {
            "id": job.id,
            "model": job.order.model,
            "version": "hidden",
            "input": {} if gone else job.order.told,
            "logs": "",
            "output": self._output(request, job) if phase == "done" and not gone else None,
            "error": _error(job) if phase == "failed" else None,
            "status": _WORDS[phase],
            "source": "api",
            "created_at": iso(job.made_at),
            "started_at": iso(job.starts_at) if now >= job.starts_at else None,
            "completed_at": iso(job.touched_at(now)) if over else None,
            "data_removed": gone,
            "metrics": {"predict_time": round(job.ends_at - job.starts_at, 6)} if over else {},
            "urls": {"get": address, "cancel": f"{address}/cancel", "stream": address},
        }
        return said

    def _output(self, request: Request, job: Job) -> object:
        # Models that can make several files tell a list, even of one.
        link = self.address(request, job)
        return [link] if job.order.model.startswith("openai/") else link

    def _order(self, name: str, held: dict[str, Any]) -> Order:
        model = self.models[name]
        if "seedance" not in name:
            return replicate_still(model, held)
        low, high = model.seconds
        seconds = form.whole(held, "duration", low, high, 5, -1)
        return seedance.order(held, _NAMES, model, 5 if seconds == -1 else seconds)


def _error(job: Job) -> str:
    if job.why == "moderation-output":
        return "The output was flagged as sensitive. Please try again with different inputs. (E005)"
    return "Prediction failed."


def _letters(number: int) -> str:
    kept = ""
    value = number * 2_862_933_555_777_941_757 + 3_037_000_493
    for _ in range(26):
        value, digit = divmod(value * 6_364_136_223_846_793_005 + 1, 31)
        kept += "abcdefghjkmnpqrstvwxyz0123456789"[digit % 32]
        value %= 1 << 64
    return kept
