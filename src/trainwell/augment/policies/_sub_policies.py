"""Sub-policies: one of several short chains, each operation with its own probability.

    sample a chain uniformly; apply its operations in turn, each with its probability,
    at its strength, and with a random sign if it has one

Use: as published for CIFAR-10, SVHN and ImageNet, on data like these; and to hold what
a search on your own data found.
Side effects: a policy learned on other data may not fit: inverted digits, say.
Source: Cubuk et al., "AutoAugment: Learning Augmentation Policies from Data", 2019,
section 3 and appendix A, https://arxiv.org/abs/1805.09501
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.policies._pool import POOL
from trainwell.augment.policies._space import take
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks

Chain = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class SubPolicies:
    """Chains of (operation, probability, strength).

    Attributes:
        sub_policies: One or more chains, of any length, of any operations of
            `augment.operations`.
        most: The strength that is the strongest.

    Example:
        >>> from trainwell.augment.policies import SamplingContext, SubPolicies
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> policy = SubPolicies(((("invert", 1.0, 0.0), ("rotate", 0.5, 0.7)),))
        >>> policy(context)
        OpSequence(samples=3, first=['invert'])
    """

    sub_policies: Sequence[Chain]
    most: float = 1.0

    def __post_init__(self) -> None:
        checks.positive("most", self.most)
        if not self.sub_policies:
            raise ValueError("`sub_policies` must hold one chain or more.")
        for name, p, strength in (o for chain in self.sub_policies for o in chain):
            checks.one_of("operation", name, tuple(POOL))
            checks.between("probability", p, 0, 1)
            checks.between("strength", strength, 0, self.most)

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, as many per sample as the longest chain has."""
        longest = max(len(chain) for chain in self.sub_policies)
        names, p, strength = self._tables(longest)
        u = context.uniform("sub_policies", 1 + 2 * longest)
        chain = (u[:, 0] * len(self.sub_policies)).astype(np.int64)
        parts = []
        for k in range(longest):
            choice = np.where(u[:, 1 + 2 * k] < p[chain, k], names[chain, k], -1)
            negative = u[:, 2 + 2 * k] < 0.5
            stream = f"sub_policies {k}"
            parts.append(
                take(POOL, choice, strength[chain, k], negative, context, stream)
            )
        return ops.concat(*parts)

    def _tables(self, longest: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return operations by number, probabilities, strengths: (chains, longest)."""
        number = {name: i for i, name in enumerate(POOL)}
        shape = (len(self.sub_policies), longest)
        names, p, strength = np.full(shape, -1), np.zeros(shape), np.zeros(shape)
        for i, chain in enumerate(self.sub_policies):
            for k, (name, probability, level) in enumerate(chain):
                names[i, k], p[i, k] = number[name], probability
                strength[i, k] = level / self.most
        return names, p, strength
