"""Signing what leaves a film: every file once, with what it was made from, down to the sheets."""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Protocol

from stillreel.errors import Damaged, StorageError
from stillreel.ledger.papers import Signed
from stillreel.production.lineage import Lineage, is_trained, kind_of, title_of
from stillreel.providers import registry
from stillreel.trail.signing.nouns import Agent, Ingredient, Made
from stillreel.values.carried import carries_c2pa
from stillreel.values.digest import of_value

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    from stillreel.ledger.book import Ledger
    from stillreel.production.orders import SigningKeys
    from stillreel.production.settings import Disclosure
    from stillreel.trail.signing.nouns import (
        Doubt,
        Edit,
        Identity,
        Oversight,
        Receipt,
        Relation,
    )
    from stillreel.trail.signing.sign import FileSigner
    from stillreel.values.take import StoredFile, Take

VERSION = "3"
"""Changes whenever the same takes would get other manifests."""
_AT_ONCE = 2
"""Files that are signed beside each other: each is held in memory whole."""


class Files(Protocol):
    """Where the bytes of takes lie."""

    def sound(self, file: StoredFile) -> bool:
        """Say whether a file is whole."""
        ...

    def path(self, digest: str) -> Path:
        """Return where a file lies that was asked about."""
        ...

    def keep(self, data: bytes, media_type: str, role: str) -> StoredFile:
        """Put bytes beside them."""
        ...


