"""bench survival on the command line: offline by itself, and a vendor only when told twice."""

from __future__ import annotations

import json
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from stillreel.cli.door import run
from stillreel.errors import ProviderError
from stillreel.providers import registry
from stillreel.providers.checking import Checked
from stillreel.shelf.gpt_image import check

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ANSWER = {
    "object": "content_provenance_check",
    "created_at": 1782900000,
    "results": [
        {"type": "c2pa", "outcome": "not_detected", "issuer": None, "validation_state": None},
        {"type": "synthid", "outcome": "detected", "model": None, "generated_at": None},
    ],
}


class Vendor:
    """A server on this machine that answers a check as it is published."""

    def __init__(self) -> None:
        self.bodies: list[tuple[str, str, bytes]] = []
        bodies = self.bodies

        class Checking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                bodies.append((self.path, self.headers["Content-Type"], body))
                told = json.dumps(ANSWER).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Checking)
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def vendor(monkeypatch: pytest.MonkeyPatch) -> Iterator[Vendor]:
    one = Vendor()
    monkeypatch.setenv("STILLREEL_GPT_IMAGE_BASE_URL", one.url)
    monkeypatch.setenv("OPENAI_API_KEY", "a-key-of-this-test-1234")
    registry.forget()
    thread = threading.Thread(target=one.server.serve_forever, args=(0.01,))
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()
    registry.forget()


@pytest.fixture
def still(tmp_path: Path) -> Path:
    path = tmp_path / "grass.png"
    across, down = np.meshgrid(np.arange(640), np.arange(360))
    hills = 120 + 40 * np.sin(across / 47 + down / 90)
    grass = hills + np.random.default_rng(1).normal(0, 3, hills.shape)
    cv2.imwrite(str(path), np.clip(grass, 16, 235).astype(np.uint8))
    return path


def test_a_still_is_moved_here_and_by_a_stand_in_and_nobody_else_is_asked(
    still: Path,
    vendor: Vendor,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hosts: set[object] = set()
    connect = socket.socket.connect

    def recorded(one: socket.socket, address: tuple[object, ...]) -> None:
        hosts.add(address[0])
        connect(one, address)

    monkeypatch.setattr(socket.socket, "connect", recorded)
    before = dict(os.environ)
    page = tmp_path / "page.md"
    assert run(["bench", "survival", str(still), "--json", "--out", str(page)]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert told["format"] == 1
    rows = {row["change"]: row["cells"] for row in told["results"][0]["rows"]}
    held = [cell["outcome"] for cell in rows["moved by the animatic, camera held"]]
    assert held == ["lost", "lost", "lost", "survived"]
    (stand_in,) = (name for name in rows if name.endswith("(stand-in)"))
    assert [cell["outcome"] for cell in rows[stand_in]] == ["lost"] * 3 + ["not testable"]
    assert "what a vendor puts into its own is not known here" in rows[stand_in][0]["told"]
    assert {one["what"] for one in told["not_testable"]} >= {"what platforms do with an upload"}
    assert "grass.png: JPEG 90" in said.err
    assert "command: `stillreel bench survival grass.png`" in page.read_text()
    assert vendor.bodies == []
    assert hosts == {"127.0.0.1"}
    assert dict(os.environ) == before


def test_a_vendor_is_only_asked_when_its_number_of_pictures_was_agreed_to(
    still: Path, vendor: Vendor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["bench", "survival", str(still), "--ask-vendor"]) == 4
    said = capsys.readouterr()
    assert said.out == ""
    assert "would be sent up to" in said.err
    assert "No price is published" in said.err
    assert vendor.bodies == []
    most = said.err.strip().rpartition(" ")[2]
    words = ["bench", "survival", str(still), "--ask-vendor", "--max-asks", most, "--json"]
    assert run(words) == 0
    rows = json.loads(capsys.readouterr().out)["results"][0]["rows"]
    assert {row["cells"][-1]["signal"] for row in rows} == {"vendor"}
    assert rows[0]["cells"][-1]["outcome"] == "survived"
    assert 1 < len(vendor.bodies) <= int(most)
    assert {path for path, _, _ in vendor.bodies} == {"/v1/content_provenance_checks"}
    _, kind, body = vendor.bodies[0]
    assert kind.startswith("multipart/form-data; boundary=")
    assert b'name="file"' in body
    assert still.read_bytes() in body


def test_without_a_key_there_is_nobody_to_ask(
    still: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    registry.forget()
    assert run(["bench", "survival", str(still), "--ask-vendor", "--max-asks", "99"]) == 6
    assert "stillreel keys" in capsys.readouterr().err


def test_a_film_without_takes_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["bench", "survival", "--film", str(tmp_path)]) == 2
    assert "stillreel run" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_answer_is_read_as_it_is_published() -> None:
    assert check.read(ANSWER) == Checked(pixels=True, manifest=False)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {**ANSWER, "object": "error"},
        {**ANSWER, "results": [{"type": "synthid", "outcome": "maybe"}]},
        {**ANSWER, "results": "none"},
    ],
)
def test_an_answer_of_another_shape_is_no_verdict(wrong: dict[str, object]) -> None:
    with pytest.raises(ProviderError, match="another shape"):
        check.read(wrong)
