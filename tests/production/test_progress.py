"""Time left comes from measured speed, or is not said."""

from stillreel.production.progress import Progress, Step


def test_nothing_is_promised_before_there_are_samples() -> None:
    told: list[Step] = []
    clock = iter([0.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    progress = Progress(told.append, lambda: next(clock))
    progress.expect("clip", 4)
    progress.count("clip", "a", "C01", made=True)
    assert told[-1].seconds_left is None


def test_time_left_is_what_the_rest_takes_at_the_measured_speed() -> None:
    told: list[Step] = []
    now = [0.0]
    progress = Progress(told.append, lambda: now[0])
    progress.expect("clip", 10)
    progress.begin("clip")
    for number in range(4):
        now[0] += 3.0
        progress.count("clip", str(number), f"C0{number}", made=True)
    assert told[-1].seconds_left == 18.0
    assert (told[-1].done, told[-1].total) == (4, 10)


def test_takes_that_were_there_do_not_count_as_speed() -> None:
    told: list[Step] = []
    progress = Progress(told.append, lambda: 0.0)
    progress.expect("clip", 3)
    for number in range(2):
        progress.count("clip", str(number), "", made=False)
    assert progress.made("clip") == 0
    assert told[-1].seconds_left is None


def test_the_same_take_is_counted_once() -> None:
    told: list[Step] = []
    progress = Progress(told.append, lambda: 0.0)
    for _ in range(3):
        progress.count("clip", "same", "C01", made=False)
    assert told[-1].done == 1


def test_a_clip_that_comes_twice_never_makes_more_than_all() -> None:
    told: list[Step] = []
    progress = Progress(told.append, lambda: 0.0)
    progress.expect("clip", 1)
    progress.count("clip", "from ark", "C01", made=True)
    progress.count("clip", "from fal", "C01", made=True)
    assert (told[-1].done, told[-1].total) == (2, 2)
