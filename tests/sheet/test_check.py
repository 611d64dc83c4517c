"""Which sheet is used, and why: figures decide unless a person did."""

import pytest

from stillreel.ledger.nouns import Score
from stillreel.sheet.check import bake_off, failures, pick, problems, score_of
from stillreel.sheet.nouns import Entry
from stillreel.values.take import StoredFile, Take


def entry(
    subject: str, provider: str, identity: float, attributes: float, number: int = 1
) -> Entry:
    take = Take(
        id=f"{subject}-{provider}-{number}",
        stage="sheet",
        subject=subject,
        provider=provider,
        model=provider,
        number=number,
        files=(StoredFile("ab" * 32, "image/png", 1),),
    )
    return Entry(
        take,
        Score(take.id, "identity", identity, identity, identity, "embedded"),
        Score(take.id, "attributes", attributes, attributes, attributes, "embedded"),
    )


def test_a_look_without_colour_does_not_win_by_looking_alike_everywhere() -> None:
    # Line drawings resemble each other whoever they show; only the plan's colours tell them apart.
    contest = bake_off([(entry("mara", "line", 0.98, 0.3), entry("mara", "paint", 0.85, 0.95))])
    assert contest.winner == "paint"


def test_the_contest_is_over_all_sheets_not_the_last() -> None:
    contest = bake_off(
        [
            (entry("mara", "a", 0.9, 0.9), entry("mara", "b", 0.5, 0.5)),
            (entry("kade", "a", 0.9, 0.9), entry("kade", "b", 0.5, 0.5)),
            (entry("pip", "a", 0.6, 0.6), entry("pip", "b", 0.7, 0.7)),
        ]
    )
    assert contest.winner == "a"
    assert [(one.provider, one.wins, one.sheets) for one in contest.standings] == [
        ("a", 2, 3),
        ("b", 1, 3),
    ]


def test_a_small_lead_is_told_as_no_clear_difference() -> None:
    contest = bake_off([(entry("mara", "a", 0.80, 0.80), entry("mara", "b", 0.79, 0.80))])
    assert contest.verdict.startswith("No clear difference")


def test_an_even_contest_is_settled_the_same_way_every_time() -> None:
    pair = (entry("mara", "b", 0.8, 0.8), entry("mara", "a", 0.8, 0.8))
    assert bake_off([pair]).winner == bake_off([pair[::-1]]).winner == "a"


def test_nothing_drawn_has_no_winner() -> None:
    assert bake_off([]).winner == ""


def test_the_front_end_of_the_boards_draws_the_sheet_that_is_used() -> None:
    pair = (entry("mara", "a", 0.9, 0.9), entry("mara", "b", 0.5, 0.5))
    assert pick("mara", pair, "b", "").chosen.provider == "b"


def test_a_persons_choice_wins_over_every_figure() -> None:
    pair = (entry("mara", "a", 0.9, 0.9), entry("mara", "b", 0.5, 0.5))
    sheet = pick("mara", pair, "a", "mara-b-1")
    assert (sheet.chosen.provider, sheet.why) == ("b", "chosen by a person")


def test_without_the_boards_front_end_the_best_score_is_used() -> None:
    pair = (entry("mara", "a", 0.4, 0.4), entry("mara", "b", 0.5, 0.5))
    assert pick("mara", pair, "elsewhere", "").chosen.provider == "b"


@pytest.mark.parametrize(("identity", "count"), [(0.49, 1), (0.51, 0)])
def test_a_look_that_does_not_hold_is_warned_about(identity: float, count: int) -> None:
    found = problems([pick("mara", (entry("mara", "a", identity, 0.9),), "a", "")])
    assert [problem.severity for problem in found] == ["warning"] * count


def test_score_lies_between_its_parts() -> None:
    one = entry("mara", "a", 0.2, 0.8)
    assert 0.2 < score_of(one) < 0.8


def test_a_sheet_without_a_clean_view_can_be_cut_by_hand() -> None:
    sheet = pick("mara", (entry("mara", "a", 0.9, 0.9),), "a", "")
    (found,) = failures(sheet, members=1)
    assert "stillreel redo DIR mara --crop front=LEFT,TOP,RIGHT,BOTTOM" in found.hint
