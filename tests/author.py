"""A language model on loopback: answers written by hand, and every request it saw."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ANSWERS = Path(__file__).parent / "data" / "writer"
TOKENS = {"prompt_tokens": 2_000, "completion_tokens": 3_000, "total_tokens": 5_000}
"""What every answer is billed for."""

Reply = bytes | int | None
"""A body, the status of a refusal, or nothing: the connection is closed on whoever asked."""


class Author:
    """A house that speaks the form of OpenAI's chat; `says` decides what comes back."""

    def __init__(self) -> None:
        self.prompts: list[str] = []
        self.says: Callable[[str], Reply] = recorded

    @property
    def posts(self) -> int:
        return len(self.prompts)

    def heard(self, body: dict[str, Any]) -> Reply:
        # Houses differ in where the words stand.
        said = body.get("messages") or body["contents"]
        words = said[-1].get("content") or said[-1]["parts"]
        prompt = words if isinstance(words, str) else words[-1]["text"]
        self.prompts.append(prompt)
        return self.says(prompt)


def recorded(prompt: str) -> Reply:
    """The answers in `data/writer`, to whichever pass is asked."""
    return chat(text_of("snow-C01" if prompt.startswith("Turn clip") else "snow-beats"))


def text_of(name: str) -> str:
    return (ANSWERS / f"{name}.json").read_text("utf-8")


def chat(text: str, finish: str = "stop") -> bytes:
    """The body of an answer."""
    said = {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
    told = {"id": "chat-1", "object": "chat.completion", "created": 1, "model": "stand-in"}
    return json.dumps({**told, "choices": [said], "usage": TOKENS}).encode()


@contextmanager
def at_home(author: Author) -> Iterator[str]:
    """Serve an author on loopback while the block runs, and lend its address."""

    class Door(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            reply = author.heard(json.loads(body))
            if reply is None:
                self.connection.close()
                return
            status, data = (reply, b"{}") if isinstance(reply, int) else (200, reply)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
