"""What a vendor answers: a status, JSON or something else in its place, and how long to wait."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import httpx2

    from stillreel.errors import Failure

Table = dict[str, object]

_MOST_BYTES = 256_000_000
_LONGEST_S = 86_400.0
UNTOLD = frozenset({408, 425, 499})
"""Client errors that leave open whether the request was carried out."""
_UNPAID = re.compile(r"\b(balance|credits?|funds|billing|overdue)\b", re.IGNORECASE)
_LEFT = re.compile(r"(?:x-)?ratelimit-remaining(-\w+)?").fullmatch
_SPANS = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_SPAN = re.compile(rf"(?:{_SPANS.pattern})+")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}
_KEY = re.compile(r"\b(api.?key|token|credentials?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a vendor answered: its status, its JSON, and how long it asks to be left alone."""

    status: int
    table: Table = field(repr=False)
    """The JSON object, an array as its `items`; empty where the body was neither."""
    form: str = ""
    """What was wrong with the body: `a web page`, `broken JSON`; empty for a JSON object."""
    after: float = 0.0
    """Seconds to hold back."""

    @property
    def ok(self) -> bool:
        """Whether it is a success with a JSON object."""
        return self.done and not self.form

    @property
    def done(self) -> bool:
        """Whether it is a success, with whatever body."""
        return 200 <= self.status < 300

    @property
    def final(self) -> bool:
        """Whether it is a client error that stays so however often one asks."""
        return 400 <= self.status < 500 and self.status not in UNTOLD and self.status != 429

    @property
    def told(self) -> str:
        """What it says, in short."""
        said = ", ".join(one for one in (self.code, self.message) if one)
        return f"{self.status} {said}".strip()

    @property
    def code(self) -> str:
        """The vendor's error code, as far as it gives one."""
        own = _word(self._error(), "code", "type") or _word(
            self.table, "code", "name", "error_type"
        )
        return own or next(iter(self._details("type")), "")

    @property
    def message(self) -> str:
        """The vendor's error message, as far as it gives one."""
        error = self.table.get("error")
        own = error if isinstance(error, str) else _word(self._error(), "message")
        said = own or _word(self.table, "message", "detail", "title")
        parts = (said, "; ".join(self._details("msg", "message")))
        return ": ".join(one for one in parts if one) or self.form

    def _details(self, *keys: str) -> list[str]:
        """Return what is told of single fields, where it is told by field."""
        rows = self.table.get("detail") or self.table.get("issues")
        found = [
            _word(cast("Table", row), *keys)
            for row in (cast("list[object]", rows) if isinstance(rows, list) else [])
            if isinstance(row, dict)
        ]
        return [one for one in found if one]

    def _error(self) -> Table:
        error = self.table.get("error")
        return cast("Table", error) if isinstance(error, dict) else {}


def by_status(reply: Reply) -> tuple[Failure, str]:
    """Return the class of a refusal by its status, and what a person can do.

    Vendors say 403 of three things; only their words tell which.
    """
    if reply.status == 429:
        return "rate", ""
    if reply.status == 402 or (reply.status == 403 and _UNPAID.search(reply.message)):
        return "account", "Add credit at the vendor."
    if reply.status == 401 or (reply.status == 403 and _KEY.search(reply.message)):
        return "account", "Check the key: stillreel keys shows where it came from."
    if reply.status == 403:
        return "account", "Open the model to the account at the vendor, or use a key that may ask."
    if reply.status == 404:
        return "account", "Check the model in the offers file, and that the account may use it."
    return "invalid", "Change what the vendor names."


async def read(got: httpx2.Response) -> Reply:
    """Read an answer to its end, whatever it is."""
    parts: list[bytes] = []
    size = 0
    async for part in got.aiter_bytes():
        size += len(part)
        if size > _MOST_BYTES:
            return Reply(got.status_code, {}, "an answer without end", _hold(got.headers))
        parts.append(part)
    table, form = _table(b"".join(parts))
    return Reply(got.status_code, table, form, _hold(got.headers) or _retry_info(table))


def _table(data: bytes) -> tuple[Table, str]:
    if not data.strip():
        return {}, "nothing"
    try:
        held: object = json.loads(data)
    except (ValueError, RecursionError):
        return {}, "a web page" if data.lstrip()[:1] == b"<" else "broken JSON"
    if isinstance(held, list):
        return {"items": cast("list[object]", held)}, ""
    if not isinstance(held, dict):
        return {}, "JSON of another shape"
    return cast("Table", held), ""


def _hold(headers: httpx2.Headers) -> float:
    """Return for how many seconds the headers ask to hold back; 0 where they do not."""
    seconds = _number(headers.get("retry-after-ms", ""), 1000)
    text = headers.get("retry-after", "")
    if seconds is None:
        seconds = _number(text) if text else _reset(headers)
    if seconds is None:
        try:
            until, now = (parsedate_to_datetime(one) for one in (text, headers.get("date", "")))
            seconds = (until - now).total_seconds()
        except (TypeError, ValueError):
            seconds = 0.0
    return min(max(0.0, seconds), _LONGEST_S)


def _reset(headers: httpx2.Headers) -> float:
    """Return in how many seconds the last of the limits that are used up opens again."""
    used = [
        found[1] or "" for name, left in headers.items() if left == "0" and (found := _LEFT(name))
    ]
    told = [
        headers.get(f"{x}ratelimit-reset{end}", "")
        for x in ("x-", "")
        for of in used
        for end in (of, f"{of}-after")
    ]
    return max((_span(one) for one in told), default=0.0)


def _span(text: str) -> float:
    """Return the seconds of a time such as `12`, `1m2.5s` or `120ms`; 0 for anything else."""
    seconds = _number(text)
    if seconds is not None:
        # A moment in place of a span is nobody's promise to be waited for.
        return seconds if seconds <= _LONGEST_S else 0.0
    parts = _SPANS.findall(text) if _SPAN.fullmatch(text) else []
    return sum(float(number) * _UNITS[unit] for number, unit in parts)


def _retry_info(table: Table) -> float:
    """Return the `retryDelay` among the details of an error, as Google tells it; 0 without."""
    error = table.get("error")
    details = cast("Table", error).get("details") if isinstance(error, dict) else None
    for row in cast("list[object]", details) if isinstance(details, list) else ():
        text = _word(cast("Table", row), "retryDelay") if isinstance(row, dict) else ""
        if seconds := _number(text.removesuffix("s")):
            return min(max(0.0, seconds), _LONGEST_S)
    return 0.0


def _number(text: str, parts: int = 1) -> float | None:
    try:
        return float(text) / parts
    except ValueError:
        return None


def _word(table: Table, *keys: str) -> str:
    found = (table.get(key) for key in keys)
    return next((one for one in found if isinstance(one, str) and one), "")
