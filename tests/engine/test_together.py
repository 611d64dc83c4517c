"""Doing many things at once: all end, or none is left behind."""

import asyncio

import pytest

from stillreel.engine.together import together


async def answer(what: str) -> str:
    await asyncio.sleep(0)
    return what


def test_what_was_made_comes_in_the_order_given() -> None:
    async def both() -> list[str]:
        return await together(answer("one"), answer("two"))

    assert asyncio.run(both()) == ["one", "two"]


def test_when_one_fails_the_others_have_let_go_before_it_is_told() -> None:
    met: list[str] = []

    async def waits() -> str:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            met.append("tidied")
        return "never"

    async def fails() -> str:
        await asyncio.sleep(0)
        raise ValueError("no ink")

    async def both() -> None:
        with pytest.raises(ValueError, match="no ink"):
            await together(waits(), fails())
        met.append("told")

    asyncio.run(both())
    assert met == ["tidied", "told"]
