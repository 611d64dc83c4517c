"""What Gemini answers to a request for a picture: the picture, or why there is none."""

from __future__ import annotations

import base64
import json

from stillreel.providers.loose import Loose

_REFUSED = frozenset(
    {"SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "IMAGE_PROHIBITED_CONTENT", "BLOCKLIST"}
    | {"SPII", "RECITATION", "IMAGE_RECITATION", "MODEL_ARMOR", "ESCALATION"}
    | {"PUP_LIMITED_DISABLED"}
)
"""Reasons to finish that are a refusal of what was drawn; all others are the vendor's own."""


class _File(Loose):
    data: str = ""


class _Part(Loose):
    inlineData: _File | None = None  # noqa: N815 - the vendor's word
    thought: bool = False
    text: str = ""


class _Content(Loose):
    parts: tuple[_Part, ...] = ()


class _Page(Loose):
    title: str = ""
    uri: str = ""
    sourceUri: str = ""  # noqa: N815 - the vendor's word, for the page a picture stands on


class _Chunk(Loose):
    web: _Page | None = None
    image: _Page | None = None


class _Facts(Loose):
    """What was looked up before a picture was drawn."""

    webSearchQueries: tuple[str, ...] = ()  # noqa: N815 - the vendor's word
    imageSearchQueries: tuple[str, ...] = ()  # noqa: N815 - the vendor's word
    groundingChunks: tuple[_Chunk, ...] = ()  # noqa: N815 - the vendor's word


class _Candidate(Loose):
    finishReason: str = ""  # noqa: N815 - the vendor's word
    content: _Content = _Content()
    groundingMetadata: _Facts = _Facts()  # noqa: N815 - the vendor's word


class _Feedback(Loose):
    blockReason: str = ""  # noqa: N815 - the vendor's word


class _Count(Loose):
    modality: str = ""
    tokenCount: int = 0  # noqa: N815 - the vendor's word


class Usage(Loose):
    """Tokens an answer was billed by."""

    promptTokenCount: int = 0  # noqa: N815 - the vendor's word
    candidatesTokenCount: int = 0  # noqa: N815 - the vendor's word
    thoughtsTokenCount: int = 0  # noqa: N815 - the vendor's word
    candidatesTokensDetails: tuple[_Count, ...] = ()  # noqa: N815 - the vendor's word

    @property
    def drawn(self) -> int:
        """Tokens of the picture; all that was answered where the vendor does not part them."""
        rows = [row for row in self.candidatesTokensDetails if row.modality == "IMAGE"]
        return sum(row.tokenCount for row in rows) if rows else self.candidatesTokenCount

    @property
    def thought(self) -> int:
        """Tokens of thought, and of words beside the picture."""
        return self.thoughtsTokenCount + max(0, self.candidatesTokenCount - self.drawn)


class Answer(Loose):
    """One answer of `generateContent`, whichever way it came."""

    candidates: tuple[_Candidate, ...] = ()
    promptFeedback: _Feedback = _Feedback()  # noqa: N815 - the vendor's word
    usageMetadata: Usage | None = None  # noqa: N815 - the vendor's word
    modelVersion: str = ""  # noqa: N815 - the vendor's word
    responseId: str = ""  # noqa: N815 - the vendor's word

    def picture(self) -> bytes | None:
        """Return the last picture; earlier ones are drafts. None where it cannot be read."""
        files = [part.inlineData.data for part in self._parts() if part.inlineData]
        try:
            return base64.b64decode(files[-1]) if files else b""
        except ValueError:
            return None

    @property
    def searches(self) -> list[str]:
        """What was searched for before the picture was drawn."""
        facts = self._facts
        return [*facts.webSearchQueries, *facts.imageSearchQueries]

    def sources(self) -> bytes:
        """Return where facts were found, as JSON; nothing where none were looked up."""
        pages = [page for row in self._facts.groundingChunks if (page := row.web or row.image)]
        if not (pages or self.searches):
            return b""
        found = [{"title": one.title, "uri": one.uri or one.sourceUri} for one in pages]
        told = {"searches": self.searches, "sources": found}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    @property
    def blocked(self) -> str:
        """Why the vendor refuses what was asked; empty where it does not."""
        return self.promptFeedback.blockReason

    @property
    def withheld(self) -> str:
        """Why the vendor withholds what it drew; empty where it does not."""
        return self._reason if self._reason in _REFUSED else ""

    @property
    def told(self) -> str:
        """What it says in place of a picture."""
        said = " ".join(part.text for part in self._parts() if part.text)
        return ", ".join(one for one in (self._reason, said) if one) or "nothing"

    @property
    def _reason(self) -> str:
        return self.candidates[0].finishReason if self.candidates else ""

    @property
    def _facts(self) -> _Facts:
        return self.candidates[0].groundingMetadata if self.candidates else _Facts()

    def _parts(self) -> list[_Part]:
        """Return what was answered; parts of the model's thought are none of it."""
        content = self.candidates[0].content if self.candidates else _Content()
        return [part for part in content.parts if not part.thought]
