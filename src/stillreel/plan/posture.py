"""How bodies are left: whoever has fallen lies, whoever knelt kneels, until the words lift them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stillreel.plan.lexicon import word_set

if TYPE_CHECKING:
    from stillreel.plan.memory import Found, Memory
    from stillreel.values.scene import Action

HELD: tuple[Action, ...] = ("sit", "lie", "kneel", "sleep")
"""Actions that are also a state: they go on while the body does something smaller."""

_UPRIGHT: frozenset[Action] = frozenset(
    ("walk", "run", "climb", "dance", "play", "fight", "ride", "fly", "swim")
)
_RISING = word_set("stand rise arise get jump leap spring awaken straighten hop bound appear")
_DOWN = word_set("fall collapse topple tumble plunge plummet crash trip slip drop")
_PASSING = word_set("wait rest bow duck bend stoop curtsey genuflect")
"""Verbs whose pose is over with the picture."""
_RECOVERS = word_set("pick catch grab grasp clutch seize")
"""What nobody does who stays down: a suitcase picked up, a rope caught."""
_SENSES = word_set("see hear look watch wonder dream feel notice think know")
_LAID = word_set("lay put place set")
_FELLED = word_set("kill slay shoot stab floor fell")
_LIFTED = word_set("help pull lift raise draw wake waken rouse awaken drag")
_SOFT = word_set("river water sea lake pond stream pool ocean well sky air")
_CARRIED = word_set("carry bring bear lug haul transport")


class Posture:
    """Remembers in which pose everyone was left."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory; everyone stands."""
        self._m = memory
        self._poses: dict[str, Action] = {}

    def clear(self) -> None:
        """Let everyone stand again: a new scene begins."""
        self._poses.clear()

    def pass_time(self) -> None:
        """Let hours pass: whoever does not sleep stands again, and has left their seat."""
        self._poses = {one: pose for one, pose in self._poses.items() if pose == "sleep"}
        for one in [one for one in self._m.on if one not in self._poses]:
            del self._m.on[one]

    def rise(self, one: str) -> None:
        """Let someone stand again."""
        self._poses.pop(one, None)

    def of(self, one: str) -> Action:
        """Return the pose someone was left in, `stand` if in none."""
        here = self._m.world.here
        there = self._m.scene.get(one, (here, 0))[0]
        return self._poses.get(one, "stand") if there == here else "stand"

    def shown(self, one: str, action: Action) -> Action:
        """Return what a body in its pose shows of an action: whoever lies speaks lying."""
        pose = self.of(one)
        if pose == "stand" or action in HELD or action in _UPRIGHT or action == "fall":
            return action
        if action == "embrace" and pose != "lie":
            return action
        if pose == "sit" and self._m.on.get(one) and action != "stand":
            return action
        return pose

    def note(self, found: Found, doers: tuple[str, ...], action: Action) -> None:
        """Remember what a clause does to the poses of doers and of those it is done to."""
        if found.clause.mood != "real":
            return
        for one in doers:
            self._wake(found, one, action)
            self._moved(found, one, action)
        self._handled(found)

    def speaks(self, one: str) -> Action:
        """Return how someone talks, awake if they slept."""
        if self._poses.get(one) == "sleep":
            self._poses[one] = "lie"
        return self.shown(one, "talk")

    def _moved(self, found: Found, one: str, action: Action) -> None:
        lemma = found.clause.lemma
        rises = action == "stand" and lemma in _RISING and not found.clause.passive
        goes = action == "carry" and lemma in _CARRIED and bool(found.clause.preps)
        if action in HELD and lemma not in _PASSING:
            self._poses[one] = action
        elif action == "fall" and lemma in _DOWN:
            self._fall(found, one)
        elif self._gets_up(one, action, lemma):
            self.rise(one)
        elif rises:
            self.rise(one)
            self._m.on.pop(one, None)
        elif action in _UPRIGHT or action == "fall" or goes:
            self.rise(one)

    def _gets_up(self, one: str, action: Action, lemma: str) -> bool:
        """Say whether somebody is up again for what they do: a hug, a suitcase picked up."""
        pose = self._poses.get(one)
        hugs = action == "embrace" and pose == "lie"
        return hugs or (lemma in _RECOVERS and pose in ("kneel", "lie"))

    def _fall(self, found: Found, one: str) -> None:
        """Leave someone lying who fell to the ground; water and the air do not stop a fall."""
        self.rise(one)
        soft = any(word.lemma in _SOFT for _, word in found.clause.preps)
        if not soft and self._m.people.beings[one].kind != "thing":
            self._poses[one] = "lie"

    def _wake(self, found: Found, one: str, action: Action) -> None:
        awake = action in ("talk", "look", "cry", "laugh") and found.clause.lemma not in _SENSES
        woken = found.clause.lemma in ("wake", "awake", "awaken")
        if woken and one not in self._poses and self._m.people.beings[one].kind == "human":
            self._poses[one] = "lie"
        if self._poses.get(one) == "sleep" and (awake or woken):
            self._poses[one] = "lie"
            if self._m.people.beings[one].kind not in ("human", "dog", "cat"):
                self.rise(one)

    def _handled(self, found: Found) -> None:
        """Change the poses of those a clause lays down, fells, or helps to their feet."""
        clause = found.clause
        down = any(word.lemma in ("ground", "floor", "bed", "grass") for _, word in clause.preps)
        lain = clause.lemma in ("lay", *_FELLED) or (clause.lemma in _LAID and down)
        lain = lain or (clause.particle == "down" and clause.lemma in ("knock", "strike", "throw"))
        foot = any(word.lemma in ("foot", "feet") for _, word in clause.preps)
        lifted = clause.lemma in _LIFTED and (foot or clause.particle == "up")
        done_to = {one for word in clause.objects for one in found.refs.get(word.i, ())}
        for one in (one for one in found.others if one in done_to):
            if lifted or clause.lemma in ("wake", "waken", "rouse"):
                self.rise(one)
            elif lain and self._m.people.beings[one].kind != "thing":
                self._poses[one] = "lie"
