"""A pose: hips, hands and feet in units of the body itself, so that any body can take it."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees; hands in arm lengths from the shoulder, feet in leg lengths on the ground.

    Triples of places are (outward from the body's own middle, up, forward); triples of turns are
    (bend forward, turn to the own left, lean to the own left).
    """

    pelvis: Triple = (0.0, 0.996, 0.0)
    """Own left, up, forward of the point between the feet, in leg lengths."""
    hips: Triple = (0.0, 0.0, 0.0)
    spine: Triple = (0.0, 0.0, 0.0)
    head: Triple = (0.0, 0.0, 0.0)
    hand_l: Triple = (0.17, -0.95, 0.12)
    hand_r: Triple = (0.17, -0.95, 0.12)
    elbow_l: Triple = (0.45, -0.2, -0.85)
    """Direction toward which the elbow points."""
    elbow_r: Triple = (0.45, -0.2, -0.85)
    twist_l: float = 0.0
    """Turn of the hand about the forearm; 90 turns the palm back or down."""
    twist_r: float = 0.0
    bend_l: float = 8.0
    """Wrist bent toward the palm."""
    bend_r: float = 8.0
    curl_l: float = 0.35
    """Fingers: 0 straight, 1 fist."""
    curl_r: float = 0.35
    point_l: float = 0.0
    """1 holds the index finger straight whatever the curl."""
    point_r: float = 0.0
    foot_l: Triple = (0.12, 0.0, 0.0)
    """Under the ankle; with `free` it is from the hip joint along the hips' own axes."""
    foot_r: Triple = (0.12, 0.0, 0.0)
    knee_l: Triple = (0.18, 0.0, 1.0)
    knee_r: Triple = (0.18, 0.0, 1.0)
    toes_l: float = 0.0
    """Pitch of the foot; positive lifts the toes."""
    toes_r: float = 0.0
    splay: float = 12.0
    """Outward turn of both feet."""
    free: float = 0.0
    """1 when the feet follow the hips (lying, flying), 0 when they stand on the ground."""
    shrug: float = 0.0
    lift: float = 0.0
    """Whole body off its support, in leg lengths."""
    smile: float = 0.0
    """Corners of the mouth moved by the action, head units."""
    gape: float = 0.0
    """Mouth opened by the action."""
    shut: float = 0.0
    """Eyes shut by the action."""
    spin: float = 0.0
    """Turn of the whole body about the vertical, degrees to the own left."""
    tilt: float = 0.0
    """Whole body pitched forward about the support (falling, flying)."""


STAND = Pose()


def mix(first: Pose, second: Pose, amount: float) -> Pose:
    """Return the pose `amount` (0..1, beyond overshoots) of the way from one to the other."""
    if amount == 0.0:
        return first
    made: dict[str, float | Triple] = {}
    for spec in fields(Pose):
        one, two = getattr(first, spec.name), getattr(second, spec.name)
        if isinstance(one, tuple):
            made[spec.name] = (
                one[0] + (two[0] - one[0]) * amount,
                one[1] + (two[1] - one[1]) * amount,
                one[2] + (two[2] - one[2]) * amount,
            )
        else:
            made[spec.name] = one + (two - one) * amount
    return Pose(**made)  # pyright: ignore[reportArgumentType] - same fields, same kinds


def ease(amount: float) -> float:
    """Return a slow-in, slow-out ramp of 0..1, clamped outside."""
    at = min(max(amount, 0.0), 1.0)
    return at * at * (3.0 - 2.0 * at)


def overshoot(amount: float, much: float = 0.12) -> float:
    """Return a ramp that dips before it starts, passes 1 and settles; clamped outside 0..1."""
    at = min(max(amount, 0.0), 1.0)
    if at < 0.18:
        return -much * 0.6 * ease(at / 0.09) if at < 0.09 else -much * 0.6
    if at < 0.72:
        return -much * 0.6 + (1.0 + 1.6 * much) * ease((at - 0.18) / 0.54)
    return 1.0 + much * (1.0 - ease((at - 0.72) / 0.28))


def mirrored(pose: Pose) -> Pose:
    """Return the pose with left and right exchanged."""

    def flip(turn: Triple) -> Triple:
        return turn[0], -turn[1], -turn[2]

    return replace(
        pose,
        pelvis=(-pose.pelvis[0], pose.pelvis[1], pose.pelvis[2]),
        hips=flip(pose.hips), spine=flip(pose.spine), head=flip(pose.head), spin=-pose.spin,
        hand_l=pose.hand_r, hand_r=pose.hand_l, elbow_l=pose.elbow_r, elbow_r=pose.elbow_l,
        twist_l=pose.twist_r, twist_r=pose.twist_l, bend_l=pose.bend_r, bend_r=pose.bend_l,
        curl_l=pose.curl_r, curl_r=pose.curl_l, point_l=pose.point_r, point_r=pose.point_l,
        foot_l=pose.foot_r, foot_r=pose.foot_l, knee_l=pose.knee_r, knee_r=pose.knee_l,
        toes_l=pose.toes_r, toes_r=pose.toes_l,
    )  # fmt: skip
