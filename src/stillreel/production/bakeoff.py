"""The bake-off: rivals answer the same asks until one is shown to be better, or none can be.

One whole sheet, board or clip is one unit: panels of one picture are no independent witnesses. The
units that the winner answered are takes of the film, so that nothing it drew was paid for in vain.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from stillreel.engine.together import together
from stillreel.errors import BadOutput, GateError, Lost, Refused
from stillreel.grid import ask as grid_ask
from stillreel.grid import make as grids
from stillreel.measure import staged
from stillreel.measure.contest.league import league
from stillreel.measure.contest.nouns import Card, League, Rules, Weights
from stillreel.measure.contest.turns import order
from stillreel.measure.contest.units import cheapness
from stillreel.production import checks
from stillreel.providers import registry
from stillreel.sheet import make as sheets
from stillreel.sheet.check import bake_off
from stillreel.sheet.nouns import Unit
from stillreel.values.carried import carries_c2pa
from stillreel.values.digest import of_value
from stillreel.values.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from stillreel.ledger.book import Ledger
    from stillreel.plan.nouns import ClipPlan
    from stillreel.production.stages import Walkthrough
    from stillreel.sheet.nouns import Bakeoff, Entry, Sheet
    from stillreel.values.take import Take

    Entries = Mapping[str, tuple[Entry, ...]]


STAGE, SUBJECT = "bakeoff", "boards"
"""Under which name the ledger keeps a person's choice of the front-end."""


@dataclass(frozen=True, slots=True)
class Held:
    """A contest that was held, as the ledger keeps it."""

    key: str
    """Digest of who competed, over which sheets, under which rules."""
    rivals: tuple[str, ...]
    through: str
    league: League
    units: tuple[Unit, ...]


async def hold(
    walk: Walkthrough,
    entries: Entries,
    by_sheets: Bakeoff,
    chosen: Mapping[str, str],
    *,
    draws: bool,
) -> Bakeoff:
    """Let the rivals meet as film.toml says, and say who draws the boards.

    A contest is held once: it stands until its sheets, its rivals or its rules change. Where too
    few units exist to show anything, nothing is drawn for it.

    Args:
        walk: the run: plan, settings, and where asks go.
        entries: the rivals' sheets by subject.
        by_sheets: who is ahead by the mean figures of the sheets; decides where nothing is shown.
        chosen: a person's picks of sheets, subject to take id.
        draws: whether this run may draw boards for the contest.
    """
    rivals = walk.settings.make.sheets
    if walk.settings.make.boards != "winner" or len(rivals) < 2:
        return by_sheets
    if (models := checks.models_of(walk.settings)) is not None:
        entries = await sheets.all_learned(entries, walk.work, models)
        by_sheets = bake_off(entries.values())
    contest = _Contest(walk, entries, rivals, chosen)
    if blind := contest.blind():
        # whoever draws without colour shows nothing that this tier can tell people apart by
        told = f"No contest: identity is not measurable in the pictures of {' and '.join(blind)}."
        return _overruled(walk, replace(by_sheets, verdict=f"{told} {by_sheets.verdict}"))
    found = held(walk.ledger)
    if found is None or found.key != contest.key:
        found = await contest.carry() if draws or contest.free else None
        if found is not None:
            walk.ledger.set_meta(STAGE, json.dumps(asdict(found)))
            walk.ledger.say("bakeoff", stage="grid", message=found.league.why)
    return _overruled(walk, _told(by_sheets, found))


def _overruled(walk: Walkthrough, settled: Bakeoff) -> Bakeoff:
    """Let a person's choice of the front-end win."""
    person = walk.ledger.chosen(STAGE, SUBJECT)
    if person is None or person[0] not in walk.settings.make.sheets:
        return settled
    return replace(settled, winner=person[0], verdict=f"Chosen by a person. {settled.verdict}")


def held(ledger: Ledger) -> Held | None:
    """Return the contest the ledger remembers, or None."""
    from pydantic import TypeAdapter

    text = ledger.meta(STAGE)
    return TypeAdapter(Held).validate_json(text) if text else None


def _told(by_sheets: Bakeoff, found: Held | None) -> Bakeoff:
    if found is None:
        return by_sheets
    table = found.league
    verdict = table.why
    if not table.winner:
        verdict = f"{table.why} {by_sheets.winner} is used. By their sheets: {by_sheets.verdict}"
    winner = table.winner or by_sheets.winner
    return replace(by_sheets, winner=winner, verdict=verdict, league=table, units=found.units)


class _Answer(NamedTuple):
    """What one rival made of one ask."""

    take: Take | None
    card: Card
    spent: Money = Money()
    """For everything that had to be made for it."""


class _Asked(NamedTuple):
    """One sample of a subject that every rival is asked for."""

    subject: str
    sample: int
    beside: tuple[int, ...]
    """Other samples of the subject that are asked for at the same time."""


