"""fal: the queue, and the history of finished requests."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, seedance
from stillreel.rehearsal.stills import fal_still
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

_ENDPOINT = r"/((?:bytedance|openai|fal-ai)/[\w./-]+)"
_REQUEST = r"/([\w.-]+/[\w.-]+)/requests/([\w-]+)"
_FRAMES = seedance.Names("image_url", "end_image_url", "", "", "")
_REFERENCES = seedance.Names("", "", "image_urls", "video_urls", "audio_urls")
_WORDS_ONLY = seedance.Names("", "", "", "", "")
_WORDS = {"queued": "IN_QUEUE", "running": "IN_PROGRESS"}
_SEED = re.compile(rb'"seed": ?([0-9]{5,})')
_LENGTHS = ("auto", *(str(n) for n in range(4, 31)))
_STATUS = {
    "invalid": 422,
    "missing": 422,
    "moderation-input": 422,
    "real-person": 422,
    "no-key": 401,
    "no-credit": 403,
    "model-closed": 403,
    "not-found": 404,
    "busy": 429,
    "overload": 429,
    "error": 500,
}
_SAYS = {
    "no-key": "Cannot access application. Authentication is required to access this application.",
    "no-credit": "User is locked. Reason: Exhausted balance. Top up your balance.",
    "model-closed": "Access to this model is not enabled for your account.",
    "busy": "Rate limit exceeded",
    "moderation-input": "The content could not be processed because it was flagged.",
    "real-person": "The image could not be processed because it shows a real person.",
    "error": "Internal server error",
}
_TYPES = {
    "moderation-input": "content_policy_violation",
    "real-person": "content_policy_violation",
    "moderation-output": "content_policy_violation",
    "error": "internal_server_error",
    "fail": "internal_server_error",
}


class Fal(Vendor):
    """The queue: COMPLETED says only that it is over, the result says how."""

    id = "fal"
    bills_failures = frozenset({"moderation-output"})
    routes = (
        ("GET", r"(?:/v1)?/models/requests/by-endpoint", "list", "history"),
        ("GET", _REQUEST + "/status", "poll", "poll"),
        ("GET", _REQUEST, "result", "result"),
        ("PUT", _REQUEST + "/cancel", "cancel", "cancel"),
        ("POST", _ENDPOINT, "create", "create"),
    )

    def key(self, request: Request) -> str:
        """Return what follows `Key`."""
        return key_of(request)

    def tag(self, request: Request) -> str:
        """Return the seed: the one field a client can know its request by."""
        return seed_in(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return a detail, and its type in a header."""
        status = denied.status or _STATUS[denied.kind]
        said: object = denied.message or _SAYS.get(denied.kind, denied.kind)
        kind = _TYPES.get(denied.kind, "request_error")
        if status == 422:
            row = {"loc": ["body", denied.param or "prompt"], "msg": said, "type": kind}
            said = [row]
        headers = [("X-Fal-Error-Type", kind)]
        if denied.after:
            headers.append(("Retry-After", str(max(1, round(denied.after)))))
        return answer({"detail": said, "error_type": kind}, status, *headers)

    def create(self, request: Request) -> Reply:
        """Put a request into the queue."""
        endpoint = request.args[0]
        if endpoint not in self.models:
            raise Denied("not-found", f"Application {endpoint} not found")
        self.limit(self.models[endpoint])
        order = self._order(endpoint, request.json(), request.get("fal_webhook"))
        job = self.open(request, order, str(uuid.UUID(int=self.next_number(), version=4)))
        self.gateway[job.id] = str(uuid.UUID(int=self.next_number() << 64, version=4))
        return answer({**self._where(request, job), "status": "IN_QUEUE", "queue_position": 0})

    def poll(self, request: Request) -> Reply:
        """Tell how a request stands."""
        job = self._mine(request)
        now = self.stage.clock.now()
        phase = job.phase(now)
        word = "FINALIZING" if "unknown-status" in request.faults else _WORDS.get(phase)
        said: dict[str, object] = {"status": word or "COMPLETED", **self._where(request, job)}
        if word == "IN_QUEUE":
            said["queue_position"] = 1 if job.crowded else 0
        if word != "IN_QUEUE":
            said["logs"] = [] if request.get("logs") in {"1", "true"} else None
        if word is None:
            said["metrics"] = {"inference_time": round(job.ends_at - job.starts_at, 3)}
            if job.why:
                said["error"] = _SAYS.get("error") if job.why == "fail" else _policy()
                said["error_type"] = _TYPES[job.why]
        return answer(said, 200 if word is None else 202)

    def result(self, request: Request) -> Reply:
        """Return what was made, or how it failed."""
        job = self._mine(request)
        phase = job.phase(self.stage.clock.now())
        if phase == "cancelled":
            raise Denied("invalid", "Request was cancelled", status=400)
        if phase not in {"done", "failed"}:
            raise Denied("invalid", "Request is still in progress", status=400)
        if job.why == "fail":
            raise Denied("error")
        if job.why:
            raise Denied("moderation-input", _policy())
        return answer(self._output(request, job))

    def cancel(self, request: Request) -> Reply:
        """Cancel a request that has not ended."""
        job = self.jobs.get(request.args[1])
        if job is None:
            return answer({"status": "NOT_FOUND"}, 404)
        if job.phase(self.stage.clock.now()) not in {"queued", "running"}:
            return answer({"status": "ALREADY_COMPLETED"}, 400)
        self.stop(job)
        return answer({"status": "CANCELLATION_REQUESTED"}, 202)

    def history(self, request: Request) -> Reply:
        """List finished requests of some endpoints, newest first."""
        wanted = {value for name, value in request.query if name == "endpoint_id"}
        if not wanted:
            raise Denied("missing", "endpoint_id is required", "endpoint_id")
        now = self.stage.clock.now()
        start = _moment(request.get("start"), now - 86_400)
        end = _moment(request.get("end"), now)
        limit = min(100, request.number("limit", 50))
        skip = request.number("cursor", 0)
        rows = [
            job
            for job in reversed(self.jobs.values())
            if job.order.model in wanted
            and job.phase(now - self.stage.conditions.list_lag) in {"done", "failed"}
            and start <= job.ends_at <= end
        ]
        more = len(rows) > skip + limit
        expand = "payloads" in request.get("expand")
        items = [self._row(request, job, expand) for job in rows[skip : skip + limit]]
        cursor = str(skip + limit) if more else None
        return answer({"items": items, "next_cursor": cursor, "has_more": more})

    def message(self, job: Job) -> dict[str, object]:
        """Return what the webhook posts."""
        said: dict[str, object] = {
            "request_id": job.id,
            "gateway_request_id": self.gateway[job.id],
            "status": "ERROR" if job.why else "OK",
        }
        return {**said, "error": _policy()} if job.why else {**said, "payload": {}}

    def reset(self) -> None:
        """Forget all requests."""
        super().reset()
        self.gateway: dict[str, str] = {}

    def _mine(self, request: Request) -> Job:
        job = self.known(request.args[1])
        if not job.order.model.startswith(request.args[0]):
            raise Denied("not-found", "Request not found under this application")
        return job

    def _where(self, request: Request, job: Job) -> dict[str, str]:
        # Follow-up addresses know the owner and the app only, never the rest of the endpoint.
        app = "/".join(job.order.model.split("/")[:2])
        base = f"{request.base}/{app}/requests/{job.id}"
        return {
            "request_id": job.id,
            "gateway_request_id": self.gateway[job.id],
            "response_url": base,
            "status_url": f"{base}/status",
            "cancel_url": f"{base}/cancel",
        }

    def _output(self, request: Request, job: Job) -> dict[str, object]:
        order = job.order
        if order.form == "mp4":
            video = {"url": self.address(request, job), "content_type": "video/mp4"}
            return {"video": video, "seed": order.told.get("seed", 0)}
        images = [
            {
                "url": self.address(request, job, index),
                "content_type": f"image/{order.form}",
                "width": order.width,
                "height": order.height,
            }
            for index in range(order.count)
        ]
        return {"images": images, "description": ""}

    def _row(self, request: Request, job: Job, expand: bool) -> dict[str, object]:
        row: dict[str, object] = {
            "request_id": job.id,
            "endpoint_id": job.order.model,
            "started_at": iso(job.starts_at),
            "ended_at": iso(job.ends_at),
            "duration": round(job.ends_at - job.starts_at, 3),
            "status_code": {"": 200, "fail": 500}.get(job.why, 422),
        }
        if expand:
            row["json_input"] = job.order.told
            row["json_output"] = None if job.why else self._output(request, job)
        return row

    def _order(self, endpoint: str, body: Mapping[str, Any], hook: str) -> Order:
        from dataclasses import replace

        model = self.models[endpoint]
        if "seedance" not in endpoint:
            return replace(fal_still(model, endpoint, body), hook=hook)
        names = _REFERENCES if endpoint.endswith("reference-to-video") else _FRAMES
        if endpoint.endswith("text-to-video"):
            names = _WORDS_ONLY
        length = form.choice(body, "duration", _LENGTHS, "auto")
        low, high = model.seconds
        seconds = 5 if length == "auto" else int(length)
        if not low <= seconds <= high:
            raise Denied("invalid", f"duration must lie in {low}..{high}", "duration")
        if names is _FRAMES:
            form.picture(body.get("image_url"), "image_url")
        made = seedance.order(cast("dict[str, Any]", body), names, model, seconds)
        return replace(made, hook=hook)


def key_of(request: Request) -> str:
    """Return what follows `Key` in a request's authorization; empty where there is none."""
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if kind == "Key" else ""


def seed_in(request: Request) -> str:
    """Return the seed of a request's body where it is long enough to stand for one request."""
    found = _SEED.search(request.body, max(0, request.body.rfind(b'"seed"')))
    return found[1].decode() if found else ""


def iso(at: float) -> str:
    """Return a time as ISO 8601 in UTC, to the millisecond."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _policy() -> str:
    return "The content could not be processed because it contained material flagged by a checker."


def _moment(text: str, default: float) -> float:
    if not text:
        return default
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError as error:
        raise Denied("invalid", f"{text} is no time", status=400) from error
