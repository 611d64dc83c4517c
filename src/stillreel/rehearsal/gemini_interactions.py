"""Gemini's Interactions: pictures at once, or in the background and looked at by name."""

from __future__ import annotations

import base64
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, gemini_body
from stillreel.rehearsal.fal import iso
from stillreel.rehearsal.gemini_batch import VERSION, emptied
from stillreel.rehearsal.gemini_body import THOUGHTS
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

_ASK = frozenset(
    {"model", "input", "response_format", "generation_config", "tools", "background", "store"}
    | {"webhook_config", "previous_interaction_id", "service_tier", "labels", "system_instruction"}
)
_WORDS = {"running": "in_progress", "done": "completed"}
_ERRORS = {"moderation-output": "image_safety", "": "no_image"}


class Interactions(Vendor):
    """Orders that are told by their names, and never listed."""

    routes = (
        ("POST", VERSION + r"/interactions", "create", "interact"),
        ("GET", VERSION + r"/interactions/([\w-]+)", "poll", "look"),
        ("POST", VERSION + r"/interactions/([\w-]+)/cancel", "cancel", "cancel"),
    )

    @abstractmethod
    def sought(self, name: str, body: dict[str, Any]) -> Order:
        """Read what an interaction orders."""

    @abstractmethod
    def opened(self, request: Request, order: Order) -> Job:
        """Take an order that is drawn at the usual pace."""

    def interact(self, request: Request) -> Reply:
        """Take an interaction; in the background it is answered at once and looked at later."""
        body = request.json()
        form.only(body, _ASK)
        job = self.opened(request, self.sought(form.text(body, "model"), body))
        if job.why not in {"", "fail"} or "no-image" in job.faults:
            emptied(job)
        if form.flag(body, "background"):
            return answer(self._interaction(job, self.stage.clock.now()))
        wait = job.ends_at - self.stage.clock.now()
        made = answer(self._interaction(job, job.ends_at), wait=wait)
        return Reply(200, made.body, wait=wait, delivers=_drawn(job))

    def look(self, request: Request) -> Reply:
        """Tell how an interaction stands; its picture stands in the answer."""
        job = self.known(request.args[0])
        now = self.stage.clock.now()
        said = self._interaction(job, now)
        if "unknown-status" in request.faults:
            said["status"] = "rendering"
        return Reply(
            200, answer(said).body, delivers=_drawn(job) if job.phase(now) == "done" else ""
        )

    def cancel(self, request: Request) -> Reply:
        """Cancel an interaction that runs in the background."""
        job = self.known(request.args[0])
        now = self.stage.clock.now()
        if job.phase(now) in {"queued", "running"}:
            self.stop(job)
        return answer(self._interaction(job, now))

    def _interaction(self, job: Job, now: float) -> dict[str, Any]:
        phase, told = job.phase(now), job.order.told
        said: dict[str, Any] = {
            "id": job.id,
            "model": job.order.model,
            "status": _WORDS.get(phase, phase),
            "created": iso(job.made_at),
            "updated": iso(job.touched_at(now)),
        }
        if phase == "failed":
            said["errors"] = [_fault("internal")]
        if phase != "done":
            return said
        said["usage"] = _usage(job)
        if "no-image" in job.faults:
            why = str(told["why"])
            said["status"] = "failed" if why else "incomplete"
            said["errors"] = [_fault(_ERRORS.get(why, "content_blocked"))]
            return said
        data = base64.b64encode(self.bytes_of(job)).decode()
        made: list[dict[str, Any]] = [{"type": "image", "mime_type": "image/jpeg", "data": data}]
        steps: list[dict[str, Any]] = [{"type": "thought", "signature": "b3BhcXVl"}]
        if looked := cast("int", told["searches"]):
            call, words = gemini_body.looked_up(job.order.prompt, looked)
            steps.append(call)
            made.append(words)
        said["steps"] = [*steps, {"type": "model_output", "content": made}]
        return said


def _drawn(job: Job) -> str:
    return "" if job.why or "no-image" in job.faults else job.id


def _usage(job: Job) -> dict[str, object]:
    words, units = cast("int", job.order.told["words"]), job.order.units
    return {
        "total_input_tokens": words,
        "total_output_tokens": units,
        "total_thought_tokens": THOUGHTS,
        "total_tokens": words + units + THOUGHTS,
        "output_tokens_by_modality": [{"modality": "image", "tokens": units}] if units else [],
    }


def _fault(code: str) -> dict[str, str]:
    return {"code": code, "message": "No picture was made."}
