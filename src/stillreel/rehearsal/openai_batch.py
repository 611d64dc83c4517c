"""OpenAI's files and batches: orders that are filed, carried out within a day, and listed."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, multipart
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

_FIELDS = frozenset({"input_file_id", "endpoint", "completion_window", "metadata"})
_WORDS = {"queued": "validating", "running": "in_progress", "done": "completed"}
_LONGEST = 64


class Batches(Vendor):
    """Batches of one line; a line that fails stands in the error file of a completed batch."""

    routes = (
        ("POST", r"(?:/v1)?/files", "other", "upload"),
        ("GET", r"(?:/v1)?/files/out-([\w-]+)/content", "fetch", "content"),
        ("POST", r"(?:/v1)?/batches", "create", "batch"),
        ("GET", r"(?:/v1)?/batches", "list", "listed"),
        ("GET", r"(?:/v1)?/batches/([\w-]+)", "poll", "look"),
        ("POST", r"(?:/v1)?/batches/([\w-]+)/cancel", "cancel", "cancel"),
    )

    def reset(self) -> None:
        """Forget all jobs and files."""
        super().reset()
        self._filed: dict[str, bytes] = {}

    @abstractmethod
    def line_order(self, line: dict[str, Any]) -> Order:
        """Read what one line of a batch orders."""

    @abstractmethod
    def line_body(self, job: Job) -> dict[str, Any]:
        """Return what is answered for a line, a picture or an error."""

    def upload(self, request: Request) -> Reply:
        """Take a file of orders."""
        parts = {part.name: part for part in multipart.parts(request)}
        if "purpose" not in parts or parts["purpose"].data != b"batch":
            raise Denied("invalid", "Invalid purpose.", "purpose")
        if "file" not in parts or not parts["file"].is_file:
            raise Denied("missing", "Missing required parameter: 'file'.", "file")
        name = f"file-{len(self._filed) + 1:06d}"
        self._filed[name] = parts["file"].data
        return answer({"id": name, "object": "file", "purpose": "batch"})

    def batch(self, request: Request) -> Reply:
        """Take a batch of one line."""
        body = request.json()
        form.only(body, _FIELDS)
        data = self._filed.get(form.text(body, "input_file_id"))
        if data is None:
            raise Denied("not-found", "No such file.", "input_file_id")
        form.choice(body, "completion_window", ("24h",), "")
        held = body.get("metadata") or {}
        tags = cast("dict[str, object]", held) if isinstance(held, dict) else {"": held}
        if any(not 0 < len(name) <= _LONGEST for name in tags):
            raise Denied("invalid", "Invalid metadata.", "metadata")
        lines = [cast("dict[str, Any]", json.loads(line)) for line in data.splitlines() if line]
        if len(lines) != 1 or lines[0].get("url") != body["endpoint"]:
            raise Denied("invalid", "One line of the endpoint's own is served here.")
        line = lines[0]
        order = self.line_order(line)
        told = {**order.told, "metadata": tags, "custom_id": line.get("custom_id")}
        # Two batches are held against each other by what they order, not by their files' names.
        request.body = data
        order = replace(order, told=told)
        job = self.open(request, order, f"batch_{self.next_number():08d}")
        return answer(self._batch(job, self.stage.clock.now()))

    def look(self, request: Request) -> Reply:
        """Tell how a batch stands."""
        said = self._batch(self._known(request.args[0]), self.stage.clock.now())
        if "unknown-status" in request.faults:
            said["status"] = "pondering"
        return answer(said)

    def listed(self, request: Request) -> Reply:
        """List batches, the newest first; a new one shows up after a while."""
        now = self.stage.clock.now()
        until = now - self.stage.conditions.list_lag
        rows = [job for job in self.jobs.values() if "metadata" in job.order.told]
        rows = [job for job in reversed(rows) if job.made_at <= until]
        names = [job.id for job in rows]
        after = request.get("after")
        start = names.index(after) + 1 if after in names else 0
        end = start + min(100, request.number("limit", 20))
        held = [self._batch(job, now) for job in rows[start:end]]
        return answer({"object": "list", "data": held, "has_more": end < len(rows)})

    def cancel(self, request: Request) -> Reply:
        """Stop a batch that has not ended."""
        job = self._known(request.args[0])
        if job.phase(self.stage.clock.now()) in {"queued", "running"}:
            self.stop(job)
        return answer(self._batch(job, self.stage.clock.now()))

    def content(self, request: Request) -> Reply:
        """Hand over the result of a batch, one line of JSON."""
        job = self._known(request.args[0])
        if "expired-link" in request.faults or job.phase(self.stage.clock.now()) not in {
            "done",
            "failed",
        }:
            raise Denied("not-found", "No such File object")
        body = self.line_body(job)
        status = 200 if "data" in body else 400 if job.why != "fail" else 500
        line = {
            "id": f"batch_req_{job.id}",
            "custom_id": job.order.told["custom_id"],
            "response": {"status_code": status, "request_id": f"req_{job.id}", "body": body},
            "error": None,
        }
        data = json.dumps(line).encode() + b"\n"
        delivers = job.id if status == 200 else ""
        return Reply(200, data, "application/octet-stream", delivers=delivers)

    def _known(self, name: str) -> Job:
        job = self.known(name)
        if "metadata" not in job.order.told:
            raise Denied("not-found", f"No batch found with id '{name}'.")
        return job

    def _batch(self, job: Job, now: float) -> dict[str, Any]:
        phase = job.phase(now)
        ended = phase in {"done", "failed"}
        return {
            "id": job.id,
            "object": "batch",
            "status": "completed" if ended else _WORDS.get(phase, phase),
            "output_file_id": f"out-{job.id}" if phase == "done" else None,
            "error_file_id": f"out-{job.id}" if phase == "failed" else None,
            "errors": None,
            "created_at": int(job.made_at),
            "request_counts": {
                "total": 1,
                "completed": int(phase == "done"),
                "failed": int(phase == "failed"),
            },
            "metadata": job.order.told["metadata"],
        }
