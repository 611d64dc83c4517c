"""Read a file's credentials: its C2PA manifest store, judged, and the labels beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from stillreel.errors import UsageError
from stillreel.trail import declared, sentences, trust, verify
from stillreel.trail.apart import load_apart
from stillreel.trail.labels import labels
from stillreel.trail.nouns import Credential, Facts, Finding
from stillreel.trail.parsed import table, tables, text
from stillreel.trail.store import Store, Unread, load
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from stillreel.trail.labels import Labels
    from stillreel.trail.nouns import State

_HEAD = 32
_SMALL = 1 << 20
"""Bytes of a store that cannot unfold beyond some 200 MB; a film of 25 clips has them."""
_PACKED = "output exceeds maximum size"
"""How the library words that a manifest is compressed, where it may not unpack any."""
_NAMED = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".wav": "audio/wav",
}


class _Refusal(NamedTuple):
    state: State
    finding: Finding


class _Lists(NamedTuple):
    context: trust.Context
    anchors: Path | None


def read(path: Path, *, anchors: Path | None = None, at: datetime | None = None) -> Credential:
    """Read the credentials of one file; see `credentials_of`.

    Args:
        path: a picture, clip or film.
        anchors: a PEM file of further certificates to trust.
        at: when it is checked; now, if left out.

    Raises:
        UsageError: there is no such file, or the anchors cannot be read.
    """
    return next(credentials_of([path], anchors=anchors, at=at))


def credentials_of(
    paths: Iterable[Path], *, anchors: Path | None = None, at: datetime | None = None
) -> Iterator[Credential]:
    """Yield the credentials of many files, in order, with the trust lists loaded once.

    What is wrong with a file is its state and its findings, never an exception: a film of 150
    clips is told of in full. Nothing is fetched from the network.

    Args:
        paths: pictures, clips, films.
        anchors: a PEM file of further certificates to trust.
        at: when they are checked, with a time zone; now, if left out. Certificates that end
            between now and then are told as ended.

    Raises:
        UsageError: a file is not there, or the anchors cannot be read.
    """
    lists = _Lists(trust.context(anchors, packed=False), anchors)
    for path in paths:
        yield _credential(path, lists, (at or datetime.now(UTC)).astimezone(UTC))


def _credential(path: Path, lists: _Lists, at: datetime) -> Credential:
    if path.exists() and not path.is_file():
        what = "a folder, not a file" if path.is_dir() else "no regular file"
        raise UsageError(f"This is {what}.", where=str(path), next_step="Give a picture or clip.")
    try:
        with path.open("rb") as stream:
            kind = media_type(stream.read(_HEAD))
            size = stream.seek(0, 2)
            beside = labels(stream, kind, size)
            told = _told(path, stream, kind, beside, lists) if size else _EMPTY
    except OSError as error:
        raise UsageError(
            f"The file cannot be read: {error.strerror}.",
            where=str(path),
            next_step="Check the path.",
        ) from error
    blank = Credential(
        file=str(path),
        media_type=kind,
        state="NoManifest",
        facts=Facts(),
        checked_at=at.isoformat(timespec="seconds"),
        lists_snapshot=trust.SNAPSHOT,
        worst="NoManifest",
        findings=(*(_misnamed(path, kind) if size else ()), *beside.findings),
        aigc_label=beside.aigc,
        metadata_source_type=beside.source_type,
        remote_manifest=beside.remote_manifest,
    )
    if isinstance(told, _Refusal):
        return _refused(blank, told)
    try:
        return _judged(blank, told, at)
    except verify.Overgrown:
        sentence = "Its ingredients are nested too deep, in a ring, or too many to be read."
        return _refused(blank, _Refusal("Unreadable", Finding("stillreel.overgrown", sentence)))


def _told(
    path: Path, stream: BinaryIO, kind: str, beside: Labels, lists: _Lists
) -> Store | _Refusal:
    try:
        return _store(path, stream, kind, beside.store_bytes, lists)
    except Unread as error:
        return _why(str(error), kind, beside.remote_manifest)


def _store(path: Path, stream: BinaryIO, kind: str, weight: int, lists: _Lists) -> Store:
    """Return the manifest store, read here where it is small and apart where it may unfold."""
    if weight <= _SMALL:
        try:
            return load(stream, kind, lists.context)
        except Unread as error:
            if not str(error).endswith(_PACKED):
                raise
    return load_apart(path, kind, lists.anchors)


def _why(message: str, kind: str, remote: str | None) -> _Refusal:
    """Return a reader's refusal as a state and a sentence; its messages begin with a class."""
    name, _, rest = message.partition(": ")
    if name in {"Remote", "RemoteManifest"} or (name == "ManifestNotFound" and remote):
        place = remote or rest.rpartition("url ")[2]
        sentence = f"It carries no manifest but says there is one at {place}, which is not fetched."
        return _refusal("NoManifest", "stillreel.remoteManifest", sentence)
    if name == "ManifestNotFound":
        return _refusal("NoManifest", "stillreel.noManifest", "It carries no C2PA manifest.")
    if name == "NotSupported":
        sentence = f"C2PA manifests cannot be looked for in this type of file ({kind})."
        return _refusal("NoManifest", "stillreel.unsupportedType", sentence)
    sentence = f"The manifest store or the file around it cannot be read: {rest or message}."
    return _refusal("Unreadable", "stillreel.unreadable", sentence)


