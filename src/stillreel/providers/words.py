"""What is said when a vendor refuses, fails or falls silent; never a key, never a signed link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from stillreel.errors import Busy, Lost, ProviderError, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from stillreel.errors import Charged, Failure
    from stillreel.providers.reply import Reply

    Judge = Callable[[Reply], tuple[Failure, str]]

SETTLE = "stillreel settle looks it up, where the vendor can be asked, or takes your word for it."
"""What to do about a create call whose outcome nobody knows."""
_LETTERS = 300
"""Most letters kept of what a vendor says."""
_STOPS = re.compile(r"\.\.(?=$|\s)(?<!\.\.\.)")
"""Where a vendor's full stop meets ours."""
_LINK = re.compile(r"(https?://[^\s?\"'<>]+)\?[^\s\"'<>]*")


class Words:
    """Makes errors of one vendor's answers."""

    def __init__(self, who: str, secrets: tuple[str, ...], judge: Judge) -> None:
        """Keep who it is about.

        Args:
            who: the vendor, as messages name it.
            secrets: texts that are struck out.
            judge: tells the class of a reply that refuses, and what a person can do.
        """
        self._who = who
        self._secrets = secrets
        self._judge = judge

    def clean(self, text: str) -> str:
        """Return a text without keys and without the secret part of links, and not too long."""
        for secret in self._secrets:
            text = text.replace(secret, "[key]")
        text = " ".join(_LINK.sub(r"\1?...", text).split())
        text = text if len(text) <= _LETTERS else f"{text[: _LETTERS - 3]}..."
        return _STOPS.sub(".", text)

    def refused(self, reply: Reply, where: str) -> ProviderError:
        """Return the error of a create call that was refused: nothing was charged."""
        failure, step = self._judge(reply)
        if failure == "rate":
            told = self.clean(f"{self._who} takes no more for now: {reply.told}.")
            return Busy(told, where=where, after=reply.after)
        told = self.clean(f"{self._who} refuses: {reply.told}.")
        return Refused(told, where=where, next_step=step, failure=failure)

    def lost(self, told: str, where: str) -> Lost:
        """Return the error of a create call whose outcome nobody knows."""
        return Lost(
            self.clean(f"{self._who} {told}: whether it has the job is not known."),
            where=where,
            next_step=SETTLE,
            charged="unknown",
        )

    def failed(self, told: str, where: str, charged: Charged) -> ProviderError:
        """Return the error of a vendor that is in trouble."""
        step = "Look at the network and at the vendor's state, then try again."
        return ProviderError(
            self.clean(f"{self._who} {told}."), where=where, next_step=step, charged=charged
        )

    def accepted(self, reply: Reply) -> Reply:
        """Return a reply to a look, unless it says that the key is not taken.

        Raises:
            ProviderError: it does; no refusal of the job, which goes on at the vendor.
        """
        if reply.status in {401, 403}:
            raise ProviderError(
                self.clean(f"{self._who} does not take the key: {reply.told}."),
                next_step=f"{self._judge(reply)[1]} Then go on: nothing is sent again.".strip(),
                charged="unknown",
                failure="account",
            )
        return reply
