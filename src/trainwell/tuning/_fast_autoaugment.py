"""Fast AutoAugment: policies under which unseen images still fit the training images.

    split the training images into K folds; per fold k: train a network on the others,
    then T times: minimise  loss(network, policy(fold k))  over B candidates, by TPE,
    and keep the N best; the policy is the union of all that was kept

A candidate is 5 chains of 2 operations with their probabilities and strengths. No
network is trained per candidate, which makes it a thousand times cheaper than
AutoAugment.

Use: where RandAugment's operations do not suit your data, and a policy has to be found
without training hundreds of networks.
Side effects: small changes cost little, so weak operations are favoured; the loss shows
which operations preserve the class, not which ones help most.
Source: Lim et al., "Fast AutoAugment", 2019, algorithm 1 and section 3,
https://arxiv.org/abs/1905.00397. They use 5 folds; with 3 we save two networks.
Their 16 operations are these 15, with cutout, and SamplePairing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.augment.policies import SEARCHED, SubPolicies
from trainwell.core import checks, keyed
from trainwell.tuning._chains import (
    Chain,
    chain_space,
    chains_of,
    check_operations,
    values_of,
)
from trainwell.tuning._propose import proposer


@dataclass(frozen=True, kw_only=True)
class FastAutoAugment:
    """Options of the search.

    Attributes:
        folds: Number of folds K of the training images, each with its own network.
        rounds: Number of independent searches T per fold.
        trials: Number of candidates B in each search.
        top: Number of candidates N kept of each search.
        chains: Number of chains in a candidate.
        length: Number of operations in a chain.
        operations: Names of those to choose from, any that `augment.operations` takes.

    Example:
        >>> FastAutoAugment(folds=2, trials=50).rounds
        2
    """

    folds: int = 3
    rounds: int = 2
    trials: int = 200
    top: int = 10
    chains: int = 5
    length: int = 2
    operations: Sequence[str] = SEARCHED

    def __post_init__(self) -> None:
        for name in ("rounds", "trials", "top", "chains", "length"):
            checks.positive(name, getattr(self, name))
        if self.folds < 2:
            raise ValueError(f"`folds` must be 2 or more, got {self.folds}.")
        check_operations(self.operations)


@dataclass(frozen=True)
class PolicyTrial:
    """A candidate policy and its loss.

    Attributes:
        fold: Fold on whose images the loss was measured.
        round: Number of the search, from 0.
        number: Position in that search, from 0.
        loss: Loss of the fold's network on the fold's augmented images.
        chains: Chains of (operation, probability, strength).

    Example:
        >>> PolicyTrial(0, 0, 0, 1.2, ((("invert", 0.5, 0.3),),)).loss
        1.2
    """

    fold: int
    round: int
    number: int
    loss: float
    chains: tuple[Chain, ...]


def match_density(  # noqa: PLR0913
    loss: Callable[[SubPolicies, int], float],
    options: FastAutoAugment,
    *,
    fold: int,
    seed: int,
    done: Iterable[PolicyTrial] = (),
    enough: Callable[[int, int], bool] = lambda round, trials: False,
    tell: Callable[[PolicyTrial], None] = lambda trial: None,
) -> tuple[PolicyTrial, ...]:
    """Search one fold; return all its trials in order.

    Trial n depends on the seed and on the trials before it alone, so a search that
    resumes from `done` ends like one that was never stopped.

    Args:
        loss: Function (policy, round) -> loss on the held-out images.
        options: Options of the search.
        fold: Number of the fold.
        seed: Seed of the sampler.
        done: Trials of an earlier call.
        enough: Function of the round and its number of trials so far, called before
            each trial; ends the round if true.
        tell: Function called with each new trial at once.

    Example:
        >>> options = FastAutoAugment(rounds=1, trials=3, chains=1)
        >>> trials = match_density(lambda policy, round: 1.0, options, fold=0, seed=0)
        >>> [trial.number for trial in trials]
        [0, 1, 2]
    """
    found: list[PolicyTrial] = []
    earlier = [t for t in done if t.fold == fold]
    for number in range(options.rounds):
        trials = [t for t in earlier if t.round == number]
        later = any(t.round > number for t in earlier)
        proposals = proposer(
            chain_space(options.chains, options.length, options.operations),
            [(values_of(t.chains), t.loss) for t in trials],
        )
        while len(trials) < options.trials and not later:
            if enough(number, len(trials)):
                break
            place = f"density_matching {fold} {number} {len(trials)}"
            word = keyed.bits(seed, 0, np.zeros(1, np.uint64), place)[0, 0]
            chains = chains_of(proposals.ask(int(word)), options.chains, options.length)
            cost = loss(SubPolicies(chains), number)
            proposals.tell(cost)
            trial = PolicyTrial(fold, number, len(trials), cost, chains)
            trials.append(trial)
            tell(trial)
        found += trials
    return tuple(found)


def merge(trials: Sequence[PolicyTrial], top: int) -> SubPolicies:
    """Return the chains of the `top` best trials of every search, as one policy.

    Probabilities and strengths are rounded to thousandths, for readers.

    Raises:
        ValueError: If there are no trials.

    Example:
        >>> trials = [PolicyTrial(0, 0, i, loss, ((("invert", p, 0.5),),))
        ...           for i, (loss, p) in enumerate([(2.0, 0.1), (1.0, 0.9)])]
        >>> merge(trials, top=1).sub_policies
        ((('invert', 0.9, 0.5),),)
    """
    if not trials:
        raise ValueError("`trials` must hold one trial or more.")
    chains: list[Chain] = []
    for search in sorted({(t.fold, t.round) for t in trials}):
        of_it = [t for t in trials if (t.fold, t.round) == search]
        for trial in sorted(of_it, key=lambda t: (t.loss, t.number))[:top]:
            chains += [
                tuple(
                    (name, round(p, 3), round(strength, 3)) for name, p, strength in c
                )
                for c in trial.chains
            ]
    return SubPolicies(tuple(chains))


def random_sub_policies(options: FastAutoAugment, *, seed: int) -> SubPolicies:
    """Return as many random chains as a search would keep, for comparison.

    Example:
        >>> options = FastAutoAugment(folds=2, rounds=1, top=1, chains=3)
        >>> len(random_sub_policies(options, seed=0).sub_policies)
        6
    """
    count = options.folds * options.rounds * options.top * options.chains
    names = tuple(options.operations)
    ids = np.arange(count * options.length, dtype=np.uint64)
    u = keyed.uniform(seed, 0, ids, "random_sub_policies", 3)
    flat = [(names[int(a * len(names))], float(b), float(c)) for a, b, c in u]
    length = options.length
    return SubPolicies(
        tuple(tuple(flat[i * length : (i + 1) * length]) for i in range(count))
    )
