"""Runway: tasks, and the router that lists what it was asked."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, runway_body
from stillreel.rehearsal.ark import bearer
from stillreel.rehearsal.fal import iso
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job, Order
    from stillreel.rehearsal.wire import Request

_VERSION = "2024-11-06"
_PAGE = 100
_HEAD = 4096
"""Bytes of a body in which its router is looked for."""
_WORDS = {
    "queued": "PENDING",
    "running": "RUNNING",
    "done": "SUCCEEDED",
    "failed": "FAILED",
    "cancelled": "CANCELLED",
}
_FAILURES = {
    "moderation-input": ("SAFETY.INPUT.TEXT", "The input was flagged by moderation."),
    "real-person": ("SAFETY.INPUT.IMAGE", "The input image was flagged by moderation."),
    "moderation-output": ("SAFETY.OUTPUT.VIDEO", "The output was flagged by moderation."),
    "fail": ("INTERNAL", "An internal error occurred."),
}
_STATUS = {
    "invalid": (400, "Validation of body failed"),
    "missing": (400, "Validation of body failed"),
    "no-key": (401, "The API key is missing, malformed or was revoked."),
    "no-credit": (400, "You do not have enough credits to run this task."),
    "model-closed": (403, "Model variant is not available."),
    "not-found": (404, "The resource was not found."),
    "busy": (429, "Daily task limit reached."),
    "overload": (429, "Rate limit exceeded."),
    "error": (500, "Internal server error"),
}


class Runway(Vendor):
    """Tasks that cannot be listed, and routed requests that can."""

    id = "runway"
    links = 2 * 86_400.0
    refuses_later = frozenset({"moderation-input", "real-person"})
    bills_failures = frozenset({"moderation-input"})
    routes = (
        ("POST", r"/v1/(image_to_video|text_to_video)", "create", "create"),
        ("POST", r"/v1/generate/video", "create", "route"),
        ("POST", r"/v1/routers", "other", "router"),
        ("GET", r"/v1/routers", "list", "list_routers"),
        ("DELETE", r"/v1/routers/([\w-]+)", "other", "drop_router"),
        ("GET", r"/v1/routers/([\w-]+)/requests", "list", "requests"),
        ("GET", r"/v1/tasks/([\w-]+)", "poll", "poll"),
        ("DELETE", r"/v1/tasks/([\w-]+)", "cancel", "delete"),
        ("GET", r"/v1/organization", "other", "organization"),
    )

    def reset(self) -> None:
        """Forget all tasks and routers."""
        super().reset()
        self.routers: dict[str, dict[str, Any]] = {}
        self._slugs: dict[str, str] = {}
        self._routed: dict[str, list[tuple[str, Job]]] = {}

    def key(self, request: Request) -> str:
        """Return the bearer token."""
        return bearer(request)

    def tag(self, request: Request) -> str:
        """Return the router a request goes through: a client may have one to each attempt."""
        found = re.search(rb'"configId": ?"([^"]*)"', request.body[:_HEAD])
        return found[1].decode() if found else ""

    def envelope(self, denied: Denied) -> Reply:
        """Return the error, and the field at fault as an issue."""
        status, text = _STATUS[denied.kind]
        said: dict[str, object] = {"error": text if denied.param else denied.message or text}
        if denied.param:
            issue = {"code": "custom", "path": [denied.param], "message": denied.message}
            said["issues"] = [issue]
        headers = [("Retry-After", str(max(1, round(denied.after))))] if denied.after else []
        return answer(said, denied.status or status, *headers)

    def create(self, request: Request) -> Reply:
        """Take a task; the answer is its id."""
        self._versioned(request)
        order = runway_body.direct(request.args[0], request.json(), self.models)
        return answer({"id": self._open(request, order).id})

    def route(self, request: Request) -> Reply:
        """Take a task by a router, under its ceiling; the answer tells model and estimate."""
        self._versioned(request)
        body = request.json()
        form.only(body, ("configId", "input"))
        slug = form.text(body, "configId")
        if slug not in self.routers:
            raise Denied("not-found", f"Router {slug} was not found.")
        held = body.get("input")
        if not isinstance(held, dict):
            raise Denied("missing", "input is required", "input")
        order = runway_body.routed(self.routers[slug], cast("dict[str, Any]", held), self.models)
        job = self._open(request, order)
        self._routed[slug].append((str(uuid.UUID(int=self.next_request(), version=4)), job))
        routing = {
            "configId": slug,
            "model": order.model,
            "provider": "bytedance",
            "estimatedCost": {"credits": order.units},
        }
        return answer({"id": job.id, "routing": routing})

    def router(self, request: Request) -> Reply:
        """Keep a router."""
        self._versioned(request)
        body = request.json()
        form.only(body, ("slug", "settings", "name"))
        slug = form.text(body, "slug")
        held = body.get("settings")
        if not isinstance(held, dict):
            raise Denied("missing", "settings is required", "settings")
        settings = cast("dict[str, Any]", held)
        form.only(
            settings,
            ("models", "optimizeFor", "fallback", "maxCreditsPerGeneration"),
            "settings.",
        )
        if slug in self.routers:
            raise Denied("invalid", f"A router called {slug} exists already.", "slug")
        self.routers[slug] = settings
        self._routed[slug] = []
        id_ = str(uuid.UUID(int=self.next_request(), version=4))
        self._slugs[id_] = slug
        return answer(self._row(id_, slug))

    def list_routers(self, request: Request) -> Reply:
        """List the routers there are."""
        rows = [self._row(id_, slug) for id_, slug in self._slugs.items()]
        return _page(request, rows)

    def drop_router(self, request: Request) -> Reply:
        """Throw a router away, and what it was asked with it."""
        slug = self._slugs.pop(request.args[0], "")
        if self.routers.pop(slug, None) is None:
            raise Denied("not-found", f"Router {request.args[0]} was not found.")
        del self._routed[slug]
        return Reply(204)

    def requests(self, request: Request) -> Reply:
        """List what a router was asked, newest first; it goes by its id, not by its slug."""
        slug = self._slugs.get(request.args[0], "")
        if not slug:
            raise Denied("not-found", f"Router {request.args[0]} was not found.")
        seen = self.stage.clock.now() - self.stage.conditions.list_lag
        rows: list[dict[str, object]] = [
            {
                "id": f"decision-{asked}",
                "createdAt": iso(job.made_at),
                "requestId": asked,
                "taskId": job.id,
                "model": job.order.model,
                "estimatedCredits": job.order.units,
                "status": "routed",
                "emptiedBy": [],
                "pipeline": [],
            }
            for asked, job in reversed(self._routed[slug])
            if job.made_at <= seen
        ]
        return _page(request, rows)

    def poll(self, request: Request) -> Reply:
        """Tell how a task stands; every look renews the addresses."""
        self._versioned(request)
        job = self.known(request.args[0])
        now = self.stage.clock.now()
        phase = job.phase(now)
        word = "THROTTLED" if phase == "queued" and job.crowded else _WORDS[phase]
        if "throttled" in request.faults and phase in {"queued", "running"}:
            phase, word = "queued", "THROTTLED"
        if "unknown-status" in request.faults:
            word = "FINALIZING"
        said: dict[str, Any] = {"id": job.id, "status": word, "createdAt": iso(job.made_at)}
        cost = job.order.units
        if phase == "queued":
            said["estimatedCost"] = {"credits": cost}
        elif phase == "running":
            said["progress"] = round(job.progress(now), 3)
        elif phase == "done":
            said.update(output=[self.address(request, job)], cost={"credits": cost})
        else:
            said["cost"] = {"credits": cost if self._billed(job) else 0}
        if phase == "failed":
            said["failureCode"], said["failure"] = _FAILURES[job.why]
        return answer(said)

    def delete(self, request: Request) -> Reply:
        """Cancel a task, without refund once it runs, or forget one that has ended."""
        job = self.known(request.args[0])
        phase = job.phase(self.stage.clock.now())
        if phase in {"queued", "running"}:
            self.stop(job)
            if phase == "running":
                self.charge(job)
        else:
            self.settle()
            del self.jobs[job.id]
        return Reply(204)

    def organization(self, request: Request) -> Reply:  # noqa: ARG002 - the handlers' shape
        """Return the limits by model."""
        slots = {
            name: self.stage.conditions.slots or model.slots for name, model in self.models.items()
        }
        tier = {
            name: {"maxConcurrentGenerations": count, "maxDailyGenerations": 1000}
            for name, count in slots.items()
        }
        usage = {name: {"dailyGenerations": 0} for name in self.models}
        return answer(
            {"creditBalance": 100_000, "tier": {"models": tier}, "usage": {"models": usage}}
        )

    def _row(self, id_: str, slug: str) -> dict[str, object]:
        return {"id": id_, "slug": slug, "name": slug, "settings": self.routers[slug], "version": 1}

    def _billed(self, job: Job) -> bool:
        return job.settled or job.why in self.bills_failures

    def _versioned(self, request: Request) -> None:
        if request.headers.get("x-runway-version") != _VERSION:
            raise Denied("invalid", f"X-Runway-Version must be {_VERSION}.")

    def _open(self, request: Request, order: Order) -> Job:
        self.limit(self.models[order.model])
        return self.open(request, order, str(uuid.UUID(int=self.next_number(), version=4)))


def _page(request: Request, rows: list[dict[str, object]]) -> Reply:
    """Return one page of rows; the vendor wants to be told how long it may be."""
    limit = request.number("limit", 0)
    if not 1 <= limit <= _PAGE:
        raise Denied("missing", f"limit must lie in 1..{_PAGE}", "limit")
    skip = request.number("cursor", 0)
    more = len(rows) > skip + limit
    return answer(
        {"data": rows[skip : skip + limit], "nextCursor": str(skip + limit) if more else None}
    )
