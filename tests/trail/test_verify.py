"""The verdict over a tree: what was recorded, what is found now, and which of them decides."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from stillreel.trail import verify
from stillreel.trail.nouns import Facts, Ingredient, State
from stillreel.trail.verify import Codes, Tree, facts_of, state_of, worst_of

NOW = datetime(2026, 11, 27, tzinfo=UTC)
LATER = "2027-01-01T00:00:00+00:00"
EARLIER = "2026-01-01T00:00:00+00:00"


def codes(success: str = "", informational: str = "", failure: str = "") -> Codes:
    return Codes(*(frozenset(one.split()) for one in (success, informational, failure)))


def status(**kinds: str) -> dict[str, object]:
    return {
        kind: [{"code": code, "url": "self#jumbf=/c2pa/M/c2pa.signature"} for code in said.split()]
        for kind, said in kinds.items()
    }


def judged(recorded: dict[str, object], found: dict[str, object], ends: str = LATER) -> Ingredient:
    row = {"title": "still", "relationship": "inputTo", "active_manifest": "M", "label": "c2pa.i"}
    manifests = {"F": {"ingredients": [{**row, **recorded}]}, "M": {}}
    delta = {
        "ingredientAssertionURI": "self#jumbf=/c2pa/F/c2pa.assertions/c2pa.i",
        "validationDeltas": found,
    }
    return Tree(manifests, [delta], {"M": ends}, NOW).ingredients("F")[0]


def recorded(**kinds: str) -> dict[str, object]:
    return {"validation_results": {"activeManifest": status(**kinds)}}


WHOLE = "assertion.dataHash.match claimSignature.validated signingCredential.trusted"


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (codes(WHOLE), "Trusted"),
        (codes("claimSignature.validated", failure="signingCredential.untrusted"), "Valid"),
        (codes(WHOLE, failure="assertion.hashedURI.mismatch"), "Invalid"),
        (codes(WHOLE, failure="claimSignature.mismatch"), "Invalid"),
        (codes(WHOLE, failure="signingCredential.invalid"), "Invalid"),
        (codes(WHOLE, failure="signingCredential.ocsp.revoked"), "Invalid"),
        (codes(WHOLE, failure="signingCredential.expired"), "Invalid"),
        (codes(WHOLE, failure="claimSignature.outsideValidity"), "Invalid"),
        (codes(WHOLE, failure="timeStamp.malformed"), "Invalid"),
        (codes(WHOLE, failure="something.nobody.knows.yet"), "Invalid"),
        (codes(WHOLE, informational="timeStamp.untrusted"), "Trusted"),
    ],
)
def test_any_failure_but_an_unlisted_signer_is_invalid(found: Codes, state: State) -> None:
    assert state_of(facts_of(found)) == state


def test_a_listed_time_stamp_outlives_the_certificate_and_an_unlisted_one_does_not() -> None:
    listed = facts_of(codes(f"{WHOLE} timeStamp.validated timeStamp.trusted"), ended=True)
    unlisted = facts_of(codes(f"{WHOLE} timeStamp.validated", "timeStamp.untrusted"), ended=True)
    assert (listed.time.value, state_of(listed)) == ("stamped", "Trusted")
    assert (unlisted.time.value, state_of(unlisted)) == ("expired", "Invalid")


def test_what_was_recorded_when_it_was_added_holds_when_nothing_new_is_found() -> None:
    assert judged(recorded(success=WHOLE), {}).state == "Trusted"
    assert judged(recorded(failure="assertion.dataHash.mismatch"), {}).state == "Invalid"


def test_a_list_that_knows_the_signer_now_or_no_more_decides() -> None:
    unknown_then = recorded(
        success="claimSignature.validated", failure="signingCredential.untrusted"
    )
    assert judged(unknown_then, status(success="signingCredential.trusted")).state == "Trusted"
    assert judged(recorded(success=WHOLE), status(failure="signingCredential.untrusted")).state == (
        "Valid"
    )


def test_a_recorded_failure_is_not_undone_by_what_is_found_now() -> None:
    broken = recorded(success="claimSignature.validated", failure="assertion.dataHash.mismatch")
    assert judged(broken, status(success=WHOLE)).state == "Invalid"


def test_a_failure_recorded_as_if_it_were_fine_is_a_failure() -> None:
    hidden = recorded(success=WHOLE, informational="claimSignature.mismatch timeStamp.mismatch")
    found = judged(hidden, {})
    assert (found.state, found.failure_codes) == ("Invalid", ("claimSignature.mismatch",))


def test_a_time_stamp_on_record_that_the_manifest_does_not_have_saves_no_certificate() -> None:
    assert judged(recorded(success=f"{WHOLE} timeStamp.trusted"), {}, ends=EARLIER).state == (
        "Invalid"
    )


def test_an_older_record_is_one_list_of_codes() -> None:
    listed = [{"code": code} for code in (*WHOLE.split(), "signingCredential.ocsp.skipped")]
    assert judged({"validation_status": listed}, {}).state == "Trusted"
    listed.append({"code": "assertion.dataHash.mismatch"})
    found = judged({"validation_status": listed}, {})
    assert (found.state, found.failure_codes) == ("Invalid", ("assertion.dataHash.mismatch",))


def test_a_certificate_of_an_ingredient_that_has_ended_is_invalid_though_recorded_as_good() -> None:
    found = judged(recorded(success=WHOLE), {}, ends=EARLIER)
    assert (found.state, found.failure_codes) == ("Invalid", ("signingCredential.expired",))


def test_an_ingredient_whose_manifest_is_not_in_the_store_is_invalid() -> None:
    row = {"title": "still", "relationship": "inputTo", "active_manifest": "gone"}
    found = Tree({"F": {"ingredients": [row]}}, [], {}, NOW).ingredients("F")[0]
    assert (found.state, found.failure_codes) == ("Invalid", ("ingredient.manifest.missing",))


def test_a_manifest_looked_at_once_is_judged_wherever_it_stands() -> None:
    rows = [
        {"title": name, "active_manifest": "M", "relationship": "inputTo", "label": name}
        for name in ("first", "second")
    ]
    delta = {
        "ingredientAssertionURI": "self#jumbf=/c2pa/F/c2pa.assertions/first",
        "validationDeltas": status(failure="claimSignature.mismatch"),
    }
    found = Tree({"F": {"ingredients": rows}, "M": {}}, [delta], {}, NOW).ingredients("F")
    assert [one.state for one in found] == ["Invalid", "Invalid"]


def test_a_ring_and_a_tree_that_doubles_at_every_step_are_not_walked() -> None:
    ring = {
        "A": {"ingredients": [{"active_manifest": "B"}]},
        "B": {"ingredients": [{"active_manifest": "A"}]},
    }
    with pytest.raises(verify.Overgrown):
        Tree(ring, [], {}, NOW).ingredients("A")
    twice = {str(n): {"ingredients": [{"active_manifest": str(n + 1)}] * 2} for n in range(40)}
    with pytest.raises(verify.Overgrown):
        Tree(twice | {"40": {}}, [], {}, NOW).ingredients("0")
    deep = {str(n): {"ingredients": [{"active_manifest": str(n + 1)}]} for n in range(500)}
    with pytest.raises(verify.Overgrown):
        Tree(deep, [], {}, NOW).ingredients("0")


def made_from(state: State, *below: Ingredient, relationship: str = "componentOf") -> Ingredient:
    return Ingredient("one", relationship, "M", state, Facts(), ingredients=below)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("own", "below", "worst"),
    [
        ("Trusted", (), "Trusted"),
        ("Trusted", (made_from("Trusted", made_from("Invalid")),), "Invalid"),
        ("Valid", (made_from("Trusted"),), "Valid"),
        ("Trusted", (made_from("Valid"),), "Valid"),
        ("Invalid", (made_from("Trusted"),), "Invalid"),
        ("Trusted", (made_from("NoManifest"),), "Valid"),
        ("Trusted", (made_from("NoManifest", relationship="inputTo"),), "Trusted"),
        (
            "Trusted",
            (made_from("Trusted", made_from("NoManifest", relationship="parentOf")),),
            "Valid",
        ),
        ("Unreadable", (), "Unreadable"),
        ("NoManifest", (), "NoManifest"),
    ],
)
def test_the_worst_of_the_whole_tree_wins(
    own: State, below: tuple[Ingredient, ...], worst: State
) -> None:
    assert worst_of(own, below) == worst
