"""How long a round takes, by hand."""

import pytest

from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.tuning import PopulationAugment


def test_a_round_by_hand():
    """4 members: 3 epochs of 80 images at 10 ms, and 20 judged at 5 ms each."""
    timing = TimingEstimate(train=0.01, judge=0.005, setup=9.0)
    how = PopulationAugment(members=4, interval=3.0)
    expected = 4 * (3 * 80 * 0.01 + 20 * 0.005)
    assert timing.seconds_of_round(100, 5, how) == pytest.approx(expected)
