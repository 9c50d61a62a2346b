"""Values to try next, by the tree-structured Parzen estimator.

    split the trials into the good and the rest; fit a density to each, l and g;
    of some samples from l propose the one with the largest l(x) / g(x)

Source: Bergstra et al., "Algorithms for Hyper-Parameter Optimization", 2011, section 4,
https://papers.nips.cc/paper/4443; Optuna's `TPESampler`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optuna import Study
    from optuna.distributions import BaseDistribution
    from optuna.trial import Trial

Values = dict[str, str | float]


@dataclass
class Proposals:
    """Proposals of Optuna; each depends on its word and the earlier costs alone."""

    study: "Study"
    space: dict[str, "BaseDistribution"]
    asked: "list[Trial]" = field(default_factory=list)

    def ask(self, word: int) -> Values:
        """Return values to try, by a sampler that this word seeds."""
        from optuna.samplers import TPESampler

        self.study.sampler = TPESampler(seed=word % 2**32)
        self.asked = [self.study.ask(self.space)]
        return dict(self.asked[0].params)

    def tell(self, cost: float) -> None:
        """Record the cost of the values that were proposed last."""
        self.study.tell(self.asked.pop(), cost)


def proposer(
    space: Mapping[str, tuple[str, ...] | None], trials: Iterable[tuple[Values, float]]
) -> Proposals:
    """Return proposals of low cost, given the trials so far.

    Args:
        space: Choices by name, or None for any number from 0 to 1.
        trials: Values and their costs, in order.
    """
    import optuna  # half a second that only a search should cost
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study()
    optuna.logging.set_verbosity(level)
    distributions: dict[str, BaseDistribution] = {
        name: FloatDistribution(0, 1)
        if options is None
        else CategoricalDistribution(options)
        for name, options in space.items()
    }
    for values, cost in trials:
        study.add_trial(
            optuna.trial.create_trial(
                params=values, distributions=distributions, value=cost
            )
        )
    return Proposals(study, distributions)
