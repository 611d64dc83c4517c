"""What the house asks of the stand-ins, as it is told by a person."""

import pytest

from stillreel.rehearsal.door import house_for, set_fault

ODD = ("ark/busy/x", "ark/busy/-1", "ark/busy/", "ark/busy/²", "ark/busy/1/2")


@pytest.mark.parametrize("told", ODD)
def test_a_fault_whose_times_are_no_number_is_told_in_a_sentence(told: str) -> None:
    with pytest.raises(ValueError, match="write vendor/kind/times, like ark/busy/3"):
        set_fault(house_for(60.0, 0, 0.0, 0.0), told)


def test_a_fault_is_set_as_often_as_it_says() -> None:
    house = house_for(60.0, 0, 0.0, 0.0)
    set_fault(house, "ark/busy/2")
    fired = [bool(house.stage.faults.take("ark", "create")) for _ in range(3)]
    assert fired == [True, True, False]
