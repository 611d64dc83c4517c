"""A judge is judged: kappa against labels opens the gate, guessing and nodding do not."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest
from standin import Standin, hearing, knowing, labels
from test_checklist import figure

from stillreel.errors import ProjectError, StorageError
from stillreel.measure.judge.bench import asks, bench, labels_digest
from stillreel.measure.judge.keep import keep, trust_in
from stillreel.measure.judge.labelled import drawn_labels, read_labels
from stillreel.measure.judge.nouns import Depiction, JudgeBench, Labelled, Question, Trust
from stillreel.measure.pictures import encode_png
from stillreel.plan.colours import colour_name

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TODAY = date(2026, 11, 27)
TRUTHS = ["present", "changed", "absent"] * 20
SMALL = figure()[::8, ::8]


def benched(judge: Standin, labelled: Sequence[Labelled]) -> JudgeBench:
    return asyncio.run(bench(labelled, hearing(judge), judge.offer, TODAY))


def erring(share: float) -> JudgeBench:
    labelled = labels(SMALL, TRUTHS)
    return benched(Standin(knowing(labelled), errs=share), labelled)


def test_a_judge_that_knows_may_decide() -> None:
    found = erring(0.0)
    assert found.kappa.value == pytest.approx(1.0)
    assert found.trust is not None
    assert (found.trust.judge, found.trust.model) == ("standin", "stand-in 1")
    assert found.trust.dated == TODAY
    assert "may decide" in found.told


def test_the_more_a_judge_errs_the_lower_its_kappa_until_the_gate_shuts() -> None:
    found = [erring(share) for share in (0.0, 0.08, 0.3, 0.6)]
    kappas = [one.kappa.value for one in found]
    assert kappas == sorted(kappas, reverse=True)
    assert [one.trust is not None for one in found] == [True, True, False, False]
    assert found[1].uncertain > 0
    assert "deciding takes 0.6" in found[2].told or "made-up" in found[2].told


def test_a_judge_that_nods_is_dropped_by_the_traps() -> None:
    labelled = labels(SMALL, TRUTHS)
    found = benched(Standin({}, says=lambda _: "present"), labelled)
    assert found.trust is None
    assert found.fooled == 1.0
    assert "made-up" in found.told


@pytest.mark.parametrize("always", ["changed", "cannot see", "no word of mine"])
def test_a_judge_that_always_says_the_same_may_not_decide(always: str) -> None:
    found = benched(Standin({}, says=lambda _: always), labels(SMALL, TRUTHS))
    assert found.trust is None
    assert found.kappa.value == pytest.approx(0)


def test_a_judge_swayed_by_the_order_may_not_decide() -> None:
    labelled = labels(SMALL, TRUTHS)
    judge = Standin(knowing(labelled))
    honest = Standin(knowing(labelled))

    def first_is_right(ask: object) -> str:
        swayed = ask.pictures[0].role == "candidate-part"
        return "changed" if swayed else honest.seen(ask)

    judge.says = first_is_right
    found = benched(judge, labelled)
    assert found.uncertain == pytest.approx(2 / 3)
    assert found.trust is None


def test_labels_that_all_say_the_same_prove_nothing() -> None:
    labelled = labels(SMALL, ["present"] * 40)
    found = benched(Standin(knowing(labelled)), labelled)
    assert found.trust is None
    assert "proves nothing" in found.told


def test_a_few_labels_are_refused_before_anybody_is_asked() -> None:
    labelled = labels(SMALL, TRUTHS[:29])
    judge = Standin(knowing(labelled))
    with pytest.raises(ProjectError, match="29 labels"):
        benched(judge, labelled)
    assert judge.sent == []


def test_a_label_about_what_its_picture_does_not_show_is_refused() -> None:
    bust = Depiction(SMALL, view="bust")
    boots = Labelled(Question("boots", "feet", "brown boots", "minor"), bust, bust, "present")
    with pytest.raises(ProjectError, match="boots lies outside"):
        asks([boots])


def test_what_a_bench_will_ask_is_known_before_it_is_paid_for() -> None:
    labelled = labels(SMALL, TRUTHS)
    judge = Standin(knowing(labelled))
    benched(judge, labelled)
    assert tuple(judge.sent) == asks(labelled)
    assert len(judge.sent) == 4 * len(labelled)


def test_agreement_is_told_for_each_attribute() -> None:
    assert erring(0.0).by_attribute == (("hat", 60, 60),)


def test_other_labels_have_another_digest() -> None:
    one, other = (labels(SMALL, truths) for truths in (TRUTHS, TRUTHS[::-1]))
    assert labels_digest(one) != labels_digest(other)
    assert labels_digest(one) == labels_digest(labels(SMALL, TRUTHS))


def test_trust_is_kept_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "judge.json"
    assert trust_in(path) is None
    trust = Trust("standin", "stand-in 1", 0.71, 60, "digest", TODAY)
    keep(trust, path)
    assert trust_in(path) == trust
    path.write_text('{"judge": "standin"}')
    with pytest.raises(ProjectError, match="no record of a judge"):
        trust_in(path)
    with pytest.raises(StorageError, match="could not be written"):
        keep(trust, path / "below-a-file.json")


def test_drawn_labels_know_the_truth_and_show_it() -> None:
    drawn = drawn_labels(6, 5, "lumen", colour_name)
    assert [one.truth for one in drawn] == ["present", "changed", "absent"] * 2
    for one in drawn:
        alike = (
            one.reference.image.shape == one.candidate.image.shape
            and (one.reference.image == one.candidate.image).all()
        )
        assert alike == (one.truth == "present")
        assert one.control is not None
    again = drawn_labels(6, 5, "lumen", colour_name)
    assert labels_digest(drawn) == labels_digest(again)


def test_labels_of_a_person_are_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(encode_png(SMALL))
    text = (
        '[[pair]]\nreference = "a.png"\ncandidate = "a.png"\nattribute = "jacket"\n'
        'zone = "upper"\nexpected = "blue jacket"\nseen = "present"\n'
    )
    (tmp_path / "labels.toml").write_text(text)
    (found,) = read_labels(tmp_path / "labels.toml")
    assert (found.question.attribute, found.truth) == ("jacket", "present")
    assert found.reference.image.shape == SMALL.shape


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[pair]", "Expected ']]'"),
        ("", "pair: Field required."),
        ('[[pair]]\nreference = "a.png"\n', "pair 1 candidate: Field required."),
        ("pair = 3", "pair: Input should be a valid tuple."),
        ('[[pair]]\nseen = "perhaps"\n', "pair 1 reference: Field required."),
        ("format = 2\npair = []", "format: Input should be less than or equal to 1."),
    ],
)
def test_labels_that_cannot_be_read_are_told(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "labels.toml").write_text(text)
    with pytest.raises(ProjectError, match="labels cannot be read") as caught:
        read_labels(tmp_path / "labels.toml")
    assert why in caught.value.what
    with pytest.raises(ProjectError, match="labels cannot be read: No such file"):
        read_labels(tmp_path / "none.toml")
