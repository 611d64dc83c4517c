from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stillreel.errors import UsageError
from stillreel.plan.lint import lint
from stillreel.plan.phrases import identity_phrase
from stillreel.plan.prompts import Prompt, mentions, render, shot_prompt, write_prompts
from stillreel.plan.scenes import board_scene, sheet_scene
from stillreel.providers.ask import Reference
from stillreel.providers.offer import Offer
from stillreel.values.scene import Hair, Identity, Worn
from stillreel.values.timecode import frames_of

if TYPE_CHECKING:
    from stillreel.plan.nouns import Plan

MARA = Identity(
    id="mara",
    name="Mara",
    presentation="feminine",
    hair=Hair(style="bob", colour="#2a211c"),
    outfit=(Worn(garment="coat", colour="#b8322a"), Worn(garment="boots", colour="#26252b")),
)


def shot(line: str) -> Prompt:
    return Prompt("shot", "C01", "prompts/shot/C01.txt", line + "\n")


def reference(role: str, label: str) -> Reference:
    return Reference(role, label, "0" * 64, Path("x.png"))


def offer(**limits: int) -> Offer:
    return Offer(
        provider="somebody",
        dated=date(2026, 1, 1),
        makes="motion",
        model="m",
        version="1",
        **limits,
    )


def test_an_identity_reads_like_this() -> None:
    assert identity_phrase(MARA) == (
        "Mara: exactly one woman, about 1.72 m tall, average build, tan skin, green eyes,"
        " black hair in a bob, wearing a red coat and black boots, with one golden accent"
    )


def test_the_identity_phrase_is_word_for_word_the_same_everywhere(mill: Plan) -> None:
    mara = next(one for one in mill.cast if one.id == "mara")
    phrase = identity_phrase(mara)
    for prompt in write_prompts(mill):
        if prompt.kind == "sheet" and prompt.subject != "mara":
            continue
        ids = {
            one.id
            for clip in mill.clips
            if clip.id == prompt.subject
            for p in clip.panel
            for one in p.who
        }
        assert (phrase in prompt.text) == (prompt.subject == "mara" or "mara" in ids)


def test_every_character_place_prop_and_clip_has_its_prompts(mill: Plan) -> None:
    paths = [one.path for one in write_prompts(mill)]
    assert paths[0].startswith("prompts/sheet/")
    assert "prompts/grid/C01.txt" in paths
    assert "prompts/shot/C01.txt" in paths
    assert len(paths) == len(set(paths))


def test_closeups_name_a_single_main_character_and_every_shot_counts_heads(mill: Plan) -> None:
    for prompt in write_prompts(mill):
        assert [one for one in lint(prompt) if one.key in ("headcount", "close-up", "camera")] == []


@pytest.mark.parametrize(
    ("syntax", "expected"),
    [("Image {n}", "Image 2"), ("@Image{n}", "@Image2"), ("[Image{n}]", "[Image2]")],
)
def test_mentions_are_written_in_the_providers_own_way(
    mill: Plan, syntax: str, expected: str
) -> None:
    prompt = shot_prompt(mill, mill.clips[0])
    text = render(prompt, ("board", "mara"), syntax)
    assert f"{expected} is the identity of Mara." in text
    assert "{{ref:" not in text


def test_a_picture_that_is_not_sent_is_not_introduced(mill: Plan) -> None:
    text = render(shot_prompt(mill, mill.clips[0]), ("board",), "@Image{n}")
    assert "is the identity of" not in text


def test_a_shot_starts_only_from_panels_that_are_sent(mill: Plan) -> None:
    text = render(shot_prompt(mill, mill.clips[0], "panels"), ("mara", "P1", "P9"), "@Image{n}")
    shots = [line for line in text.splitlines() if line.startswith("Shot ")]
    assert [line.split(":")[1].startswith(" from @Image") for line in shots] == [
        number in (1, 9) for number in range(1, 10)
    ]
    assert shots[8].startswith("Shot 9: from @Image3, ")


def test_reading_panels_mentions_all_nine(mill: Plan) -> None:
    named = mentions(shot_prompt(mill, mill.clips[0], "panels").text)
    assert [one for one in named if one.startswith("P")] == [f"P{n}" for n in range(1, 10)]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("Shot 1: wide shot; a crowd runs by.", "headcount"),
        ("Shot 1: close-up; exactly one woman in frame.", "close-up"),
        ("Shot 1: exactly one man in frame. An epic sense of destiny.", "abstract"),
        ("Shot 1: exactly one man in frame. Blood on the wall.", "refused"),
        ("Keep it without music.", "negative"),
        ("Shot 1: exactly one man in frame. The camera pans left and pushes in.", "camera"),
    ],
)
def test_each_fault_of_wording_is_found_on_its_line(line: str, key: str) -> None:
    found = lint(shot(f"Style: ink.\n{line}"))
    assert (key, 2) in {(one.key, one.line) for one in found}
    assert all(one.hint for one in found)


def test_a_sheet_of_several_views_is_no_identity_for_a_motion_model() -> None:
    prompt = shot("{{ref:mara}} is the identity of Mara.")
    assert [one.key for one in lint(prompt, references=[reference("sheet", "mara")])] == [
        "ref:mara"
    ]
    assert lint(prompt, references=[reference("identity-face", "mara")]) == ()


def test_mentions_and_pictures_must_answer_each_other() -> None:
    prompt = shot("{{ref:mara}} is the identity of Mara.")
    found = lint(prompt, references=[reference("identity-face", "jonas")])
    assert {one.key for one in found} == {"ref:mara", "ref:jonas"}


def test_limits_of_the_model_are_kept() -> None:
    prompt = shot("{{ref:mara}} " + "word " * 50)
    keys = {one.key for one in lint(prompt, offer=offer(prompt_words_max=20, references_max=0))}
    assert keys == {"length", "references"}


def test_a_board_scene_has_the_frames_of_its_clip_exactly(mill: Plan) -> None:
    for clip in mill.clips:
        board = board_scene(mill, clip)
        assert sum(panel.frames for panel in board.panels) == frames_of(clip.seconds, mill.fps)
        named = {one.id for panel in board.panels for one in panel.performers}
        assert named <= {one.id for one in board.cast}


def test_a_panel_scene_is_its_place_at_that_moment(giant: Plan) -> None:
    clip = giant.clips[0]
    scene = board_scene(giant, clip).panels[0].setting
    assert (scene.id, scene.season, scene.time) == ("garden", "summer", "day")
    assert "tree" in scene.features


def test_a_sheet_scene_shows_one_thing(mill: Plan) -> None:
    assert sheet_scene(mill, "mara").character is not None
    assert sheet_scene(mill, "axe").prop is not None
    with pytest.raises(UsageError, match="called 'nobody'"):
        sheet_scene(mill, "nobody")
