"""The door of the stand-ins: what the house asks of them, found through its entry point."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from stillreel.rehearsal.clock import Scaled
from stillreel.rehearsal.faults import Fault
from stillreel.rehearsal.house import app, serve
from stillreel.rehearsal.stage import Conditions

if TYPE_CHECKING:
    from stillreel.rehearsal.faults import Kind
    from stillreel.rehearsal.house import House
    from stillreel.rehearsal.meter import Bill

__all__ = ["bill", "house_for", "serve", "set_fault", "surroundings"]

_KEY = "stand-in:rehearsal"
"""Good at every stand-in; one of them wants two words with a colon between."""
_STAND_INS = {
    "ark": ("ark", "ARK_API_KEY"),
    "fal": ("fal", "FAL_KEY"),
    "gpt-image": ("openai", "OPENAI_API_KEY"),
    "gpt-image-batch": ("openai", "OPENAI_API_KEY"),
    "higgsfield": ("higgsfield", "HF_KEY"),
    "higgsfield-mcp": ("higgsfield-mcp/mcp", "HIGGSFIELD_MCP_TOKEN"),
    "llm": ("openai", "STILLREEL_LLM_API_KEY"),
    "llm-anthropic": ("openai", "ANTHROPIC_API_KEY"),
    "llm-google": ("openai", "GEMINI_API_KEY"),
    "llm-openai": ("openai", "OPENAI_API_KEY"),
    "ltx": ("ltx", "LTX_API_KEY"),
    "nano-banana": ("gemini", "GEMINI_API_KEY"),
    "nano-banana-batch": ("gemini", "GEMINI_API_KEY"),
    "nano-banana-interactions": ("gemini", "GEMINI_API_KEY"),
    "pollo": ("pollo", "POLLO_API_KEY"),
    "replicate": ("replicate", "REPLICATE_API_TOKEN"),
    "runway": ("runway", "RUNWAYML_API_SECRET"),
}
"""Provider: where its stand-in is mounted, and the variable its key is looked for in.

Language models have an address for each house. Only the form of OpenAI is served; houses of
another form are turned away there, so that a rehearsal asks nobody who bills.
"""


def house_for(pace: float, seed: int, failing: float, moderated: float) -> House:
    """Return the stand-ins of one rehearsal.

    Args:
        pace: how many times faster than a real one their clock runs.
        seed: another seed is another day.
        failing: share of jobs that fail at the vendor's own fault.
        moderated: share of jobs whose output is refused after the work.
    """
    conditions = Conditions(seed=seed, failing=failing, moderated=moderated)
    return app(Scaled(pace), conditions)


def set_fault(house: House, told: str) -> None:
    """Set a fault told as `kind`, `vendor/kind` or `vendor/kind/times`.

    Raises:
        ValueError: there is no such fault or vendor, or its times are no whole number.
    """
    parts = told.split("/")
    vendor, kind = ("*", parts[0]) if len(parts) == 1 else (parts[0], parts[1])
    often = parts[2] if len(parts) > 2 else "1"
    if vendor != "*" and vendor not in house.vendors:
        message = f"there is no stand-in {vendor!r}; there are {', '.join(sorted(house.vendors))}"
        raise ValueError(message)
    if len(parts) > 3 or not (often.isascii() and often.isdecimal()):
        message = f"{told!r} is no fault: write vendor/kind/times, like ark/busy/3 (0: always)"
        raise ValueError(message)
    house.stage.faults.add(Fault(cast("Kind", kind), vendor, times=int(often)))


def bill(house: House) -> Bill:
    """Return what the meter says of all vendors together."""
    return house.stage.meter.bill()


def surroundings(port: int) -> dict[str, str]:
    """Return the environment in which every provider reaches its stand-in at a port."""
    found: dict[str, str] = {}
    for provider, (mount, variable) in _STAND_INS.items():
        name = provider.upper().replace("-", "_")
        found[f"STILLREEL_{name}_BASE_URL"] = f"http://127.0.0.1:{port}/{mount}"
        found[variable] = _KEY
    return found