_EMPTY = _Refusal("Unreadable", Finding("stillreel.empty", "The file is empty."))


def _refusal(state: State, code: str, sentence: str) -> _Refusal:
    return _Refusal(state, Finding(code, sentence))


def _refused(blank: Credential, why: _Refusal) -> Credential:
    return replace(blank, state=why.state, worst=why.state, findings=(*blank.findings, why.finding))


def _judged(blank: Credential, told: Store, at: datetime) -> Credential:
    store, ends = told
    manifests = {label: table(one) for label, one in table(store.get("manifests")).items()}
    results = table(store.get("validation_results"))
    active = text(store.get("active_manifest")) or ""
    what = declared.declared(table(manifests.get(active)))
    codes = verify.codes_of(table(results.get("activeManifest")))
    facts = verify.facts_of(codes, ended=verify.ended(ends.get(active), at))
    state = _state(text(store.get("validation_state")), codes=codes, facts=facts)
    deltas = list(tables(results.get("ingredientDeltas")))
    news = [verify.codes_of(table(one.get("validationDeltas"))).failure for one in deltas]
    ingredients = verify.Tree(manifests, deltas, ends, at).ingredients(active)
    faults = verify.faults_of(ingredients)
    return replace(
        blank,
        state=state,
        facts=facts,
        worst=verify.worst_of(state, ingredients),
        findings=(*blank.findings, *sentences.of_facts(facts), *sentences.of_faults(faults)),
        faults=faults,
        signer=declared.signer(table(manifests.get(active)), ends.get(active)),
        claim_generator=what.claim_generator,
        claim_version=what.claim_version,
        actions=what.actions,
        digital_source_types=what.digital_source_types,
        software_agents=what.software_agents,
        model_name=what.model_name,
        synthid=what.synthid,
        watermark_actions=what.watermark_actions,
        manifest=active,
        ledger_head=what.ledger_head,
        manifests=len(manifests),
        failure_codes=tuple(sorted(codes.failure)),
        informational_codes=tuple(sorted(codes.informational)),
        ingredient_failure_codes=tuple(sorted(frozenset[str]().union(*news))),
        ingredients=ingredients,
    )


def _state(said: str | None, *, codes: verify.Codes, facts: Facts) -> State:
    """Return the validator's own verdict, unless its signer will have ended by the moment asked."""
    if facts.time.value == "expired":
        return "Invalid"
    for known in ("Trusted", "Valid", "Invalid"):
        if said == known:
            return known
    return "Invalid" if codes.failure else verify.state_of(facts)


def _misnamed(path: Path, kind: str) -> tuple[Finding, ...]:
    named = _NAMED.get(path.suffix.lower())
    if named is None or named == kind:
        return ()
    sentence = f"It is named like {named}, but its bytes are {kind}."
    return (Finding("stillreel.misnamed", sentence),)
