"""Higgsfield: requests that can be polled and cancelled, never listed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.rehearsal import form, seedance
from stillreel.rehearsal.fal import iso, key_of
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_FRAMES = seedance.Names("image_url", "end_image_url", "", "", "")
_REFERENCES = seedance.Names("", "", "image_urls", "video_urls", "audio_urls")
_WORDS_ONLY = seedance.Names("", "", "", "", "")
_MOST = 4
_CREDITS = {480: 8, 720: 16, 1080: 32}
"""Credits a second by lines; made up here, because no price is published."""
_WORDS = {
    "queued": "queued",
    "running": "in_progress",
    "done": "completed",
    "failed": "failed",
    "cancelled": "canceled",
}
_OVERLOAD = f"You have reached the maximum number of concurrent requests ({_MOST})"
_STATUS = {
    "invalid": (422, "Validation error"),
    "missing": (422, "Validation error"),
    "no-key": (401, "Invalid credentials"),
    "no-credit": (403, "Not enough credits"),
    "model-closed": (403, "The model is not available for this account"),
    "not-found": (404, "Not found"),
    "busy": (429, "Too many requests"),
    "overload": (400, _OVERLOAD),
    "error": (500, "Internal server error"),
}


class Higgsfield(Vendor):
    """Overload is a 400, and only its text says so."""

    id = "higgsfield"
    refuses_later = frozenset({"moderation-input", "real-person"})
    routes = (
        ("POST", r"/files/generate-upload-url", "other", "upload"),
        ("PUT", r"/uploads/([\w-]+)", "other", "take"),
        ("GET", r"/requests/([\w-]+)/status", "poll", "poll"),
        ("POST", r"/requests/([\w-]+)/cancel", "cancel", "cancel"),
        ("DELETE", r"/requests/([\w-]+)", "cancel", "delete"),
        ("GET", r"/models", "other", "catalogue"),
        ("POST", r"/(bytedance/[\w./-]+)", "create", "create"),
    )

    def key(self, request: Request) -> str:
        """Return the key's id; both halves must be there."""
        if request.path.startswith("/uploads/"):
            return "signed"
        name, colon, secret = key_of(request).partition(":")
        return name if colon and secret else ""

    def envelope(self, denied: Denied) -> Reply:
        """Return a detail; overload says nothing about when to come back."""
        status, text = _STATUS[denied.kind]
        headers = []
        if denied.after and denied.kind == "busy":
            headers.append(("Retry-After", str(max(1, round(denied.after)))))
        return answer({"detail": denied.message or text}, denied.status or status, *headers)

    def create(self, request: Request) -> Reply:
        """Take a request, unless four are under way."""
        name = request.args[0]
        if name not in self.models:
            raise Denied("not-found", f"Model {name} not found")
        now = self.stage.clock.now()
        self._open_ends = [
            job for job in self._open_ends if job.phase(now) in {"queued", "running"}
        ]
        most = self.stage.conditions.slots or _MOST
        if self.stage.conditions.limits and len(self._open_ends) >= most:
            raise Denied("overload")
        body = request.json()
        names = _REFERENCES if name.endswith("reference-to-video") else _FRAMES
        if name.endswith("text-to-video"):
            names = _WORDS_ONLY
        if names is _FRAMES:
            form.picture(body.get("image_url"), "image_url")
        model = self.models[name]
        low, high = model.seconds
        seconds = form.whole(body, "duration", low, high, 5)
        order = seedance.order(body, names, model, seconds)
        lines = min(_CREDITS, key=lambda lines: abs(lines - min(order.width, order.height)))
        units = seconds * _CREDITS[lines]
        order = replace(
            order, units=units, micros=model.micros("*", units), hook=request.get("hf_webhook")
        )
        job = self.open(request, order, str(uuid.UUID(int=self.next_number(), version=4)))
        keep = request.headers.get("hf-expires-after", "")
        self._until[job.id] = max(3600.0, float(keep)) if keep.isdigit() else self.keeps
        self._open_ends.append(job)
        return answer(self._told(request, job))

    def reset(self) -> None:
        """Forget all requests."""
        super().reset()
        self._open_ends: list[Job] = []
        self._until: dict[str, float] = {}

    def poll(self, request: Request) -> Reply:
        """Tell how a request stands."""
        job = self.known(request.args[0])
        said = self._told(request, job)
        if said["status"] == "completed":
            said["video"] = {"url": self.address(request, job)}
            said["expires_at"] = iso(job.ends_at + self._until[job.id])
        if "unknown-status" in request.faults:
            said["status"] = "postprocessing"
        return answer(said)

    def cancel(self, request: Request) -> Reply:
        """Cancel a request that has not been started."""
        job = self.known(request.args[0])
        if job.phase(self.stage.clock.now()) != "queued":
            raise Denied("invalid", "The request has already been started", status=400)
        self.stop(job)
        return answer({}, 202)

    def delete(self, request: Request) -> Reply:
        """Forget a request that has ended."""
        job = self.known(request.args[0])
        if job.phase(self.stage.clock.now()) in {"queued", "running"}:
            raise Denied("invalid", "The request has not ended", status=400)
        self.settle()
        del self.jobs[job.id]
        return Reply(204)

    def upload(self, request: Request) -> Reply:
        """Return where a file may be put, and its address from then on."""
        name = f"up-{self.next_number()}"
        there = f"{request.base}/uploads/{name}"
        return answer({"public_url": there, "upload_url": there, "upload_headers": {}})

    def take(self, request: Request) -> Reply:
        """Take a file."""
        self.stage.attic.put(f"{self.id}/{request.args[0]}", request.body)
        return Reply(200)

    def catalogue(self, request: Request) -> Reply:  # noqa: ARG002 - the handlers' shape
        """List the models."""
        return answer({"models": [{"id": name} for name in self.models]})

    def message(self, job: Job) -> dict[str, object]:
        """Return what the webhook posts."""
        return {"request_id": job.id, "status": self._word(job, job.ends_at)}

    def _told(self, request: Request, job: Job) -> dict[str, object]:
        base = f"{request.base}/requests/{job.id}"
        return {
            "status": self._word(job, self.stage.clock.now()),
            "request_id": job.id,
            "status_url": f"{base}/status",
            "cancel_url": f"{base}/cancel",
        }

    def _word(self, job: Job, now: float) -> str:
        phase = job.phase(now)
        return "nsfw" if phase == "failed" and job.why != "fail" else _WORDS[phase]
