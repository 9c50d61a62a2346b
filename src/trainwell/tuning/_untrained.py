"""The policy before a search of augmentation, for comparison with the result."""

from trainwell.augment.policies import Transform
from trainwell.tuning._fast_autoaugment import FastAutoAugment, random_sub_policies
from trainwell.tuning._population import Turn
from trainwell.tuning._population_augment import (
    PopulationAugment,
    initial_policy,
    schedule_of,
)


def untrained_policy(
    options: FastAutoAugment | PopulationAugment, *, seed: int = 0
) -> Transform:
    """Return random sub-policies, as many as are kept; or the initial schedule.

    The latter changes nothing and does not depend on the seed.

    Args:
        options: Options of the search.
        seed: Seed of the random sub-policies.

    Example:
        >>> untrained_policy(PopulationAugment(interval=3.0)).epochs
        (3.0,)
    """
    if isinstance(options, FastAutoAugment):
        return random_sub_policies(options, seed=seed)
    start = Turn(0, initial_policy(options.operations), 0.0)
    return schedule_of([start], [options.interval], options.operations)
