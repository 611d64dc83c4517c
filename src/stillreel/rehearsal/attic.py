"""Where long texts of requests are kept once, however many jobs carry them, up to a limit."""

from __future__ import annotations

import hashlib
from typing import cast

_LONG = 4096
_ROOM = 64 << 20


class Attic:
    """Keeps data URIs and files of clients; what does not fit any more is told by its digest."""

    def __init__(self, room: int = _ROOM) -> None:
        """Offer so many bytes."""
        self._room = room
        self._texts: dict[str, str] = {}
        self._files: dict[str, bytes] = {}

    def keep(self, value: object) -> object:
        """Return a value whose long texts are shared with all others that are equal."""
        if isinstance(value, str):
            return self._text(value) if len(value) > _LONG else value
        if isinstance(value, dict):
            held = cast("dict[str, object]", value)
            return {name: self.keep(one) for name, one in held.items()}
        if isinstance(value, list):
            return [self.keep(one) for one in cast("list[object]", value)]
        return value

    def put(self, name: str, data: bytes) -> None:
        """Keep an uploaded file while there is room."""
        if len(data) <= self._room:
            self._room -= len(data)
            self._files[name] = data

    def file(self, name: str) -> bytes | None:
        """Return an uploaded file."""
        return self._files.get(name)

    def _text(self, text: str) -> str:
        name = hashlib.sha256(text.encode()).hexdigest()
        if name not in self._texts:
            if len(text) > self._room:
                return f"{text[:64]}...sha256:{name}"
            self._room -= len(text)
            self._texts[name] = text
        return self._texts[name]
