"""Gemini: Nano Banana by generateContent, and by Interactions."""

from __future__ import annotations

import base64
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, stills
from stillreel.rehearsal.fal import iso
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_V = r"(?:/v1(?:beta)?)?"
_BODY = frozenset(
    {"contents", "generationConfig", "tools", "safetySettings", "systemInstruction"}
    | {"serviceTier", "store", "labels", "toolConfig"}
)
_CONFIG = frozenset(
    {"responseModalities", "imageConfig", "thinkingConfig", "seed", "temperature", "topP", "topK"}
    | {"candidateCount", "maxOutputTokens"}
)
_ASK = frozenset(
    {"model", "input", "response_format", "generation_config", "tools", "background", "store"}
    | {"webhook_config", "previous_interaction_id", "service_tier", "labels", "system_instruction"}
)
_TOKENS = {
    "gemini-3-pro-image": {"1K": 1120, "2K": 1120, "4K": 2000},
    "gemini-nano-banana-2.1": {"1K": 1120, "2K": 1680, "4K": 2520},
    "gemini-3.1-flash-image": {"512": 747, "1K": 1120, "2K": 1680, "4K": 2520},
    "gemini-3.1-flash-lite-image": {"1K": 1120},
}
_IN = {
    "gemini-3-pro-image": (Decimal(2), Decimal(12), 560),
    "gemini-3.1-flash-image": (Decimal("0.5"), Decimal(3), 1120),
    "gemini-3.1-flash-lite-image": (Decimal("0.25"), Decimal("1.5"), 1120),
}
_IN_ELSE = (Decimal("1.5"), Decimal("7.5"), 1120)
"""Micro-dollars a token in and of thought, and the tokens of one reference picture."""
_REFERENCES = 14
_INLINE = 20 << 20
_THOUGHTS = 240
_CODES = {
    "invalid": (400, "INVALID_ARGUMENT", "invalid_request", "Request is not valid."),
    "missing": (400, "INVALID_ARGUMENT", "invalid_request", "A required field is missing."),
    "no-key": (403, "PERMISSION_DENIED", "permission_denied", "API key not valid."),
    "no-credit": (402, "FAILED_PRECONDITION", "payment_required", "Billing is required."),
    "model-closed": (404, "NOT_FOUND", "model_not_found", "The model is not available."),
    "not-found": (404, "NOT_FOUND", "model_not_found", "Not found."),
    "busy": (429, "RESOURCE_EXHAUSTED", "rate_limit_exceeded", "Rate limit reached."),
    "overload": (503, "UNAVAILABLE", "service_unavailable", "The model is overloaded."),
    "error": (500, "INTERNAL", "internal", "An internal error has occurred."),
    "fail": (500, "INTERNAL", "internal", "An internal error has occurred."),
}


