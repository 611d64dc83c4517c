"""Gemini: Nano Banana by generateContent, by Interactions, and by the batch."""

from __future__ import annotations

import base64
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, gemini_body, stills
from stillreel.rehearsal.gemini_batch import VERSION, Batches
from stillreel.rehearsal.gemini_body import THOUGHTS, table
from stillreel.rehearsal.gemini_interactions import Interactions
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.wire import Denied, Reply, answer

if TYPE_CHECKING:
    from stillreel.rehearsal.job import Job
    from stillreel.rehearsal.wire import Request

_BODY = frozenset(
    {"contents", "generationConfig", "tools", "safetySettings", "systemInstruction"}
    | {"serviceTier", "store", "labels", "toolConfig"}
)
_CONFIG = frozenset(
    {"responseModalities", "imageConfig", "thinkingConfig", "seed", "temperature", "topP", "topK"}
    | {"candidateCount", "maxOutputTokens"}
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
_SHAPE = ("type", "aspect_ratio", "image_size", "mime_type", "delivery")
_INLINE = 20 << 20
_SEARCH = 14_000
"""Micro-dollars of one search for facts: none of them is free here."""
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


class Gemini(Interactions, Batches):
    """An answer of 200 need not hold a picture."""

    id = "gemini"
    keeps = 55 * 86_400.0
    refuses_later = frozenset({"moderation-input", "real-person"})
    routes = (
        ("POST", VERSION + r"/models/([\w.-]+):generateContent", "create", "generate"),
        *Interactions.routes,
        *Batches.routes,
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
        if name not in _TOKENS:
            raise Denied("not-found", f"models/{name} is not found for this API version.")
        if len(request.body) > _INLINE:
            raise Denied("invalid", "Request payload size exceeds the limit: 20971520 bytes.")
        job = self.opened(request, self._content(name, request.json(), ""))
        wait = job.ends_at - self.stage.clock.now()
        if job.why == "fail":
            said = self.envelope(Denied("fail"))
            return Reply(said.status, said.body, headers=said.headers, wait=wait)
        empty = "no-image" in job.faults
        if job.why or empty:
            # Its usage tells words and thoughts and no picture: that much is billed.
            besides = cast("int", job.order.told["besides"])
            job.order = replace(job.order, micros=besides, units=0)
            self.charge(job)
        made = answer(self._candidates(job, job.why, empty), wait=wait)
        delivers = "" if job.why or empty else job.id
        return Reply(200, made.body, wait=wait, delivers=delivers)

    def asked(self, name: str, body: dict[str, Any]) -> Order:
        """Read what one request of a batch orders: half the price of the same at once."""
        return self._content(name, body, "batch/")

    def answered(self, job: Job, why: str) -> dict[str, object]:
        """Return what is answered to a request of a batch."""
        return self._candidates(job, why, "no-image" in job.faults)

    def _content(self, name: str, body: dict[str, Any], bulk: str) -> Order:
        form.only(body, _BODY)
        config = table(body.get("generationConfig"))
        form.only(config, _CONFIG, "generationConfig.")
        looked = gemini_body.searches(body)
        shape = table(config.get("imageConfig"))
        form.only(shape, ("aspectRatio", "imageSize"), "imageConfig.")
        prompt, pictures = gemini_body.contents(body)
        order = self._order(name, prompt, pictures, shape, ("aspectRatio", "imageSize"), bulk)
        return _looking(order, looked)

    def sought(self, name: str, body: dict[str, Any]) -> Order:
        """Read what an interaction orders."""
        if name not in _TOKENS:
            raise Denied("not-found", f"The model {name} was not found.")
        shape = table(body.get("response_format"))
        form.only(shape, _SHAPE, "response_format.")
        prompt, pictures = gemini_body.inputs(body)
        order = self._order(name, prompt, pictures, shape, ("aspect_ratio", "image_size"))
        return _looking(order, gemini_body.searches(body))

    def opened(self, request: Request, order: Order) -> Job:
        """Take an order that is drawn at the usual pace."""
        self.limit(self.models[order.model])
        return self.open(request, order, f"v1-{self.next_number():010d}")

    def _order(
        self,
        name: str,
        prompt: str,
        pictures: list[str],
        shape: dict[str, Any],
        names: tuple[str, str],
        bulk: str = "",
    ) -> Order:
        sizes = _TOKENS[name]
        ratio = form.choice(shape, names[0], stills.GOOGLE_RATIOS, "1:1")
        size = form.choice(shape, names[1], tuple(sizes), "1K")
        width, height = stills.google_size(ratio, size)
        text, thought, each = _IN.get(name, _IN_ELSE)
        words = stills.text_tokens(prompt) + each * len(pictures)
        cost = (words * text + THOUGHTS * thought) / (2 if bulk else 1)
        besides = int(cost.to_integral_value(ROUND_HALF_UP))
        return Order(
            model=bulk + name,
            width=width,
            height=height,
            micros=self.models[bulk + name].micros(size, 1) + besides,
            units=sizes[size],
            prompt=prompt,
            form="jpeg",
            pictures=tuple(pictures),
            told={"words": words, "besides": besides},
        )

    def _candidates(self, job: Job, why: str, empty: bool) -> dict[str, object]:
        order = job.order
        words = cast("int", order.told["words"])
        usage: dict[str, object] = {
            "promptTokenCount": words,
            "candidatesTokenCount": 0,
            "thoughtsTokenCount": THOUGHTS,
            "totalTokenCount": words + THOUGHTS,
        }
        said: dict[str, object] = {
            "usageMetadata": usage,
            "modelVersion": order.model.removeprefix("batch/"),
            "responseId": job.id,
        }
        if why in {"moderation-input", "real-person"}:
            return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, **said}
        if why or empty:
            reason = "IMAGE_SAFETY" if why else "NO_IMAGE"
            return {"candidates": [{"index": 0, "finishReason": reason}], **said}
        usage.update(
            candidatesTokenCount=order.units,
            totalTokenCount=words + THOUGHTS + order.units,
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
        held: dict[str, object] = {"index": 0, "finishReason": "STOP", "content": content}
        if looked := cast("int", order.told["searches"]):
            held["groundingMetadata"] = gemini_body.facts(order.prompt, looked)
        return {"candidates": [held], **said}


def _looking(order: Order, searches: int) -> Order:
    told = {**order.told, "searches": searches}
    return replace(order, micros=order.micros + searches * _SEARCH, told=told)
