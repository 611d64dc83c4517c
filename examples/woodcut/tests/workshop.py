"""Woodcut's workshop: the vendor as its own documents describe it, for the kit to rule."""

from __future__ import annotations

import json

import httpx2

from stillreel.providers.stand_in import StandIn

PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)
NO = {
    "moderation-input": (400, "This is against our policy."),
    "real-person": (400, "This looks like a real person."),
    "no-credit": (402, "There is no credit left."),
    "model-closed": (404, "There is no such model."),
    "busy": (429, "Too many at once."),
    "revoked": (401, "There is no such key."),
}
CARVED_S = 60.0


class Workshop(StandIn):
    """Takes orders, and has each print carved after a minute."""

    def __init__(self) -> None:
        """Open with no order taken."""
        super().__init__()
        self.orders: list[tuple[float, str]] = []

    def verb(self, request: httpx2.Request) -> str:
        """Return what a request is for."""
        if request.method == "POST":
            return "create"
        return "fetch" if request.url.host == "files.woodcut.example" else "poll"

    def answer(self, request: httpx2.Request, verb: str, fault: str) -> httpx2.Response:
        """Answer as the documents say."""
        if fault in NO:
            status, words = NO[fault]
            return httpx2.Response(status, json={"message": words}, headers={"Retry-After": "3"})
        if verb == "fetch":
            return httpx2.Response(403 if fault else 200, content=PNG)
        if verb == "create":
            order = json.loads(request.content)
            assert set(order) == {"model", "prompt", "size", "seed", "pictures"}
            self.orders.append((self.now, fault))
            return httpx2.Response(201, json={"id": str(len(self.orders) - 1)})
        return httpx2.Response(200, json=self.told(request.url.path.rpartition("/")[2], fault))

    def told(self, name: str, fault: str) -> dict[str, str]:
        """Return how an order stands."""
        taken, fate = self.orders[int(name)]
        if fault == "unknown-status":
            return {"status": "varnishing"}
        if self.now < taken + CARVED_S:
            return {"status": "waiting"}
        if fate == "moderation-output":
            return {"status": "spoiled", "why": "The print is against our policy."}
        return {"status": "printed", "url": f"https://files.woodcut.example/{name}.png?signed=1"}
