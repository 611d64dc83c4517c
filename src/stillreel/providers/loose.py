"""Tables that vendors answer: what is null in them is as good as absent."""

from __future__ import annotations

from typing import Self, cast

from pydantic import BaseModel, ValidationError, model_validator


class Loose(BaseModel):
    """A table of a vendor's, or a part of one, read without its nulls."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, held: object) -> object:
        if not isinstance(held, dict):
            return held
        table = cast("dict[str, object]", held)
        return {key: value for key, value in table.items() if value is not None}

    @classmethod
    def of(cls, held: object) -> Self:
        """Read a table; one of another shape tells nothing."""
        try:
            return cls.model_validate(held)
        except ValidationError:
            return cls()
