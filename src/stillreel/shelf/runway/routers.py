"""The routers of an account, as the vendor lists them, and what each of them was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from stillreel.errors import ProviderError
from stillreel.shelf.runway.task import Told

if TYPE_CHECKING:
    from stillreel.providers.wire import Wire

ROUTERS = "v1/routers"
REFUSALS = frozenset({"no_eligible_model", "router_config_not_found", "invalid_request"})
"""How a request ended of which no task was made."""
_PAGE = 100
_PAGES = 40


class Router(Told):
    """A router: known to us by its slug, to the vendor by its id."""

    id: str
    slug: str


class Routed(Told):
    """One request a router was sent."""

    status: str = ""
    task_id: str | None = None


class _Routers(Told):
    data: list[Router]
    next_cursor: str | None = None


class _Requests(Told):
    data: list[Routed]
    next_cursor: str | None = None


_Page = TypeVar("_Page", _Routers, _Requests)


class Book:
    """Reads the lists; every error of it leaves open what the vendor has."""

    def __init__(self, wire: Wire) -> None:
        """Read by a wire."""
        self._wire = wire

    async def router(self, slug: str) -> Router | None:
        """Return the router of a slug, or None once the whole list was read.

        Raises:
            ProviderError: the list cannot be read, or is longer than is read here.
        """
        cursor = ""
        for _ in range(_PAGES):
            page = await self._page(_Routers, ROUTERS, cursor)
            found = next((one for one in page.data if one.slug == slug), None)
            cursor = page.next_cursor or ""
            if found is not None or not cursor:
                return found
        raise ProviderError(f"the list is longer than {_PAGE * _PAGES} routers")

    async def asked(self, router: Router) -> list[Routed]:
        """Return all that a router was asked.

        Raises:
            ProviderError: the list cannot be read, or is longer than is read here.
        """
        rows: list[Routed] = []
        cursor = ""
        for _ in range(_PAGES):
            page = await self._page(_Requests, f"{ROUTERS}/{router.id}/requests", cursor)
            rows += page.data
            cursor = page.next_cursor or ""
            if not cursor:
                return rows
        raise ProviderError(f"a router tells more than {_PAGE * _PAGES} requests")

    async def _page(self, kind: type[_Page], path: str, cursor: str) -> _Page:
        after = {"cursor": cursor} if cursor else {}
        return await self._wire.page(kind, path, {"limit": _PAGE, **after})
