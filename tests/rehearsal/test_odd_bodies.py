"""Whatever is sent, a vendor answers in its own words and never falls over."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearsal.theatre import EXAMPLES, KEYS, Theatre

if TYPE_CHECKING:
    from collections.abc import Iterator

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["auto", "16:9", "data:image/png;base64,AAAA", "data:,", "https://x"]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=3)), max_size=3),
    st.dictionaries(st.text(max_size=4), st.one_of(st.none(), st.integers()), max_size=2),
)
ROUTED = {
    "configId": "r",
    "input": {
        "promptText": "x",
        "referenceImages": [{"uri": "https://cdn.example/a.png", "role": "first"}],
        "duration": 5,
        "resolution": "720p",
    },
}
ASKED = {
    "model": "gemini-3-pro-image",
    "input": [{"type": "text", "text": "x"}, {"type": "image", "uri": "https://cdn.example/a"}],
    "response_format": {"type": "image", "image_size": "1K"},
}
EDITED = {
    "model": "gpt-image-2",
    "prompt": "x",
    "images": [{"image_url": "https://cdn.example/a.png"}],
    "size": "1024x1024",
    "quality": "low",
}
BODIES = [
    *((name, example.path, example.body) for name, example in EXAMPLES.items()),
    ("runway", "/v1/generate/video", ROUTED),
    ("gemini", "/v1/interactions", ASKED),
    ("openai", "/v1/images/edits", EDITED),
]


def places(held: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    rows = held.items() if isinstance(held, dict) else enumerate(held)
    for key, value in rows:
        yield (*at, key)
        if isinstance(value, (dict, list)):
            yield from places(value, (*at, key))


@pytest.mark.parametrize(("vendor", "path", "body"), BODIES, ids=lambda value: str(value)[:24])
@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.data())
def test_a_body_that_is_wrong_in_one_place(
    vendor: str, path: str, body: dict[str, Any], data: st.DataObject
) -> None:
    theatre = Theatre()
    theatre.house.vendors["runway"].routers = {"r": {}}  # type: ignore[attr-defined]
    theatre.house.vendors["runway"]._routed = {"r": []}  # type: ignore[attr-defined]
    wrong = copy.deepcopy(body)
    *way, last = data.draw(st.sampled_from(list(places(body))))
    held: Any = wrong
    for key in way:
        held = held[key]
    held[last] = data.draw(ODD)
    answer = theatre.ask(vendor, "POST", path, json=wrong)
    assert answer.status_code < 500
    assert answer.json()


@pytest.mark.parametrize("vendor", KEYS)
def test_a_query_that_is_no_number_is_refused(theatre: Theatre, vendor: str) -> None:
    lists = {
        "ark": "/contents/generations/tasks?page_num=x",
        "fal": "/v1/models/requests/by-endpoint?endpoint_id=a&limit=x",
        "replicate": "/v1/predictions?cursor=x",
    }
    if vendor in lists:
        assert theatre.ask(vendor, "GET", lists[vendor]).status_code in {400, 422}
