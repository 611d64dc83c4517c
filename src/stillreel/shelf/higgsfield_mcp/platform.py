"""Higgsfield through its MCP server: Seedance on the credits of a person's own subscription."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from stillreel.errors import Busy, ProviderError, Refused
from stillreel.providers import fit, keys
from stillreel.providers.brings import Brings
from stillreel.providers.seam import Delivered, Job, Quote, Status, Unsure
from stillreel.shelf.higgsfield_mcp import shape
from stillreel.shelf.higgsfield_mcp.drawer import COMMAND, Drawer
from stillreel.shelf.higgsfield_mcp.said import made, placed, verdict
from stillreel.values.digest import of_bytes
from stillreel.values.money import Money
from stillreel.values.sniff import media_type

if TYPE_CHECKING:
    import httpx2

    from stillreel.providers.ask import MotionAsk
    from stillreel.providers.reply import Table
    from stillreel.shelf.higgsfield_mcp.clerk import Clerk
    from stillreel.shelf.higgsfield_mcp.session import Told

_AGAIN_S = 1.0
"""Until the same clip is ordered again, with the preset declined."""


class HiggsfieldMcp(Brings):
    """Moves boards as references, or single panels as first and last frames; experimental."""

    name = "higgsfield-mcp"
    vendor = "Higgsfield"

    @property
    def address(self) -> str:
        """Where the MCP server is."""
        return self._base()

    def key(self) -> keys.Key | None:
        """Return a token that was brought, or the one that came of signing in."""
        brought = super().key()
        if brought is not None:
            return brought
        kept = Drawer(self.environment).read().access
        return keys.Key(kept, "your sign-in") if kept else None

    def account(self) -> str:
        """Return as what a sign-in is registered, which stays while its tokens are renewed."""
        brought = super().key()
        return brought.secret if brought else Drawer(self.environment).read().registered

    @property
    def sought(self) -> str:
        """Where a sign-in is looked for."""
        return f"{super().sought}, or sign in with {COMMAND}"

    def status(self) -> Status:
        """Say whether there are a sign-in, a price and a client, without a call."""
        if find_spec("mcp") is None:
            return Status("broken", "the extra `mcp` is not installed")
        told = super().status()
        if told.state == "ready":
            # It takes a while to load, which shall not count as the vendor's silence later on.
            import_module("mcp.client.streamable_http")
        return told

    def quote(self, ask: MotionAsk) -> Quote:
        """Price an ask by what the user's own offers file says of a clip or a second."""
        return fit.quote(ask, self.offer, "your price,")

    async def submit(self, ask: MotionAsk, key: str) -> Job:
        """Learn what the tools take and bring the pictures, at no cost; then order, once."""
        form = fit.form(ask, self.offer)
        cost = fit.cost(form, self.offer)
        tools = await self._clerk.tools(ask.subject)
        order = await self._order(ask, form, tools)
        try:
            id_ = await self._made(order, ask)
        except Refused as error:
            self.heard(error.what)
            raise
        return Job(self.id, key, id_, "queued", model=self.offer.model, handle=str(cost))

    async def poll(self, job: Job) -> Job:
        """Ask how a job stands."""
        film = await self._clerk.stands(job.vendor_id)
        if film.gone:
            return self.forgotten(job)
        now = replace(job, state=film.state, warning="")
        if not film.known:
            odd = f"{self.vendor} says {film.word!r}, which is not known."
            return replace(now, warning=self.wire.clean(odd))
        if film.state == "succeeded":
            # A job that a person found again has no price of ours with it.
            return replace(now, charged=Money.parse(job.handle) if job.handle else None)
        if film.state in {"queued", "running"}:
            return now
        said = self.wire.clean(film.said or f"{self.vendor} says {film.word}, and not why")
        self.heard(said)
        return replace(now, charged=Money(), message=said, failure=film.failure)

    async def fetch(self, job: Job) -> tuple[Delivered, ...]:
        """Download the clip."""
        return (await self.film(lambda: self._link(job), job),)

    async def find(self, key: str) -> Job | Unsure | None:  # noqa: ARG002 - the seam's shape
        """Say that this vendor cannot be asked: its list echoes no tag of ours."""
        return Unsure(f"{self.vendor} lists clips without a tag of ours: look into its history")

    async def cancel(self, job: Job) -> Job:
        """Say how a job stands: the server has no tool that stops one."""
        return await self.poll(job)

    @cached_property
    def _clerk(self) -> Clerk:
        from stillreel.shelf.higgsfield_mcp.clerk import Clerk
        from stillreel.shelf.higgsfield_mcp.session import Server

        server = Server(self._base(), self._auth, self.offer.timeout, self._transport)
        return Clerk(self.vendor, server, self._clean, self._pause)

    def _clean(self, text: str) -> str:
        return self.wire.clean(text)

    def _auth(self) -> httpx2.Auth:
        from stillreel.shelf.higgsfield_mcp import sign_in

        brought = super().key()
        if brought is not None:
            return sign_in.Bearer(brought.secret)
        storage = sign_in.Storage(Drawer(self.environment))
        return sign_in.returning(self._base(), storage)

    @cached_property
    def _declined(self) -> dict[str, str]:
        """Presets that the vendor offered in place of a clip, by the prompt's digest."""
        return {}

    async def _order(self, ask: MotionAsk, form: fit.Form, tools: shape.Tools) -> Table:
        """Return the arguments of a paid call; its pictures lie at the vendor by then."""
        sent, prompt = fit.sent(ask, self.offer)
        parts = ("first", "last") if ask.read == "frames" else ("reference",) * len(sent)
        roles = [tools.film.role(part) for part in parts[: len(sent)]]
        brought = await self.brought(sent, ask.subject, partial(self._bring, tools, ask.subject))
        told: Table = {
            "model": self.offer.model,
            "prompt": prompt,
            "resolution": form.resolution,
            "aspect_ratio": form.ratio,
            "duration": form.seconds,
            "generate_audio": False,
            "count": 1,
            "medias": [
                {"role": role, "value": media} for role, media in zip(roles, brought, strict=True)
            ],
        }
        declined = self._declined.get(of_bytes(ask.prompt.encode()))
        if declined:
            told["declined_preset_id"] = declined
        return tools.order(told)

    async def _bring(self, tools: shape.Tools, where: str, data: bytes) -> str:
        """Bring a picture to the vendor and return its name there."""
        kind = media_type(data[:16])
        name = f"{of_bytes(data)[:16]}.{kind.rpartition('/')[2]}"
        place = await self._clerk.ask(shape.UPLOAD, tools.place(name, kind), where)
        media, address = placed(place)
        if not (media and address):
            raise self._unplaced(place, where)
        await self.wire.put(address, data, {"Content-Type": kind})
        lies = await self._clerk.ask(shape.CONFIRM, tools.put(media), where)
        if lies.failed:
            raise self._unplaced(lies, where)
        return media

    def _unplaced(self, told: Told, where: str) -> ProviderError:
        """Return the error of a picture that cannot be brought there: nothing was ordered yet."""
        said = self.wire.clean(f"{self.vendor} does not take a picture: {told.text or 'no place'}.")
        step = "Run again: the clip itself was not ordered."
        return ProviderError(said, where=where, next_step=step, failure="provider")

    async def _made(self, order: Table, ask: MotionAsk) -> str:
        """Order a clip, once, and return the id of its job."""
        told = await self._clerk.order(order, ask.subject)
        id_, preset = made(told)
        if id_:
            return id_
        if preset:
            self._declined[of_bytes(ask.prompt.encode())] = preset
            said = f"{self.vendor} offers a preset in place of the clip, and made nothing."
            raise Busy(said, where=ask.subject, after=_AGAIN_S)
        if told.failed and verdict(told.text):
            raise self._clerk.refused(told.text, ask.subject)
        raise self._clerk.lost(f"told no id of a job: {told.text}", ask.subject)

    async def _link(self, job: Job) -> str:
        film = await self._clerk.stands(job.vendor_id)
        if film.url:
            return film.url
        if film.gone:
            raise self.gone(job, f"{self.vendor} no longer has the result of {job.vendor_id}.")
        told = f"{self.vendor} tells no link to the result of {job.vendor_id}."
        raise self.gone(job, told, "Look at the job in the vendor's own history.")
