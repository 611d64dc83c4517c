"""What the tools of the server take, by its own schemas: what they do not say is not guessed."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from stillreel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stillreel.providers.reply import Table

FILM, STATUS, UPLOAD, CONFIRM = "generate_video", "job_status", "media_upload", "media_confirm"
_ROLES = {
    "reference": ("image_references", "reference_image", "image"),
    "first": ("start_image",),
    "last": ("end_image",),
}
"""Words the vendor has used for what a picture is sent as, the best first."""


_QUOTED = r"""["'`]{}\\?["'`]"""


@dataclass(frozen=True, slots=True)
class Shape:
    """An object a tool takes."""

    tool: str
    fields: dict[str, Table]
    required: frozenset[str]
    open: bool
    """Whether fields it does not name are taken too."""
    wrapped: bool
    """Whether its fields lie inside a lone `params`."""
    about: str
    """The whole description as text, where words stand that no list names."""

    @classmethod
    def read(cls, tool: str, schema: Table) -> Shape:
        """Read the schema of a tool."""
        held, whole = _fields(schema, schema), schema
        wrapped = held.keys() == {"params"} and "properties" in held["params"]
        if wrapped:
            whole = held["params"]
            held = _fields(whole, schema)
        needed = whole.get("required")
        required = cast("list[object]", needed) if isinstance(needed, list) else []
        loose = whole.get("additionalProperties", True) is not False
        about = json.dumps(schema)
        return cls(tool, held, frozenset(map(str, required)), loose, wrapped, about)

    def one_of(self, *names: str) -> str:
        """Return the first of some names that the tool takes.

        Raises:
            Refused: it takes none of them.
        """
        found = next((name for name in names if name in self.fields), "")
        if not found:
            raise _strange(f"{self.tool} has no field {' or '.join(names)}")
        return found

    def filled(self, told: Mapping[str, object]) -> Table:
        """Return what is told as the tool takes it: what it neither names nor allows is left out.

        Raises:
            Refused: it needs something that is not told.
        """
        missing = sorted(self.required - told.keys())
        if missing:
            raise _strange(f"{self.tool} needs {', '.join(missing)}, which is not known here")
        taken = {name: one for name, one in told.items() if self.open or name in self.fields}
        return {"params": taken} if self.wrapped else taken

    def role(self, wanted: str) -> str:
        """Return the vendor's word for what a picture is sent as.

        Raises:
            Refused: it names none that is known.
        """
        listed = set(_words(self.fields.get("medias", {})))
        for word in _ROLES[wanted]:
            if word in listed if listed else re.search(_QUOTED.format(word), self.about):
                return word
        raise _strange(f"{self.tool} does not say how to send a picture as {wanted} of a clip")


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools that are needed, by the shape they have at this server."""

    film: Shape
    status: Shape
    upload: Shape
    confirm: Shape

    @classmethod
    def read(cls, listed: Mapping[str, Table]) -> Tools:
        """Read the list of a server's tools.

        Raises:
            Refused: one that is needed is not there, or has another shape.
        """
        for name in (FILM, STATUS, UPLOAD, CONFIRM):
            if name not in listed:
                raise _strange(f"it has no tool {name}")
        film = Shape.read(FILM, listed[FILM])
        # Left out, they would order another clip than was priced.
        for name in ("prompt", "model", "duration", "aspect_ratio", "resolution"):
            if name not in film.fields and not film.open:
                raise _strange(f"{FILM} has no field {name}")
        film.one_of("medias")
        return cls(film, *(Shape.read(name, listed[name]) for name in (STATUS, UPLOAD, CONFIRM)))

    def order(self, told: Mapping[str, object]) -> Table:
        """Return the arguments that order a clip."""
        return self.film.filled(told)

    def asked(self, job: str) -> Table:
        """Return the arguments that ask how a job stands."""
        return self.status.filled({self.status.one_of("jobId", "job_id", "id"): job})

    def place(self, name: str, kind: str) -> Table:
        """Return the arguments that ask for a place for a picture."""
        one = {"filename": name, "content_type": kind}
        if "files" in self.upload.fields and "filename" not in self.upload.required:
            return self.upload.filled({"files": [one]})
        method = {"method": "upload_url"} if "method" in self.upload.fields else {}
        return self.upload.filled({**method, **one})

    def put(self, media: str) -> Table:
        """Return the arguments that say a picture lies in its place."""
        several = self.confirm.one_of("media_id", "media_ids") == "media_ids"
        lies: Table = {"media_ids": [media]} if several else {"media_id": media}
        return self.confirm.filled({"type": "image", **lies})


def _fields(held: Table, root: Table) -> dict[str, Table]:
    """Return the schema of each field of an object, references followed."""
    rows = held.get("properties")
    if not isinstance(rows, dict):
        return {}
    found = cast("Table", rows).items()
    return {name: _object(cast("Table", one), root) for name, one in found if isinstance(one, dict)}


def _object(held: Table, root: Table, depth: int = 8) -> Table:
    """Return a schema with its reference followed, and the object out of a choice with null."""
    place, found = held.get("$ref"), cast("object", root)
    if depth and isinstance(place, str) and place.startswith("#/"):
        for step in place[2:].split("/"):
            found = cast("Table", found).get(step) if isinstance(found, dict) else None
        return _object(cast("Table", found), root, depth - 1) if isinstance(found, dict) else held
    for choice in ("anyOf", "oneOf", "allOf"):
        rows = held.get(choice)
        for row in cast("list[object]", rows) if depth and isinstance(rows, list) else ():
            seen = _object(cast("Table", row), root, depth - 1) if isinstance(row, dict) else {}
            if "properties" in seen or "items" in seen:
                return seen
    return held


def _words(held: object) -> Iterator[str]:
    """Return every word that a list of choices below names."""
    if isinstance(held, dict):
        for name, one in cast("Table", held).items():
            if name == "enum" and isinstance(one, list):
                yield from map(str, cast("list[object]", one))
            yield from _words(one)
    elif isinstance(held, list):
        for one in cast("list[object]", held):
            yield from _words(one)


def _strange(told: str) -> Refused:
    return Refused(
        f"The MCP server of Higgsfield is not understood: {told}.",
        where="its list of tools",
        next_step="Use higgsfield, or hand-off, until this is mended.",
        failure="invalid",
    )