class Gemini(Vendor):
    """An answer of 200 need not hold a picture."""

    id = "gemini"
    keeps = 55 * 86_400.0
    refuses_later = frozenset({"moderation-input", "real-person"})
    routes = (
        ("POST", _V + r"/models/([\w.-]+):generateContent", "create", "generate"),
        ("POST", _V + r"/interactions", "create", "interact"),
        ("GET", _V + r"/interactions/([\w-]+)", "poll", "look"),
        ("POST", _V + r"/interactions/([\w-]+)/cancel", "cancel", "cancel"),
    )

    def key(self, request: Request) -> str:
        """Return `x-goog-api-key`, or the key of the query."""
        return request.headers.get("x-goog-api-key", "") or request.get("key")

    def envelope(self, denied: Denied) -> Reply:
        """Return code, status and message; interactions have words of their own."""
        status, word, code, text = _CODES[denied.kind]
        message = denied.message or text
        if "/interactions" in denied.path:
            said: dict[str, Any] = {"code": code, "message": message}
        else:
            said = {"code": denied.status or status, "message": message, "status": word}
        headers: list[tuple[str, str]] = []
        if denied.after and status == 429:
            delay = {
                "@type": "type.googleapis.com/google.rpc.RetryInfo",
                "retryDelay": f"{denied.after:g}s",
            }
            said["details"] = [delay]
            headers.append(("Retry-After", str(max(1, round(denied.after)))))
        return answer({"error": said}, denied.status or status, *headers)

    def generate(self, request: Request) -> Reply:
        """Draw one picture; the answer waits for it."""
        name = request.args[0]
        if name not in self.models:
            raise Denied("not-found", f"models/{name} is not found for this API version.")
        if len(request.body) > _INLINE:
            raise Denied("invalid", "Request payload size exceeds the limit: 20971520 bytes.")
        body = request.json()
        form.only(body, _BODY)
        config = _dict(body.get("generationConfig"))
        form.only(config, _CONFIG, "generationConfig.")
        shape = _dict(config.get("imageConfig"))
        form.only(shape, ("aspectRatio", "imageSize"), "imageConfig.")
        prompt, pictures = _contents(body)
        order = self._order(name, prompt, pictures, shape, ("aspectRatio", "imageSize"))
        job = self._open(request, order)
        wait = job.ends_at - self.stage.clock.now()
        if job.why == "fail":
            said = self.envelope(Denied("fail"))
            return Reply(said.status, said.body, headers=said.headers, wait=wait)
        empty = "no-image" in job.faults
        if job.why or empty:
            # Its usage tells words and thoughts and no picture: that much is billed.
            besides = cast("int", order.told["besides"])
            job.order = replace(job.order, micros=besides, units=0)
            self.charge(job)
        made = answer(self._candidates(job, empty), wait=wait)
        delivers = "" if job.why or empty else job.id
        return Reply(200, made.body, wait=wait, delivers=delivers)

    def interact(self, request: Request) -> Reply:
        """Take an interaction; in the background it is answered at once and looked at later."""
        body = request.json()
        form.only(body, _ASK)
        name = form.text(body, "model")
        if name not in self.models:
            raise Denied("not-found", f"The model {name} was not found.")
        shape = _dict(body.get("response_format"))
        form.only(
            shape,
            ("type", "aspect_ratio", "image_size", "mime_type", "delivery"),
            "response_format.",
        )
        prompt, pictures = _inputs(body)
        order = self._order(name, prompt, pictures, shape, ("aspect_ratio", "image_size"))
        job = self._open(request, order)
        if form.flag(body, "background"):
            return answer(self._interaction(job, self.stage.clock.now()))
        wait = job.ends_at - self.stage.clock.now()
        made = answer(self._interaction(job, job.ends_at), wait=wait)
        return Reply(200, made.body, wait=wait, delivers="" if job.why else job.id)

    def look(self, request: Request) -> Reply:
        """Tell how an interaction stands; its picture stands in the answer."""
        job = self.known(request.args[0])
        now = self.stage.clock.now()
        said = self._interaction(job, now)
        if "unknown-status" in request.faults:
            said["status"] = "rendering"
        made = answer(said)
        return Reply(200, made.body, delivers=job.id if job.phase(now) == "done" else "")

    def cancel(self, request: Request) -> Reply:
        """Cancel an interaction that runs in the background."""
        job = self.known(request.args[0])
        now = self.stage.clock.now()
        if job.phase(now) in {"queued", "running"}:
            self.stop(job)
        return answer(self._interaction(job, now))

    def _open(self, request: Request, order: Order) -> Job:
        self.limit(self.models[order.model])
        return self.open(request, order, f"v1-{self.next_number():010d}")

    def _order(
        self,
        name: str,
        prompt: str,
        pictures: list[str],
        shape: dict[str, Any],
        names: tuple[str, str],
    ) -> Order:
        sizes = _TOKENS[name]
        ratio = form.choice(shape, names[0], stills.GOOGLE_RATIOS, "1:1")
        size = form.choice(shape, names[1], tuple(sizes), "1K")
        width, height = stills.google_size(ratio, size)
        text, thought, each = _IN.get(name, _IN_ELSE)
        words = stills.text_tokens(prompt) + each * len(pictures)
        besides = int((words * text + _THOUGHTS * thought).to_integral_value(ROUND_HALF_UP))
        return Order(
            model=name,
            width=width,
            height=height,
            micros=self.models[name].micros(size, 1) + besides,
            units=sizes[size],
            prompt=prompt,
            form="jpeg",
            pictures=tuple(pictures),
            told={"words": words, "besides": besides},
        )

    def _candidates(self, job: Job, empty: bool) -> dict[str, object]:
        order = job.order
        words = cast("int", order.told["words"])
        usage: dict[str, object] = {
            "promptTokenCount": words,
            "candidatesTokenCount": 0,
            "thoughtsTokenCount": _THOUGHTS,
            "totalTokenCount": words + _THOUGHTS,
        }
        said: dict[str, object] = {
            "usageMetadata": usage,
            "modelVersion": order.model,
            "responseId": job.id,
        }
        if job.why in {"moderation-input", "real-person"}:
            return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, **said}
        if job.why or empty:
            reason = "IMAGE_SAFETY" if job.why else "NO_IMAGE"
            return {"candidates": [{"index": 0, "finishReason": reason}], **said}
        usage.update(
            candidatesTokenCount=order.units,
            totalTokenCount=words + _THOUGHTS + order.units,
            candidatesTokensDetails=[{"modality": "IMAGE", "tokenCount": order.units}],
        )
        data = base64.b64encode(self.bytes_of(job)).decode()
        parts = [
            {"text": "I place the figures first.", "thought": True},
            {
                "inlineData": {"mimeType": "image/jpeg", "data": data},
                "thoughtSignature": "b3BhcXVl",
            },
        ]
        content = {"role": "model", "parts": parts}
        return {"candidates": [{"index": 0, "finishReason": "STOP", "content": content}], **said}

    def _interaction(self, job: Job, now: float) -> dict[str, Any]:
        words = {"running": "in_progress", "done": "completed"}
        phase = job.phase(now)
        said: dict[str, Any] = {
            "id": job.id,
            "model": job.order.model,
            "status": words.get(phase, phase),
            "created": iso(job.made_at),
            "updated": iso(job.touched_at(now)),
        }
        if phase == "failed":
            code = {"moderation-output": "image_safety", "fail": "internal"}.get(job.why)
            said["errors"] = [_fault(code or "content_blocked")]
        if phase == "done" and "no-image" in job.faults:
            said.update(status="incomplete", errors=[_fault("no_image")])
        elif phase == "done":
            data = base64.b64encode(self.bytes_of(job)).decode()
            picture = {"type": "image", "mime_type": "image/jpeg", "data": data}
            said["steps"] = [
                {"type": "thought", "signature": "b3BhcXVl"},
                {"type": "model_output", "content": [picture]},
            ]
            count = cast("int", job.order.told["words"])
            said["usage"] = {
                "total_input_tokens": count,
                "total_output_tokens": job.order.units,
                "total_thought_tokens": _THOUGHTS,
                "total_tokens": count + job.order.units + _THOUGHTS,
                "output_tokens_by_modality": [{"modality": "image", "tokens": job.order.units}],
            }
        return said


