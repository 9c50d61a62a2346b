"""The policies that searches are compared with."""

from trainwell.augment.policies import Population, SubPolicies
from trainwell.tuning import FastAutoAugment, PopulationAugment, untrained_policy


def test_as_many_random_chains_as_are_kept():
    options = FastAutoAugment(folds=2, rounds=1, top=3, chains=4)
    policy = untrained_policy(options, seed=1)
    assert isinstance(policy, SubPolicies)
    assert len(policy.sub_policies) == 2 * 1 * 3 * 4
    assert policy == untrained_policy(options, seed=1)
    assert policy != untrained_policy(options, seed=2)


def test_a_schedule_that_changes_nothing_for_any_seed():
    policy = untrained_policy(PopulationAugment(interval=2.0), seed=1)
    assert isinstance(policy, Population)
    assert policy == untrained_policy(PopulationAugment(interval=2.0), seed=9)
    assert {p for stage in policy.probabilities for p in stage} == {0.0}
    assert policy.epochs == (2.0,)
