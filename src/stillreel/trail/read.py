"""Read a file's credentials: its C2PA manifest store, judged, and the labels beside it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from stillreel.errors import UsageError
from stillreel.trail import declared, sentences, trust, verify
from stillreel.trail.labels import labels
from stillreel.trail.nouns import Credential, Facts, Finding
from stillreel.trail.parsed import table, tables, text
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from stillreel.trail.labels import Labels
    from stillreel.trail.nouns import State
    from stillreel.trail.parsed import Json

_HEAD = 32
_STORE_MOST = 64 << 20
"""Bytes of a manifest store that is read; a film of 150 clips has some 10 MB."""
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
    context = trust.context(anchors)
    for path in paths:
        yield _credential(path, context, at or datetime.now(UTC))


def _credential(path: Path, context: object, at: datetime) -> Credential:
    if path.is_dir():
        raise UsageError("This is a folder, not a file.", where=str(path))
    try:
        with path.open("rb") as stream:
            kind = media_type(stream.read(_HEAD))
            size = stream.seek(0, 2)
            beside = labels(stream, kind, size)
            told = _manifest(stream, kind, size, beside, context)
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
        checked_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        lists_snapshot=trust.SNAPSHOT,
        worst="NoManifest",
        findings=(*_misnamed(path, kind), *beside.findings),
        aigc_label=beside.aigc,
        metadata_source_type=beside.source_type,
        remote_manifest=beside.remote_manifest,
    )
    if isinstance(told, _Refusal):
        return _refused(blank, told)
    try:
        return _judged(blank, *told, at)
    except verify.Overgrown:
        sentence = "Its ingredients are nested too deep, in a ring, or too many to be read."
        return _refused(blank, _Refusal("Unreadable", Finding("stillreel.overgrown", sentence)))


def _manifest(
    stream: BinaryIO, kind: str, size: int, beside: Labels, context: object
) -> tuple[Json, Json] | _Refusal:
    """Return the manifest store as the reader's two documents, or why there is none."""
    if not size:
        return _refusal("Unreadable", "stillreel.empty", "The file is empty.")
    if beside.manifest_bytes > _STORE_MOST:
        return _refusal(
            "Unreadable",
            "stillreel.tooLarge",
            f"Its manifest store has {beside.manifest_bytes} bytes; {_STORE_MOST} are read.",
        )
    import c2pa

    stream.seek(0)
    try:
        with c2pa.Reader(kind, stream, context=_context(context)) as reader:
            return table(json.loads(reader.json())), table(json.loads(reader.crjson()))
    except c2pa.C2paError as error:
        return _why(str(error), kind)
    except (ValueError, RecursionError) as error:
        return _refusal("Unreadable", "stillreel.unreadable", f"Its manifest store: {error}.")


def _context(context: object) -> Any:  # noqa: ANN401 - c2pa has no types
    return context


def _why(message: str, kind: str) -> _Refusal:
    """Return a reader's refusal as a state and a sentence; its messages begin with a class."""
    name, _, rest = message.partition(": ")
    if name == "ManifestNotFound":
        return _refusal("NoManifest", "stillreel.noManifest", "It carries no C2PA manifest.")
    if name in {"Remote", "RemoteManifest"}:
        place = rest.rpartition("url ")[2] or "an address"
        sentence = f"It carries no manifest but says there is one at {place}, which is not fetched."
        return _refusal("NoManifest", "stillreel.remoteManifest", sentence)
    if name == "NotSupported":
        sentence = f"C2PA manifests cannot be looked for in this type of file ({kind})."
        return _refusal("NoManifest", "stillreel.unsupportedType", sentence)
    sentence = f"The manifest store or the file around it cannot be read: {rest or message}."
    return _refusal("Unreadable", "stillreel.unreadable", sentence)


def _refusal(state: State, code: str, sentence: str) -> _Refusal:
    return _Refusal(state, Finding(code, sentence))


def _refused(blank: Credential, why: _Refusal) -> Credential:
    return replace(blank, state=why.state, worst=why.state, findings=(*blank.findings, why.finding))


def _judged(blank: Credential, store: Json, report: Json, at: datetime) -> Credential:
    manifests = {label: table(one) for label, one in table(store.get("manifests")).items()}
    results = table(store.get("validation_results"))
    active = text(store.get("active_manifest")) or ""
    ends = dict(_ends(report))
    what = declared.declared(table(manifests.get(active)))
    codes = verify.codes_of(table(results.get("activeManifest")))
    facts = verify.facts_of(codes, ended=verify.ended(ends.get(active), at))
    state = _state(text(store.get("validation_state")), codes=codes, facts=facts)
    deltas = tables(results.get("ingredientDeltas"))
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
        manifests=len(manifests),
        failure_codes=tuple(sorted(codes.failure)),
        informational_codes=tuple(sorted(codes.informational)),
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


def _ends(report: Json) -> Iterator[tuple[str, str]]:
    """Yield when the certificate of each manifest's signer ends, by the manifest's label."""
    for manifest in tables(report.get("manifests")):
        certificate = table(table(manifest.get("signature")).get("certificateInfo"))
        end = text(table(certificate.get("validity")).get("notAfter"))
        if end and (label := text(manifest.get("label"))):
            yield label, end


def _misnamed(path: Path, kind: str) -> tuple[Finding, ...]:
    named = _NAMED.get(path.suffix.lower())
    if named is None or named == kind:
        return ()
    sentence = f"It is named like {named}, but its bytes are {kind}."
    return (Finding("stillreel.misnamed", sentence),)
