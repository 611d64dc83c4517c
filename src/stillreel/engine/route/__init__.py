"""Routing: which platform takes the next clip, and when the film will be done.

Pure: the time, the past and the prices come in as values, a decision goes out.
"""

from stillreel.engine.route.choose import next_for
from stillreel.engine.route.nouns import (
    Clip,
    Considered,
    Decision,
    Flight,
    Option,
    Outlook,
    Prefer,
    Sample,
    Span,
    Terms,
)
from stillreel.engine.route.outlook import outlook

__all__ = [
    "Clip",
    "Considered",
    "Decision",
    "Flight",
    "Option",
    "Outlook",
    "Prefer",
    "Sample",
    "Span",
    "Terms",
    "next_for",
    "outlook",
]
