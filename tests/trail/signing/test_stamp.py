"""Time-stamps: a service of our own on this machine dates the signatures (RFC 3161)."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from stillreel.errors import ProviderError
from stillreel.trail.signing.keys import identity_from_callback, studio_key
from trail.signing import papers
from trail.signing.rooms import NOW, Studio, made, read

OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="needs openssl to answer as a service")
_CONFIG = """
[tsa]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
certs = {folder}/root.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
"""


@dataclass
class Service:
    """A time-stamping service on the loopback."""

    url: str
    root: str
    asked: list[bytes]
    sane: threading.Event
    """Set while it answers what was asked."""


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A running service with its own root; it notes every query."""
    folder = tmp_path / "tsa"
    folder.mkdir()
    above, key = papers.root(NOW, "A Time Root"), papers.new_key("rsa2048")
    stamps = papers.certificate(
        key, NOW, above, called="A Clock", purposes=(ExtendedKeyUsageOID.TIME_STAMPING,)
    )
    (folder / "root.pem").write_bytes(papers.pem(above[0]))
    (folder / "tsa.pem").write_bytes(papers.pem(stamps))
    (folder / "tsa.key").write_bytes(papers.key_pem(key))
    (folder / "serial").write_text("01\n")
    (folder / "tsa.cnf").write_text(_CONFIG.format(folder=folder))
    asked: list[bytes] = []
    sane = threading.Event()
    sane.set()

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(query)
            (folder / "query").write_bytes(query)
            command = [str(OPENSSL), "ts", "-reply", "-config", str(folder / "tsa.cnf")]
            command += ["-section", "tsa", "-queryfile", str(folder / "query")]
            done = subprocess.run(
                [*command, "-out", str(folder / "reply")], capture_output=True, check=False
            )
            assert done.returncode == 0, done.stderr
            reply = (folder / "reply").read_bytes() if sane.is_set() else b"sorry"
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: Any) -> None:
            """Keep the test quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Service(
        f"http://127.0.0.1:{server.server_port}/", papers.pem(above[0]).decode(), asked, sane
    )
    server.shutdown()
    thread.join()
    server.server_close()


def in_2031(path: Path, studio: Studio, clock: str = "") -> str:
    """Return what an independent validator will say of the signer in five years."""
    import encypher_c2pa

    report = encypher_c2pa.verify(
        path,
        trust_pem=studio.root,
        tsa_trust_pem=clock or None,
        no_default_trust=True,
        validation_time="2031-01-01T00:00:00Z",
        telemetry=False,
        online=False,
    )
    assert report["integrity"] == "valid"
    return str(report["trust"]["status"])


def test_a_dated_signature_outlives_its_key(
    studio: Studio, service: Service, tmp_path: Path
) -> None:
    source = studio.picture("drawn.png")
    bare = studio.sign(source, "bare.png", made("sheet")).path
    dated = replace(studio, key=studio_key(tmp_path / "keys", now=NOW, time_stamp_url=service.url))
    signed = dated.sign(source, "dated.png", made("sheet")).path
    assert len(service.asked) == 1
    anchors = studio.root + service.root
    assert read(signed, anchors).get_active_manifest()["signature_info"]["time"]
    assert "time" not in read(bare, anchors).get_active_manifest()["signature_info"]
    assert read(signed, anchors).get_validation_state() == "Trusted"
    assert in_2031(signed, studio, service.root) == "valid_for_supplied_material"
    assert in_2031(signed, studio) == "not_valid_for_supplied_material"
    assert in_2031(bare, studio, service.root) == "not_valid_for_supplied_material"


def test_a_key_kept_elsewhere_is_dated_too(studio: Studio, service: Service) -> None:
    key, above = papers.new_key(), papers.root(NOW)
    identity = identity_from_callback(
        lambda data: key.sign(data, ec.ECDSA(hashes.SHA256())),
        papers.pem(papers.certificate(key, NOW, above)),
        now=NOW,
        time_stamp_url=service.url,
    )
    own = replace(studio, key=identity)
    signed = own.sign(studio.clip("moved.mp4"), "clip.mp4", made("clip")).path
    anchors = papers.pem(above[0]).decode() + service.root
    assert read(signed, anchors).get_active_manifest()["signature_info"]["time"]
    assert read(signed, anchors).get_validation_state() == "Trusted"


def test_a_service_that_does_not_answer_is_a_sentence(studio: Studio, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        dated = replace(studio, key=studio_key(tmp_path / "keys", now=NOW, time_stamp_url=url))
        with pytest.raises(ProviderError, match="no answer that can be used"):
            dated.sign(studio.picture("drawn.png"), "signed.png", made("sheet"))
    assert [path.name for path in studio.folder.iterdir()] == ["drawn.png"]


def test_a_service_that_answers_nonsense_is_a_sentence(
    studio: Studio, service: Service, tmp_path: Path
) -> None:
    service.sane.clear()
    dated = replace(studio, key=studio_key(tmp_path / "keys", now=NOW, time_stamp_url=service.url))
    with pytest.raises(ProviderError, match="no answer that can be used"):
        dated.sign(studio.picture("drawn.png"), "signed.png", made("sheet"))
    assert service.asked
    assert [path.name for path in studio.folder.iterdir()] == ["drawn.png"]
