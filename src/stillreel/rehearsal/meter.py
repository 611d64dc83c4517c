"""The bill: every create call seen, every job made, and what each was charged."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST = 200_000
"""Create calls that are remembered; older ones fall out, the sums stay."""


@dataclass(frozen=True, slots=True)
class Post:
    """One create call as the vendor saw it."""

    vendor: str
    at: float
    tag: str
    """Our client's tag, where the vendor has a field for one."""
    digest: str
    """SHA-256 of the body without the tag: two calls with one digest ask for the same thing."""
    job: str
    """Id of the job that was made; empty where none was."""
    status: int
    """What was answered; 0 where the connection was closed without a word."""

    @property
    def refused(self) -> bool:
        """Whether the client was told that nothing was made."""
        return 400 <= self.status < 500 and not self.job


@dataclass(slots=True)
class Charge:
    """One job on the bill."""

    vendor: str
    job: str
    tag: str
    digest: str
    model: str
    micros: int = 0
    """Charged so far, in millionths of a dollar."""
    units: int = 0
    """Tokens, credits or seconds, as the vendor counts."""
    billed: bool = False
    empty: bool = False
    """Whether it was charged and had no file to hand over."""
    delivered: int = 0
    """How often its file was handed over whole."""


@dataclass(frozen=True, slots=True)
class Bill:
    """The sums of one vendor, or of all."""

    posts: int
    """Create calls seen, refused ones included."""
    jobs: int
    """Jobs made."""
    billed: int
    """Jobs charged."""
    micros: int
    duplicates: int
    """Jobs charged beyond the first for the same body."""
    double_posts: int
    """Create calls beyond the first with the same tag, or the same body where there is no tag; a
    call that was turned away leaves nothing behind, and may be made again."""
    lost: int
    """Jobs charged whose file was there and nobody took."""


class Meter:
    """Counts what happened; asks `settle` for charges that have become due since."""

    def __init__(self, settle: Callable[[], None]) -> None:
        """Begin with nothing; `settle` brings the charges up to date before they are read."""
        self._settle = settle
        self.posts: deque[Post] = deque(maxlen=_MOST)
        self._charges: dict[tuple[str, str], Charge] = {}

    def post(self, post: Post) -> None:
        """Note a create call."""
        self.posts.append(post)

    def open(self, charge: Charge) -> None:
        """Note a job that was made and not yet charged."""
        self._charges[charge.vendor, charge.job] = charge

    def charge(self, vendor: str, job: str, micros: int, units: int) -> Charge:
        """Charge a job; a second charge for one job replaces the first."""
        row = self._charges[vendor, job]
        row.micros, row.units, row.billed = micros, units, True
        return row

    def deliver(self, vendor: str, job: str) -> None:
        """Note that a job's file was handed over."""
        row = self._charges.get((vendor, job))
        if row is not None:
            row.delivered += 1

    def charges(self, vendor: str = "") -> list[Charge]:
        """Return the jobs on the bill in the order they were made."""
        self._settle()
        return [row for row in self._charges.values() if vendor in {"", row.vendor}]

    def bill(self, vendor: str = "") -> Bill:
        """Return the sums of one vendor, or of all."""
        rows = self.charges(vendor)
        posts = [post for post in self.posts if vendor in {"", post.vendor}]
        paid = [row for row in rows if row.billed]
        # What was charged and held back may be ordered again: it is no second copy.
        same = Counter((row.vendor, row.digest) for row in paid if not row.empty)
        seen = Counter((post.vendor, post.tag or post.digest) for post in posts if not post.refused)
        return Bill(
            posts=len(posts),
            jobs=len(rows),
            billed=len(paid),
            micros=sum(row.micros for row in paid),
            duplicates=sum(count - 1 for count in same.values()),
            double_posts=sum(count - 1 for count in seen.values()),
            lost=sum(1 for row in paid if not row.delivered and not row.empty),
        )

    def document(self) -> dict[str, object]:
        """Return the whole bill as plain data, by vendor and in sum."""
        vendors = sorted({post.vendor for post in self.posts} | {key[0] for key in self._charges})
        return {
            "format": 1,
            "total": asdict(self.bill()),
            "vendors": {name: asdict(self.bill(name)) for name in vendors},
        }
