"""Fast AutoAugment: the policies under which unseen images still look like training.

    cut the training images into K parts; per part k: train a network on the others,
    then T times: minimise  loss(network, policy(part k))  over B candidates, by TPE,
    and keep the N best; the policy is all that was kept, merged

A candidate is 5 chains of 2 operations with their probabilities and strengths. No
network is trained per candidate, which makes it a thousand times cheaper than
AutoAugment.

Use: where RandAugment's operations do not suit your data, and a policy has to be found
without training hundreds of networks.
Side effects: what changes little costs little, so weak operations are favoured; the
loss says which operations the class survives, not which ones help most.
Source: Lim et al., "Fast AutoAugment", 2019, algorithm 1 and section 3,
https://arxiv.org/abs/1905.00397. They cut 5 parts; with 3 we save two networks.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.augment.policies import AUTOAUGMENT, SubPolicies
from trainwell.core import checks, keyed
from trainwell.tuning._propose import Values, proposer

Chain = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, kw_only=True)
class FastAutoAugment:
    """How much is searched.

    Attributes:
        folds: K, parts of the training images, each with a network of its own.
        rounds: T, searches per part that know nothing of each other.
        trials: B, candidates in each.
        top: N, candidates kept of each.
        chains: Chains in a candidate.
        length: Operations in a chain.
    """

    folds: int = 3
    rounds: int = 2
    trials: int = 200
    top: int = 10
    chains: int = 5
    length: int = 2

    def __post_init__(self) -> None:
        for name in ("rounds", "trials", "top", "chains", "length"):
            checks.positive(name, getattr(self, name))
        if self.folds < 2:
            raise ValueError(f"`folds` must be 2 or more, got {self.folds}.")


@dataclass(frozen=True)
class PolicyTrial:
    """A candidate and what it cost.

    Attributes:
        fold: The part that it was judged on.
        round: Which search, from 0.
        number: Its place in that search, from 0.
        loss: Of the part's network on the part's images, changed by it.
        chains: Its chains.
    """

    fold: int
    round: int
    number: int
    loss: float
    chains: tuple[Chain, ...]


def match_density(  # noqa: PLR0913
    loss: Callable[[SubPolicies, int], float],
    how: FastAutoAugment,
    *,
    fold: int,
    seed: int,
    done: Iterable[PolicyTrial] = (),
    enough: Callable[[int, int], bool] = lambda round, trials: False,
    tell: Callable[[PolicyTrial], None] = lambda trial: None,
) -> tuple[PolicyTrial, ...]:
    """Search one part; return all its trials in order.

    Trial n depends on the seed and on the trials before it alone, so a search that
    resumes from `done` ends as one that was never stopped.

    Args:
        loss: Of a candidate, in a round, on the held-out images.
        how: How much.
        fold: The number of the part.
        seed: Of the sampler.
        done: Trials of an earlier call.
        enough: Asked before each trial, with the round and its trials so far; ends the
            round if true.
        tell: Told each new trial at once.
    """
    found: list[PolicyTrial] = []
    earlier = [t for t in done if t.fold == fold]
    for number in range(how.rounds):
        trials = [t for t in earlier if t.round == number]
        later = any(t.round > number for t in earlier)
        proposals = proposer(_space(how), [(_named(t.chains), t.loss) for t in trials])
        while len(trials) < how.trials and not later:
            if enough(number, len(trials)):
                break
            place = f"density_matching {fold} {number} {len(trials)}"
            word = keyed.bits(seed, 0, np.zeros(1, np.uint64), place)[0, 0]
            chains = _chains(proposals.ask(int(word)), how)
            cost = loss(SubPolicies(chains), number)
            proposals.tell(cost)
            trial = PolicyTrial(fold, number, len(trials), cost, chains)
            trials.append(trial)
            tell(trial)
        found += trials
    return tuple(found)


def merge(trials: Sequence[PolicyTrial], top: int) -> SubPolicies:
    """Return the chains of the `top` best trials of every search, as one policy.

    Probabilities and strengths are rounded to thousandths, for people.

    Raises:
        ValueError: If there are no trials.
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


def random_sub_policies(how: FastAutoAugment, *, seed: int) -> SubPolicies:
    """Return as many chains as a search would keep, drawn at random: its start."""
    count = how.folds * how.rounds * how.top * how.chains
    names = operations()
    ids = np.arange(count * how.length, dtype=np.uint64)
    u = keyed.uniform(seed, 0, ids, "random_sub_policies", 3)
    flat = [(names[int(a * len(names))], float(b), float(c)) for a, b, c in u]
    length = how.length
    return SubPolicies(
        tuple(tuple(flat[i * length : (i + 1) * length]) for i in range(count))
    )


def operations() -> tuple[str, ...]:
    """Return what a candidate may hold: AutoAugment's operations that do something."""
    return tuple(name for name in AUTOAUGMENT if name != "identity")


def _space(how: FastAutoAugment) -> dict[str, tuple[str, ...] | None]:
    """Return the choices of each value; None is any number from 0 to 1."""
    space: dict[str, tuple[str, ...] | None] = {}
    for i in range(how.chains):
        for k in range(how.length):
            space[f"operation {i} {k}"] = operations()
            space[f"probability {i} {k}"] = None
            space[f"strength {i} {k}"] = None
    return space


def _named(chains: tuple[Chain, ...]) -> Values:
    named: Values = {}
    for i, chain in enumerate(chains):
        for k, (name, probability, strength) in enumerate(chain):
            named[f"operation {i} {k}"] = name
            named[f"probability {i} {k}"] = probability
            named[f"strength {i} {k}"] = strength
    return named


def _chains(values: Values, how: FastAutoAugment) -> tuple[Chain, ...]:
    return tuple(
        tuple(
            (
                str(values[f"operation {i} {k}"]),
                float(values[f"probability {i} {k}"]),
                float(values[f"strength {i} {k}"]),
            )
            for k in range(how.length)
        )
        for i in range(how.chains)
    )
