"""What a search of augmentation starts from: the policy to compare a found one with."""

from trainwell.augment.policies import Transform
from trainwell.tuning._fast_autoaugment import FastAutoAugment, random_sub_policies
from trainwell.tuning._population import Turn
from trainwell.tuning._population_augment import (
    PopulationAugment,
    initial_policy,
    schedule_of,
)


def untrained_policy(
    how: FastAutoAugment | PopulationAugment, *, seed: int = 0
) -> Transform:
    """Return random sub-policies, as many as would be kept; or the schedule's start.

    The latter changes nothing, whatever the seed.
    """
    if isinstance(how, FastAutoAugment):
        return random_sub_policies(how, seed=seed)
    return schedule_of([Turn(0, initial_policy(), 0.0)], [how.interval])
