"""What the tests of signing share: a studio with a key, and tiny things to sign."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stillreel.trail.signing.nouns import Agent, Identity, Ingredient, Made, Receipt
from stillreel.trail.signing.sign import sign

NOW = datetime.now(UTC)
EKUS = "1.3.6.1.4.1.62558.2.1\n1.3.6.1.5.5.7.3.4\n1.3.6.1.5.5.7.3.36\n1.3.6.1.5.5.7.3.8"
MODEL = Agent("a-model", "2.0", trained=True)
PENCIL = Agent("a-pencil", "1")


def read(path: Path, anchors: str = "", manifest: bytes | None = None) -> Any:
    """Return the library's own reader of a file, offline, trusting `anchors`."""
    import c2pa

    settings: dict[str, dict[str, Any]] = {
        "verify": {"remote_manifest_fetch": False},
        "trust": {"trust_config": EKUS, **({"user_anchors": anchors} if anchors else {})},
    }
    kinds = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp", ".mp4": "video/mp4"}
    kind, data = kinds[path.suffix], io.BytesIO(path.read_bytes())
    context = c2pa.Context.from_dict(settings)
    if manifest is not None:
        return c2pa.Reader(kind, data, manifest, context=context)
    return c2pa.Reader(kind, data, context=context)


def second_opinion(path: Path, anchors: str = "") -> Any:
    """Return the report of the independent validator, offline and without its telemetry."""
    import encypher_c2pa

    return encypher_c2pa.verify(path, trust_pem=anchors or None, telemetry=False, online=False)


@dataclass
class Studio:
    """A folder to work in and the key of a machine."""

    folder: Path
    key: Identity
    root: str

    def picture(self, name: str, seed: int = 0) -> Path:
        """Return a new little picture, in the format its name ends with."""
        import cv2
        import numpy as np

        path = self.folder / name
        pixels = np.random.default_rng(seed).integers(0, 255, (48, 64, 3), dtype=np.uint8)
        assert cv2.imwrite(str(path), pixels)
        return path

    def clip(self, name: str, frames: int = 6) -> Path:
        """Return a new little MP4 with pictures that move."""
        import av
        import numpy as np

        path = self.folder / name
        with av.open(str(path), "w", options={"movflags": "faststart"}) as box:
            box.metadata["title"] = "a little clip"
            stream = box.add_stream("mpeg4", rate=24)
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            for index in range(frames):
                pixels = np.full((48, 64, 3), 20 * index % 256, dtype=np.uint8)
                box.mux(stream.encode(av.VideoFrame.from_ndarray(pixels)))
            box.mux(stream.encode())
        return path

    def sign(self, source: Path, name: str, made: Made) -> Receipt:
        """Sign into the folder, under a new name, with the key of the machine."""
        return sign(source, self.folder / name, made, self.key, now=NOW)

    def chain(self, sheet: Path | None = None) -> tuple[Path, Path, Path, Path]:
        """Sign a sheet, a panel cut from it, a clip made from the panel, and a film of the clip."""
        if sheet is None:
            drawn = self.picture("sheet-drawn.png", 1)
            sheet = self.sign(drawn, "sheet.png", made("sheet", agents=(PENCIL,))).path
        cut = made("panel", Ingredient(sheet, "parentOf"), edits=("cropped", "resized"))
        panel = self.sign(self.picture("cut.png", 2), "panel.png", cut).path
        moved = replace(
            made("clip", Ingredient(panel, "inputTo"), agents=(MODEL,)),
            source_type="trainedAlgorithmicMedia",
        )
        clip = self.sign(self.clip("moved.mp4"), "clip.mp4", moved).path
        joined = replace(
            made("film", Ingredient(clip, "componentOf"), agents=(PENCIL, MODEL)),
            source_type="compositeWithTrainedAlgorithmicMedia",
            edits=("edited", "transcoded"),
            ledger_head="ab" * 32,
        )
        film = self.sign(self.clip("joined.mp4", 9), "film.mp4", joined).path
        return sheet, panel, clip, film


def made(kind: Any, *ingredients: Ingredient, agents: Any = (PENCIL,), edits: Any = ()) -> Made:
    """Return something made by rules at a known time."""
    return Made(
        kind=kind,
        title=f"the {kind}",
        source_type="algorithmicMedia",
        agents=agents,
        at=NOW,
        ingredients=ingredients,
        edits=edits,
        take=f"take-of-{kind}",
        prompt_sha256="cd" * 32,
    )


def crjson(path: Path, anchors: str = "") -> Any:
    """Return the crJSON report of a file."""
    return json.loads(read(path, anchors).crjson())
