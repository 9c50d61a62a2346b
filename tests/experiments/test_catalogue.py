"""Every experiment compares variants with a first one."""

import pytest

from trainwell.experiments import EXPERIMENTS


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_an_experiment_states_a_claim_and_compares(name):
    experiment = EXPERIMENTS[name]
    assert experiment.claim.endswith(".")
    assert len(experiment.variants) > 2
    assert len(set(experiment.variants.values())) == len(experiment.variants)
    for keys in (experiment.common, *experiment.variants.values()):
        assert all("=" in key for key in keys)
