"""One human figure from start to end: measures, pose, bones, then every part back to front."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from stillreel.draw.figure.acts import pose_of
from stillreel.draw.figure.armour import armour, pauldron, scarf
from stillreel.draw.figure.clothes import Dresser
from stillreel.draw.figure.hands import Grip, draw_hand, grip_point
from stillreel.draw.figure.head import draw_head, features_of
from stillreel.draw.figure.held import held_prop, rise_of
from stillreel.draw.figure.limbs import bare_arm, foot, leg_skin, sleeve, trouser_leg, yoke
from stillreel.draw.figure.proportion import measures_of
from stillreel.draw.figure.skeleton import build
from stillreel.draw.figure.sketch import Sketch, chain, darker
from stillreel.draw.figure.skinmarks import limb_marks, neck_marks
from stillreel.draw.figure.skirts import Cloak, Skirt, apron
from stillreel.draw.figure.skull import Skull
from stillreel.draw.figure.view import View, normalised
from stillreel.draw.figure.wardrobe import dressed
from stillreel.draw.marks import rgb

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from stillreel.draw.figure.pose import Pose
    from stillreel.draw.figure.wardrobe import Cloth
    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Action, Emotion, Identity, Prop

    Array = NDArray[np.float64]


def draw(
    identity: Identity,
    camera: Camera,
    *,
    action: Action = "stand",
    phase: float = 0.0,
    origin: tuple[float, float, float] = (0.0, 0.0, 0.0),
    heading: float = 0.0,
    emotion: Emotion = "neutral",
    gaze: tuple[float, float] = (0.0, 0.0),
    mouth: float = 0.0,
    blink: float = 0.0,
    holds: Prop | None = None,
    supported: bool = False,
    seed: int = 0,
) -> tuple[Shape, ...]:
    """Return the shapes of one person, back to front.

    Args:
        identity: who it is.
        camera: where it is seen from.
        action: what the body does.
        phase: 0 to 1 through the action's cycle.
        origin: metres; the point between the feet on the ground, or, with `supported`, the point
            of the support under the seat (sitting) or under the middle of the back (lying).
        heading: degrees; 0 faces +z (the audience), 90 faces +x (frame right).
        emotion: what brows, lids and mouth show.
        gaze: where the eyes look in the head, -1 to 1: toward the own left, up.
        mouth: 0 shut to 1 wide open.
        blink: 0 open to 1 shut.
        holds: what the right hand holds.
        supported: whether something carries the body: a chair, a branch, a bed.
        seed: turns the idle asymmetry of the pose, so that a crowd does not stand alike.
    """
    # Frozen pydantic models hash, though their stubs do not say so.
    drawn = _drawing(
        identity,  # pyright: ignore[reportArgumentType]
        camera,
        action,
        phase,
        origin,
        heading,
        emotion,
        holds,  # pyright: ignore[reportArgumentType]
        supported,
        seed,
    )
    body, pose = drawn.body, drawn.body.pose
    features = features_of(
        body, emotion, gaze, min(1.0, mouth + pose.gape), max(blink, pose.shut), pose.smile
    )
    return drawn.before + features + drawn.after


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A posed body, but for the features of the face."""

    body: _Person
    before: tuple[Shape, ...]
    after: tuple[Shape, ...]


@lru_cache(maxsize=64)
def _drawing(
    identity: Identity,
    camera: Camera,
    action: Action,
    phase: float,
    origin: tuple[float, float, float],
    heading: float,
    emotion: Emotion,
    holds: Prop | None,
    supported: bool,
    seed: int,
) -> _Drawing:
    """Draw a body once for all the blinks and words of one pose."""
    pose = pose_of(
        action, phase, supported=supported, emotion=emotion, seed=seed, holds=holds is not None
    )
    body = _Person(identity, camera, pose, origin, heading)
    body.legs()
    body.trunk()
    for side in (0, 1):
        body.arm(side, holds if side == 1 else None)
    features = draw_head(body, emotion, pose.smile)
    body.dresser.spine.settle(body.pad)
    before, after = body.pad.around(features)
    body.pad.parts.clear()
    return _Drawing(body, before, after)


