"""One create call and never a second; patience where it costs nothing; nothing secret in words."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from stillreel.errors import BadOutput, Busy, Gone, Lost, ProviderError, Refused, StillreelError
from stillreel.providers.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable

KEY = "sk-planted-7Hq2ZtPfKx41"
HTML = httpx2.Response(200, html="<html><body>Welcome</body></html>")


class Desk:
    """Answers in turn, the last answer for good, and remembers what it saw."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.seen: list[httpx2.Request] = []
        self.paused: list[float] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)

    def wire(self, **settings: Any) -> Wire:
        return Wire(
            "Acme",
            "https://api.acme.example/v1/",
            {"Authorization": f"Bearer {KEY}"},
            timeout=5,
            secrets=(KEY,),
            transport=httpx2.MockTransport(self),
            pause=self.pause,
            **settings,
        )


def created(desk: Desk) -> dict[str, object]:
    return asyncio.run(desk.wire().create("jobs", {"prompt": "é"}, where="C01"))


def failing(desk: Desk, wanted: type[StillreelError]) -> Any:
    with pytest.raises(wanted) as told:
        created(desk)
    assert len(desk.seen) == 1
    return told.value


def test_a_create_call_is_json_with_the_key_to_the_vendors_address() -> None:
    desk = Desk(httpx2.Response(201, json={"id": "1"}))
    assert created(desk) == {"id": "1"}
    (sent,) = desk.seen
    assert (sent.method, str(sent.url)) == ("POST", "https://api.acme.example/v1/jobs")
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.content == '{"prompt":"é"}'.encode()


@pytest.mark.parametrize(
    "answer",
    [
        httpx2.ReadError("reset"),
        httpx2.WriteError("broken pipe"),
        httpx2.RemoteProtocolError("Server disconnected without sending a response."),
        httpx2.ReadTimeout("slow"),
        httpx2.Response(500, json={"error": {"message": "oh"}}),
        httpx2.Response(503, headers={"Retry-After": "1"}),
        httpx2.Response(408, json={}),
        httpx2.Response(307, headers={"Location": "https://elsewhere.example/jobs"}),
        HTML,
        httpx2.Response(200, content=b'{"id": "cgt'),
        httpx2.Response(200, json=7),
        httpx2.Response(200, content=b"[" * 100_000),
        httpx2.Response(200, content=b"\xff\xfe{"),
        httpx2.Response(500, content=b"\xff\xfe{"),
        httpx2.Response(202),
    ],
    ids=str,
)
def test_whatever_leaves_the_outcome_open_is_lost_after_one_call(answer: Any) -> None:
    error = failing(Desk(answer), Lost)
    assert error.charged == "unknown"
    assert error.where == "C01"


@pytest.mark.parametrize(
    "answer",
    [httpx2.ConnectError("refused"), httpx2.ConnectTimeout("slow"), httpx2.ProxyError("no")],
    ids=str,
)
def test_a_connection_that_never_stood_costs_nothing(answer: Exception) -> None:
    error = failing(Desk(answer), ProviderError)
    assert not isinstance(error, Lost)
    assert error.charged == "no"


