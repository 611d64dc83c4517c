"""OpenAI's chat, which many speak: an answer in the form that was asked, billed by the token."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form, stills
from stillreel.rehearsal.job import Order
from stillreel.rehearsal.vendor import Vendor
from stillreel.rehearsal.wire import Denied, Reply, answer
from stillreel.rehearsal.written import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stillreel.rehearsal.wire import Request

_FIELDS = frozenset(
    {"model", "messages", "max_completion_tokens", "response_format", "stream", "seed", "store"}
    | {"temperature", "top_p", "user", "metadata", "safety_identifier", "reasoning_effort"}
)
_OWN = "chat/own"
"""Any model that has no terms here stands at an endpoint of one's own, and is free."""
_SEEN = 800
"""Tokens of a picture."""


class Chat(Vendor):
    """Answers at once in JSON of a form; a lost answer cannot be asked for again."""

    routes = (("POST", r"(?:/v1)?/chat/completions", "create", "chat"),)

    def chat(self, request: Request) -> Reply:
        """Write what fills in the form; an answer that is withheld is billed all the same."""
        job = self.open(request, self._said(request.json()), f"chatcmpl-{self.next_number():08d}")
        wait = job.ends_at - self.stage.clock.now()
        if job.why == "fail":
            said = self.envelope(Denied("fail"))
            return Reply(said.status, said.body, headers=said.headers, wait=wait)
        if job.why:
            self.charge(job)
        told = job.order.told
        words, text = cast("int", told["words"]), "" if job.why else told["text"]
        reason = "content_filter" if job.why else "stop"
        message = {"role": "assistant", "content": text, "refusal": None}
        completion = {
            "id": job.id,
            "object": "chat.completion",
            "created": int(job.ends_at),
            "model": told["model"],
            "choices": [{"index": 0, "message": message, "finish_reason": reason}],
            "usage": {
                "prompt_tokens": words,
                "completion_tokens": job.order.units - words,
                "total_tokens": job.order.units,
            },
        }
        made = answer(completion)
        return Reply(200, made.body, wait=wait, delivers="" if job.why else job.id)

    def _said(self, body: dict[str, Any]) -> Order:
        """Read an ask, and write its answer."""
        form.only(body, _FIELDS)
        name, (prompt, pictures) = form.text(body, "model"), _heard(body)
        terms = self.models.get(f"chat/{name}") or self.models[_OWN]
        text = json.dumps(written(_form(body), prompt))
        words, answered = stills.text_tokens(prompt) + _SEEN * pictures, stills.text_tokens(text)
        if answered > form.whole(body, "max_completion_tokens", 1, 1 << 20, 1 << 20):
            raise Denied("invalid", "Could not finish the message because of its limit.")
        return Order(
            model=terms.id,
            width=0,
            height=0,
            micros=terms.micros("words", words) + terms.micros("answer", answered),
            units=words + answered,
            prompt=prompt,
            told={"model": name, "words": words, "text": text},
        )


def _heard(body: dict[str, Any]) -> tuple[str, int]:
    """Return the words of all messages, and how many pictures are shown among them."""
    parts = list(_parts(body))
    words = [form.text(part, "text") for part in parts if part.get("type") == "text"]
    shown = [cast("dict[str, Any]", part.get("image_url")) for part in parts if "image_url" in part]
    for one in shown:
        form.picture(one.get("url"), "image_url")
    return "\n".join(words), len(shown)


def _parts(body: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for message in form.listed(body, "messages", 100):
        held: object = message.get("content")
        if isinstance(held, str):
            yield {"type": "text", "text": held}
        else:
            yield from form.listed(message, "content", 100)


def _form(body: dict[str, Any]) -> dict[str, Any]:
    asked = cast("dict[str, Any]", body.get("response_format") or {})
    if asked.get("type") != "json_schema":
        raise Denied("invalid", "Only answers of a form are served here.", "response_format")
    return cast("dict[str, Any]", asked["json_schema"]["schema"])
