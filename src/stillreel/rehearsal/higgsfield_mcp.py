"""Higgsfield's MCP server: a few of its tools, called by JSON-RPC over one path."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.ark import bearer
from stillreel.rehearsal.higgsfield_tools import TOOLS
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.seedance import RATIOS
from stillreel.rehearsal.stage import digest
from stillreel.rehearsal.terms import frame_size
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.faults import Verb
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_VERBS: dict[str, Verb] = {"generate_video": "create", "job_status": "poll"}
_FIELDS = frozenset(
    {"model", "prompt", "resolution", "aspect_ratio", "duration", "generate_audio", "count"}
    | {"medias", "mode", "declined_preset_id"}
)
_CREDITS = {480: 2, 720: 5, 1080: 9}
"""Credits a second by lines, near to what few have seen; a unit is a credit."""
_WORDS = {
    "queued": "pending",
    "running": "in_progress",
    "done": "completed",
    "failed": "failed",
    "cancelled": "canceled",
}
_STATUS = {"no-key": 401, "busy": 429, "error": 500, "missing": 400, "not-found": 404}
"""What the server itself answers; all else is an answer of the tool that says it failed."""
_TOLD = {
    "no-key": "Unauthorized",
    "no-credit": "Not enough credits: upgrade your plan.",
    "model-closed": "The model is not available for this account.",
    "overload": "You have reached the maximum number of concurrent jobs.",
    "moderation-input": "The prompt was rejected by moderation.",
    "real-person": "A picture shows a real person.",
}


class HiggsfieldMcp(Vendor):
    """Answers at once and in JSON; tools that fail say so in an answer of 200."""

    id = "higgsfield-mcp"
    routes = (("PUT", r"/uploads/([\w-]+)", "other", "take"),)

    def reset(self) -> None:
        """Forget all jobs and pictures."""
        super().reset()
        self._places: dict[str, bool] = {}

    def key(self, request: Request) -> str:
        """Return the bearer token; pictures are put at an address that is signed."""
        return "signed" if request.path.startswith("/uploads/") else bearer(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return an error of the server, or an answer of a tool that failed."""
        text = denied.message or _TOLD.get(denied.kind, "Something went wrong.")
        status = denied.status or _STATUS.get(denied.kind, 0)
        if status and denied.param != "tool":
            error = {"code": -32603, "message": text}
            headers: list[tuple[str, str]] = []
            if denied.after:
                headers.append(("Retry-After", str(max(1, round(denied.after)))))
            return answer({"jsonrpc": "2.0", "id": None, "error": error}, status, *headers)
        content = [{"type": "text", "text": text}]
        return answer(
            {"jsonrpc": "2.0", "id": None, "result": {"content": content, "isError": True}}
        )

    def fingerprint(self, request: Request) -> str:
        """Return the digest of what a tool is asked, whatever the number of the message."""
        try:
            asked = _params(request)
        except Denied:
            return digest(request.body)
        return digest(json.dumps(asked.get("arguments"), sort_keys=True).encode())

    def speak(self, request: Request) -> Reply:
        """Answer one message."""
        message = request.json()
        method = form.text(message, "method")
        if "id" not in message:
            return Reply(202)
        if method == "initialize":
            version = _params(request).get("protocolVersion", "2025-06-18")
            server = {"name": "higgsfield-rehearsal", "version": "1"}
            told = {"protocolVersion": version, "capabilities": {"tools": {}}, "serverInfo": server}
            return self._result(told)
        if method == "tools/list":
            return self._result({"tools": TOOLS})
        if method != "tools/call":
            error = {"code": -32601, "message": "Method not found"}
            return answer({"jsonrpc": "2.0", "id": None, "error": error})
        asked = _params(request)
        tool = form.text(asked, "name")
        work = {
            "generate_video": self._film,
            "job_status": self._stands,
            "media_upload": self._place,
            "media_confirm": self._confirm,
        }.get(tool)
        if work is None:
            raise Denied("invalid", f"Unknown tool: {tool}", "tool")
        return work(request, cast("dict[str, Any]", asked.get("arguments") or {}))

    def take(self, request: Request) -> Reply:
        """Take a picture."""
        self.stage.attic.put(f"{self.id}/{request.args[0]}", request.body)
        self._places[request.args[0]] = True
        return Reply(200)

    def _film(self, request: Request, asked: dict[str, Any]) -> Reply:
        form.only(asked, ("params",))
        told = cast("dict[str, Any]", asked.get("params") or {})
        form.only(told, _FIELDS, "params.")
        name = form.text(told, "model")
        if name not in self.models:
            raise Denied("invalid", f"The model {name} is not found.", "tool")
        model = self.models[name]
        resolution = form.choice(told, "resolution", model.resolutions, "720p")
        ratio = form.choice(told, "aspect_ratio", RATIOS, "16:9")
        seconds = form.whole(told, "duration", *model.seconds, 5)
        form.whole(told, "count", 1, 1, 1)
        width, height = frame_size(resolution, ratio)
        lines = min(_CREDITS, key=lambda one: abs(one - min(width, height)))
        order = Order(
            model=name,
            width=width,
            height=height,
            micros=model.micros("*", seconds * _CREDITS[lines]),
            units=seconds * _CREDITS[lines],
            seconds=seconds,
            prompt=form.text(told, "prompt"),
            sound=form.flag(told, "generate_audio"),
            board=self._board(form.listed(told, "medias", model.references)),
        )
        job = self.open(request, order, str(uuid.UUID(int=self.next_number(), version=4)))
        return self._result(_table({"results": [{"id": job.id, "type": "video"}]}))

    def _board(self, medias: list[Any]) -> bool:
        """Return whether the pictures are read as references; they must lie here by now."""
        roles: set[str] = set()
        for media in medias:
            row = cast("dict[str, Any]", media)
            form.only(row, ("role", "value"), "medias.")
            if not self._places.get(form.text(row, "value")):
                raise Denied("invalid", "A media is not confirmed: invalid media id.", "tool")
            roles.add(form.choice(row, "role", _ROLES, ""))
        if len(roles) > 1 and "image_references" in roles:
            raise Denied("invalid", "References and frames are not supported together.", "tool")
        return "image_references" in roles

    def _stands(self, request: Request, asked: dict[str, Any]) -> Reply:
        name = form.text(asked, "jobId")
        try:
            job, now = self.known(name), self.stage.clock.now()
        except Denied:
            raise Denied("invalid", f"Job {name} not found.", "tool") from None
        told: dict[str, Any] = {"id": job.id, "status": self._word(job, now)}
        if told["status"] == "completed":
            told["results"] = {"rawUrl": self.address(request, job)}
        if "unknown-status" in request.faults:
            told["status"] = "upscaling"
        return self._result(_table({"generation": told, "poll_after_seconds": 5}))

    def _place(self, request: Request, asked: dict[str, Any]) -> Reply:
        form.only(asked, ("filename", "content_type", "method"))
        form.choice(asked, "method", ("upload_url",), "upload_url")
        form.text(asked, "filename")
        name = str(uuid.UUID(int=len(self._places) + 1, version=4))
        self._places[name] = False
        place = {
            "media_id": name,
            "upload_url": f"{request.base}/uploads/{name}",
            "content_type": form.text(asked, "content_type"),
            "method": "PUT",
        }
        return self._result(_table({"uploads": [place]}))

    def _confirm(self, request: Request, asked: dict[str, Any]) -> Reply:  # noqa: ARG002 - shape
        form.choice(asked, "type", ("image",), "")
        name = form.text(asked, "media_id")
        if not self._places.get(name):
            raise Denied("invalid", "Nothing was uploaded there: invalid media id.", "tool")
        return self._result(_table({"results": [{"media_id": name, "status": "uploaded"}]}))

    def _word(self, job: Job, now: float) -> str:
        phase = job.phase(now)
        return "nsfw" if phase == "failed" and job.why != "fail" else _WORDS[phase]

    def _result(self, told: dict[str, Any]) -> Reply:
        return answer({"jsonrpc": "2.0", "id": None, "result": told})

    def _route(self, request: Request) -> tuple[Verb, str]:
        if request.method != "POST" or request.path not in {"", "/", "/mcp"}:
            return super()._route(request)
        try:
            tool = str(_params(request).get("name", ""))
        except Denied:
            tool = ""
        return _VERBS.get(tool, "other"), "speak"

    def _answer(self, request: Request, verb: Verb, name: str) -> Reply:
        """Answer, and say which message it answers."""
        reply = super()._answer(request, verb, name)
        if name != "speak" or not reply.body:
            return reply
        try:
            said = json.loads(reply.body)
            said["id"] = request.json().get("id")
        except (ValueError, TypeError, Denied):
            return reply
        return replace(reply, body=json.dumps(said).encode())


_ROLES = ("image_references", "start_image", "end_image")


def _params(request: Request) -> dict[str, Any]:
    held = request.json().get("params") or {}
    if not isinstance(held, dict):
        raise Denied("invalid", "params must be an object")
    return cast("dict[str, Any]", held)


def _table(held: dict[str, Any]) -> dict[str, Any]:
    return {
        "content": [{"type": "text", "text": json.dumps(held)}],
        "structuredContent": held,
        "isError": False,
    }
