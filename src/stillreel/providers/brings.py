"""Vendors to which pictures are brought before a job is created: what such providers share."""

from __future__ import annotations

import asyncio
from functools import cached_property, partial
from typing import TYPE_CHECKING

from stillreel.errors import ProviderError
from stillreel.providers.picture import taken
from stillreel.providers.remote import Remote
from stillreel.providers.uploads import Uploads, home, missing
from stillreel.values.digest import of_bytes, of_parts

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from stillreel.providers.ask import Reference

_LETTERS = 16
"""Of a digest that tells accounts apart and says nothing of their keys."""


class Brings(Remote):
    """Brings each picture to the vendor once for each account, as long as its copy there lasts."""

    least_wait: float = 5.0
    """Seconds that pictures are waited for at least, however short an order's time is."""

    async def brought(
        self, sent: tuple[Reference, ...], where: str, bring: Callable[[bytes], Awaitable[str]]
    ) -> list[str]:
        """Return where pictures lie at the vendor, in the same order.

        Args:
            sent: the pictures.
            where: what is made, for messages.
            bring: brings one to the vendor and returns where it lies there; its errors pass.

        Raises:
            Refused: one of them cannot be made to fit; none was sent.
            ProviderError: they take so long that an order would be given up for lost after them.
        """
        # All are made to fit before the first is sent: one that cannot be stops them all.
        files = [taken(one, self.offer.pictures, where) for one in sent]
        there = self._uploads
        places = (there.place(of_bytes(data), partial(bring, data)) for data in files)
        try:
            async with asyncio.timeout(max(self.offer.timeout / 2, self.least_wait)):
                return await asyncio.gather(*places)
        except TimeoutError:
            raise ProviderError(
                f"{self.vendor} takes too long over the reference pictures.",
                where=where,
                next_step="Run again: nothing was ordered.",
            ) from None

    def heard(self, said: str) -> None:
        """Forget what was brought where the vendor says that it cannot find a picture."""
        if missing(said):
            self._uploads.forget()

    def account(self) -> str:
        """Return what stays the same for one account: the key itself, unless it changes often."""
        key = self.key()
        return key.secret if key else ""

    @property
    def _uploads(self) -> Uploads:
        from stillreel.providers.connect import here

        base = self._base()
        account = of_parts([base, self.account()])[:_LETTERS]
        if account not in self._accounts:
            # What was brought to a rehearsal on this machine ends with it.
            kept = None if here(base) else home(self.environment)
            folder = kept and kept / f"{self.name}-{account}"
            self._accounts[account] = Uploads(folder, self.offer.uploads_kept)
        return self._accounts[account]

    @cached_property
    def _accounts(self) -> dict[str, Uploads]:
        return {}
