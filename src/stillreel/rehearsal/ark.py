"""BytePlus ModelArk / Volcengine Ark: content generation tasks."""

from __future__ import annotations

import heapq
import time
from typing import TYPE_CHECKING, Any, ClassVar

from stillreel.rehearsal import form
from stillreel.rehearsal.ark_body import order_of
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.terms import Terms
    from stillreel.rehearsal.wire import Request

_TASKS = r"(?:/api/v3)?/contents/generations/tasks"
_WORDS = {"done": "succeeded"}
_QUEUE = 120
"""Most tasks that may wait on one account."""
_CODES: Mapping[str, tuple[int, str, str]] = {
    "invalid": (400, "InvalidParameter", "The request is not valid."),
    "missing": (400, "MissingParameter", "A required parameter is missing."),
    "no-key": (401, "AuthenticationError", "The API key in the request is missing or invalid."),
    "no-credit": (403, "AccountOverdueError", "The account has an overdue balance."),
    "model-closed": (404, "ModelNotOpen", "The account has not activated the model."),
    "no-model": (404, "InvalidEndpointOrModel.NotFound", "The model does not exist."),
    "not-found": (404, "ResourceNotFound", "The specified resource is not found."),
    "busy": (429, "QuotaExceeded", "Too many requests. Please try again later."),
    "overload": (429, "QuotaExceeded", "The number of queued tasks exceeds the limit."),
    "running": (409, "InvalidAction", "The task is running and cannot be deleted."),
    "moderation-input": (
        400,
        "InputTextSensitiveContentDetected",
        "The input text may contain sensitive information.",
    ),
    "real-person": (
        400,
        "InputImageSensitiveContentDetected.PrivacyInformation",
        "content[1]: the input image may contain a real person.",
    ),
    "error": (500, "InternalServiceError", "The service encountered an unexpected error."),
}


