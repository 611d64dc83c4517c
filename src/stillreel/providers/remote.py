"""Providers at the other end of a wire: what they share besides their vendor's own words."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from stillreel.errors import BadOutput, Gone, Lost, NotConfigured
from stillreel.providers import keys
from stillreel.providers.offer import load
from stillreel.providers.registry import own_offers
from stillreel.providers.seam import Delivered, Status
from stillreel.providers.words import SETTLE
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    import httpx2

    from stillreel.errors import Failure
    from stillreel.providers.carrier import Pause
    from stillreel.providers.offer import Offer
    from stillreel.providers.reply import Reply, Table
    from stillreel.providers.seam import Job
    from stillreel.providers.wire import Wire

_SOLD = {"motion": "clip", "still": "picture", "": "million tokens"}
"""What a price is commonly for, by what is made."""


class Remote:
    """A provider that needs a key and a network; a subclass speaks its vendor's words."""

    name: ClassVar[str] = ""
    """Provider id, as in film.toml and in the name of the offers file."""
    vendor: ClassVar[str] = ""
    """The vendor, as messages name it."""
    package: ClassVar[str] = ""
    """Package its offers file lies in; that of the module that names it unless told."""
    environment: Mapping[str, str] = os.environ
    """Where the key and another address are looked up."""

    def __init__(
        self,
        label: str = "",
        mine: Path | None = None,
        *,
        key: str = "",
        environment: Mapping[str, str] | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        """Read the offer; no key is needed and no connection made yet.

        Args:
            label: of one of its models; empty for its first.
            mine: a user's own offers file.
            key: wins over the environment and the keyring.
            environment: in place of the process's.
            transport: carries requests in tests.
            pause: waits between tries.
        """
        self.offer: Offer = load(self.package or self._home(), self.name, label, mine)
        """What it can do and at what price, dated."""
        self.id = self.offer.provider
        if environment is not None:
            self.environment = environment
        self._mine = mine
        self._given = key
        self._transport = transport
        self._pause = pause
        self._wires: dict[tuple[str, str], Wire] = {}

    def __repr__(self) -> str:
        """Return the name, and no key."""
        return f"{type(self).__name__}({self.id!r})"

    @classmethod
    def _home(cls) -> str:
        """Return the package of the module that gives the provider its name."""
        named = next(one for one in cls.__mro__ if "name" in vars(one))
        return str(sys.modules[named.__module__].__package__)

    def headers(self, secret: str) -> dict[str, str]:
        """Return the headers that carry the key: a bearer token, as most vendors have it."""
        return {"Authorization": f"Bearer {secret}"}

    def judge(self, reply: Reply) -> tuple[Failure, str]:
        """Return the class of a refusal, and what a person can do."""
        from stillreel.providers.reply import by_status

        return by_status(reply)

    def undone(self, reply: Reply) -> bool:  # noqa: ARG002 - few vendors say so
        """Say whether a server error is one after which nothing can have been made."""
        return False

    def key(self) -> keys.Key | None:
        """Return the vendor's key and where it came from, or None."""
        return keys.find(self.offer.key_names, self.environment, self._given)

    @property
    def sought(self) -> str:
        """Where a key is looked for, as a person reads it."""
        return " or ".join(self.offer.key_names)

    def status(self) -> Status:
        """Say whether there are a key, a price and a client, without a call."""
        if self.offer.disabled:
            return Status("disabled", self.offer.disabled)
        if find_spec("httpx2") is None:
            return Status("broken", "httpx2 cannot be imported")
        wrong = "; ".join(one for one in (self._unready(), self._unpriced()) if one)
        return Status("not configured", wrong) if wrong else Status("ready")

    def named(self, table: Table, field: str, where: str) -> str:
        """Return the id of a job that was created.

        Raises:
            Lost: the vendor took the job and told no id.
        """
        found = table.get(field)
        if isinstance(found, str) and found:
            return found
        raise Lost(
            f"{self.vendor} took the job and told no id of it.",
            where=where,
            next_step=SETTLE,
            charged="unknown",
        )

    async def film(
        self, link: Callable[[], Awaitable[str]], job: Job, wanted: str = "video/"
    ) -> Delivered:
        """Return the clip, or whatever else is wanted, that a link gives.

        Raises:
            BadOutput: the file is of another kind, or too large.
            Gone: it cannot be had any more.
            ProviderError: it cannot be had for now.
        """
        data = await self.wire.download(link, self.offer.result_bytes_max, where=job.vendor_id)
        kind = media_type(data[:16])
        if kind.startswith(wanted):
            return Delivered(data, kind)
        made = {"video/": "a clip", "image/": "a picture"}.get(wanted, wanted)
        raise BadOutput(
            f"{self.vendor} delivered {kind} in place of {made}.",
            where=job.vendor_id,
            next_step="Look at the job in the vendor's console.",
            charged="yes",
        )

    def gone(
        self, job: Job, told: str, step: str = "Ask for another take with stillreel redo."
    ) -> Gone:
        """Return the error of a result that was paid and cannot be had any more."""
        return Gone(told, where=job.vendor_id, next_step=step, charged="yes")

    def forgotten(self, job: Job) -> Job:
        """Return a job that the vendor does not know, where it had come to its end.

        Raises:
            Gone: it had not: a new job may not be known everywhere yet, so it is asked again.
        """
        told = f"{self.vendor} does not know the job {job.vendor_id}."
        if job.state == "succeeded":
            return replace(job, state="expired", message=told)
        step = "Look at the jobs in the vendor's console."
        raise Gone(told, where=job.vendor_id, next_step=step, charged="unknown")

    def _unpriced(self) -> str:
        """Say what to write where the vendor publishes no price; empty where it does."""
        if self.offer.prices:
            return ""
        file = self._mine or (own_offers() or Path("offers")) / f"{self.name}.toml"
        row = f'prices = [{{ usd = "0.80", per = "{_SOLD.get(self.offer.makes, _SOLD[""])}" }}]'
        if self.offer.label:
            row = f'model = [{{ label = "{self.offer.label}", {row} }}]'
        return f"no price is published: write what you pay into {file}, as in {row}"

    def _unready(self) -> str:
        """Say what is wrong with the key or the address; empty where nothing is."""
        key = self.key()
        if key is None:
            return f"no key: set {self.sought}"
        if not key.sound:
            return f"the key of {key.source} holds letters that no key has: set it anew"
        base = self._base()
        if urlsplit(base).scheme in {"http", "https"} and urlsplit(base).netloc:
            return ""
        wrong = f"{base!r} is no address" if base else "no address"
        return f"{wrong}: set {self._setting}, or base_url in your offers file"

    @property
    def _setting(self) -> str:
        return f"STILLREEL_{self.name.upper().replace('-', '_')}_BASE_URL"

    def _base(self) -> str:
        return self._moved(self.offer.base_url)

    def _moved(self, usual: str) -> str:
        """Return an address of the vendor, unless the environment puts another in its place."""
        return self.environment.get(self._setting, "").strip() or usual

    @property
    def wire(self) -> Wire:
        """The wire to the vendor, with the key as it is now.

        Raises:
            NotConfigured: there is no key, or no address.
        """
        return self._wired(self._base())

    @property
    def records(self) -> Wire:
        """The wire to the vendor's list of jobs, where that lies at an address of its own.

        Raises:
            NotConfigured: there is no key, or no address.
        """
        return self._wired(self._moved(self.offer.records_url or self.offer.base_url))

    def _wired(self, base: str) -> Wire:
        from stillreel.providers.wire import Wire

        key, wrong = self.key(), self._unready()
        if key is None or wrong:
            raise NotConfigured(
                f"{self.vendor} cannot be asked: {wrong}.",
                next_step="stillreel keys shows what was found; set it, then go on.",
            )
        if (key.secret, base) not in self._wires:
            wire = Wire(
                self.vendor,
                base,
                self.headers(key.secret),
                timeout=self.offer.timeout,
                secrets=(key.secret,),
                judge=self.judge,
                undone=self.undone,
                transport=self._transport,
                pause=self._pause,
            )
            kept = {of: one for of, one in self._wires.items() if of[0] == key.secret}
            self._wires = {**kept, (key.secret, base): wire}
        return self._wires[key.secret, base]
