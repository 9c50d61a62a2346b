"""Every planted fault is named, and healthy trainings are left in peace."""

import pytest
from benchmarks.planted_faults._faults import FAULTS
from benchmarks.planted_faults._healthy import HEALTHY

from trainwell.diagnose import check_training, faults

QUICK = ("digits, CNN with BatchNorm, SGD", "digits, head of zeros, label smoothing")


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_named_first(fault):
    name, make = FAULTS[fault]
    cause = check_training(make()).cause
    assert cause is not None
    assert cause.name == name
    assert cause.try_next
    assert all(isinstance(value, int | float) for value in cause.numbers.values())


@pytest.mark.parametrize("healthy", QUICK)
def test_nothing_is_said_of_the_healthy(healthy):
    found = check_training(HEALTHY[healthy]())
    assert faults(found.findings) == []
    assert found.cause is None
    assert found.skipped == ()
    assert found.findings[-1].name == "learning"
