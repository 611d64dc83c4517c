"""The house over a real socket: who may come in, the control plane, clients that die."""

from __future__ import annotations

import asyncio
import json
import socket
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from rehearsal.theatre import EXAMPLES, KEYS, Theatre
from stillreel.rehearsal.clock import Scaled
from stillreel.rehearsal.faults import Fault
from stillreel.rehearsal.house import app, serve
from stillreel.rehearsal.stage import Conditions

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.rehearsal.house import House

PATH = "/ark" + EXAMPLES["ark"].path


def played(play: Callable[[int], Awaitable[None]], house: House) -> None:
    async def evening() -> None:
        port: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        server = asyncio.ensure_future(serve(0, house, ready=port.set_result))
        try:
            await play(await port)
        finally:
            server.cancel()
            await asyncio.wait({server})

    asyncio.run(evening())


def test_it_is_served_on_this_machine_and_survives_its_clients() -> None:
    house = app(Scaled(1000.0), Conditions(haste=100.0, accept=(50.0, 50.0), list_lag=0.0))

    async def play(port: int) -> None:
        async with httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", headers=KEYS["ark"]
        ) as client:
            made = (await client.post(PATH, json=EXAMPLES["ark"].body)).json()
            said: dict[str, Any] = {"status": ""}
            while said["status"] != "succeeded":
                said = (await client.get(f"{PATH}/{made['id']}")).json()
            clip = await client.get(said["content"]["video_url"])
            assert clip.content[4:8] == b"ftyp"

            house.stage.faults.add(Fault("drop-after", "ark"))
            with pytest.raises(httpx2.RemoteProtocolError):
                await client.post(PATH, json=EXAMPLES["ark"].body)
            house.stage.faults.add(Fault("drop-before", "ark"))
            with pytest.raises(httpx2.RemoteProtocolError):
                await client.post(PATH, json=EXAMPLES["ark"].body)

            # A client that sends the whole request and dies before the answer.
            body = json.dumps(EXAMPLES["ark"].body).encode()
            head = f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer k\r\n"
            head += f"Content-Length: {len(body)}\r\n\r\n"
            with socket.create_connection(("127.0.0.1", port)) as dying:
                dying.sendall(head.encode() + body)
                await asyncio.sleep(0.02)
            # A client that dies in the middle of its request.
            with socket.create_connection(("127.0.0.1", port)) as dying:
                dying.sendall(head.encode() + body[:20])
            await asyncio.sleep(0.2)
            bill = (await client.get("/_stage/bill")).json()["total"]
            assert (bill["posts"], bill["jobs"]) == (4, 3)

    played(play, house)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", ""])
def test_a_page_from_elsewhere_cannot_call(theatre: Theatre, host: str) -> None:
    answer = theatre.ask("ark", "GET", EXAMPLES["ark"].path, headers={"host": host})
    assert answer.status_code == 403
    assert theatre.ask("", "GET", "/_stage/bill", headers={"host": host}).status_code == 403
    origin = {"origin": f"https://{host}"}
    assert theatre.ask("", "POST", "/_stage/reset", headers=origin).status_code == 403


def test_the_control_plane_tells_the_bill_and_what_was_seen(theatre: Theatre) -> None:
    theatre.create("ark")
    theatre.create("pollo")
    theatre.to_the_end()
    bill = theatre.stage("GET", "/bill")
    assert bill["total"]["micros"] == 762_300 + 1_000_000
    assert bill["vendors"]["ark"] == {
        "posts": 1,
        "jobs": 1,
        "billed": 1,
        "micros": 762_300,
        "duplicates": 0,
        "double_posts": 0,
        "lost": 1,
    }
    (post,) = theatre.stage("GET", "/seen?vendor=ark")["posts"]
    assert (post["tag"], post["status"]) == ("run7-shot03-try1-6f2c", 200)
    (charge,) = theatre.stage("GET", "/charges?vendor=pollo")["charges"]
    assert (charge["units"], charge["job"]) == (100, "pollo00000001")


def test_faults_are_set_over_the_control_plane(theatre: Theatre) -> None:
    said = theatre.stage("POST", "/faults", json={"kind": "busy", "vendor": "ark", "times": 2})
    assert said["fired"] == {}
    assert [theatre.create("ark").status_code for _ in range(3)] == [429, 429, 200]
    assert theatre.stage("GET", "/faults")["fired"] == {"ark/create/busy": 2}
    theatre.stage("POST", "/faults", json={"kind": "busy", "times": 0})
    theatre.stage("DELETE", "/faults")
    assert theatre.create("ark").status_code == 200
    for wrong in ({"kind": "gremlins"}, {"kind": "busy", "colour": "red"}):
        assert theatre.ask("", "POST", "/_stage/faults", json=wrong).status_code == 400


def test_the_clock_is_moved_over_the_control_plane(theatre: Theatre) -> None:
    before = theatre.stage("GET", "/clock")["now"]
    assert theatre.stage("POST", "/clock", json={"advance": 30})["now"] == before + 30
    theatre.create("ark")
    assert theatre.stage("POST", "/clock", json={"leap": True})["now"] > before + 30
    assert theatre.ask("", "POST", "/_stage/clock", json={"factor": 5}).status_code == 400


def test_a_reset_forgets_everything(theatre: Theatre) -> None:
    made = theatre.create("ark")
    theatre.stage("POST", "/reset")
    assert theatre.stage("GET", "/bill")["total"]["posts"] == 0
    assert theatre.look("ark", made).status_code == 404
    assert theatre.create("ark").json() == made.json(), "the same play from the start"


def test_unknown_places_are_404(theatre: Theatre) -> None:
    assert theatre.ask("", "GET", "/nowhere").status_code == 404
    assert theatre.ask("ark", "GET", "/nowhere").json()["error"]["code"] == "ResourceNotFound"


def test_a_whole_evening_is_the_same_for_the_same_seed() -> None:
    def evening(seed: int) -> object:
        theatre = Theatre(Conditions(seed=seed, moderated=0.2, failing=0.1))
        theatre.fault("busy", times=0, chance=0.2)
        for number in range(20):
            theatre.create("ark", seed=number)
        theatre.to_the_end()
        return theatre.house.stage.meter.document(), theatre.clock.now()

    assert evening(1) == evening(1) != evening(2)
