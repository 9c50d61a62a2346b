"""Losses with jumps."""

import pytest

from trainwell.diagnose._loss_spikes import loss_spikes

STEADY = [1.0, 1.1, 0.9, 1.0, 1.1, 0.9, 1.0, 1.0]  # median 1, deviation 0.05


@pytest.mark.parametrize(
    ("value", "spike"), [(2.1, True), (1.9, False), (float("nan"), True)]
)
def test_twice_the_median(value, spike):
    assert loss_spikes([*STEADY, value, 1.0]) == ((8,) if spike else ())


@pytest.mark.parametrize(("value", "spike"), [(3.9, False), (4.2, True)])
def test_six_deviations(value, spike):
    noisy = [0.5, 1.5, 0.5, 1.5, 0.5, 1.5, 0.5, 1.5]  # median 1, deviation 0.5
    assert loss_spikes([*noisy, value]) == ((8,) if spike else ())


def test_a_fall_and_a_slow_rise_are_none():
    assert loss_spikes([2.0 - 0.05 * i for i in range(30)]) == ()
    assert loss_spikes([1.0 + 0.05 * i for i in range(30)]) == ()


def test_too_few_before():
    assert loss_spikes([1.0] * 7 + [9.0]) == ()
    assert loss_spikes([]) == ()
