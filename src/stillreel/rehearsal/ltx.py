"""LTX API: clips at once under v1, as jobs under v2."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from stillreel.rehearsal import form
from stillreel.rehearsal.ark import bearer
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_KINDS = r"(text-to-video|image-to-video)"
_FIELDS = frozenset(
    {"prompt", "image_uri", "last_frame_uri", "model", "resolution", "duration", "fps"}
    | {"generate_audio", "camera_motion"}
)
_MOVES = (
    *("dolly_in", "dolly_out", "dolly_left", "dolly_right"),
    *("jib_up", "jib_down", "static", "focus_shift"),
)
_SIZES = ("1920x1080", "1080x1920", "2560x1440", "1440x2560", "3840x2160", "2160x3840")
_WORDS = {"queued": "pending", "running": "processing", "done": "completed", "failed": "failed"}
_STATUS = {
    "invalid": (400, "invalid_request_error", "The request is not valid."),
    "missing": (400, "invalid_request_error", "A required field is missing."),
    "no-key": (401, "authentication_error", "Invalid API key."),
    "no-credit": (402, "insufficient_funds_error", "Insufficient funds."),
    "model-closed": (403, "permission_error", "The model is not available."),
    "not-found": (404, "not_found_error", "Not found."),
    "too-large": (413, "request_too_large", "The request is too large."),
    "moderation-input": (422, "content_filtered_error", "The prompt was filtered."),
    "real-person": (422, "content_filtered_error", "The image was filtered."),
    "moderation-output": (422, "content_filtered_error", "The result was filtered."),
    "busy": (429, "rate_limit_error", "Rate limit exceeded."),
    "overload": (429, "concurrency_limit_error", "Too many requests at once."),
    "error": (500, "api_error", "Internal error."),
    "fail": (500, "api_error", "The generation failed."),
}


class Ltx(Vendor):
    """LTX models only; a lost answer of v1 is lost for good."""

    id = "ltx"
    links = 3600.0
    routes = (
        ("POST", "/v1/" + _KINDS, "create", "at_once"),
        ("POST", "/v2/" + _KINDS, "create", "create"),
        ("GET", "/v2/" + _KINDS + r"/([\w-]+)", "poll", "poll"),
        ("POST", "/v1/upload", "other", "upload"),
        ("PUT", r"/uploads/([\w-]+)", "other", "take"),
    )

    def key(self, request: Request) -> str:
        """Return the bearer token; an upload address is its own."""
        return "signed" if request.path.startswith("/uploads/") else bearer(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return type `error` with its own type and message."""
        status, kind, text = _STATUS[denied.kind]
        said = {"type": "error", "error": {"type": kind, "message": denied.message or text}}
        headers = [("x-request-id", f"req-{self.next_request()}")]
        if status == 429:
            headers.append(("Retry-After", str(max(1, round(denied.after or 5)))))
        return answer(said, denied.status or status, *headers)

    def at_once(self, request: Request) -> Reply:
        """Make a clip and answer with its bytes."""
        job = self._take(request)
        wait = job.ends_at - self.stage.clock.now()
        if job.why:
            said = self.envelope(Denied(job.why))
            return Reply(said.status, said.body, headers=said.headers, wait=wait)
        return Reply(200, self.bytes_of(job), "video/mp4", wait=wait, delivers=job.id)

    def create(self, request: Request) -> Reply:
        """Take a job."""
        return answer({"id": self._take(request).id}, 202)

    def poll(self, request: Request) -> Reply:
        """Tell how a job stands."""
        job = self.known(request.args[1])
        phase = job.phase(self.stage.clock.now())
        said: dict[str, object] = {"id": job.id, "status": _WORDS[phase]}
        if phase == "done":
            said["result"] = {"video_url": self.address(request, job)}
        if phase == "failed":
            _, kind, text = _STATUS[job.why]
            said["error"] = {"type": kind, "message": text}
        if "unknown-status" in request.faults:
            said["status"] = "finalizing"
        return answer(said)

    def upload(self, request: Request) -> Reply:
        """Return where a file may be put, and the name it has from then on."""
        name = f"up-{self.next_number()}"
        return answer(
            {
                "upload_url": f"{request.base}/uploads/{name}",
                "storage_uri": f"ltx://uploads/{name}",
                "required_headers": {},
            }
        )

    def take(self, request: Request) -> Reply:
        """Take a file."""
        self.stage.attic.put(f"{self.id}/{request.args[0]}", request.body)
        return Reply(200)

    def _take(self, request: Request) -> Job:
        body = request.json()
        form.only(body, _FIELDS)
        name = form.text(body, "model")
        if name not in self.models:
            raise Denied("invalid", f"Unknown model {name}.", "model")
        model = self.models[name]
        prompt = form.text(body, "prompt", most=10_000)
        if request.args[0] == "image-to-video":
            form.picture(body.get("image_uri"), "image_uri", ("ltx://",))
        pictures = [
            form.picture(body[field], field, ("ltx://",))[0]
            for field in ("image_uri", "last_frame_uri")
            if field in body
        ]
        size = form.choice(body, "resolution", _SIZES, "1920x1080")
        width, height = (int(side) for side in size.split("x"))
        fps = form.whole(body, "fps", 24, 25, 25, 48, 50)
        long = name.endswith("fast") and fps <= 25 and min(width, height) == 1080
        seconds = form.whole(body, "duration", 2, 20 if long else 10, 5)
        if "camera_motion" in body:
            form.choice(body, "camera_motion", _MOVES, "static")
        self.limit(model)
        order = Order(
            model=name,
            width=width,
            height=height,
            micros=model.micros(str(min(width, height)), seconds),
            units=seconds,
            seconds=seconds,
            fps=fps,
            prompt=prompt,
            sound=form.flag(body, "generate_audio", True),
            pictures=tuple(pictures),
        )
        return self.open(request, order, str(uuid.UUID(int=self.next_number(), version=4)))
