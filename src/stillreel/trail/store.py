"""A file's manifest store as c2pa reads it, cut down to what is looked at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from stillreel.trail.declared import spoken
from stillreel.trail.parsed import table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from stillreel.trail.parsed import Json
    from stillreel.trail.trust import Context


class Unread(Exception):
    """The library's refusal, as it words it: a class, a colon and a sentence."""


class Store(NamedTuple):
    """A manifest store: the reader's document, and what it leaves out."""

    document: Json
    ends: Mapping[str, str]
    """When the certificate of each manifest's signer ends, by the manifest's label."""


def load(stream: BinaryIO, media_type: str, context: Context) -> Store:
    """Read and validate the manifest store of a file.

    Raises:
        Unread: there is none, or it cannot be read.
    """
    import c2pa

    # What we cannot tell, the library may know.
    known = None if media_type == "application/octet-stream" else media_type
    stream.seek(0)
    try:
        with c2pa.Reader(known, stream, context=context) as reader:
            ends = dict(_ends(table(json.loads(reader.crjson()))))
            return Store(_needed(table(json.loads(reader.json()))), ends)
    except c2pa.C2paError as error:
        raise Unread(str(error)) from error
    except (ValueError, RecursionError) as error:
        raise Unread(f"Json: {error}") from error


def _needed(document: Json) -> Json:
    """Return the document without the assertions that nobody reads, which may be huge."""
    manifests = {
        label: {**table(one), "assertions": list(spoken(table(one)))}
        for label, one in table(document.get("manifests")).items()
    }
    return {**document, "manifests": manifests}


def _ends(report: Json) -> Iterator[tuple[str, str]]:
    for manifest in tables(report.get("manifests")):
        certificate = table(table(manifest.get("signature")).get("certificateInfo"))
        end = text(table(certificate.get("validity")).get("notAfter"))
        if end and (label := text(manifest.get("label"))):
            yield label, end
