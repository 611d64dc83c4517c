"""Birds: one rig from linnet to swan, perched, walking, swimming or on the wing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, pi, sin
from typing import TYPE_CHECKING, Literal

import numpy as np

from stillreel.draw.animal.flesh import Flesh
from stillreel.draw.animal.skeleton import turned
from stillreel.draw.body import Body
from stillreel.draw.marks import mix, rgb
from stillreel.draw.prop.contour import hull, smooth
from stillreel.draw.prop.solid import darker, paler

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from stillreel.draw.animal.acting import Acting
    from stillreel.draw.animal.flesh import Tone
    from stillreel.draw.marks import Shape
    from stillreel.draw.prop.view import View
    from stillreel.values.scene import Identity

    Array = NDArray[np.float64]

INK: Tone = (30, 24, 26)
_TURN = 2 * pi


@dataclass(frozen=True, slots=True)
class Fowl:
    """One kind of bird; lengths in lengths of the trunk."""

    coat: str = "#8d6e52"
    breast: str = "#d8c3a0"
    usual_m: float = 0.14
    upright: float = 42.0
    """Degrees the trunk is raised at rest."""
    girth: float = 0.3
    neck: float = 0.12
    neck_r: float = 0.17
    head: float = 0.22
    beak: Literal["cone", "hook", "flat", "dagger", "comb"] = "cone"
    beak_long: float = 0.22
    beak_tone: str = "#c98d3c"
    leg: float = 0.28
    tail: float = 0.5
    wing: float = 1.15
    """Length of the spread wing."""
    cap: str = ""
    throat: str = ""
    face: str = ""
    eye: float = 0.26
    tip: str = ""


_SONG = Fowl()
BIRDS: dict[str, Fowl] = {
    "bird": _SONG,
    "linnet": replace(_SONG, coat="#8a6244", breast="#dcc7a4", throat="#c2473c", cap="#b4423a"),
    "robin": replace(_SONG, coat="#7d6a52", breast="#e6dcc6", throat="#d0602c", face="#d0602c"),
    "sparrow": replace(_SONG, coat="#8c6640", breast="#d3c6ae", cap="#6b4a30"),
    "swallow": replace(_SONG, coat="#2f4468", breast="#ece2d0", throat="#a8442c", tail=0.85, wing=1.5, leg=0.14),
    "bluebird": replace(_SONG, coat="#3f6fb0", breast="#e6d3b4", throat="#d48a4c"),
    "canary": replace(_SONG, coat="#e6c23e", breast="#f3dc78"),
    "dove": replace(_SONG, coat="#d9dadf", breast="#eeeef0", usual_m=0.3, upright=30, girth=0.28, head=0.17, beak="dagger", beak_long=0.13, neck=0.2, wing=1.3),
    "crow": replace(_SONG, coat="#2c2c36", breast="#2c2c36", usual_m=0.42, upright=32, beak="dagger", beak_long=0.28, beak_tone="#3c3a3e", wing=1.5, head=0.19),
    "magpie": replace(_SONG, coat="#26282f", breast="#ecebe6", usual_m=0.4, beak="dagger", beak_tone="#2c2a2e", tail=1.0, head=0.19),
    "gull": replace(_SONG, coat="#a9b4bf", breast="#f3f3ef", face="#f3f3ef", cap="#f3f3ef", usual_m=0.45, upright=22, beak="hook", beak_long=0.24, beak_tone="#e0b03c", wing=1.8, tip="#2c2e34"),
    "eagle": replace(_SONG, coat="#5c4030", breast="#6b4c38", face="#e8dcc4", cap="#e8dcc4", usual_m=0.85, upright=46, girth=0.32, beak="hook", beak_long=0.26, beak_tone="#e0ae3c", wing=1.9, head=0.19, leg=0.26),
    "owl": replace(_SONG, coat="#8a6a48", breast="#d9c4a0", face="#e8dabc", usual_m=0.38, upright=74, girth=0.36, neck=0.02, neck_r=0.3, head=0.34, beak="hook", beak_long=0.12, beak_tone="#d0a03c", eye=0.4, tail=0.3, leg=0.16, wing=1.4),
    "duck": replace(_SONG, coat="#8c7658", breast="#b59a74", cap="#2f6a4a", face="#2f6a4a", throat="#2f6a4a", usual_m=0.42, upright=12, girth=0.31, neck=0.28, neck_r=0.13, head=0.2, beak="flat", beak_long=0.3, beak_tone="#e0a83c", leg=0.2, tail=0.3),
    "goose": replace(_SONG, coat="#c9c6bd", breast="#efece4", usual_m=0.75, upright=14, girth=0.32, neck=0.62, neck_r=0.115, head=0.165, beak="flat", beak_long=0.24, beak_tone="#e08a3c", leg=0.3, tail=0.26, wing=1.4),
    "swan": replace(_SONG, coat="#f1f0ec", breast="#faf9f5", usual_m=1.1, upright=8, girth=0.31, neck=0.98, neck_r=0.1, head=0.15, beak="flat", beak_long=0.25, beak_tone="#d9822f", leg=0.2, tail=0.26, wing=1.5),
    "hen": replace(_SONG, coat="#b4733c", breast="#c98a50", usual_m=0.42, upright=24, girth=0.35, neck=0.26, neck_r=0.15, head=0.17, beak="comb", beak_long=0.14, tail=0.46, leg=0.3),
    "peacock": replace(_SONG, coat="#2f5f9c", breast="#2f6fa8", usual_m=1.0, upright=24, neck=0.5, neck_r=0.1, head=0.14, tail=1.9, leg=0.36),
    "parrot": replace(_SONG, coat="#3f9a4c", breast="#c8443c", face="#c8443c", usual_m=0.34, upright=58, beak="hook", beak_long=0.22, beak_tone="#3a3632", tail=0.9, head=0.25),
    "stork": replace(_SONG, coat="#ecebe6", breast="#f3f2ee", usual_m=1.05, upright=20, girth=0.26, neck=0.62, neck_r=0.08, head=0.13, beak="dagger", beak_long=0.6, beak_tone="#d05a34", leg=1.15, wing=1.8, tip="#26262c"),
    "penguin": replace(_SONG, coat="#2c333f", breast="#f1efe8", usual_m=0.75, upright=84, girth=0.3, neck=0.06, neck_r=0.19, head=0.22, beak="dagger", beak_long=0.22, beak_tone="#e09a3c", leg=0.1, tail=0.16, wing=0.62),
}  # fmt: skip
_SYNONYMS = {
    "bird": "nestling chick fledgling songbird cuckoo starling",
    "robin": "redbreast bullfinch",
    "sparrow": "wren finch lark skylark thrush nightingale",
    "swallow": "swift martin",
    "bluebird": "kingfisher jay bluetit tit",
    "canary": "goldfinch oriole budgerigar",
    "dove": "pigeon turtledove",
    "crow": "raven rook jackdaw blackbird",
    "gull": "seagull albatross tern",
    "eagle": "hawk falcon vulture kite buzzard phoenix condor",
    "owl": "owlet",
    "duck": "duckling mallard drake",
    "goose": "gosling geese gander",
    "swan": "cygnet",
    "hen": "chicken rooster cock cockerel turkey pheasant quail partridge",
    "peacock": "peahen",
    "parrot": "macaw cockatoo parakeet",
    "stork": "heron crane flamingo ibis ostrich egret",
    "penguin": "puffin auk",
}
_BY_WORD = {word: kind for kind, words in _SYNONYMS.items() for word in words.split()}


def fowl_of(word: str) -> tuple[str, Fowl] | None:
    """Return the kind and measures a species word means, or None if it is no bird."""
    for part in reversed(word.lower().replace("-", " ").split()):
        for form in (part, part.removesuffix("s")):
            kind = form if form in BIRDS else _BY_WORD.get(form, "")
            if kind:
                return kind, BIRDS[kind]
    return None


@dataclass(frozen=True, slots=True)
class _Perch:
    """Where everything of a bird is in one moment; local frame own left, up, forward."""

    trunk: Array
    head: Array
    face: Array
    neck: Array
    frame: Array
    """Rows of the trunk."""
    feet: tuple[Array, Array]
    hips: tuple[Array, Array]
    spread: float
    beat: float
    lids: float
    beak: float
    fan: float


def _pose(kind: Fowl, acting: Acting) -> _Perch:
    action, at = acting.action, acting.phase % 1.0
    wave = sin(_TURN * at)
    flying = action in ("fly", "run", "fall", "dance", "fight")
    upright, high, yaw, nod, spread, beat = kind.upright, 0.0, 0.0, 0.0, 0.0, 0.0
    lids, beak, reach, step = 0.0, 0.0, 0.0, 0.0
    if flying:
        upright, spread, beat = 14.0, 1.0, cos(_TURN * at)
        high = 0.75 - 0.06 * sin(_TURN * at)
        if action in ("dance", "fight"):
            upright, high = kind.upright + 18, 0.12 + 0.05 * wave
    elif action in ("walk", "carry", "work", "climb"):
        step = wave
        reach = 0.07 * sin(2 * _TURN * at)
    elif action == "swim":
        upright, high = min(upright, 10.0), -kind.leg - 0.1 + 0.015 * wave
    elif action in ("sit", "lie", "sleep", "kneel", "embrace") or acting.supported:
        high = -kind.leg * 0.75
        if action == "sleep":
            lids, yaw, nod = 1.0, 60.0, -18.0
    if action == "eat":
        peck = 0.5 - 0.5 * cos(_TURN * at)
        upright, nod, reach = upright * 0.3 - 26 * peck, -50.0 - 20 * peck, 0.1
    elif action in ("look", "turn"):
        yaw = 62 * (1 if wave > 0 else -1) * min(1.0, abs(wave) * 2.2)
    elif action in ("talk", "cry", "laugh", "play"):
        beak, nod = 0.5 + 0.5 * sin(2 * _TURN * at), 14.0
        upright += 6
    elif action in ("reach", "point"):
        reach, nod = 0.12, 4.0
    elif action == "wave":
        spread, beat = 0.55, wave * 0.6
    if acting.emotion == "sad":
        nod -= 14
    frame = turned(upright, 0.0)
    hip = np.array([0.0, kind.leg + kind.girth * 0.86 + high, 0.0])
    centre = hip + np.array([0.0, 0.0, 0.06]) @ frame
    share = np.array([-0.48, -0.28, 0.0, 0.28, 0.44])
    trunk = centre + np.outer(share, frame[2])
    if action == "swim":
        trunk[:, 1] = np.maximum(trunk[:, 1], 0.02)
    base = trunk[3] + frame[1] * kind.girth * 0.42
    way = turned(min(upright + 62, 96) if kind.neck > 0.2 else upright + 40, yaw * 0.25)[2]
    if flying and kind.neck > 0.2:
        way = turned(14, 0)[2]
    length = kind.neck + kind.head * 0.7 + reach
    if action == "eat":
        way = turned(-46, 0)[2]
    head = base + way * length
    head[1] = max(head[1], kind.head * 1.05)
    face = turned(nod, yaw)
    bow = np.array([0.0, 0.0, -0.14 * kind.neck])
    if kind.neck > 0.2 and not flying:
        neck = np.array([base, base + (head - base) * 0.35 - bow, base + (head - base) * 0.72 + bow, head])
    else:
        neck = np.linspace(base, head, 4)
    feet, hips = [], []
    for side in (1.0, -1.0):
        root = hip + np.array([side * kind.girth * 0.42, -kind.girth * 0.35, 0.0]) @ frame
        place = np.array([side * kind.girth * 0.42, 0.0, 0.05 + 0.22 * step * side])
        if step:
            place[1] = max(0.0, 0.12 * cos(_TURN * at) * side)
        if flying or action == "swim":
            place = root + np.array([0.0, -0.12, -0.16])
        feet.append(place)
        hips.append(root)
    if acting.supported or action in ("sit", "lie", "sleep", "kneel", "embrace"):
        lift = np.array([0.0, 0.0, 0.0])
        feet = [foot + lift for foot in feet]
    return _Perch(
        trunk, head, face, neck, frame, (feet[0], feet[1]), (hips[0], hips[1]), spread, beat,
        max(lids, acting.blink), max(beak, acting.mouth), 1.0 if flying else 0.0,
    )  # fmt: skip


def unit(kind: Fowl, height_m: float) -> float:
    """Return metres per trunk length of a bird whose crown stands at `height_m`."""
    from stillreel.draw.animal.acting import Acting

    perch = _pose(kind, Acting())
    return height_m / float(perch.head[1] + kind.head)


def body_of(identity: Identity, kind: Fowl, acting: Acting) -> Body:
    """Return the measures of a posed bird in metres."""
    scale = unit(kind, identity.height_m)
    perch = _pose(kind, acting)
    long = kind.wing * perch.spread
    high = max(float(perch.head[1]) + kind.head * 1.35, float(perch.trunk[3][1]) + long * 1.02)
    back = perch.trunk[0] - perch.frame[2] * (kind.tail + 0.1)
    ahead = float(perch.head[2]) + kind.head + kind.beak_long
    deep = max(ahead, abs(float(back[2])) + 0.25, kind.girth + 0.3, long * 0.8)
    head = perch.head * scale
    return Body(
        height=max(high, float(back[1]) + 0.2) * scale,
        eye_height=float(perch.head[1] + 0.1 * kind.head) * scale,
        head=(float(head[0]), float(head[1]), float(head[2])),
        head_radius=kind.head * scale * 1.2,
        half_width=max(kind.girth * 1.35, 0.35 + long * 1.1) * scale,
        depth=deep * scale,
        hip=max(float(perch.hips[0][1]) - kind.girth * 0.5, 0.0) * scale,
    )


def shapes_of(
    identity: Identity, kind: Fowl, view: View, acting: Acting, coat: str = ""
) -> tuple[Shape, ...]:
    """Return the shapes of a bird; the view's scale is metres per trunk length."""
    return _Bird(identity, kind, view, acting, coat).shapes()


