"""What a body of Gemini holds: words, pictures, and how it writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from stillreel.rehearsal import form
from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from collections.abc import Iterator

THOUGHTS = 240
"""Tokens of thought for every picture."""
_REFERENCES = 14
_SEARCHES = 2
"""Searches that one picture takes."""


def _standard(letters: object) -> str:
    # The vendor's own client writes base64 in the spelling for URLs, and both are read.
    return str(letters).replace("-", "+").replace("_", "/")


def table(held: object) -> dict[str, Any]:
    """Return an object, empty where the field is missing.

    Raises:
        Denied: it is something else.
    """
    if held is None:
        return {}
    if not isinstance(held, dict):
        raise Denied("invalid", "An object was expected.")
    return cast("dict[str, Any]", held)


def contents(body: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the words and the pictures of `generateContent`.

    Raises:
        Denied: a part is not as published, there are no words, or too many pictures.
    """
    words: list[str] = []
    pictures: list[str] = []
    for content in form.listed(body, "contents", 64):
        for held in form.listed(table(content), "parts", 64):
            part = table(held)
            if "text" in part:
                words.append(form.text(part, "text"))
            # Both spellings are read, because proto3 JSON takes both.
            file = table(part.get("inlineData") or part.get("inline_data"))
            if file:
                kind = file.get("mimeType") or file.get("mime_type")
                address = f"data:{kind};base64,{_standard(file.get('data', ''))}"
                pictures.append(form.picture(address, "inlineData")[0])
            if "fileData" in part:
                pictures.append(form.text(table(part["fileData"]), "fileUri"))
    return _held(words, pictures)


def inputs(body: dict[str, Any]) -> tuple[str, list[str]]:
    """Return the words and the pictures of an interaction.

    Raises:
        Denied: a part is not as published, there are no words, or too many pictures.
    """
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


def searches(body: dict[str, Any]) -> int:
    """Return how often is searched for facts.

    Raises:
        Denied: a tool is asked for that is not served here.
    """
    tools = [table(held) for held in form.listed(body, "tools", 4)]
    for tool in tools:
        form.only(tool, ("googleSearch", "google_search", "type"), "tools.")
        form.choice(tool, "type", ("google_search",), "google_search")
    return _SEARCHES if tools else 0


def facts(prompt: str, count: int) -> dict[str, object]:
    """Return what is told of searches for facts."""
    words = " ".join(prompt.split()[:6])
    pages = [
        {"web": {"uri": f"https://grounding.example/{at}", "title": f"Page {at}"}}
        for at in range(1, count + 1)
    ]
    asked = [f"{words} {at}" for at in range(1, count + 1)]
    return {"webSearchQueries": asked, "groundingChunks": pages}


def looked_up(prompt: str, count: int) -> tuple[dict[str, object], dict[str, object]]:
    """Return the step and the words by which an interaction tells of searches."""
    told = facts(prompt, count)
    call = {"type": "google_search_call", "id": "s-1"}
    pages = [
        cast("dict[str, Any]", row)["web"] for row in cast("list[Any]", told["groundingChunks"])
    ]
    notes = [{"type": "url_citation", "url": one["uri"], "title": one["title"]} for one in pages]
    asked = {"queries": told["webSearchQueries"]}
    return {**call, "arguments": asked}, {"type": "text", "text": "Found.", "annotations": notes}


def _said(rows: list[Any]) -> Iterator[dict[str, Any]]:
    # Either contents themselves, or steps of the user that hold them.
    for row in map(table, rows):
        if row.get("type") == "user_input":
            yield from map(table, form.listed(row, "content", 64))
        else:
            yield row


def _held(words: list[str], pictures: list[str]) -> tuple[str, list[str]]:
    if not words:
        raise Denied("missing", "The request holds no text.")
    if len(pictures) > _REFERENCES:
        raise Denied("invalid", f"At most {_REFERENCES} pictures.")
    return "\n".join(words), pictures
