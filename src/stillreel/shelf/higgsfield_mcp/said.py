"""What the tools of the server answer: tables where they give some, else words for people."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.providers.loose import Loose
from stillreel.providers.uploads import AGAIN, MISSING

if TYPE_CHECKING:
    from stillreel.errors import Failure
    from stillreel.providers.seam import JobState
    from stillreel.shelf.higgsfield_mcp.session import Told

_ID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_SUBMITTED = re.compile(rf"(?ims)submitted \d+ job.*?^\s*-\s*({_ID})")
_STANDS = re.compile(rf"(?i)^job {_ID}\s+\S+\s+(\w+)")
_FILE = re.compile(r"https?://\S+?\.mp4(?:\?\S*)?(?=\s|$)")
_STATES: dict[str, JobState] = {
    "pending": "queued",
    "queued": "queued",
    "waiting": "queued",
    "in_progress": "running",
    "running": "running",
    "processing": "running",
    "completed": "succeeded",
    "failed": "failed",
    "error": "failed",
    "rejected": "failed",
    "nsfw": "failed",
    "ip_detected": "failed",
    "canceled": "cancelled",
    "cancelled": "cancelled",
}
_WITHHELD = frozenset({"nsfw", "ip_detected", "rejected"})
_VERDICTS: tuple[tuple[str, Failure, str], ...] = (
    (r"concurrent|rate.?limit|too many", "rate", ""),
    (r"credit|balance|upgrade|subscri", "account", "Add credit at the vendor."),
    (r"real (person|people)|celebrit|likeness", "real-person", "Draw them less like a photograph."),
    (r"nsfw|moderation|polic(y|ies)|unsafe", "moderation-input", "Change words or pictures."),
    (MISSING, "provider", AGAIN),
    (r"model.*(not|un) ?(found|available|known)", "account", "Check the id of the model."),
    (
        r"invalid|not supported|unsupported|must be|required|validation",
        "invalid",
        "Change what the vendor names.",
    ),
)


class _File(Loose):
    rawUrl: str = ""  # noqa: N815 - the vendor's word


class _Generation(Loose):
    id: str = ""
    status: str = ""
    results: _File = _File()
    result_url: str = ""
    error: str = ""


class _Preset(Loose):
    id: str = ""


class _Offered(Loose):
    preset: _Preset = _Preset()


class _Notice(Loose):
    type: str = ""
    data: _Offered = _Offered()


class _Place(Loose):
    media_id: str = ""
    upload_url: str = ""


class _Answer(Loose):
    """Whatever a tool answers: the fields of all of them, most of them empty."""

    results: tuple[_Generation, ...] = ()
    notice: _Notice = _Notice()
    uploads: tuple[_Place, ...] = ()
    generation: _Generation | None = None
    raw_data: _Generation | None = None


@dataclass(frozen=True, slots=True)
class Film:
    """How a clip stands."""

    word: str = ""
    """The vendor's own; empty where it tells none."""
    url: str = ""
    said: str = ""
    gone: bool = False
    """Whether the vendor does not know it."""

    @property
    def state(self) -> JobState:
        """The word as ours; one that is not known means running."""
        return _STATES.get(self.word, "running")

    @property
    def known(self) -> bool:
        """Whether the word is known."""
        return self.word in _STATES

    @property
    def failure(self) -> Failure:
        """Why it failed."""
        return "moderation-output" if self.word in _WITHHELD else "provider"

    @classmethod
    def read(cls, told: Told) -> Film:
        """Read what `job_status` answers."""
        if told.failed:
            return cls(said=told.text, gone="not found" in told.text.lower())
        answer = _Answer.of(told.table)
        found = answer.generation or answer.raw_data
        if found is None:
            # Some of its answers are words alone: `Job ID - completed` and an address below.
            word, file = _STANDS.search(told.text), _FILE.search(told.text)
            return cls(word[1].lower() if word else "", file[0] if file else "", told.text)
        return cls(found.status.lower(), found.results.rawUrl or found.result_url, found.error)


def made(told: Told) -> tuple[str, str]:
    """Return the id of a job that was made, and that of a preset offered in place of making it."""
    if told.failed:
        return "", ""
    answer = _Answer.of(told.table)
    if answer.results and answer.results[0].id:
        return answer.results[0].id, ""
    if answer.notice.type == "preset_recommendation":
        return "", answer.notice.data.preset.id
    # An id in other words is not taken for one of a job.
    found = _SUBMITTED.search(told.text)
    return (found[1] if found else ""), ""


def placed(told: Told) -> tuple[str, str]:
    """Return the name of a picture at the vendor, and where to put it; empty where none is told."""
    rows = [] if told.failed else _Answer.of(told.table).uploads
    return (rows[0].media_id, rows[0].upload_url) if rows else ("", "")


def verdict(text: str) -> tuple[Failure, str] | None:
    """Return the class of a refusal by its words; None where they leave open what was done."""
    words = text.lower()
    for mark, failure, step in _VERDICTS:
        if re.search(mark, words):
            return failure, step
    return None
