"""The vendor's check of a picture for its own signals: what is sent, and how the answer is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ValidationError

from stillreel.errors import ProviderError
from stillreel.providers.checking import Checked
from stillreel.providers.parcel import Form
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from stillreel.providers.reply import Table

PATH = "content_provenance_checks"
TERMS = (
    "Each picture is sent to OpenAI as it is, under your key and your agreement with it; what it "
    "keeps is for that agreement to say. No price is published for a check (looked up 2026-11-27), "
    "and access may be limited."
)


class _Result(BaseModel):
    """What is said of one signal; further fields are told by the vendor and not used."""

    type: str
    outcome: Literal["detected", "not_detected"]


class _Answer(BaseModel):
    object: Literal["content_provenance_check"]
    results: list[_Result]


def body(picture: bytes) -> Form:
    """Return the body of a check."""
    return Form((), (("file", picture, media_type(picture[:16])),))


def read(table: Table) -> Checked:
    """Return what an answer says.

    Raises:
        ProviderError: it has another shape than is published.
    """
    try:
        answer = _Answer.model_validate(table)
    except ValidationError:
        raise ProviderError(
            "The check answered in another shape than is published.", charged="unknown"
        ) from None
    found = {one.type for one in answer.results if one.outcome == "detected"}
    return Checked(pixels="synthid" in found, manifest="c2pa" in found)
