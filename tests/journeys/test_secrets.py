"""A film bought with real-looking keys: they are nowhere afterwards, whatever went wrong."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING

from commandline import IDEA, stillreel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SECRET = "sk-planted-Qx7Zr2Lm9Wv4"


@contextmanager
def stand_ins() -> Iterator[dict[str, str]]:
    """Serve the stand-ins as a user would, and give the environment that they print."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "stillreel", "rehearse", "--serve", str(port), "--pace", "600"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as up:
        try:
            assert up.stdout is not None
            told = dict[str, str]()
            for line in up.stdout:
                if not line.startswith("export "):
                    continue
                name, _, value = line.removeprefix("export ").strip().partition("=")
                told[name] = value
                if name.startswith("RUNWAY"):
                    break
            yield told
        finally:
            up.kill()


def test_a_planted_key_is_in_no_file_and_in_no_word_of_a_film_that_was_bought(
    tmp_path: Path,
) -> None:
    (tmp_path / "idea.md").write_text(IDEA)
    film = tmp_path / "film"
    assert stillreel("new", tmp_path / "idea.md", film, "--height", 144).code == 0
    text = (film / "film.toml").read_text()
    text = text.replace('clips = ["animatic"]', 'clips = ["ark"]')
    (film / "film.toml").write_text(text.replace('ceiling_usd = "0.00"', 'ceiling_usd = "5.00"'))
    assert stillreel("plan", film).code == 0
    with stand_ins() as found:
        planted = {**found, "ARK_API_KEY": SECRET}
        stage = found["STILLREEL_ARK_BASE_URL"].removesuffix("ark") + "_stage/faults"
        fault = json.dumps({"kind": "revoked", "vendor": "ark", "verb": "create"}).encode()
        urllib.request.urlopen(urllib.request.Request(stage, fault, method="POST")).close()
        refused = stillreel("run", film, "--max-spend", "5", **planted)
        bought = stillreel("run", film, "--max-spend", "5", "--json", **planted)
        shown = [stillreel(verb, film, **planted) for verb in ("status", "spend", "events")]
    assert (refused.code, bought.code) == (5, 0), refused.err + bought.err
    assert "ModelArk refuses: 401" in refused.err
    assert bought.json()["spent_usd"] != "0.00"
    for said in (refused, bought, *shown):
        assert SECRET not in said.out + said.err
    files = [path for path in film.rglob("*") if path.is_file()]
    assert len(files) > 20
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
