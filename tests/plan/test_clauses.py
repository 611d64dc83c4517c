from __future__ import annotations

import pytest

from stillreel.plan.check import check
from stillreel.plan.clauses import clauses
from stillreel.plan.grammar import parse
from stillreel.plan.lexicon import lexicon
from stillreel.plan.nouns import ClipPlan, Panel, Plan
from stillreel.values.scene import Action, Performer, words_of


def told(text: str) -> list[tuple[str, str, str]]:
    """Return doer, verb and mood of every clause."""
    return [
        (" ".join(word.text for word in clause.subjects), clause.lemma, clause.mood)
        for sentence in parse((text,))[0]
        for clause in clauses(sentence)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The king opened the door and ran away.", ("king", "run", "real")),
        ("The boy could not reach the branch.", ("boy", "reach", "attempt")),
        ("The boy did not run.", ("boy", "run", "denied")),
        ("The boy was never seen again.", ("boy", "see", "absent")),
        ("The wind stopped blowing.", ("wind", "blow", "stopped")),
        ("He saw the children playing in the garden.", ("children", "play", "real")),
        ("They used to wander round the wall.", ("They", "wander", "real")),
        ("He had stayed with the ogre for seven years.", ("He", "stay", "before")),
        ("Downstairs ran the Giant in great joy.", ("Giant", "run", "real")),
        ("Will he open the box?", ("he", "open", "unreal")),
    ],
)
def test_a_clause_says_who_does_what_and_whether_it_happens(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in told(text)


def test_conditions_and_reasons_are_no_events() -> None:
    verbs = {
        verb for _, verb, mood in told("He smiled because she had kissed him.") if mood == "real"
    }
    assert verbs == {"smile"}


def test_the_verb_list_knows_three_hundred_and_fifty_verbs_in_the_pencils_words() -> None:
    lex = lexicon()
    poses = set(words_of(Action))
    sample = ("walk", "kneel", "whisper", "hammer", "gallop", "embrace", "weep", "peer", "soar")
    assert {lex.action(verb) for verb in sample} <= poses
    assert lex.action("run", "away") == "run"
    assert lex.verbs >= 350


def panel(number: int, size: str, left: str, right: str) -> Panel:
    who = (Performer(id=left, at=-0.4), Performer(id=right, at=0.4))
    return Panel.model_validate(
        {
            "id": f"P{number}",
            "size": size,
            "seconds": "1.2",
            "action": "x",
            "place": "room",
            "who": who,
        }
    )


def test_crossing_the_line_and_thrice_the_same_size_are_told() -> None:
    panels = [
        panel(n, "wide" if n < 4 else "medium" if n % 2 else "full", "a", "b") for n in range(1, 9)
    ]
    panels.append(panel(9, "wide", "b", "a"))
    clip = ClipPlan(id="C01", title="t", seconds="10.8", panel=tuple(panels))
    found = {(one.key, one.severity) for one in check(Plan(title="t", clips=(clip,)))}
    assert ("panel.3.size", "warning") in found
    assert ("panel.9.who", "warning") in found
