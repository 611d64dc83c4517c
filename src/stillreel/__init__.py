"""stillreel: story to finished short film, still first.

The names below are the front door. They are loaded when they are first used, so `import stillreel`
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillreel.brief.nouns import Brief
    from stillreel.brief.read import read
    from stillreel.errors import StillreelError
    from stillreel.plan.make import write
    from stillreel.plan.nouns import Character, ClipPlan, Panel, Place, Plan, PlanSettings
    from stillreel.production.decide import approve, choose, compare, redo
    from stillreel.production.deliver import export
    from stillreel.production.folder import Folder, begin
    from stillreel.production.glance import glance
    from stillreel.production.inspect import check
    from stillreel.production.nouns import Outcome
    from stillreel.production.orders import Orders
    from stillreel.production.quote import quote
    from stillreel.production.run import run
    from stillreel.production.write import write_plan
    from stillreel.values.money import Money
    from stillreel.values.problem import Problem
    from stillreel.values.take import Take

__all__ = [
    "Brief",
    "Character",
    "ClipPlan",
    "Folder",
    "Money",
    "Orders",
    "Outcome",
    "Panel",
    "Place",
    "Plan",
    "PlanSettings",
    "Problem",
    "StillreelError",
    "Take",
    "approve",
    "begin",
    "check",
    "choose",
    "compare",
    "export",
    "glance",
    "quote",
    "read",
    "redo",
    "run",
    "write",
    "write_plan",
]

_HOMES = {
    "brief.nouns": ("Brief",),
    "brief.read": ("read",),
    "errors": ("StillreelError",),
    "plan.make": ("write",),
    "plan.nouns": ("Character", "ClipPlan", "Panel", "Place", "Plan", "PlanSettings"),
    "production.decide": ("approve", "choose", "compare", "redo"),
    "production.deliver": ("export",),
    "production.folder": ("Folder", "begin"),
    "production.glance": ("glance",),
    "production.inspect": ("check",),
    "production.nouns": ("Outcome",),
    "production.quote": ("quote",),
    "production.orders": ("Orders",),
    "production.run": ("run",),
    "production.write": ("write_plan",),
    "values.money": ("Money",),
    "values.problem": ("Problem",),
    "values.take": ("Take",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a name of the front door when it is first asked for."""
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found
