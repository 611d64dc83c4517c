"""The nouns of signing: what is said about a file, who says it, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

Kind = Literal["sheet", "plate", "panel", "board", "clip", "film"]
Relation = Literal["parentOf", "inputTo", "componentOf"]
"""`parentOf`: this very picture before it was changed; `inputTo`: fed to the model;
`componentOf`: a piece placed in it."""
SourceType = Literal[
    "algorithmicMedia", "trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"
]
"""IPTC digital source type: drawn by rules, made by a trained model, or a mixture of both."""
Edit = Literal["cropped", "resized", "edited", "transcoded", "converted", "watermarked"]
"""What was done after the beginning. `edited` means that a person chose, cut or asked again."""
Oversight = Literal["fully_autonomous", "prompt_guided", "human_validated"]
"""How far people watched over it, in the words of the C2PA AI disclosure."""
Alg = Literal["es256", "es384", "es512", "ps256", "ps384", "ps512", "ed25519"]


@dataclass(frozen=True, slots=True)
class Agent:
    """A program or model that made pictures, by the name its vendor gives it."""

    name: str
    version: str = ""
    trained: bool = False
    """A trained model, which the AI disclosure must name; else a program that draws by rules."""


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A file that something was made from; its own manifest travels along."""

    path: Path
    relation: Relation
    title: str = ""
    """What a viewer prints; the name of the file where empty."""


@dataclass(frozen=True, slots=True)
class Made:
    """How one file came to be: all that its manifest says.

    The first action follows from the ingredients: with a `parentOf` the file was opened, without
    one it was created. Every `componentOf` is placed, in order.

    Raises:
        ValueError: there are two parents.
    """

    kind: Kind
    title: str
    source_type: SourceType
    agents: tuple[Agent, ...]
    """Who made it; the first is the maker of the file itself."""
    at: datetime
    """When it was made, with its time zone."""
    ingredients: tuple[Ingredient, ...] = ()
    edits: tuple[Edit, ...] = ()
    """What was done after it was created or opened, in order."""
    take: str = ""
    """Id of the take in the ledger."""
    prompt_sha256: str = ""
    prompt: str = ""
    """The words themselves: only when the person wants them public."""
    ledger_head: str = ""
    """Hash of the last event of the ledger, for the film."""
    oversight: Oversight = "prompt_guided"

    def __post_init__(self) -> None:
        """Refuse two parents: a file is one picture changed, or none."""
        if sum(item.relation == "parentOf" for item in self.ingredients) > 1:
            message = "a file has one parent at most"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signs: a certificate chain and a key, or a function that signs elsewhere."""

    name: str
    """Common name of the certificate."""
    chain: str = field(repr=False)
    """PEM, the signer's own certificate first, without the root that readers must know."""
    alg: Alg
    not_before: datetime
    not_after: datetime
    key: bytes = field(default=b"", repr=False)
    """PKCS#8 PEM; empty where `sign` is given."""
    sign: Callable[[bytes], bytes] | None = field(default=None, repr=False)
    """Gets the bytes to sign, returns the signature (DER or raw r|s)."""
    time_stamp_url: str = ""
    """RFC 3161 service that dates each signature; nothing is asked where empty."""
    home_made: bool = False
    """The key of this machine, on no trust list."""


class Doubt(NamedTuple):
    """An ingredient that did not verify when it was taken in; the manifest records it so."""

    title: str
    codes: tuple[str, ...]
    """C2PA failure codes."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of signing one file."""

    path: Path
    media_type: str
    digest: str
    """SHA-256 of the signed file, in hex."""
    size: int
    """Bytes of the signed file."""
    manifest: str
    """Label of the manifest just written: `urn:c2pa:...`."""
    added: int
    """Bytes that signing added."""
    doubts: tuple[Doubt, ...] = ()
    """Ingredients that did not verify: worth a warning, as no viewer will trust the whole."""
