"""The clerk at the server: what is asked of it, and what each failure means for money."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.errors import Busy, Lost, ProviderError, Refused
from stillreel.providers.reply import UNTOLD
from stillreel.shelf.higgsfield_mcp import shape
from stillreel.shelf.higgsfield_mcp.said import Film, verdict
from stillreel.shelf.higgsfield_mcp.session import Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from stillreel.errors import Failure
    from stillreel.providers.carrier import Pause
    from stillreel.shelf.higgsfield_mcp.session import Server, Told

_TRIES, _PAUSE_S = 3, 0.5
_HOLD_S = 30.0
"""How long to hold back where the vendor says it is full and not until when."""
_BAD_ARGUMENTS = -32602


class Clerk:
    """Runs errands at one server."""

    def __init__(self, who: str, server: Server, clean: Callable[[str], str], pause: Pause) -> None:
        """Run errands at a server.

        Args:
            who: the vendor, as messages name it.
            server: where the errands go.
            clean: strikes secrets out of a text.
            pause: waits between tries.
        """
        self._who = who
        self._server = server
        self._clean = clean
        self._pause = pause
        self._tools: shape.Tools | None = None

    async def tools(self, where: str) -> shape.Tools:
        """Return the server's tools as they are now.

        Raises:
            Refused: they are not understood.
            ProviderError: the server does not tell; nothing was charged.
        """
        try:
            self._tools = shape.Tools.read(await self._server.tools())
        except Unanswered as error:
            raise self._free(error, where) from None
        return self._tools

    async def ask(self, tool: str, arguments: Mapping[str, object], where: str) -> Told:
        """Call a tool that costs nothing, before anything is ordered.

        Raises:
            ProviderError: it gives no answer; nothing was charged.
        """
        try:
            return await self._server.call(tool, arguments)
        except Unanswered as error:
            raise self._free(error, where) from None

    async def order(self, arguments: Mapping[str, object], where: str) -> Told:
        """Order a clip, once.

        Raises:
            Refused: the vendor will not do it; nothing was charged.
            Busy: it takes no more for now; nothing was charged.
            ProviderError: no connection stood; nothing was charged.
            Lost: whether it has the job is not known.
        """
        try:
            return await self._server.call(shape.FILM, arguments, paid=True)
        except Unanswered as error:
            reply = error.reply
            if not error.left:
                raise self._free(error, where) from None
            if reply is not None and reply.status == 429:
                raise self._busy(reply.told, where, reply.after) from None
            told = reply is not None and reply.status < 500 and reply.status not in UNTOLD
            if told or error.code == _BAD_ARGUMENTS:
                raise self.refused(reply.told if reply else error.said, where) from None
            said = f"answered {reply.told}" if reply else f"gave no answer ({error.said})"
            raise self.lost(said, where) from None

    async def stands(self, job: str) -> Film:
        """Return how a job stands; asked again where the answer cannot be read.

        Raises:
            ProviderError: it is not told for now; the job goes on.
        """
        said, step, failure = "", "It is asked again later: nothing is ordered anew.", "provider"
        for attempt in range(_TRIES):
            try:
                tools = self._tools or await self.tools(job)
                film = Film.read(await self._server.call(shape.STATUS, tools.asked(job)))
                if film.word or film.gone:
                    return film
                said = film.said
            except Unanswered as error:
                said, failure = _told(error), _class(error)
            except ProviderError as error:
                # Of tools that are no more understood, or of a sign-in that has run out.
                said, step, failure = error.what.rstrip("."), error.next_step, error.failure
            if failure != "provider":
                break
            if attempt < _TRIES - 1:
                await self._pause(_PAUSE_S * 2**attempt)
        raise ProviderError(
            self._clean(f"{self._who} does not tell how a job stands: {said}."),
            where=job,
            next_step=step,
            charged="unknown",
            failure=failure,
        )

    def refused(self, said: str, where: str) -> ProviderError:
        """Return the error of an order that was turned down, by the vendor's words."""
        failure, step = verdict(said) or ("invalid", "Change what the vendor names.")
        if failure == "rate":
            return self._busy(said, where, 0.0)
        told = self._clean(f"{self._who} refuses: {said}.")
        return Refused(told, where=where, next_step=step, failure=failure)

    def lost(self, said: str, where: str) -> Lost:
        """Return the error of an order whose outcome nobody knows."""
        return Lost(
            self._clean(f"{self._who} {said}: whether it has the job is not known."),
            where=where,
            next_step="stillreel settle: look for the prompt in the vendor's own history.",
            charged="unknown",
        )

    def _busy(self, said: str, where: str, after: float) -> Busy:
        told = self._clean(f"{self._who} takes no more for now: {said}.")
        return Busy(told, where=where, after=after or _HOLD_S)

    def _free(self, error: Unanswered, where: str) -> ProviderError:
        """Return the error of a call before the order: nothing was ordered yet."""
        if error.reply is not None and error.reply.status == 429:
            return self._busy(error.reply.told, where, error.reply.after)
        failure = _class(error)
        told = self._clean(f"{self._who} cannot be asked: {_told(error)}.")
        step = "Look at the network and at the vendor's state: the clip itself was not ordered."
        if failure == "account":
            step = "Sign in again, or put the token right: the clip itself was not ordered."
        return ProviderError(told, where=where, next_step=step, charged="no", failure=failure)


def _told(error: Unanswered) -> str:
    return error.reply.told if error.reply else error.said


def _class(error: Unanswered) -> Failure:
    return "account" if error.reply and error.reply.status in {401, 403} else "provider"