class _Bird:
    def __init__(
        self, identity: Identity, kind: Fowl, view: View, acting: Acting, coat: str
    ) -> None:
        self.kind, self.view, self.acting = kind, view, acting
        self.identity = identity
        self.flesh = Flesh(view, identity.id)
        self.at = _pose(kind, acting)
        self.coat = rgb(coat or kind.coat)
        self.breast = rgb(kind.breast) if not coat else paler(self.coat, 0.45)
        self.pixels = view.pixels(kind.girth, self.at.trunk[2])

    def shapes(self) -> tuple[Shape, ...]:
        """Return everything, farthest first."""
        at, view = self.at, self.view
        behind = view.depth(at.head) > view.depth(at.trunk[2]) + 0.12 * view.scale
        tail_near = view.depth(at.trunk[0]) < view.depth(at.trunk[2]) - 0.1 * view.scale
        sides = sorted((0, 1), key=lambda n: -view.depth(at.feet[n]))
        far, near = (1.0, -1.0) if self._side_depth(1.0) > self._side_depth(-1.0) else (-1.0, 1.0)
        if not tail_near:
            self._tail()
        self._wing(far, far=True)
        for number in sides:
            self._leg(number)
        if behind:
            self._head(apart=True)
        self._trunk(with_head=not behind)
        if not behind:
            self._head(apart=False)
        if tail_near:
            self._tail()
        self._wing(near, far=False)
        if abs(self._side_depth(1.0) - self._side_depth(-1.0)) < 0.12 * view.scale and not at.spread:
            self._wing(far, far=False)
        self._hold()
        return tuple(self.flesh.shapes)

    def _side_depth(self, side: float) -> float:
        return self.view.depth(self.at.trunk[2] + self.at.frame[0] * side * 0.4)

    def _trunk(self, *, with_head: bool) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        radii = kind.girth * np.array([0.34, 0.72, 1.0, 0.86, 0.62])
        neck_r = np.linspace(max(kind.neck_r * 1.3, kind.girth * 0.5), kind.neck_r, 4)
        pieces = flesh.chain(at.trunk, radii) + flesh.chain(at.neck, neck_r)
        pieces += flesh.chain([at.trunk[3], at.neck[0]], [kind.girth * 0.8, neck_r[0]])
        if with_head:
            pieces += flesh.chain([at.head], kind.head)
        flesh.put(pieces, self.coat, "feather", form=self.pixels * 0.45, fillet=self.pixels * 0.14, fine=360)
        front = at.frame[2] - at.frame[1] * 0.9
        seen = self.view.facing(front, at.trunk[2])
        side = self.view.facing(at.frame[0], at.trunk[2])
        if seen > -0.55 and self.pixels > 2:
            down = -at.frame[1] * 0.3 + at.frame[2] * 0.1
            belly = at.trunk[1:5] + down * kind.girth
            pieces = flesh.chain(belly, radii[1:5] * 0.7)
            flesh.put(pieces, self.breast, "feather", outline=0.0, form=self.pixels * 0.3, fillet=self.pixels * 0.1)
        if kind.throat and seen > -0.4:
            spot = [at.trunk[4] - at.frame[1] * 0.1 * kind.girth, at.neck[1]]
            flesh.put(flesh.chain(spot, [kind.girth * 0.5, neck_r[1] * 0.9]), rgb(kind.throat), "feather", outline=0.0, form=self.pixels * 0.2)  # fmt: skip
        _ = side

    def _head(self, *, apart: bool) -> None:
        kind, at, flesh, view = self.kind, self.at, self.flesh, self.view
        size = view.pixels(kind.head, at.head)
        if kind.beak == "comb":
            comb = [at.head + np.array([0, 1.0 + 0.15 * n, 0.55 - 0.4 * n]) @ at.face * kind.head for n in range(3)]
            flesh.put([p for spot in comb for p in flesh.chain([spot], kind.head * 0.34)], (196, 52, 46), "leather")
        tone = rgb(kind.cap) if kind.cap and kind.face else self.coat
        flesh.put(flesh.chain([at.head], kind.head), tone, "feather", outline=1.0 if apart else 0.0, form=size * 0.4)
        if kind.cap and not kind.face:
            spot = at.head + np.array([0, 0.52, 0.34]) @ at.face * kind.head
            if view.facing(spot - at.head, spot) > -0.2:
                flesh.put(flesh.chain([spot], kind.head * 0.52), rgb(kind.cap), "feather", outline=0.0)
        if kind.face and kind.usual_m < 2 and view.facing(at.face[2], at.head) > -0.3 and not kind.cap:
            for side in (1.0, -1.0):
                way = np.array([side * 0.42, 0.05, 0.88]) @ at.face
                flesh.spot(at.head + way * kind.head * 0.97, way, (kind.head * 0.55, kind.head * 0.62), rgb(kind.face), "feather", least=-0.05)  # fmt: skip
        if kind.eye > 0.36 and size > 3:
            for side in (1.0, -1.0):
                ear = [at.head + np.array([side * 0.55, 0.75, 0]) @ at.face * kind.head, at.head + np.array([side * 0.85, 1.28, -0.05]) @ at.face * kind.head]  # fmt: skip
                flesh.put(flesh.chain(ear, [kind.head * 0.22, kind.head * 0.05]), self.coat, "feather", outline=0.7)
        ahead = view.facing(at.face[2], at.head)
        if ahead > -0.5:
            self._beak(size)
        for side in (1.0, -1.0):
            self._eye(side, size)

    def _beak(self, size: float) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        r, long = kind.head, kind.beak_long
        tone = rgb(kind.beak_tone)
        root = at.head + np.array([0, -0.08, 0.86]) @ at.face * r
        ahead, high, across = at.face[2] * long, at.face[1], at.face[0]
        thick = {"cone": 0.3, "hook": 0.34, "flat": 0.26, "dagger": 0.24, "comb": 0.26}[kind.beak] * r
        gape = self.at.beak * 0.55
        low = root - high * thick * (0.5 + gape)
        under = flesh.chain([low, low + ahead * 0.8 - high * gape * long * 0.5], [thick * 0.5, thick * 0.16])
        flesh.put(under, darker(tone, 0.22), "leather", outline=0.6)
        if kind.beak == "flat":
            tip = root + ahead * 0.95 - high * thick * 0.7
            wide = [root + across * thick * 0.7, root - across * thick * 0.7, tip - across * thick * 1.1, tip + across * thick * 1.1]
            pieces = flesh.chain([root, tip], [thick * 0.8, thick * 0.34])
            pieces.append(hull(self.view.flat(np.array(wide))))
        elif kind.beak == "hook":
            line = [root, root + ahead * 0.7 + high * thick * 0.1, root + ahead - high * thick * 0.7]
            pieces = flesh.chain(line, [thick, thick * 0.7, thick * 0.12])
        else:
            pieces = flesh.chain([root, root + ahead], [thick * (1.1 if kind.beak == "cone" else 0.8), thick * 0.08])
        flesh.put(pieces, tone, "leather", outline=0.8, form=size * 0.1)

    def _eye(self, side: float, size: float) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        way = np.array([side * (0.5 if kind.eye > 0.36 else 0.78), 0.22, 0.82 if kind.eye > 0.36 else 0.55])
        normal = way / np.linalg.norm(way) @ at.face
        spot = at.head + normal * kind.head * 0.98
        r = kind.eye * kind.head
        if self.view.facing(normal, spot) < 0.06:
            return
        if at.lids > 0.8:
            turn = np.linspace(-1, 1, 6)
            line = spot + np.outer(turn * r, np.cross(at.face[1], normal)) - np.outer((1 - turn**2) * r * 0.3, at.face[1])
            flesh.line(self.view.flat(line), max(size * 0.06, 0.8), INK)
            return
        if size * kind.eye > 2.5:
            iris = (228, 170, 60) if kind.eye > 0.36 else (110, 74, 44)
            flesh.spot(spot, normal, (r * 1.14, r * 1.14), INK, "eye")
            flesh.spot(spot, normal, (r, r), iris, "eye")
        flesh.spot(spot, normal, (r * 0.66, r * 0.66), INK, "eye")
        if size * kind.eye > 2:
            flesh.spot(spot + at.face[1] * r * 0.3 + at.face[0] * r * 0.2, normal, (r * 0.24, r * 0.24), (255, 252, 244), "eye")
        slant = {"angry": 0.5, "determined": 0.25, "sad": -0.4, "afraid": -0.3}.get(self.acting.emotion, 0.0)
        if slant and size > 4:
            across = np.cross(at.face[1], normal)
            ends = [spot + across * r * 1.3 * s + at.face[1] * r * (1.0 + slant * s * side * 0.9) for s in (-1, 1)]
            flesh.line(self.view.flat(ends), max(size * 0.09, 0.8), INK)

    def _tail(self) -> None:
        kind, at = self.kind, self.at
        root = at.trunk[0] + at.frame[1] * 0.06 * kind.girth
        back = -at.frame[2] * kind.tail + np.array([0, -0.04 + 0.14 * (kind.beak == "comb"), 0])
        wide = kind.girth * (0.5 + 0.5 * at.fan)
        fan: list[Array] = [root + at.frame[0] * 0.1, root - at.frame[0] * 0.1]
        if kind.tail > 0.8 and kind.wing > 1.4:
            ends = [(-1.2, 1.1), (-0.45, 0.75), (0, 0.6), (0.45, 0.75), (1.2, 1.1)]
        else:
            ends = [(-1.0, 0.9), (-0.5, 0.98), (0, 0.94), (0.5, 0.98), (1.0, 0.9)]
        fan += [root + back * far + at.frame[0] * (x * wide) for x, far in ends]
        thick = self.flesh.chain([root, root + back * 0.8], [kind.girth * 0.26, kind.girth * 0.1])
        self.flesh.put([self.view.flat(np.array(fan)), *thick], darker(self.coat, 0.22), "feather", form=self.pixels * 0.1)
        if self.pixels > 8:
            for x in (-0.4, 0.0, 0.4):
                line = [root + back * 0.4 + at.frame[0] * (x * wide * 0.4), root + back * 0.9 + at.frame[0] * (x * wide)]
                self.flesh.line(self.view.flat(np.array(line)), self.pixels * 0.03, darker(self.coat, 0.5))

    def _wing(self, side: float, *, far: bool) -> None:
        if self.at.spread:
            self._spread_wing(side, far)
        elif not far:
            self._folded_wing(side)

    def _folded_wing(self, side: float) -> None:
        kind, at = self.kind, self.at
        out = at.frame[0] * side
        if self.view.facing(out + at.frame[1] * 0.35, at.trunk[2] + out * kind.girth) < -0.12:
            return
        g = kind.girth
        rim = np.array([
            at.trunk[3] + out * g * 0.72 + at.frame[1] * g * 0.5,
            at.trunk[3] + out * g * 0.84 - at.frame[1] * g * 0.1 + at.frame[2] * 0.04,
            at.trunk[2] + out * g * 0.98 - at.frame[1] * g * 0.32,
            at.trunk[1] + out * g * 0.76 - at.frame[1] * g * 0.3,
            at.trunk[0] + out * g * 0.34 - at.frame[2] * 0.14 + at.frame[1] * g * 0.02,
            at.trunk[1] + out * g * 0.56 + at.frame[1] * g * 0.36,
            at.trunk[2] + out * g * 0.78 + at.frame[1] * g * 0.56,
        ])  # fmt: skip
        flat = self.view.flat(smooth(rim, 4, closed=True))
        tone = darker(self.coat, 0.14)
        self.flesh.polygon(flat, tone, "feather", outline=0.8, form=self.pixels * 0.18)
        if self.pixels > 7:
            for share in (0.3, 0.55, 0.8):
                start = rim[2] * (1 - share) + rim[6] * share
                end = rim[4] * 0.82 + start * 0.18
                line = np.array([start * 0.6 + end * 0.4, end])
                self.flesh.line(self.view.flat(line), max(self.pixels * 0.035, 0.7), darker(self.coat, 0.5))

    def _spread_wing(self, side: float, far: bool) -> None:
        kind, at = self.kind, self.at
        out, g = at.frame[0] * side, kind.girth
        lift = at.beat * 52 * at.spread + 8
        inner, outer = np.radians(lift), np.radians(lift * 1.15 - 26 * sin(_TURN * self.acting.phase) * at.spread)
        high, ahead = at.frame[1], at.frame[2]
        root = at.trunk[3] + out * g * 0.55 + high * g * 0.4
        long = kind.wing * (0.4 + 0.6 * at.spread)
        elbow = root + (out * np.cos(inner) + high * np.sin(inner)) * long * 0.45 + ahead * 0.1
        tip_way = out * np.cos(outer) + high * np.sin(outer)
        tip = elbow + tip_way * long * 0.6 - ahead * 0.14
        chord = 0.46 if kind.wing < 1.6 else 0.4
        behind = at.trunk[1] + out * g * 0.5 + high * g * 0.3
        lead = smooth(np.array([root, elbow, tip]), 4)
        fingers: list[Array] = []
        for number, share in enumerate(np.linspace(1.0, 0.0, 7)):
            spot = elbow * (1 - share) + tip * share
            fingers.append(spot - ahead * chord * (0.55 + 0.45 * (1 - share)) + tip_way * 0.05 * share)
            if number < 6:
                nxt = elbow * (1 - (share - 0.08)) + tip * (share - 0.08)
                fingers.append(nxt - ahead * chord * (0.38 + 0.45 * (1 - share)))
        rim = np.concatenate([lead, np.array(fingers), [behind - ahead * 0.12, behind]])
        under = self.view.facing(np.cross(tip_way, ahead) * -side, elbow) < 0
        tone = mix(self.coat, self.breast, 0.45) if under else darker(self.coat, 0.1)
        if far:
            tone = darker(tone, 0.1)
        self.flesh.polygon(self.view.flat(rim), tone, "feather", outline=0.9, shade=0.25 if under else 0.0)
        if kind.tip:
            ends = np.array([lead[-1], lead[-2], *fingers[1:5], fingers[0]])
            self.flesh.polygon(hull(self.view.flat(ends)), rgb(kind.tip), "feather")
        if self.pixels > 6:
            for number in range(0, 12, 2):
                share = 1.0 - number / 12
                start = elbow * (1 - share) + tip * share
                line = np.array([start * 0.5 + fingers[number] * 0.5, fingers[number]])
                self.flesh.line(self.view.flat(line), max(self.pixels * 0.03, 0.7), darker(tone, 0.35))
        arm = self.flesh.chain(lead, np.linspace(0.07, 0.02, len(lead)))
        self.flesh.put(arm, tone, "feather", outline=0.0)

    def _leg(self, number: int) -> None:
        kind, at, flesh = self.kind, self.at, self.flesh
        if self.acting.action == "swim":
            return
        foot, root = at.feet[number], at.hips[number]
        tone = (206, 140, 60) if kind.beak in ("flat", "comb") else mix((150, 104, 70), self.coat, 0.2)
        flesh.put(flesh.chain([root, root * 0.45 + foot * 0.55], [kind.girth * 0.3, 0.045]), darker(self.coat, 0.1), "feather")
        knee = (root + foot) / 2 - np.array([0, 0, 0.06])
        thick = max(self.view.pixels(0.045, foot), 0.9)
        flesh.line(self.view.flat([root, knee, foot]), thick, tone, "leather", outline=0.5)
        tight = 0.5 if at.spread > 0.9 else 1.0
        toes = [foot + np.array([x, 0.0, z]) * 0.16 * tight for x, z in ((-0.55, 0.85), (0.0, 1.0), (0.55, 0.85), (0.0, -0.6))]
        if kind.beak == "flat":
            web = np.array([foot, *toes[:3]])
            flesh.polygon(hull(self.view.flat(web)), tone, "leather", outline=0.5)
        for toe in toes:
            flesh.line(self.view.flat([foot, toe]), thick * 0.8, tone, "leather", outline=0.4)

    def _hold(self) -> None:
        prop = self.acting.holds
        if prop is None:
            return
        from stillreel.draw.prop import shapes_at

        at = self.at
        place = self.view.world(at.head + at.face[2] * (self.kind.head + self.kind.beak_long * 0.7))
        up, ahead = at.face[0] @ self.view.basis, at.face[2] @ self.view.basis
        self.flesh.shapes += shapes_at(
            prop,
            self.view.camera,
            origin=(float(place[0]), float(place[1]), float(place[2])),
            up=(float(up[0]), float(up[1]), float(up[2])),
            forward=(float(ahead[0]), float(ahead[1]), float(ahead[2])),
            owner=self.identity.id,
        )