def _fault(code: str) -> dict[str, str]:
    return {"code": code, "message": "No picture was made."}


def _standard(letters: object) -> str:
    # The vendor's own client writes base64 in the spelling for URLs, and both are read.
    return str(letters).replace("-", "+").replace("_", "/")


def _dict(held: object) -> dict[str, Any]:
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise Denied("invalid", "An object was expected.")
    return cast("dict[str, Any]", held)


def _contents(body: dict[str, Any]) -> tuple[str, list[str]]:
    words: list[str] = []
    pictures: list[str] = []
    for content in form.listed(body, "contents", 64):
        for held in form.listed(_dict(content), "parts", 64):
            part = _dict(held)
            if "text" in part:
                words.append(form.text(part, "text"))
            # Both spellings are read, because proto3 JSON takes both.
            file = _dict(part.get("inlineData") or part.get("inline_data"))
            if file:
                kind = file.get("mimeType") or file.get("mime_type")
                address = f"data:{kind};base64,{_standard(file.get('data', ''))}"
                pictures.append(form.picture(address, "inlineData")[0])
            if "fileData" in part:
                pictures.append(form.text(_dict(part["fileData"]), "fileUri"))
    return _held(words, pictures)


def _inputs(body: dict[str, Any]) -> tuple[str, list[str]]:
    held = body.get("input")
    if isinstance(held, str):
        return _held([held], [])
    words: list[str] = []
    pictures: list[str] = []
    for part in _said(form.listed(body, "input", 64)):
        form.choice(part, "type", ("text", "image"), "")
        if part["type"] == "text":
            words.append(form.text(part, "text"))
        elif "data" in part:
            address = f"data:{part.get('mime_type')};base64,{_standard(part['data'])}"
            pictures.append(form.picture(address, "input")[0])
        else:
            pictures.append(form.text(part, "uri"))
    return _held(words, pictures)


def _said(rows: list[Any]) -> Iterator[dict[str, Any]]:
    # Either contents themselves, or steps of the user that hold them.
    for row in map(_dict, rows):
        if row.get("type") == "user_input":
            yield from map(_dict, form.listed(row, "content", 64))
        else:
            yield row


def _held(words: list[str], pictures: list[str]) -> tuple[str, list[str]]:
    if not words:
        raise Denied("missing", "The request holds no text.")
    if len(pictures) > _REFERENCES:
        raise Denied("invalid", f"At most {_REFERENCES} pictures.")
    return "\n".join(words), pictures
