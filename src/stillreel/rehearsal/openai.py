"""OpenAI: pictures at once or by the batch, and words by chat, all billed by the token."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, multipart, stills
from stillreel.rehearsal.ark import bearer
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.openai_batch import Batches
from stillreel.rehearsal.openai_chat import Chat
from stillreel.rehearsal.pictures import size_of
from stillreel.rehearsal.stage import digest
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_FIELDS = frozenset(
    {"prompt", "model", "n", "size", "quality", "background", "output_format"}
    | {"output_compression", "moderation", "stream", "partial_images", "safety_identifier", "user"}
)
_EDIT = _FIELDS | {"image", "images", "mask", "input_fidelity"}
_WHOLE = ("n", "output_compression", "partial_images")
_FORMS = ("png", "jpeg", "webp")
_MOST = 16
_TEXT, _IMAGE = Decimal(5), Decimal(8)
"""Micro-dollars a token of text and of a reference picture."""
_CODES: dict[str, tuple[int, str, str | None, str]] = {
    "invalid": (400, "invalid_request_error", "invalid_value", "The request is not valid."),
    "unknown": (400, "invalid_request_error", "unknown_parameter", "Unknown parameter."),
    "missing": (400, "invalid_request_error", "missing_required_parameter", "Missing parameter."),
    "no-key": (401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided."),
    "no-credit": (429, "insufficient_quota", "insufficient_quota", "You exceeded your quota."),
    "model-closed": (
        403,
        "invalid_request_error",
        None,
        "Your organization must be verified to use the model.",
    ),
    "no-model": (404, "invalid_request_error", "model_not_found", "The model does not exist."),
    "not-found": (404, "invalid_request_error", None, "Invalid URL"),
    "busy": (429, "requests", "rate_limit_exceeded", "Rate limit reached."),
    "overload": (503, "service_unavailable_error", "server_is_overloaded", "Overloaded."),
    "moderation-input": (
        400,
        "image_generation_user_error",
        "moderation_blocked",
        "Your request was rejected by the safety system.",
    ),
    "real-person": (
        400,
        "image_generation_user_error",
        "moderation_blocked",
        "Your request was rejected by the safety system.",
    ),
    "moderation-output": (
        400,
        "image_generation_user_error",
        "moderation_blocked",
        "The result was rejected by the safety system.",
    ),
    "fail": (500, "server_error", None, "The server had an error."),
    "error": (500, "server_error", None, "The server had an error."),
}


class OpenAI(Batches, Chat):
    """Generate and edit at once, where a lost answer cannot be asked for again; or by the batch."""

    id = "openai"
    routes = (
        ("POST", r"(?:/v1)?/images/generations", "create", "generate"),
        ("POST", r"(?:/v1)?/images/edits", "create", "edit"),
        *Batches.routes,
        *Chat.routes,
    )

    def key(self, request: Request) -> str:
        """Return the bearer token."""
        return bearer(request)

    def envelope(self, denied: Denied) -> Reply:
        """Return the error with message, type, param and code."""
        status, kind, code, text = _CODES[denied.kind]
        said: dict[str, Any] = {
            "message": denied.message or text,
            "type": kind,
            "param": denied.param or None,
            "code": code,
        }
        if code == "moderation_blocked":
            stage = "output" if denied.kind == "moderation-output" else "input"
            said["moderation_details"] = {"moderation_stage": stage, "categories": []}
        headers = [("x-request-id", f"req_{self.next_request():08d}")]
        if denied.after and denied.kind in {"busy", "overload"}:
            headers.append(("retry-after", str(max(1, round(denied.after)))))
            headers.append(("retry-after-ms", str(round(denied.after * 1000))))
        return answer({"error": said}, denied.status or status, *headers)

    def tag(self, request: Request) -> str:
        """Return `X-Client-Request-Id`: for support, it holds nothing together."""
        return request.headers.get("x-client-request-id", "")

    def fingerprint(self, request: Request) -> str:
        """Tell takes by their request id: without a seed, two takes order the same words."""
        return digest(request.body + self.tag(request).encode())

    def generate(self, request: Request) -> Reply:
        """Draw pictures from words."""
        body = request.json()
        _only(body, _FIELDS)
        return self._draw(request, self._order(body, []))

    def edit(self, request: Request) -> Reply:
        """Draw pictures from words and up to 16 references, as a form or as JSON."""
        if "multipart/form-data" in request.headers.get("content-type", ""):
            body, sizes = _from_form(request)
        else:
            body = request.json()
            _only(body, _EDIT - {"image"})
            sizes = [_reference(one) for one in form.listed(body, "images", _MOST)]
        if not sizes:
            raise Denied("missing", "Missing required parameter: 'image'.", "image")
        if len(sizes) > _MOST:
            raise Denied("invalid", f"At most {_MOST} images.", "image")
        return self._draw(request, self._order(body, sizes))

    def _draw(self, request: Request, order: Order) -> Reply:
        self.limit(self.models[order.model])
        job = self.open(request, order, f"img-{self.next_number():08d}")
        wait = job.ends_at - self.stage.clock.now()
        if job.why:
            said = self.envelope(Denied(job.why))
            return Reply(said.status, said.body, headers=said.headers, wait=wait)
        made = answer(self._pictured(job), 200, ("x-request-id", f"req_{job.id}"), wait=wait)
        return Reply(200, made.body, headers=made.headers, wait=wait, delivers=job.id)

    def line_order(self, line: dict[str, Any]) -> Order:
        """Read what one line of a batch orders: half the price of the same at once."""
        body = cast("dict[str, Any]", line.get("body"))
        _only(body, _EDIT - {"image"})
        sizes = [_reference(one) for one in form.listed(body, "images", _MOST)]
        if str(line.get("url")).endswith("/edits") != bool(sizes):
            raise Denied("missing", "Missing required parameter: 'images'.", "images")
        order = self._order(body, sizes)
        return replace(order, model=f"batch/{order.model}", micros=(order.micros + 1) // 2)

    def line_body(self, job: Job) -> dict[str, Any]:
        """Return what is answered for a line of a batch."""
        if job.why:
            return cast("dict[str, Any]", json.loads(self.envelope(Denied(job.why)).body))
        return self._pictured(job)

    def _pictured(self, job: Job) -> dict[str, Any]:
        order = job.order
        pictures = [
            {"b64_json": base64.b64encode(self.bytes_of(job, index)).decode()}
            for index in range(order.count)
        ]
        told = {name: order.told[name] for name in ("background", "quality", "size")}
        return {
            "created": int(job.ends_at),
            "output_format": order.form,
            **told,
            "data": pictures,
            "usage": _usage(job),
        }

    def _order(self, body: dict[str, Any], sizes: list[tuple[int, int]]) -> Order:
        name = form.text(body, "model")
        if name not in self.models:
            raise Denied("no-model", f"The model '{name}' does not exist.", "model")
        prompt = form.text(body, "prompt", most=32_000)
        count = form.whole(body, "n", 1, 10, 1)
        width, height = _size(form.text(body, "size"))
        old = name.startswith("gpt-image-2-") or name == "gpt-image-2"
        family = stills.EDGES["gpt-image-2" if old else "gpt-image-2.5"]
        quality = form.choice(body, "quality", (*family, "auto"), "auto")
        background = form.choice(body, "background", ("opaque", "auto", "transparent"), "auto")
        form.choice(body, "moderation", ("auto", "low"), "auto")
        if old and (background == "transparent" or "input_fidelity" in body):
            raise Denied("invalid", f"Not supported by {name}.", "background")
        kind = form.choice(body, "output_format", _FORMS, "png")
        form.whole(body, "output_compression", 0, 100, 100)
        made = stills.output_tokens(name, "high" if quality == "auto" else quality, width, height)
        words = stills.text_tokens(prompt)
        seen = sum(stills.input_tokens(*size) for size in sizes)
        price = self.models[name].micros("*", made * count)
        return Order(
            model=name,
            width=width,
            height=height,
            micros=price + int(words * _TEXT + seen * _IMAGE),
            units=made * count,
            prompt=prompt,
            count=count,
            form=kind,
            told={
                "background": "opaque" if background == "auto" else background,
                "quality": "high" if quality == "auto" else quality,
                "size": f"{width}x{height}",
                "words": words,
                "seen": seen,
            },
        )


def _usage(job: Job) -> dict[str, object]:
    words, seen = cast("int", job.order.told["words"]), cast("int", job.order.told["seen"])
    return {
        "input_tokens": words + seen,
        "input_tokens_details": {"text_tokens": words, "image_tokens": seen},
        "output_tokens": job.order.units,
        "output_tokens_details": {"text_tokens": 0, "image_tokens": job.order.units},
        "total_tokens": words + seen + job.order.units,
    }


def _only(body: dict[str, Any], allowed: frozenset[str]) -> None:
    for name in body:
        if name not in allowed:
            raise Denied("unknown", f"Unknown parameter: '{name}'.", name)


def _size(text: str) -> tuple[int, int]:
    if text == "auto":
        return 1024, 1024
    wide, _, tall = text.partition("x")
    if not (wide.isdigit() and tall.isdigit()):
        raise Denied("invalid", f"Invalid size '{text}'.", "size")
    stills.check_size(int(wide), int(tall))
    return int(wide), int(tall)


def _reference(held: object) -> tuple[int, int]:
    row = cast("dict[str, Any]", held) if isinstance(held, dict) else {}
    _only(row, frozenset({"image_url", "file_id"}))
    if "file_id" in row:
        return 1024, 1024
    return form.picture(row.get("image_url"), "images")[1] or (1024, 1024)


def _from_form(request: Request) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    body: dict[str, Any] = {}
    sizes: list[tuple[int, int]] = []
    for part in multipart.parts(request):
        name = part.name.removesuffix("[]")
        if part.is_file and name == "image":
            size = size_of(part.data[:65_536])
            if size is None and not part.data.startswith(b"RIFF"):
                raise Denied("invalid", "Invalid image file.", "image")
            sizes.append(size or (1024, 1024))
        elif part.is_file:
            body[name] = part.name
        else:
            text = part.data.decode("utf-8", "replace")
            body[name] = int(text) if name in _WHOLE and text.isdigit() else text
    _only(body, _EDIT)
    return body, sizes
