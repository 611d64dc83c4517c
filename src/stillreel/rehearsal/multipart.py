"""Reading `multipart/form-data` bodies: fields in order, files as bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillreel.rehearsal.wire import Denied

if TYPE_CHECKING:
    from stillreel.rehearsal.wire import Request

_NAME = re.compile(rb'[;\s]name="([^"]*)"')
_FILE = re.compile(rb'[;\s]filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form."""

    name: str
    data: bytes
    is_file: bool


def parts(request: Request) -> list[Part]:
    """Return the fields of a form in the order they were sent.

    Raises:
        Denied: the body is no such form.
    """
    found = re.search(r'boundary="?([^";]+)"?', request.headers.get("content-type", ""))
    if found is None:
        raise Denied("invalid", "The form has no boundary.")
    mark = b"--" + found.group(1).encode("latin-1")
    chunks = (b"\r\n" + request.body).split(b"\r\n" + mark)
    if len(chunks) < 2 or not chunks[-1].startswith(b"--"):
        raise Denied("invalid", "The form does not end.")
    return [_part(chunk) for chunk in chunks[1:-1]]


def _part(chunk: bytes) -> Part:
    head, found, data = chunk.partition(b"\r\n\r\n")
    name = _NAME.search(head)
    if not found or name is None:
        raise Denied("invalid", "A part of the form has no name.")
    return Part(name.group(1).decode("utf-8", "replace"), data, bool(_FILE.search(head)))