class _Contest:
    """One contest between front-ends."""

    def __init__(
        self,
        walk: Walkthrough,
        entries: Entries,
        rivals: tuple[str, ...],
        chosen: Mapping[str, str],
    ) -> None:
        rules = walk.settings.bakeoff
        counts = walk.settings.counts
        chance = any(registry.still(name).offer.chance for name in rivals)
        self._walk = walk
        self._entries = entries
        self._rivals = rivals
        self._chosen = chosen
        self._through = rules.through
        self._models = checks.models_of(walk.settings)
        self._weights = Weights(**counts.model_dump())
        self._samples = rules.samples if chance and rules.through != "sheet" else 1
        self._asks = self._units()
        self._rules = Rules(cap=max(1, len(self._asks)))
        drawn = [entry.take.id for group in entries.values() for entry in group]
        told = rules.model_dump() | {"counts": counts.model_dump()}
        told |= {"tier": "model"} if self._models else {}
        versions = [registry.still(name).offer.version for name in rivals]
        self.key = of_value([rivals, versions, told, drawn, len(walk.plan.clips)])

    def blind(self) -> tuple[str, ...]:
        """Return the rivals on most of whose sheets nobody's identity can be measured."""
        people = {one.id for one in self._walk.plan.cast}
        found: list[str] = []
        for name in self._rivals:
            own = [
                entry
                for subject, group in self._entries.items()
                for entry in group
                if subject in people and entry.take.provider == name
            ]
            if 2 * sum(entry.told for entry in own) < len(own):
                found.append(name)
        return tuple(found)

    @property
    def free(self) -> bool:
        """Whether nothing more has to be drawn for it."""
        return self._through == "sheet" or len(self._asks) < self._rules.first

    def _units(self) -> list[tuple[str, int]]:
        if self._through == "sheet":
            cast = {one.id for one in self._walk.plan.cast}
            return [(subject, 1) for subject in self._entries if subject in cast]
        clips = self._walk.plan.clips
        return [(clip.id, at) for at in range(1, self._samples + 1) for clip in clips]

    async def carry(self) -> Held:
        """Ask batch after batch until it is clear, or cannot become clear."""
        units: list[Unit] = []
        turns = order(len(self._asks), self._rivals, self._walk.plan.title)
        table = self._table(units, last=len(self._asks) < self._rules.first)
        while table.asking:
            batch = self._asks[len(units) : len(units) + max(1, table.more)]
            places = range(len(units), len(units) + len(batch))
            try:
                units += await together(
                    *(
                        self._unit(one, turns[at], table.asking)
                        for at, one in zip(places, _asked(batch), strict=True)
                    )
                )
            except GateError:
                # What was answered so far stands; the film goes on with what it can pay.
                table = self._table(units, last=True)
                break
            table = self._table(units, last=len(units) == len(self._asks))
        return Held(self.key, self._rivals, self._through, table, tuple(units))

    def _table(self, units: Sequence[Unit], *, last: bool) -> League:
        cards = [unit.cards for unit in units]
        return league(self._rivals, cards, self._weights, self._rules, last=last)

    async def _unit(self, one: _Asked, turn: Sequence[str], asking: Sequence[str]) -> Unit:
        found: dict[str, _Answer] = {}
        for name in turn:
            if name not in asking:
                continue
            try:
                found[name] = await self._answer(one, name)
            except Lost:
                # Nobody knows yet what became of it: not compared, and asked for by no one else.
                continue
        prices = [answer.spent.micros for answer in found.values()]
        cheap = dict(zip(found, cheapness(prices), strict=True))
        return Unit(
            one.subject,
            one.sample,
            tuple(_id(found.get(name)) for name in self._rivals),
            tuple(
                replace(found[name].card, price=cheap[name]) if name in found else None
                for name in self._rivals
            ),
        )

    async def _answer(self, one: _Asked, name: str) -> _Answer:
        if self._through == "sheet":
            found = _of_sheet(self._entries[one.subject], name)
            return found._replace(card=replace(found.card, provenance=self._marked(found.take)))
        clip = next(clip for clip in self._walk.plan.clips if clip.id == one.subject)
        try:
            return await self._of_board(clip, one, name)
        except (Refused, BadOutput) as error:
            return _Answer(None, Card(fault=error.what))

    def _marked(self, take: Take | None) -> float | None:
        """Say whether a take carries its provenance, 1 or 0; None where that does not count."""
        if take is None or not self._weights.provenance:
            return None
        return 1.0 if carries_c2pa(self._walk.work.path(take.main.digest)) else 0.0

    async def _of_board(self, clip: ClipPlan, one: _Asked, name: str) -> _Answer:
        walk = self._walk
        own = sheets.settle(self._entries, name, self._chosen)
        grid = await walk.board(clip, own, name, (one.sample, *one.beside))
        want = grid_ask.wanted(walk.plan, clip)
        if self._through == "shot":
            from stillreel.clip import make as clips

            moved = await walk.moved(clip, own, grid, one.sample, rival=True)
            plates = grid_ask.plates_of(own, walk.work)
            # one platform moves for all: what sets rivals apart is what their boards cost
            take, spent = moved.take, grid.take.spent + moved.take.spent
            seen = await clips.look_at(moved, want, plates, walk.work, self._models)
        else:
            take, spent = grid.take, grid.take.spent
            seen = await grids.look_at(walk.plan, clip, own, grid, walk.work, self._models)
        card = Card(
            identity=staged.held(seen, _on_sheet(own, name)),
            attributes=staged.mean_attributes(seen),
            plan=staged.plan_match(seen, want),
            provenance=self._marked(take),
        )
        return _Answer(take, card, spent)


def _on_sheet(own: Mapping[str, Sheet], name: str) -> dict[str, float]:
    """Return how alike the views on everybody's sheet by this front-end are."""
    return {
        subject: entry.identity.value
        for subject, sheet in own.items()
        for entry in sheet.entries
        if entry.take.provider == name and entry.told
    }


def _asked(batch: Sequence[tuple[str, int]]) -> list[_Asked]:
    return [
        _Asked(
            subject,
            sample,
            tuple(at for name, at in batch if name == subject and at != sample),
        )
        for subject, sample in batch
    ]


def _id(answer: _Answer | None) -> str:
    return answer.take.id if answer and answer.take else ""


def _of_sheet(entries: Sequence[Entry], name: str) -> _Answer:
    for entry in entries:
        if entry.take.provider == name:
            seen = entry.identity.value if entry.told else None
            card = Card(identity=seen, attributes=entry.attributes.value)
            return _Answer(entry.take, card, entry.take.spent)
    return _Answer(None, Card(fault="it drew no sheet"))