class Signing:
    """Signs the files of one film, each once for everything that its manifest says."""

    def __init__(
        self,
        identity: Identity,
        rules: Disclosure,
        ledger: Ledger,
        files: Files,
        signer: FileSigner,
    ) -> None:
        """Take who signs, what may be said, and where files and memories lie."""
        self.identity = identity
        self._rules = rules
        self._ledger = ledger
        self.lineage = Lineage(ledger)
        self._files = files
        self._signer = signer
        self._tasks: dict[str, asyncio.Task[Signed]] = {}
        self._few = asyncio.Semaphore(_AT_ONCE)

    @property
    def words(self) -> str:
        """What of the signing changes a film: who signs, and what may be said."""
        rules = self._rules
        who = hashlib.sha256(self.identity.chain.encode()).hexdigest()
        said = [rules.prompts, rules.mark, rules.aigc_producer]
        return of_value([VERSION, who, self.identity.time_stamp_url, *said])

    async def take(self, take: Take) -> Path:
        """Return the signed copy of a take: a sheet, a board or a clip."""
        return self._path(await self._once(take, take.main))

    async def cut(self, take: Take, file: StoredFile) -> Path:
        """Return the signed copy of a plate or panel that was cut from a take."""
        return self._path(await self._once(take, file))

    def film(self, source: Path, target: Path, title: str, takes: Sequence[Take]) -> None:
        """Sign the film into `target`, with a copy of its manifest beside it.

        Args:
            source: the finished picture and sound, tagged.
            target: where it is to lie.
            title: of the film.
            takes: of its clips, in order; each was signed before.

        Raises:
            StillreelError: as `FileSigner.sign` says.
        """
        clips = [self._tasks[_key(take, take.main)].result() for take in takes]
        now = datetime.now(UTC)
        edits: list[Edit] = ["edited"] if self._ledger.decided() else []
        oversight: Oversight = "human_validated" if edits else "prompt_guided"
        if self._rules.mark:
            edits.append("watermarked")
        made = Made(
            kind="film",
            title=title,
            source_type=self.lineage.source_type(takes),
            agents=_agents(takes),
            at=now,
            ingredients=tuple(
                Ingredient(self._path(clip), "componentOf", title_of(take, take.main))
                for take, clip in zip(takes, clips, strict=True)
            ),
            edits=tuple(edits),
            ledger_head=self._ledger.head(),
            oversight=oversight,
        )
        beside = target.with_suffix(".c2pa")
        receipt = self._signer.sign(source, target, made, now=now, beside=beside)
        self._doubt(receipt.doubts, "film", "film")

    def card(self, path: Path, title: str) -> None:
        """Sign a card of the film that lies in out/, drawn by this program without a take."""
        now, signed = datetime.now(UTC), path.with_name(f".signed-{path.name}")
        agent = Agent("stillreel", metadata.version("stillreel"))
        made = Made("clip", title, "algorithmicMedia", (agent,), now)
        self._signer.sign(path, signed, made, now=now)
        signed.replace(path)

    def _doubt(self, doubts: Sequence[Doubt], stage: str, subject: str) -> None:
        """Write down which ingredients did not verify; the manifest says it too."""
        for one in doubts:
            told = f"the credentials of {one.title} do not verify: {', '.join(one.codes)}"
            self._ledger.say("warning", stage=stage, subject=subject, message=told)

    def _path(self, signed: Signed) -> Path:
        return self._files.path(signed.file.digest)

    async def _once(self, take: Take, file: StoredFile) -> Signed:
        key = _key(take, file)
        if key not in self._tasks:
            self._tasks[key] = asyncio.create_task(self._signed(take, file))
        return await self._tasks[key]

    async def _signed(self, take: Take, file: StoredFile) -> Signed:
        if not self._files.sound(file):
            raise damaged(take, file)
        fed = self._fed(take) if file.digest == take.main.digest else [(take, take.main)]
        signed = await asyncio.gather(*(self._once(*one) for one in fed))
        made_of = [one.manifest for one in signed]
        words = of_value([VERSION, self.words, take.id, file.digest, made_of])
        known = self._ledger.signed(words)
        if known is not None and self._files.sound(known.file):
            return known
        if known is not None:
            told = f"the signed copy of {title_of(take, file)} was changed; it is signed again"
            self._ledger.say("damaged", stage=take.stage, subject=take.subject, message=told)
        async with self._few:
            given = tuple(
                Ingredient(self._path(one), _relation(owner, take, file), title_of(owner, part))
                for one, (owner, part) in zip(signed, fed, strict=True)
            )
            data, receipt = await asyncio.to_thread(self._sign, take, file, given)
        self._doubt(receipt.doubts, take.stage, take.subject)
        kept = self._files.keep(data, file.media_type, "signed")
        copy = Signed(kept, receipt.manifest, kind_of(take, file))
        self._ledger.sign(words, copy)
        return copy

    def _fed(self, take: Take) -> list[tuple[Take, StoredFile]]:
        """Return what a take was made from.

        A model is told of every picture it was shown. A program that draws by rules looks at the
        board alone, so that what the board was made from travels inside the board.
        """
        fed = self.lineage.fed(take)
        if is_trained(take.provider):
            return fed
        fed = [(one, one.main if one.stage == "grid" else file) for one, file in fed]
        fed = list({file.digest: (one, file) for one, file in fed}.values())
        behind = self.lineage.behind(owner for owner, _ in fed)
        within = {
            (owner.id, part.digest) for one in behind for owner, part in self.lineage.fed(one)
        }
        return [(owner, file) for owner, file in fed if (owner.id, file.digest) not in within]

    def _sign(
        self, take: Take, file: StoredFile, given: tuple[Ingredient, ...]
    ) -> tuple[bytes, Receipt]:
        source = self._files.path(file.digest)
        made = self._made(take, file, given)
        # Always the same name: what a killed run left there, the next one writes over.
        target = source.with_name(f".signed-{take.short}-{source.name}")
        try:
            receipt = self._signer.sign(source, target, made, now=datetime.now(UTC))
            return target.read_bytes(), receipt
        finally:
            target.unlink(missing_ok=True)

    def _made(self, take: Take, file: StoredFile, ingredients: tuple[Ingredient, ...]) -> Made:
        prompt = take.prompt
        edits: tuple[Edit, ...] = ()
        if file.digest != take.main.digest:
            edits = ("cropped",)
            prompt = ""
        else:
            source = self._files.path(file.digest)
            if carries_c2pa(source):
                # The vendor's own manifest is carried on: this file is its next version.
                ingredients = (Ingredient(source, "parentOf", take.provider), *ingredients)
        return Made(
            kind=kind_of(take, file),
            title=title_of(take, file),
            source_type=self.lineage.source_type([take]),
            agents=_agents([take]),
            at=_moment(take.made_at),
            ingredients=ingredients,
            edits=edits,
            take=take.id,
            prompt_sha256=sha256(prompt),
            prompt=prompt if self._rules.prompts else "",
        )


