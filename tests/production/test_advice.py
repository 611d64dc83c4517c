"""What is said of a platform is what its offer says, and nothing where nothing can happen."""

import pytest

from stillreel.production import advice
from stillreel.providers import registry


@pytest.mark.parametrize(
    ("platform", "said"),
    [
        ("ark", [(True, "can be asked for a job whose answer was lost")]),
        ("fal", [(True, "can be asked for a job whose answer was lost, once that job is over")]),
        (
            "higgsfield",
            [(False, "cannot be asked for a job whose answer was lost: a person decides then")],
        ),
        ("hand-off", []),
        ("animatic", []),
    ],
)
def test_a_lost_answer_is_spoken_of_as_the_vendor_can_be_asked_for_it(
    platform: str, said: list[tuple[bool, str]]
) -> None:
    assert list(advice.losable(registry.offer(platform))) == said
