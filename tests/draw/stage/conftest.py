from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from stillreel.values.scene import Hair, Identity, PanelScene, Performer, Prop, Setting, Worn

if TYPE_CHECKING:
    from collections.abc import Callable

CAST = (
    Identity(
        id="mara",
        name="Mara",
        presentation="feminine",
        hair=Hair(style="bob", colour="#1b1b26"),
        outfit=(
            Worn(garment="jacket", colour="#7a1f2b"),
            Worn(garment="trousers", colour="#23283a"),
        ),
    ),
    Identity(id="kade", name="Kade", presentation="masculine", height_m=1.85),
    Identity(id="boy", name="Boy", age="child", height_m=1.05),
    Identity(id="giant", name="Giant", build="heavy", height_m=5.0),
    Identity(id="children", name="Children", age="child", members=6, height_m=1.2),
    Identity(id="rex", name="Rex", kind="dog", height_m=0.6),
)
PROPS = (Prop(id="axe", name="axe", kind="axe", size_m=0.8),)
PLACE = Setting(id="meadow", name="Meadow", kind="field")


def panel(size: str, *performers: Performer, **more: object) -> PanelScene:
    values = {"id": "C01.P1", "setting": PLACE, "size": size, "performers": performers, **more}
    return PanelScene.model_validate(values)


@pytest.fixture
def make_panel() -> Callable[..., PanelScene]:
    return panel


@pytest.fixture
def cast() -> tuple[Identity, ...]:
    return CAST


@pytest.fixture
def props() -> tuple[Prop, ...]:
    return PROPS
