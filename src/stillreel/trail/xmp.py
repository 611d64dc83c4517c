"""XMP packets: the three properties that speak of origin, read without entities."""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat

_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_WANTED = {
    f"{_IPTC} DigitalSourceType": "source_type",
    "http://purl.org/dc/terms/ provenance": "provenance",
}
_LONGEST = 1 << 16


class Packet(NamedTuple):
    """What an XMP packet says of a file's origin."""

    source_type: str | None = None
    """IPTC DigitalSourceType, as written."""
    provenance: str | None = None
    """Where a manifest is said to lie."""
    aigc: str | None = None
    """The text of a property called AIGC, in whatever namespace."""


class Forbidden(Exception):
    """The packet declares a document type or is not XML; the message is a sentence."""


def packet(data: bytes) -> Packet:
    """Read an XMP packet.

    Raises:
        Forbidden: it is not well-formed, or has a document type, which could bear entities.
    """
    found: dict[str, str] = {}
    path: list[str] = []
    held: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        path.append(name)
        held.clear()
        for key, value in attributes.items():
            _keep(found, key, value)
            if key == f"{_RDF} resource":
                _keep(found, name, value)

    def end(_: str) -> None:
        # A value may stand in an rdf:Alt or rdf:Bag below its property.
        for name in path[-3:]:
            _keep(found, name, "".join(held))
        held.clear()
        path.pop()

    def refuse(*_: object) -> None:
        raise Forbidden("The XMP packet has a document type, which is not read.")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = held.append
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        # Some writers leave bytes around the packet; XMP in files is UTF-8 by its standard.
        parser.Parse(data[max(data.find(b"<"), 0) : data.rfind(b">") + 1], True)
    except expat.ExpatError as error:
        raise Forbidden(f"The XMP packet is not well-formed: {error}.") from error
    return Packet(**found)


def _keep(found: dict[str, str], name: str, value: str) -> None:
    key = "aigc" if name.rpartition(" ")[2] == "AIGC" else _WANTED.get(name)
    if key and value.strip():
        found.setdefault(key, value.strip()[:_LONGEST])
