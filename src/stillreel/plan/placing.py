"""Where a clause plays, by its words and by who is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from stillreel.plan.lexicon import lexicon, word_set

if TYPE_CHECKING:
    from stillreel.plan.grammar import Sentence
    from stillreel.plan.memory import Found, Memory
    from stillreel.plan.predicate import Clause

_NEAR = word_set("to behind before near beside towards toward by up")
_POSTURES = word_set("kneel sit stand lie crouch bend stoop stop")


class Placing:
    """Moves the story to where its clauses play."""

    def __init__(self, memory: Memory) -> None:
        """Work on the given memory."""
        self._m = memory
        self._lex = lexicon()

    def place(self, found: Found, doers: tuple[str, ...]) -> None:
        """Move to where the clause plays."""
        before, season = self._m.world.here, self._m.world.moment().season
        self._m.world.listen(found.sentence, found.clause, self._m.lines[0])
        if self._m.world.season == "winter" and not self._m.world.told_season:
            self._freeze()
        if before == self._m.world.here and season != self._m.world.moment().season:
            self._thaw(found.clause)
        for one in doers:
            if self._m.scene.get(one, (self._m.world.here, 0))[0] != self._m.world.here:
                self._m.on.pop(one, None)
                self._m.posture.rise(one)
        if self._m.world.here != before or not doers or self._m.world.fixed:
            return
        if self._joins(found):
            return
        here = self._m.world.spots.get(self._m.world.here)
        if here is not None and here.kind == "sky" and self._earthly(found, doers):
            return
        forces = all(self._m.people.beings[one].kind == "thing" for one in doers)
        outside = self._m.world.outdoors()
        if here and here.indoors and forces and outside:
            self._m.world.go(outside)
            return
        motion = self._lex.is_("motion", found.clause.lemma) and found.clause.mood != "denied"
        whose = found.others if motion else doers
        near = (
            not motion
            or any(prep in _NEAR for prep, _ in found.clause.preps)
            or bool(found.clause.objects)
        )
        for one in whose if near else ():
            place, when = self._m.scene.get(one, ("", -99))
            spot = self._m.world.spots.get(place)
            if spot is None or len(self._m.beats) - when > 24 or self._accompanied(one):
                continue
            here = self._m.world.spots.get(self._m.world.here)
            if (
                spot.indoors
                or spot.id.endswith("-corner")
                or (here and here.indoors and not motion)
            ):
                self._m.world.go(spot)
                return

    def _earthly(self, found: Found, doers: tuple[str, ...]) -> bool:
        """Come down from the sky, where somebody flew, to those who walk on the ground."""
        if self._lex.action(found.clause.lemma) == "fly":
            return False
        for one in doers:
            spot = self._m.world.spots.get(self._m.scene.get(one, ("", 0))[0])
            winged = self._m.people.beings[one].kind in ("bird", "thing")
            if spot is not None and spot.kind != "sky" and not winged:
                self._m.world.go(spot)
                return True
        return False

    def _accompanied(self, one: str) -> bool:
        """Say whether someone just did something with somebody who is here by now."""
        for beat in self._m.beats[-5:]:
            ids = {part.id for part in beat.parts}
            others = (ids - {one}) if one in ids else set[str]()
            if any(self._m.scene.get(each, ("", 0))[0] == self._m.world.here for each in others):
                return True
        return False

    def _joins(self, found: Found) -> bool:
        """Go where the one is beside whom somebody kneels, sits or stands."""
        if found.clause.lemma not in _POSTURES or found.clause.mood != "real":
            return False
        for prep, word in found.clause.preps:
            for one in found.refs.get(word.i, ()) if prep in _NEAR else ():
                spot = self._m.world.spots.get(self._m.scene.get(one, ("", 0))[0])
                if spot is not None and spot.id != self._m.world.here:
                    self._m.world.go(spot)
                    return True
        return False

    def _freeze(self) -> None:
        """Let it be winter from the first beat on, once the first snow tells which season it is."""
        for at, beat in enumerate(self._m.beats):
            if beat.moment.season == "summer":
                moment = replace(beat.moment, season="winter")
                self._m.beats[at] = replace(beat, moment=moment)

    def _thaw(self, clause: Clause) -> None:
        """Tell a described change from the paragraph's first beat here: it was so all along."""
        if clause.verb.tag != "VBN" and clause.lemma != "be":
            return
        now = self._m.world.moment()
        if now.season == "winter" or "blossom" not in now.features:
            return
        for at, beat in enumerate(self._m.beats):
            if beat.paragraph == self._m.paragraph and beat.moment.place == now.place:
                features = tuple(dict.fromkeys((*beat.moment.features, *now.features)))
                moment = replace(
                    beat.moment, season=now.season, weather=now.weather, features=features
                )
                present = tuple(
                    p for p in beat.present if self._m.people.beings[p.id].kind != "thing"
                )
                self._m.beats[at] = replace(beat, moment=moment, present=present)
        for one in [one for one in self._m.scene if self._m.people.beings[one].kind == "thing"]:
            self._m.scene.pop(one)

    def home(self, sentence: Sentence) -> None:
        """Remember the dwelling a sentence names, as the home of rooms told of later."""
        for word in sentence.words:
            if (
                word.lemma in ("castle", "cottage", "palace", "hut", "cabin", "tower")
                and word.is_noun
            ):
                self._m.world.home = f"the {word.lemma}"