@contextmanager
def signing(
    keys: SigningKeys | None, rules: Disclosure, ledger: Ledger, files: Files
) -> Generator[Signing | None]:
    """Open what signs the files of a film; None where nothing is to be signed.

    Raises:
        NotConfigured: the certificate or key cannot sign.
        StorageError: this machine's own key cannot be kept.
    """
    if keys is None or not rules.sign:
        yield None
        return
    from stillreel.trail.signing.sign import FileSigner

    identity = identity_of(keys)
    with FileSigner(identity) as signer:
        yield Signing(identity, rules, ledger, files, signer)


def identity_of(keys: SigningKeys) -> Identity:
    """Return who signs: a person's own certificate, or this machine's, made on first use."""
    from stillreel.trail.signing.keys import studio_key

    if keys.chain is not None and (known := known_identity(keys)) is not None:
        return known
    try:
        return studio_key(keys.folder, now=datetime.now(UTC), time_stamp_url=keys.time_stamps)
    except StorageError as error:
        raise StorageError(
            "The key of this machine, with which films are signed, cannot be kept.",
            where=error.where,
            next_step="Set XDG_CONFIG_HOME to a folder that can be written, sign with a "
            "certificate of your own, or set sign = false under [disclosure].",
        ) from error


def known_identity(keys: SigningKeys) -> Identity | None:
    """Return who signs today; None where this machine has yet to make its key. Nothing is written.

    Raises:
        NotConfigured: the certificate or key cannot sign.
    """
    from stillreel.trail.signing import keys as made

    now, stamps = datetime.now(UTC), keys.time_stamps
    if keys.chain is not None and keys.key is not None:
        return made.identity_from_files(keys.chain, keys.key, now=now, time_stamp_url=stamps)
    return made.known_key(keys.folder, now=now, time_stamp_url=stamps)


async def ingest(ledger: Ledger, files: Files, takes: Iterable[Take]) -> None:
    """Write down what the files of vendors say of where they come from, as found on the way in."""
    for take in takes:
        digest = take.main.digest
        if registry.offer(take.provider).embedded or ledger.credential(digest) is not None:
            continue
        told = await asyncio.to_thread(_read, files.path(digest))
        ledger.note_credential(digest, json.dumps(told, sort_keys=True))
        who = f", signed by {told['issuer']}" if told.get("issuer") else ""
        ledger.say(
            "credential",
            stage=take.stage,
            subject=take.subject,
            take_id=take.id,
            message=f"{told['state']}{who}; lists of {told.get('lists_snapshot', '')}",
        )


def _read(path: Path) -> dict[str, object]:
    from stillreel.trail.read import read
    from stillreel.trail.telling import as_json

    return as_json(read(path))


def damaged(take: Take, file: StoredFile) -> Damaged:
    """Return the error for a picture that is not what it was when it was stored."""
    return Damaged(
        f"The {title_of(take, file)} no longer matches its digest, so it does not leave.",
        where=take.subject,
        next_step="Run again: what is damaged is made again, or told.",
    )


def sha256(words: str) -> str:
    """Return the SHA-256 of words, in hex; nothing for none."""
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def _relation(owner: Take, take: Take, file: StoredFile) -> Relation:
    """Return what a file of one take is to a file of another that was made from it."""
    same = (owner.stage, owner.subject) == (take.stage, take.subject)
    if same or file.digest != take.main.digest:
        # Cut out of it, or the board before single panels were set back into it.
        return "parentOf"
    return "componentOf" if owner.stage == take.stage else "inputTo"


def _key(take: Take, file: StoredFile) -> str:
    return f"{take.id} {file.digest}"


def _agents(takes: Iterable[Take]) -> tuple[Agent, ...]:
    """Return who made takes, each once, in order."""
    found = dict.fromkeys((take.model, take.provider) for take in takes)
    return tuple(Agent(model, trained=is_trained(provider)) for model, provider in found)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
