"""Timelines in the formats of other programs, read back by readers that are not ours."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import opentimelineio as otio
import pytest

from stillreel.errors import MediaError, ProjectError, UsageError
from stillreel.film.ask import cut_list, reel
from stillreel.film.edl import edl
from stillreel.film.export import export
from stillreel.film.fcpxml import fcpxml
from stillreel.film.timeline import address, beside, timeline

if TYPE_CHECKING:
    from pathlib import Path

    from stillreel.film.media import Reel
    from stillreel.film.nouns import ClipFile, CutSettings
    from stillreel.plan.nouns import Plan

NAMES = ["title", "C01", "C02", "C03", "credits"]
LENGTHS = [96, 240, 240, 240, 120]


@pytest.fixture
def cut(plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings) -> Reel:
    return reel(plan, clips, settings, cut_list(plan, clips, settings))


def _picture(read: Any) -> list[Any]:
    return [item for item in read.video_tracks()[0] if isinstance(item, otio.schema.Clip)]


def test_otio_keeps_clips_takes_markers_and_sound(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    path = export(plan, clips, settings, "otio")
    read = otio.adapters.read_from_file(str(path))
    found = _picture(read)
    assert [clip.name for clip in found] == NAMES
    assert [clip.source_range.duration.value for clip in found] == LENGTHS
    second = found[2]
    assert set(second.media_references()) == {"a1", "b2"}
    assert second.active_media_reference_key == "a1"
    assert [marker.name for marker in second.markers][:2] == ["C02.P1", "C02.P2"]
    assert (
        second.markers[1].marked_range.start_time.value
        == second.markers[0].marked_range.duration.value
    )
    assert read.audio_tracks()[0][0].source_range.duration.value == sum(LENGTHS)
    assert read.global_start_time.to_timecode() == "01:00:00:00"


def test_the_films_own_timeline_names_files_relative_to_itself(
    cut: Reel, settings: CutSettings
) -> None:
    read = timeline(cut, beside(settings.out))
    assert _picture(read)[0].media_reference.target_url == "clips/title.mp4"
    assert _picture(timeline(cut, address))[1].media_reference.target_url.startswith("file:///")


def test_fcp7_is_read_back_with_the_same_order_and_lengths(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    pytest.importorskip("otio_fcp_adapter")
    path = export(plan, clips, settings, "fcp7")
    read = otio.adapters.read_from_file(str(path), adapter_name="fcp_xml")
    read = read if isinstance(read, otio.schema.Timeline) else read[0]
    found = _picture(read)
    assert [clip.name for clip in found] == NAMES
    assert [clip.source_range.duration.value for clip in found] == LENGTHS
    assert next(marker.name for marker in found[1].markers) == "C01.P1"


def test_edl_is_read_back_with_unique_reels_and_a_one_hour_start(cut: Reel) -> None:
    pytest.importorskip("otio_cmx3600_adapter")
    text = edl(cut)
    read = otio.adapters.read_from_string(text, adapter_name="cmx_3600", rate=24)
    found = _picture(read)
    assert [clip.source_range.duration.value for clip in found] == LENGTHS
    reels = [line.split()[1] for line in text.splitlines() if line[:3].isdigit()]
    assert len(set(reels)) == len(reels)
    assert all(len(name) <= 8 for name in reels)
    assert "01:00:00:00 01:00:04:00" in text


def _seconds(text: str) -> Fraction:
    return Fraction(text.removesuffix("s"))


def test_fcpxml_has_exact_times_and_no_gap_between_clips(cut: Reel) -> None:
    root = ET.fromstring(fcpxml(cut))
    assert root.get("version") == "1.11"
    assert root.find("resources/format").get("frameDuration") == "100/2400s"
    spine = root.find("library/event/project/sequence/spine")
    firsts = [item if item.tag == "asset-clip" else item[0] for item in spine]
    assert [_seconds(item.get("duration")) * 24 for item in firsts] == LENGTHS
    at = Fraction(3600)
    for item in firsts:
        assert _seconds(item.get("offset")) == at
        at += _seconds(item.get("duration"))
    assert _seconds(root.find(".//sequence").get("duration")) == at - 3600


def test_fcpxml_offers_other_takes_as_an_audition_with_the_chosen_first(cut: Reel) -> None:
    root = ET.fromstring(fcpxml(cut))
    audition = root.find(".//audition")
    assert [item.get("name") for item in audition] == ["C02 a1", "C02 b2"]
    ids = {asset.get("id") for asset in root.iter("asset")}
    assert {clip.get("ref") for clip in root.iter("asset-clip")} <= ids
    assert all(source.get("src").startswith("file:///") for source in root.iter("media-rep"))
    assert root.find(".//marker").get("note") == "The giant and the <wall>, part 1."


def test_fcpxml_lays_the_sound_under_the_whole_film(cut: Reel) -> None:
    root = ET.fromstring(fcpxml(cut))
    sound = next(clip for clip in root.iter("asset-clip") if clip.get("lane") == "-1")
    assert _seconds(sound.get("duration")) * 24 == sum(LENGTHS)


def test_otioz_without_its_media_says_what_is_missing(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    with pytest.raises(MediaError, match="missing"):
        export(plan, clips, settings, "otioz")


def test_an_unknown_format_lists_those_there_are(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    with pytest.raises(UsageError, match="aaf") as caught:
        export(plan, clips, settings, "aaf")
    assert "fcpxml" in caught.value.next_step


def test_subtitles_of_a_silent_story_are_refused_in_a_sentence(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings
) -> None:
    mute = tuple(
        clip.model_copy(
            update={"panel": tuple(one.model_copy(update={"line": None}) for one in clip.panel)}
        )
        for clip in plan.clips
    )
    with pytest.raises(ProjectError, match="Nobody speaks"):
        export(plan.model_copy(update={"clips": mute}), clips, settings, "srt")


def test_srt_lies_where_it_is_asked(
    plan: Plan, clips: tuple[ClipFile, ...], settings: CutSettings, tmp_path: Path
) -> None:
    path = export(plan, clips, replace(settings, name="giant"), "srt", tmp_path / "words.srt")
    assert path.read_text().startswith("1\n00:00:08,")
