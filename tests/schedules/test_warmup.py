import pytest

from trainwell.schedules import cosine, linear, step, warmup, warmup_factor


def test_ramps_then_runs_the_whole_schedule():
    schedule = warmup(linear(0.5), share=0.2)
    values = [schedule(p) for p in (0.0, 0.1, 0.2, 0.6, 1.0)]
    assert values == pytest.approx([0.01, 0.505, 1, 0.75, 0.5])


def test_ramps_from_start_to_the_first_value_of_the_schedule():
    schedule = warmup(step((0.0, 0.5), factor=0.5), share=0.5, start=0.1)
    values = [schedule(p) for p in (0.0, 0.25, 0.5, 0.75)]
    assert values == pytest.approx([0.05, 0.275, 0.5, 0.25])


def test_no_share_is_the_schedule():
    assert all(warmup(cosine(), share=0.0)(i / 7) == cosine()(i / 7) for i in range(8))


@pytest.mark.parametrize("share", [-0.1, 1.0])
def test_share_out_of_range(share):
    with pytest.raises(ValueError, match=r"`share` must be in \[0, 1\)"):
        warmup(cosine(), share)


def test_start_out_of_range():
    with pytest.raises(ValueError, match="`start` must be in"):
        warmup(cosine(), 0.1, start=-1.0)


def test_no_step_is_at_zero():
    assert all(warmup(cosine(), 0.5)(i / 10) > 0 for i in range(10))
    assert all(warmup_factor(i, 10) > 0 for i in range(10))


def test_a_ramp_in_steps():
    factors = [warmup_factor(i, 4) for i in range(7)]
    assert factors == pytest.approx([0.2, 0.4, 0.6, 0.8, 1, 1, 1])
    assert warmup_factor(0, 0) == 1
    with pytest.raises(ValueError, match="`step` must be in"):
        warmup_factor(-1, 3)
