"""Pictures travel in a JSON body without being copied through text."""

from __future__ import annotations

import asyncio
import base64
import json

import pytest

from stillreel.providers.parcel import Inline, packed, slices


def test_a_body_with_files_is_the_json_it_would_be() -> None:
    data = bytes(range(256)) * 3000
    body = {"a": [Inline.uri(data, "image/png"), "é \x00inline?"], "b": Inline.bare(b"xyz")}
    letters = base64.b64encode(data).decode()
    wanted = {"a": [f"data:image/png;base64,{letters}", "é \x00inline?"], "b": "eHl6"}
    assert json.loads(b"".join(packed(body))) == wanted
    assert packed({"n": 1}) == (b'{"n":1}',)


def test_slices_are_small_and_whole() -> None:
    pieces = packed({"a": Inline.bare(bytes(900_000))})

    async def all_of_them() -> list[bytes]:
        return [part async for part in slices(pieces)]

    parts = asyncio.run(all_of_them())
    assert b"".join(parts) == b"".join(pieces)
    assert max(len(part) for part in parts) <= 262_144


def test_what_is_nothing_json_knows_is_told() -> None:
    with pytest.raises(TypeError, match="object is nothing JSON knows"):
        packed({"a": object()})
    with pytest.raises(ValueError, match="mark of a file"):
        packed({"a": "\x00inline"})