def forget() -> None:
    """Let go of all drawings kept for the next blink."""
    _drawing.cache_clear()


class _Person:
    """One posed body on a pad."""

    def __init__(
        self,
        identity: Identity,
        camera: Camera,
        pose: Pose,
        origin: tuple[float, float, float],
        heading: float,
    ) -> None:
        self.identity = identity
        self.camera = camera
        self.pose = pose
        self.shape = measures_of(identity)
        self.bones = build(self.shape, pose, origin, heading)
        bones = self.bones
        self.middle = bones.neck * 0.5 + bones.pelvis * 0.5
        self.view = View(camera, self.middle, self.shape.height)
        self.pad = Sketch(self.view, identity.id)
        self.skin = rgb(identity.skin)
        self.accent = rgb(identity.accent)
        self.wear = dressed(identity.outfit, identity.accent)
        self.skull = Skull(self.shape, bones)
        self.dresser = Dresser(self.pad, self.shape, bones, self.wear, self.accent)
        self.depth = self.view.depth(self.middle)
        self.tall = self.shape.height
        self._seated: list[Array] = []

    def legs(self) -> None:
        """Draw legs and feet; raised thighs that come toward the camera go over the trunk."""
        middles, folded = [], []
        wear = self.wear
        covered = any(c and wear.hem(c) for c in (wear.top, wear.over, wear.skirt))
        for side in (0, 1):
            hip, knee, ankle = (self.bones.hip[side], self.bones.knee[side], self.bones.ankle[side])
            middle = self.view.depth((hip + knee * 1.5 + ankle) / 3.5)
            thigh = normalised(knee - hip)
            bent = float(thigh @ -self.bones.hips[:, 1]) < 0.72
            ahead = self.depth - middle
            if covered or not (bent and ahead > 0.02 * self.tall):
                middle = self.depth + 0.10 * self.tall + 0.3 * (middle - self.depth)
            middles.append(middle)
            folded.append(bent)
        near = 0 if middles[0] < middles[1] else 1
        for side in (0, 1):
            self.pad.part(middles[side])
            self._leg(side, seat=side != near or any(folded))
            if side == near and not any(folded):
                self._seat()

    def _seat(self) -> None:
        """Cover the tops of both thighs, so that the seat of the trousers reads as one."""
        cloth = self.wear.legs
        if cloth:
            trunk = self.dresser.trunk(cloth, -0.008)
            groups = trunk.groups(self.view, -0.07, 0.20)
            self.pad.solid(groups, "cloth", cloth.colour, outline=0.0)

    def _leg(self, side: int, *, seat: bool) -> None:
        wear, pad, shape, bones = self.wear, self.pad, self.shape, self.bones
        boots = wear.feet is not None and wear.feet.kind == "boots"
        bare = wear.legs is None or wear.legs.kind == "shorts"
        if bare:
            leg_skin(pad, shape, bones, side, self.skin)
        if not boots:
            foot(pad, shape, bones, side, wear, self.skin)
        if wear.legs:
            groups = self._rump(wear.legs) if seat else []
            trouser_leg(pad, shape, bones, side, wear.legs, groups, tucked=boots)
        if boots:
            foot(pad, shape, bones, side, wear, self.skin)

    def _rump(self, cloth: Cloth) -> list[Array]:
        """Return the seat of the trousers, worked out once for both legs."""
        if not self._seated:
            self._seated = self.dresser.trunk(cloth).groups(self.view, -0.12, 0.21)
        return self._seated

    def trunk(self) -> None:
        """Draw neck, trunk and all that is worn on it."""
        pad, wear, shape, bones = self.pad, self.wear, self.shape, self.bones
        cloak = Cloak(pad, shape, bones, wear.cloak.colour) if wear.cloak else None
        if cloak:
            pad.part(self.depth + 0.5 * self.tall)
            cloak.lining()
        lap = self.view.depth((bones.knee[0] + bones.knee[1]) / 2) < self.depth - 0.08 * self.tall
        if not lap:
            pad.part(self.depth + 0.03 * self.tall)
            self._hanging()
        pad.part(self.depth)
        self._neck()
        if not wear.over:
            self.dresser.bodice(wear.top)
            self.dresser.neckline(self.skin)
            self.dresser.belt()
        else:
            self.dresser.bodice(wear.over)
            self.dresser.opening(self.skin)
        armour(self.dresser)
        self.dresser.folds()
        if lap:
            self._hanging()
        if wear.apron:
            apron(pad, self._apron_skirt(), wear.apron.colour)
        if cloak and self.view.facing(bones.neck[None], bones.chest[:, 2][None])[0] > 0:
            pad.part(self.depth - 0.10 * self.tall)
            cloak.mantle(self.accent)
        scarf(self.dresser)
        if cloak:
            pad.part(self.depth - 0.16 * self.tall)
            cloak.fall()

    def _neck(self) -> None:
        bones, shape, up = self.bones, self.shape, self.bones.head[:, 1]
        base = (
            bones.neck
            - bones.chest[:, 1] * 0.025 * self.tall
            - bones.chest[:, 2] * 0.006 * self.tall
        )
        top = bones.skull + up * 0.16 * shape.head - bones.head[:, 2] * 0.05 * shape.head
        groups = chain(self.view, [base, top], [shape.neck_radius * 1.12, shape.neck_radius])
        self.pad.solid(groups, "skin", self.skin, form=0.012 * self.tall, outline=0.8)
        if self.view.tall < 110:
            return
        low = (base + top * 2) / 3
        shade = chain(self.view, [low, top], [shape.neck_radius * 0.99, shape.neck_radius])
        self.pad.solid(shade, "skin", darker(self.skin, 0.20), outline=0.0, shade=0.3)
        neck_marks(self.pad, shape, bones, self.identity.marks)

    def _hanging(self) -> None:
        wear = self.wear
        for cloth in (wear.skirt, wear.top, wear.over):
            if cloth is None:
                continue
            hem = wear.hem(cloth)
            if hem is None:
                continue
            trunk = self.dresser.trunk(cloth)
            length, flare = hem
            Skirt(self.shape, self.bones, trunk, length, flare).draw(self.pad, cloth.colour)

    def _apron_skirt(self) -> Skirt:
        base = self.wear.over or self.wear.skirt or self.wear.top
        hem = self.wear.hem(base)
        flare = hem[1] + 0.006 if hem else 0.02
        trunk = self.dresser.trunk(self.wear.top, 0.004)
        return Skirt(self.shape, self.bones, trunk, 0.46, flare)

    def arm(self, side: int, holds: Prop | None) -> None:
        """Draw one arm, its sleeve, the hand and what it holds."""
        bones, shape, pad, wear = self.bones, self.shape, self.pad, self.wear
        middle = (bones.shoulder[side] * 0.7 + bones.elbow[side] * 1.3 + bones.wrist[side]) / 3
        pad.part(self.view.depth(middle) - 0.022 * self.tall)
        cloth = wear.outer
        length = wear.sleeve(cloth)
        pose = self.pose
        curl, point = (pose.curl_r, pose.point_r) if side else (pose.curl_l, pose.point_l)
        arm = bare_arm(pad, shape, bones, side, length) if length < 0.9 else []
        held: Callable[[], None] | None = None
        if holds is not None:
            curl, point = max(curl, 0.72), 0.0
            held = partial(self._hold, holds, side)
        draw_hand(pad, shape, bones, side, self.skin, Grip(curl, point), arm, held)
        limb_marks(pad, shape, bones, side, self.identity.marks, bare=length < 0.7)
        sleeve(pad, shape, bones, side, cloth, length)
        if not wear.armour:
            yoke(pad, shape, bones, side, cloth, 0.16 if wear.over else 0.42)
        if wear.armour:
            pauldron(self.dresser, side)

    def _hold(self, prop: Prop, side: int) -> None:
        # What is long would stand before the face: it is carried leaning away from the head.
        away = 0.75 if rise_of(prop) > 0.25 * self.tall else 0.0
        lean = self.bones.chest[:, 0] * (away if side == 0 else -away)
        place = grip_point(self.shape, self.bones, side)
        self.pad.now.shapes.extend(held_prop(prop, self.camera, place, self.bones.hand[side], lean))
