"""How much of a processor the stand-in vendors take for clip jobs: served, and inside a process.

    python benchmarks/rehearsal.py [JOBS]

A job is created, looked at until it has succeeded, and its clip is fetched. Prints jobs and
requests for one second of the stand-ins' own processor time, and the memory the server held.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

_SERVER = """
import asyncio, sys
from stillreel.rehearsal.clock import Scaled
from stillreel.rehearsal.house import app, serve
from stillreel.rehearsal.stage import Conditions
held = Conditions(slots=100_000, limits=False, haste=1000.0)
asyncio.run(serve(0, app(Scaled(1000.0), held), ready=lambda port: print(port, flush=True)))
"""
_BODY = {
    "model": "dreamina-seedance-2-0-260128",
    "content": [
        {"type": "text", "text": "Shot 1: Mara turns from the window and sits. " * 12},
        {
            "type": "image_url",
            "image_url": {"url": "https://cdn.example/board.png"},
            "role": "reference_image",
        },
    ],
    "resolution": "720p",
    "ratio": "16:9",
    "duration": 10,
    "generate_audio": False,
}
_TASKS = "/ark/contents/generations/tasks"
_LINES = 8


def body_of(number: int) -> bytes:
    return json.dumps({**_BODY, "seed": number, "safety_identifier": f"tag-{number}"}).encode()


class Inside:
    """The same calls without a socket: what the stand-ins take by themselves."""

    def __init__(self) -> None:
        from stillreel.rehearsal.clock import Virtual
        from stillreel.rehearsal.house import app
        from stillreel.rehearsal.stage import Conditions

        self.clock = Virtual()
        held = Conditions(slots=100_000, limits=False, accept=(0.0, 0.0))
        self.house = app(self.clock, held)

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        answered: list[dict] = []

        async def receive() -> dict:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: dict) -> None:
            answered.append(message)

        path, _, query = path.partition("?")
        headers = [(b"host", b"127.0.0.1"), (b"authorization", b"Bearer k")]
        scope = {"type": "http", "method": method, "path": path, "headers": headers}
        await self.house({**scope, "query_string": query.encode()}, receive, send)
        return answered[1]["body"]

    async def jobs(self, count: int) -> float:
        bodies = [body_of(number) for number in range(count)]
        began = time.process_time()
        made = [json.loads(await self.ask("POST", _TASKS, body))["id"] for body in bodies]
        self.clock.advance(80_000)
        for name in made:
            told = json.loads(await self.ask("GET", f"{_TASKS}/{name}"))
            address = told["content"]["video_url"]
            clip = await self.ask("GET", "/" + address.split("/", 3)[3])
            assert clip[4:8] == b"ftyp"
        return time.process_time() - began


class Line:
    """One kept-open connection with the least client that speaks the wire."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.requests = 0

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        self.requests += 1
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += f"Authorization: Bearer k\r\nContent-Length: {len(body)}\r\n\r\n"
        self.writer.write(head.encode() + body)
        answered = await self.reader.readuntil(b"\r\n\r\n")
        length = answered.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        return await self.reader.readexactly(int(length))

    async def job(self, number: int) -> None:
        made = json.loads(await self.ask("POST", _TASKS, body_of(number)))
        while True:
            told = json.loads(await self.ask("GET", f"{_TASKS}/{made['id']}"))
            if told["status"] == "succeeded":
                break
            await asyncio.sleep(0.002)
        address = told["content"]["video_url"]
        clip = await self.ask("GET", "/" + address.split("/", 3)[3])
        assert clip[4:8] == b"ftyp"


async def carry(port: int, jobs: int) -> int:
    lines = [Line(port) for _ in range(_LINES)]
    for line in lines:
        await line.open()
    numbers = iter(range(jobs))

    async def work(line: Line) -> None:
        for number in numbers:
            await line.job(number)

    await asyncio.gather(*(work(line) for line in lines))
    bill = json.loads(await lines[0].ask("GET", "/_stage/bill"))["total"]
    assert (bill["billed"], bill["duplicates"], bill["lost"]) == (jobs, 0, 0), bill
    return sum(line.requests for line in lines)


def processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def peak_mb(pid: int) -> float:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    server = subprocess.Popen([sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = int(server.stdout.readline())
        before, held, began = processor_seconds(server.pid), peak_mb(server.pid), time.monotonic()
        requests = asyncio.run(carry(port, jobs))
        spent = processor_seconds(server.pid) - before
        print(f"{jobs} clip jobs, {requests} requests in {time.monotonic() - began:.1f} s")
        print(
            f"server: {spent:.2f} CPU-s, {jobs / spent:.0f} jobs and {requests / spent:.0f} "
            f"requests a CPU-second, {held:.0f} -> {peak_mb(server.pid):.0f} MB"
        )
    finally:
        server.terminate()
        server.wait()
    spent = asyncio.run(Inside().jobs(jobs))
    print(f"inside: {spent:.2f} CPU-s, {jobs / spent:.0f} jobs a CPU-second")


if __name__ == "__main__":
    main()
