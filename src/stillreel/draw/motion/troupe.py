"""The bodies of a composed panel: who acts, in which poses, and how they are drawn again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from stillreel.draw.motion import performance, walk
from stillreel.draw.motion.actor import Puppet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from stillreel.draw.look import Look
    from stillreel.draw.marks import Layer, Stack
    from stillreel.draw.motion.performance import Pose
    from stillreel.draw.stage.gate import Settled
    from stillreel.values.scene import PanelScene, Performer

_LOOKS = 6
"""Parts an action is looked at in, to see whether the head stays in frame."""
_NEAR_EDGE = 0.04
"""Frame heights a head that goes through an action keeps away from the frame's edge."""
_MANY = 4
"""Bodies from which on every other one holds still."""


class Body(Protocol):
    """One body of a composed panel."""

    @property
    def id(self) -> str:
        """Performer's id."""
        ...

    @property
    def member(self) -> int:
        """Number within a group."""
        ...

    @property
    def layer(self) -> str:
        """Name of its layer in the stack."""
        ...

    @property
    def scale(self) -> float:
        """Pixels per metre at its feet."""
        ...

    @property
    def feet(self) -> tuple[float, float]:
        """Where its feet are on the sheet, in pixels."""
        ...

    @property
    def phase(self) -> float:
        """The moment of its action that the still shows, 0..1."""
        ...

    @property
    def supported(self) -> bool:
        """Whether it rests on something."""
        ...


class Staged(Protocol):
    """A composed panel that can be drawn again with its bodies in other poses."""

    @property
    def stack(self) -> Stack:
        """The layers of the still."""
        ...

    @property
    def performers(self) -> Sequence[Body]:
        """Everybody who can act."""
        ...

    def head(self, performer: str, member: int, phase: float) -> tuple[float, float, float, float]:
        """Return the box on the sheet around a body's head at a phase, pixels."""
        ...

    def stride(self, performer: str, member: int = 0) -> float:
        """Return the metres a body gets on in one cycle of its action; 0 when it stays."""
        ...

    def redraw(
        self,
        performer: str,
        member: int,
        *,
        phase: float | None = None,
        mouth: float | None = None,
        blink: float = 0.0,
        gaze: tuple[float, float] | None = None,
    ) -> Layer:
        """Return one body's layer in another pose."""
        ...


def feet_seen(staged: Staged, body: Body) -> bool:
    """Return whether a body's feet are in the frame, where they must stay on their ground."""
    return body.feet[1] < staged.stack.visible[3]


def acting(
    panel: PanelScene,
    staged: Staged,
    fps: int,
    *,
    settled: Settled = frozenset(),
    full: bool = False,
) -> dict[str, tuple[performance.Beat, ...]]:
    """Return the beats of every body, by layer name."""
    known = {performer.id: performer for performer in panel.performers}
    count = len(staged.performers)
    words = len(panel.line.split())
    done: dict[str, tuple[performance.Beat, ...]] = {}
    stills = {layer.name: layer for layer in staged.stack.layers}
    high = staged.stack.visible[3] - staged.stack.visible[1]
    for number, body in enumerate(staged.performers):
        performer = known.get(body.id)
        if performer is None:
            continue
        speaking = performer.speaks or (performer.does == "talk" and not panel.line)
        done[body.layer] = performance.perform(
            performer,
            body.member,
            size=panel.size,
            frames=panel.frames,
            fps=fps,
            words=max(words, 3 if performer.does == "talk" else 0) if speaking else 0,
            bodies=count,
            full=full,
            rest=round(body.phase * performance.STEPS) % (performance.STEPS + 1),
            begin=_begin(panel, staged, body, performer, settled),
            breathes=panel.move == "static",
            tall=_tall(stills[body.layer]) / high,
            attends=count > _MANY and number % 2 == 1 and not speaking,
            panel=panel.id,
        )
    return done


def _begin(
    panel: PanelScene, staged: Staged, body: Body, performer: Performer, settled: Settled
) -> int | None:
    """Return the phase from which sitting, kneeling, falling ... can be seen, None if it is over.

    The still is framed on one moment of it: the head must be in the frame at all others shown.
    """
    beat = performance.rhythm(performer.does)
    if beat.kind != "once":
        return 0
    if body.supported or (body.id, performer.does) in settled or performance.is_close(panel.size):
        return None
    caught = round(body.phase * performance.STEPS)
    starts = (caught,) if beat.joined else (0, performance.STEPS // 2)
    return next((at for at in starts if at < beat.end and _stays(staged, body, at, beat.end)), None)


def _stays(staged: Staged, body: Body, begin: int, end: int) -> bool:
    """Return whether a body's head is in the frame from one phase to another, in 48ths."""
    left, top, right, bottom = staged.stack.visible
    edge = _NEAR_EDGE * (bottom - top)
    boxes = [
        staged.head(
            body.id, body.member, (begin + (end - begin) * part / _LOOKS) / performance.STEPS
        )
        for part in range(_LOOKS + 1)
    ]
    return all(
        box[0] >= left + edge
        and box[1] >= top + edge
        and box[2] <= right - edge
        and box[3] <= bottom - edge
        for box in boxes
    )


def puppets(
    panel: PanelScene,
    staged: Staged,
    look: Look,
    beats: dict[str, tuple[performance.Beat, ...]],
) -> dict[str, Puppet]:
    """Return the bodies that act, by layer name.

    Args:
        panel: what happens.
        staged: where everybody is.
        look: paints them.
        beats: what each shows, by layer name.
    """
    known = {performer.id: performer for performer in panel.performers}
    stack = staged.stack
    stills = {layer.name: layer for layer in stack.layers}
    left, _, right, _ = stack.visible
    centre = ((left + right) / 2, stack.horizon)
    made: dict[str, Puppet] = {}
    for body in staged.performers:
        if body.layer not in beats:
            continue
        still = stills[body.layer]
        ground = walk.Ground(
            body.scale,
            still.depth,
            staged.stride(body.id, body.member),
            _tall(still) / max(body.scale, 1e-6),
        )
        path = walk.steps(
            known[body.id],
            beats[body.layer],
            ground,
            feet=feet_seen(staged, body),
            width=right - left,
        )
        made[body.layer] = Puppet(
            _draws(staged, body, still),
            look=look,
            stack=stack,
            beats=beats[body.layer],
            steps=path,
            centre=centre,
        )
    return made


def _tall(still: Layer) -> float:
    points = [shape.points[:, 1] for shape in still.shapes if shape.owner and len(shape.points)]
    return max((float(p.max()) for p in points), default=0.0) - min(
        (float(p.min()) for p in points), default=0.0
    )


def _draws(staged: Staged, body: Body, still: Layer) -> Callable[[Pose], Layer]:
    own = performance.Pose(round(body.phase * performance.STEPS))

    def draw(pose: Pose) -> Layer:
        if pose == own:
            return still
        return staged.redraw(
            body.id,
            body.member,
            phase=pose.phase / performance.STEPS,
            mouth=None if pose.mouth < 0 else pose.mouth / 2,
            blink=float(pose.blink),
            gaze=(0.7 * pose.gaze, 0.0) if pose.gaze else None,
        )

    return draw
