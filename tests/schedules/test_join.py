import pytest

from trainwell.schedules import constant, cosine, join, linear, warmup


def test_each_runs_whole_in_its_part_and_the_later_one_has_the_boundary():
    schedule = join([linear(0.5), constant(), linear()], [0.2, 0.6])
    values = [schedule(p) for p in (0.0, 0.1, 0.2, 0.5999, 0.6, 0.8, 1.0)]
    assert values == pytest.approx([1, 0.75, 1, 1, 1, 0.5, 0])


def test_one_schedule_is_itself():
    schedule = join([cosine()], [])
    assert all(schedule(i / 7) == cosine()(i / 7) for i in range(8))


def test_a_warm_up_is_a_join():
    ramp = lambda progress: progress  # noqa: E731
    joined, warmed = join([ramp, cosine()], [0.1]), warmup(cosine(), 0.1, start=0.0)
    for i in range(21):
        assert joined(i / 20) == pytest.approx(warmed(i / 20))


@pytest.mark.parametrize(
    ("boundaries", "message"),
    [
        ([], "one fewer than the 2 schedules, got 0"),
        ([0.3, 0.6], "one fewer than the 2 schedules, got 2"),
        ([0.0], "must ascend within"),
        ([1.0], "must ascend within"),
    ],
)
def test_errors(boundaries, message):
    with pytest.raises(ValueError, match=message):
        join([cosine(), linear()], boundaries)