def test_a_server_that_takes_the_call_and_never_answers_is_lost_in_time() -> None:
    async def silent(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(60)
        return httpx2.Response(200, request=request)

    wire = Wire(
        "Acme", "https://a.example", {}, timeout=0.05, transport=httpx2.MockTransport(silent)
    )
    with pytest.raises(Lost, match="gave no answer"):
        asyncio.run(wire.create("jobs", {}))


def test_what_the_vendor_said_is_told_whatever_its_envelope() -> None:
    bodies: list[Any] = [
        {"error": {"code": "Bad", "message": "side too small"}},
        {"error": "side too small", "code": "Bad"},
        {"message": "side too small", "code": "Bad"},
        {"detail": "side too small", "title": "Bad"},
    ]
    for body in bodies:
        error = failing(Desk(httpx2.Response(400, json=body)), Refused)
        assert "side too small" in str(error)
        assert error.failure == "invalid"
    error = failing(Desk(httpx2.Response(403, html="<html>Forbidden</html>")), Refused)
    assert error.failure == "account"
    assert "a web page" in str(error)


@pytest.mark.parametrize(
    ("status", "said", "step"),
    [
        (401, "Invalid API key", "Check the key"),
        (403, "The API key is not valid.", "Check the key"),
        (403, "User is locked. Reason: Exhausted balance.", "Add credit"),
        (403, "Not enough credits", "Add credit"),
        (402, "Payment required", "Add credit"),
        (403, "Your organization must be verified to use the model.", "Open the model"),
        (403, "Forbidden", "Open the model"),
        (404, "No such model", "Check the model"),
    ],
)
def test_what_to_do_about_an_account_follows_the_vendors_words(
    status: int, said: str, step: str
) -> None:
    error = failing(Desk(httpx2.Response(status, json={"message": said})), Refused)
    assert (error.failure, error.charged) == ("account", "no")
    assert error.next_step.startswith(step)
    assert said.rstrip(".") in error.what
    assert ".." not in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "3.5"}, 3.5),
        ({"x-ratelimit-remaining": "4", "x-ratelimit-reset-after": "3.5"}, 0.0),
        # As OpenAI writes it, one limit for requests and one for tokens.
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "1m2.5s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "120ms",
                "x-ratelimit-remaining-images": "3",
                "x-ratelimit-reset-images": "6h",
            },
            62.5,
        ),
        ({"RateLimit-Remaining": "0", "RateLimit-Reset": "12"}, 12.0),
        ({"Retry-After": "7", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "99"}, 7.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795770000"}, 0.0),
        (
            {
                "Date": "Fri, 27 Nov 2026 09:00:00 GMT",
                "Retry-After": "Fri, 27 Nov 2026 09:02:00 GMT",
            },
            120.0,
        ),
        ({"Retry-After": "soon"}, 0.0),
        ({"Retry-After": "inf"}, 86_400.0),
        ({}, 0.0),
    ],
)
def test_a_full_vendor_says_for_how_long(headers: dict[str, str], seconds: float) -> None:
    error = failing(Desk(httpx2.Response(429, headers=headers, json={})), Busy)
    assert (error.after, error.charged) == (seconds, "no")


def test_a_body_beyond_the_limit_is_refused_before_it_is_sent() -> None:
    desk = Desk(HTML)
    with pytest.raises(Refused, match="takes 10"):
        asyncio.run(desk.wire().create("jobs", {"prompt": "x" * 40}, most=10))
    assert desk.seen == []


def test_a_look_is_tried_again_and_holds_back_as_long_as_it_is_told() -> None:
    desk = Desk(
        httpx2.ReadError("reset"),
        httpx2.Response(503, headers={"Retry-After": "9"}),
        HTML,
        httpx2.Response(200, json={"status": "running"}),
    )
    reply = asyncio.run(desk.wire().look("jobs/1", {"page": 2}))
    assert reply.table == {"status": "running"}
    assert desk.paused == [0.5, 9.0, 2.0]
    assert str(desk.seen[-1].url) == "https://api.acme.example/v1/jobs/1?page=2"


def test_an_address_the_vendor_gave_is_followed_under_its_own_roof_only() -> None:
    desk = Desk(httpx2.Response(200, json={"status": "running"}))
    asyncio.run(desk.wire().look("https://api.acme.example/other/jobs?after=7"))
    assert str(desk.seen[0].url) == "https://api.acme.example/other/jobs?after=7"
    for address in ("https://acme.example/v1", "http://api.acme.example/v1"):
        with pytest.raises(ProviderError, match="leads to another house"):
            asyncio.run(desk.wire().look(address))
    assert len(desk.seen) == 1


def test_a_client_error_of_a_look_is_an_answer() -> None:
    desk = Desk(httpx2.Response(404, json={"message": "no such job"}))
    assert asyncio.run(desk.wire().look("jobs/1")).status == 404
    assert len(desk.seen) == 1


@pytest.mark.parametrize(
    ("answer", "wanted", "words"),
    [
        (HTML, ProviderError, "a web page"),
        (httpx2.ReadTimeout("slow"), ProviderError, "cannot be reached"),
        (httpx2.Response(429, headers={"Retry-After": "600"}), Busy, "left alone"),
        (httpx2.Response(429), Busy, "left alone"),
        (httpx2.Response(401, json={"message": f"bad key {KEY}"}), ProviderError, "bad key"),
    ],
    ids=str,
)
def test_a_look_that_fails_is_no_refusal_and_leaves_the_money_open(
    answer: Any, wanted: type[ProviderError], words: str
) -> None:
    desk = Desk(answer)
    with pytest.raises(wanted, match=words) as told:
        asyncio.run(desk.wire().look("jobs/1"))
    assert not isinstance(told.value, Refused | Lost)
    assert told.value.charged == ("no" if wanted is Busy else "unknown")


