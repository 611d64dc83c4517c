"""Who is drawn by which part of the pencil: people, animals, things that act."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.draw.body import Body
    from stillreel.draw.lens import Camera
    from stillreel.draw.marks import Shape
    from stillreel.values.scene import Action, Emotion, Identity, Prop

Point = tuple[float, float, float]


def shapes_of(
    identity: Identity,
    camera: Camera,
    *,
    action: Action,
    phase: float,
    origin: Point,
    heading: float,
    emotion: Emotion = "neutral",
    gaze: tuple[float, float] = (0.0, 0.0),
    mouth: float = 0.0,
    blink: float = 0.0,
    holds: Prop | None = None,
    supported: bool = False,
    seed: int = 0,
) -> tuple[Shape, ...]:
    """Return the shapes of one posed body, back to front, whatever kind of body it is."""
    if identity.kind == "human":
        from stillreel.draw import figure as drawn
    else:
        from stillreel.draw import animal as drawn
    return drawn.draw(
        identity,
        camera,
        action=action,
        phase=phase,
        origin=origin,
        heading=heading,
        emotion=emotion,
        gaze=gaze,
        mouth=mouth,
        blink=blink,
        holds=holds,
        supported=supported,
        seed=seed,
    )


def body_of(identity: Identity, action: Action, phase: float, *, supported: bool = False) -> Body:
    """Return the measures of one posed body."""
    if identity.kind == "human":
        from stillreel.draw import figure

        # Frozen pydantic models hash, though their stubs do not say so.
        return figure.body(identity, action, phase, supported=supported)  # pyright: ignore[reportArgumentType]
    from stillreel.draw import animal

    return animal.body(identity, action, phase)


def leg_of(identity: Identity) -> float:
    """Return the length of a leg in metres, for how far a step goes."""
    if identity.kind == "human":
        from stillreel.draw.figure.proportion import measures_of

        return measures_of(identity).leg
    return body_of(identity, "stand", 0.0).hip


def member_of(identity: Identity, index: int) -> Identity:
    """Return one member of a group as an identity of its own; a single body is itself."""
    if identity.members == 1:
        return identity
    if identity.kind == "human":
        from stillreel.draw import figure as drawn
    else:
        from stillreel.draw import animal as drawn
    return drawn.variant(identity, index)  # pyright: ignore[reportArgumentType]
