"""The platform of open weights: a clip from its first and last picture, moved on this machine."""

from __future__ import annotations

import math
from importlib import import_module
from typing import TYPE_CHECKING, Any

from stillreel.providers import fit
from stillreel.providers.picture import opened
from stillreel.providers.seam import Delivered
from stillreel.shelf.diffusers import loading
from stillreel.shelf.diffusers.model import Family, Model, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stillreel.providers.ask import MotionAsk, Reference
    from stillreel.providers.seam import Job, Quote

    Pixels = NDArray[np.uint8]


def _wan(pictures: list[Any], rate: int) -> Words:  # noqa: ARG001 - the rate is trained in
    return dict(zip(("image", "last_image"), pictures, strict=False))


def _ltx(pictures: list[Any], rate: int) -> Words:
    kind = import_module("diffusers.pipelines.ltx2.pipeline_ltx2_condition").LTX2VideoCondition
    places = (0, -1)
    held = [kind(frames=one, index=at) for one, at in zip(pictures, places, strict=False)]
    return {"conditions": held, "frame_rate": float(rate)}


class DiffusersVideo(Model):
    """Moves a clip from its first picture to its last with a model that lies on this disk."""

    id = "diffusers-video"
    families = {  # noqa: RUF012 - a constant of the base
        "WanImageToVideoPipeline": Family(_wan, (), ("vae", "image_encoder")),
        "LTX2ConditionPipeline": Family(_ltx),
    }

    def quote(self, ask: MotionAsk) -> Quote:
        """Return no money, and the published times by length; own samples count once there are any.

        Raises:
            Refused: the offer has no such way of reading stills, size or length.
        """
        fit.readable(ask, self.offer)
        share = fit.form(ask, self.offer).seconds / self.offer.seconds[1]
        return self.timed(*(share * one for one in self.offer.prior_seconds))

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Move the clip and return the finished job: as long, as large and as fast as was asked.

        Raises:
            Refused: size, length or prompt are beyond the model.
            NotConfigured: the weights are not here, or cannot be loaded.
            MediaError: a picture cannot be read, or the encoder fails.
            ProviderError: the memory is full, or the model fails.
        """
        offer, told, family = self.offer, loading.weights(self.offer), self.family
        fit.readable(ask, offer)
        form, rate = fit.form(ask, offer), fit.rate(ask, offer)
        size = (form.width, form.height)
        ends = fit.frames(ask, offer)[: told.ends]
        pictures = [_opened(one, size, ask.subject) for one in ends]
        pipe = loading.opened(offer, family.exact)
        with loading.running(offer, ask.subject):
            film = pipe(
                prompt=ask.prompt,
                negative_prompt=told.negative or None,
                width=form.width,
                height=form.height,
                num_frames=count(ask, rate, told.frames),
                num_inference_steps=told.steps,
                guidance_scale=told.guidance,
                generator=loading.generator(ask.seed),
                output_type="np",
                **family.words(pictures, rate),
            ).frames[0]
        return self.done(key, Delivered(_encoded(film, rate, ask), "video/mp4"))


def count(ask: MotionAsk, rate: int, step: int) -> int:
    """Return the frames to order: enough for the clip at `rate`, and one more than `step` times."""
    needed = math.ceil(_length(ask) * rate / ask.fps)
    return math.ceil((needed - 1) / step) * step + 1


def shown(frame: int, fps: int, rate: int, made: int) -> int:
    """Return which of the `made` frames stands at a frame of the film; the last one holds.

    Args:
        frame: of the film, from 0.
        fps: of the film.
        rate: frames a second of the model.
        made: frames the model delivered.
    """
    return min(frame * rate // fps, made - 1)


def _length(ask: MotionAsk) -> int:
    return sum(panel.frames for panel in ask.board.panels)


def _opened(one: Reference, size: tuple[int, int], where: str) -> Any:  # noqa: ANN401
    """Return a picture as the libraries take it: cropped to the model's ratio, never stretched."""
    from stillreel.draw.motion import flat

    pixels = flat.opened(opened(one, where), *size, where)
    return import_module("PIL.Image").fromarray(pixels[:, :, ::-1].copy())


def _encoded(film: NDArray[np.float32], rate: int, ask: MotionAsk) -> bytes:
    """Return frames, (n, h, w, 3) RGB from 0 to 1, as a clip in the house form."""
    import numpy as np

    from stillreel.draw.motion.encode import Encoder
    from stillreel.draw.motion.planar import frame_view, from_bgr, put

    encoder = Encoder(ask.width, ask.height, ask.fps, ask.quality)
    buffer = np.empty((ask.height * 3 // 2, ask.width), np.uint8)
    last = -1
    for frame in range(_length(ask)):
        at = shown(frame, ask.fps, rate, len(film))
        if at != last:
            put(frame_view(buffer), from_bgr(_framed(film[at], ask.width, ask.height)))
        encoder.add(buffer, key=frame == 0)
        last = at
    return encoder.finish()


def _framed(frame: NDArray[np.float32], width: int, height: int) -> Pixels:
    """Return a frame as BGR in the film's size, cropped where the model's ratio is another."""
    import cv2
    import numpy as np

    high, wide = frame.shape[:2]
    scale = max(width / wide, height / high)
    cut = min(wide, round(width / scale)), min(high, round(height / scale))
    left, top = (wide - cut[0]) // 2, (high - cut[1]) // 2
    piece = frame[top : top + cut[1], left : left + cut[0], ::-1]
    pixels = np.asarray(np.clip(piece * 255.0 + 0.5, 0, 255), np.uint8)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), np.uint8)