def test_a_look_of_an_account_that_is_locked_says_what_to_do() -> None:
    for said, step in (("Exhausted balance.", "Add credit"), ("Invalid API key", "Check the key")):
        desk = Desk(httpx2.Response(403, json={"detail": said}))
        with pytest.raises(ProviderError, match=said.rstrip(".")) as told:
            asyncio.run(desk.wire().look("jobs/1"))
        assert (told.value.failure, told.value.charged) == ("account", "unknown")
        assert told.value.next_step.startswith(step)
        assert told.value.next_step.endswith("nothing is sent again.")


def link(*urls: str) -> Callable[[], Any]:
    left = list(urls)

    async def ask() -> str:
        return left.pop(0) if len(left) > 1 else left[0]

    return ask


def test_a_download_carries_no_key_follows_redirects_and_renews_its_link() -> None:
    desk = Desk(
        httpx2.Response(403, text="expired"),
        httpx2.Response(302, headers={"Location": "https://cdn.example/w.mp4"}),
        httpx2.Response(200, content=b"film"),
    )
    links = link("https://files.example/a?sig=1", "https://files.example/a?sig=2")
    assert asyncio.run(desk.wire().download(links, 10)) == b"film"
    assert [sent.url.query for sent in desk.seen] == [b"sig=1", b"sig=2", b""]
    assert all("authorization" not in sent.headers for sent in desk.seen)


@pytest.mark.parametrize(
    ("answer", "wanted", "words"),
    [
        (httpx2.Response(403), Gone, "run out"),
        (httpx2.Response(502), ProviderError, "502"),
        (httpx2.Response(400, json={"code": "video_not_ready"}), ProviderError, "answers 400"),
        (httpx2.ReadError("reset"), ProviderError, "does not hand over"),
        (httpx2.Response(200, content=b"x" * 11), BadOutput, "more than 10 bytes"),
    ],
    ids=str,
)
def test_a_result_that_cannot_be_had_is_told_as_paid(
    answer: Any, wanted: type[ProviderError], words: str
) -> None:
    links = link("https://files.example/a?sig=topsecret")
    with pytest.raises(wanted, match=words) as told:
        asyncio.run(Desk(answer).wire().download(links, 10, where="C01"))
    assert told.value.charged == "yes"
    assert isinstance(told.value, Gone) == (wanted is Gone)
    assert "topsecret" not in str(told.value)


def test_no_key_and_no_signed_link_is_ever_in_words(caplog: pytest.LogCaptureFixture) -> None:
    said = f"key {KEY} may not fetch https://files.example/a.png?Signature=topsecret"
    caplog.set_level(logging.INFO)
    desk = Desk(httpx2.Response(400, json={"error": {"message": said}}))
    error = failing(desk, Refused)
    whole = [repr(error), str(error), repr(desk.wire()), "".join(traceback.format_exception(error))]
    for text in [*whole, caplog.text]:
        assert KEY not in text
        assert "topsecret" not in text
    assert "https://files.example/a.png?..." in str(error)


def test_a_socket_closed_after_the_request_is_one_call_and_lost() -> None:
    seen: list[bytes] = []

    async def rude(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.readuntil(b"\r\n\r\n"))
        writer.close()

    async def tried() -> None:
        server = await asyncio.start_server(rude, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        wire = Wire("Acme", f"http://127.0.0.1:{port}", {}, timeout=5)
        async with server:
            with pytest.raises(Lost):
                await wire.create("jobs", {})

    asyncio.run(tried())
    assert len(seen) == 1


def test_a_port_nobody_listens_at_costs_nothing() -> None:
    async def tried() -> None:
        server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        server.close()
        await server.wait_closed()
        with pytest.raises(ProviderError) as told:
            await Wire("Acme", f"http://127.0.0.1:{port}", {}, timeout=5).create("jobs", {})
        assert (type(told.value), told.value.charged) == (ProviderError, "no")

    asyncio.run(tried())


def test_looks_share_a_connection_and_a_create_call_has_its_own() -> None:
    used: list[int] = []
    opened = 0

    async def polite(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        me = opened
        try:
            while await reader.readline():
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                size = re.search(rb"content-length: (\d+)", head)
                await reader.readexactly(int(size.group(1)) if size else 0)
                used.append(me)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        finally:
            writer.close()

    async def tried() -> None:
        server = await asyncio.start_server(polite, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        wire = Wire("Acme", f"http://127.0.0.1:{port}", {}, timeout=5)
        await wire.look("a")
        await wire.look("b")
        await wire.create("jobs", {})
        await wire.look("c")
        server.close()

    asyncio.run(tried())
    assert used == [1, 1, 2, 1]
