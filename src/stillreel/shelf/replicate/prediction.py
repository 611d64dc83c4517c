"""A prediction in the vendor's words: how it stands, what it was made of, what it brought."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import cast

from pydantic import AwareDatetime, BaseModel

_SKEW = timedelta(minutes=1)


class Metrics(BaseModel):
    """How long the work took, without the wait before it."""

    predict_time: float | None = None


class Prediction(BaseModel):
    """A prediction as create, get and list tell it."""

    id: str
    status: str = ""
    model: str = ""
    input: dict[str, object] | None = None
    output: object = None
    error: str | None = None
    created_at: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None
    data_removed: bool = False
    metrics: Metrics | None = None

    @property
    def blank(self) -> bool:
        """Whether what it was made of has been thrown away."""
        return self.data_removed or not self.input

    @property
    def url(self) -> str:
        """Where the file lies, or the first of several; empty where it is not there."""
        held = cast("list[object]", self.output) if isinstance(self.output, list) else [self.output]
        first = next(iter(held), None)
        return first if isinstance(first, str) else ""

    @property
    def waited(self) -> float | None:
        """Seconds until its work began."""
        made, began = self.created_at, self.started_at
        return (began - made).total_seconds() if made and began else None

    def older(self, since: datetime | None) -> bool:
        """Say whether it was made before a moment, clocks apart by a minute at most."""
        made = self.created_at
        return since is not None and made is not None and made < since - _SKEW


class Page(BaseModel):
    """A page of the list, newest first."""

    results: list[Prediction]
    next: str | None
