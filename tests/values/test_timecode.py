"""Time is whole frames, and shares of a clip add up to the clip."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillreel.values.timecode import frames_of, split_frames, timecode


@given(
    st.integers(9, 2000),
    st.lists(st.integers(1, 5000), min_size=1, max_size=9).map(tuple),
)
def test_shares_add_up_and_none_is_empty(total: int, weights: tuple[int, ...]) -> None:
    shares = split_frames(total, weights)
    assert sum(shares) == total
    assert len(shares) == len(weights)


@given(st.integers(50, 400))
def test_equal_weights_differ_by_at_most_one_frame(total: int) -> None:
    shares = split_frames(total, (1,) * 9)
    assert max(shares) - min(shares) <= 1


@given(st.integers(0, 10**6), st.sampled_from([24, 25, 30]))
def test_frames_survive_being_turned_into_seconds(frames: int, fps: int) -> None:
    assert frames_of(Fraction(frames, fps), fps) == frames


@pytest.mark.parametrize(
    ("frames", "fps", "told"),
    [
        (0, 24, "00:00:00:00"),
        (23, 24, "00:00:00:23"),
        (24, 24, "00:00:01:00"),
        (86399, 24, "00:59:59:23"),
        (90000, 25, "01:00:00:00"),
    ],
)
def test_timecode_counts_as_an_editor_does(frames: int, fps: int, told: str) -> None:
    assert timecode(frames, fps) == told


def test_half_a_frame_rounds_up() -> None:
    assert frames_of(Fraction(1, 48), 24) == 1
