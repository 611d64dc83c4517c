"""Reading never reaches for the network, whatever a file points at."""

from __future__ import annotations

import io
import socket
import struct
import threading
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import c2pa
import pytest

from stillreel.trail.read import read
from throwaway import authority, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Listener:
    """A server on this machine that counts who comes."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        hits = self.hits

        class Counting(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hits.append(self.path)
                self.send_error(404)

            do_POST = do_GET  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Counting)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    thread = threading.Thread(target=one.server.serve_forever, args=(0.01,))
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


def pointing_at(url: str) -> bytes:
    xmp = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:dcterms="http://purl.org/dc/terms/" dcterms:provenance="{url}/manifest.c2pa"/></rdf:RDF>
</x:xmpmeta>""".encode()
    body = b"iTXtXML:com.adobe.xmp\0\0\0\0\0" + xmp
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return picture()[:33] + chunk + picture()[33:]


def test_a_manifest_elsewhere_is_told_of_and_not_fetched(
    tmp_path: Path, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "still.png"
    path.write_bytes(pointing_at(listener.url))
    monkeypatch.setattr(socket.socket, "connect", _refused)
    found = read(path)
    assert found.state == "NoManifest"
    assert found.remote_manifest == f"{listener.url}/manifest.c2pa"
    assert "which is not fetched" in found.findings[-1].sentence
    assert listener.hits == []


def test_the_library_would_have_fetched_it_so_the_count_means_something(listener: Listener) -> None:
    with pytest.raises(c2pa.C2paError):
        c2pa.Reader("image/png", io.BytesIO(pointing_at(listener.url)), context=c2pa.Context())
    assert listener.hits == ["/manifest.c2pa"]


def test_a_certificate_that_names_a_revocation_address_is_not_asked_about(
    tmp_path: Path, listener: Listener
) -> None:
    signer = authority().signer(ocsp=f"{listener.url}/ocsp")
    path = tmp_path / "still.png"
    path.write_bytes(signer.sign(picture()))
    found = read(path, anchors=authority().anchors(tmp_path))
    assert found.state == "Trusted"
    assert "signingCredential.ocsp.skipped" in found.informational_codes
    assert listener.hits == []


def _refused(*_: object) -> None:
    raise OSError("no network in this test")