class Ark(Vendor):
    """Seedance 2 at its origin: a list, an echoed tag, token prices."""

    id = "ark"
    routes = (
        ("POST", _TASKS, "create", "create"),
        ("GET", _TASKS, "list", "list"),
        ("GET", _TASKS + r"/([\w-]+)", "poll", "poll"),
        ("DELETE", _TASKS + r"/([\w-]+)", "cancel", "delete"),
    )
    body_most: ClassVar[int] = 64 << 20

    def reset(self) -> None:
        """Forget all tasks."""
        super().reset()
        self._starts: list[float] = []
        """When the tasks that wait will begin."""

    def key(self, request: Request) -> str:
        """Return the bearer token."""
        return bearer(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return the error with code, message, param and type."""
        status, code, message = _CODES[denied.kind]
        said = {
            "code": code,
            "message": denied.message or message,
            "param": denied.param,
            "type": "BadRequest" if status == 400 else "",
        }
        headers = [("X-Request-Id", f"req-{self.next_request()}")]
        if denied.after and denied.kind in {"busy", "overload"}:
            headers.append(("Retry-After", str(max(1, round(denied.after)))))
        return answer({"error": said}, denied.status or status, *headers)

    def tag(self, request: Request) -> str:
        """Return `safety_identifier`, which is echoed."""
        return _tag_in(request)

    def create(self, request: Request) -> Reply:
        """Take a task; the answer is its id and nothing else."""
        if len(request.body) > self.body_most:
            raise Denied("invalid", "The request body is larger than 64 MB.")
        body = request.json()
        model = self._model(body)
        order = order_of(body, model)
        self.limit(model)
        now = self.stage.clock.now()
        while self._starts and self._starts[0] <= now:
            heapq.heappop(self._starts)
        if len(self._starts) >= _QUEUE and self.stage.conditions.limits:
            raise Denied("overload")
        stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime(now))
        job = self.open(request, order, f"cgt-{stamp}-{self.next_number():05x}")
        heapq.heappush(self._starts, job.starts_at)
        return answer({"id": job.id})

    def poll(self, request: Request) -> Reply:
        """Tell how a task stands."""
        said = self._told(request, self.known(request.args[0]))
        if "string-duration" in request.faults:
            said["duration"] = str(said["duration"])
        if "unknown-status" in request.faults:
            said["status"] = "postprocessing"
        return answer(said)

    def list(self, request: Request) -> Reply:
        """List the tasks of the last seven days, newest first, page by page."""
        page, size = _page(request)
        wanted = {"status": request.get("filter.status"), "model": request.get("filter.model")}
        ids = {value for name, value in request.query if name == "filter.task_ids"}
        now = self.stage.clock.now()
        seen_until = now - self.stage.conditions.list_lag
        rows = [
            job
            for job in reversed(self.jobs.values())
            if job.made_at <= seen_until
            and now <= job.ends_at + self.keeps
            and wanted["status"] in {"", _word(job, now)}
            and wanted["model"] in {"", job.order.model}
            and (not ids or job.id in ids)
        ]
        shown = rows[(page - 1) * size : page * size]
        items = [self._told(request, job) for job in shown]
        return answer({"items": items, "total": len(rows)})

    def delete(self, request: Request) -> Reply:
        """Cancel a task that waits, or forget one that has ended."""
        job = self.known(request.args[0])
        phase = job.phase(self.stage.clock.now())
        if phase == "running":
            raise Denied("running")
        if phase == "queued":
            self.stop(job)
        else:
            self.settle()
            del self.jobs[job.id]
        return answer({})

    def message(self, job: Job) -> dict[str, object]:
        """Return the task object, as the callback posts it."""
        return {"id": job.id, "model": job.order.model, "status": _word(job, job.ends_at)}

    def _model(self, body: Mapping[str, Any]) -> Terms:
        name = form.text(body, "model")
        if name not in self.models:
            raise Denied("no-model", f"The model or endpoint {name} does not exist.", "model")
        return self.models[name]

    def _told(self, request: Request, job: Job) -> dict[str, Any]:
        now = self.stage.clock.now()
        phase = job.phase(now)
        said: dict[str, Any] = {
            "id": job.id,
            "model": job.order.told["model"],
            "status": _word(job, now),
            "error": None,
            "created_at": int(job.made_at),
            "updated_at": int(job.touched_at(now)),
            **{name: value for name, value in job.order.told.items() if name != "model"},
        }
        if phase == "failed":
            said["error"] = _failure(job)
        if phase == "done":
            said["content"] = {"video_url": self.address(request, job)}
            if job.order.told.get("return_last_frame"):
                said["content"]["last_frame_url"] = self.address(request, job, 1, "png")
            said["usage"] = {"completion_tokens": job.order.units, "total_tokens": job.order.units}
        said.pop("return_last_frame", None)
        return said


def bearer(request: Request) -> str:
    """Return the bearer token of a request; empty where there is none."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind == "Bearer" else ""


def _tag_in(request: Request) -> str:
    # Looked for in the bytes: a body may be megabytes of pictures, and may be no JSON at all.
    _, found, rest = request.body.rpartition(b'"safety_identifier"')
    if not found:
        return ""
    return rest.partition(b'"')[2].partition(b'"')[0].decode("utf-8", "replace")[:64]


def _word(job: Job, now: float) -> str:
    phase = job.phase(now)
    return _WORDS.get(phase, phase)


def _failure(job: Job) -> dict[str, str]:
    if job.why == "moderation-output":
        return {
            "code": "OutputVideoSensitiveContentDetected",
            "message": "The output video may contain sensitive information.",
        }
    return {"code": "InternalServiceError", "message": "The task failed."}


def _page(request: Request) -> tuple[int, int]:
    page, size = request.number("page_num", 1), request.number("page_size", 10)
    if page < 1 or not 1 <= size <= 500:
        raise Denied("invalid", "page_num must be at least 1 and page_size 1..500.")
    return page, size
