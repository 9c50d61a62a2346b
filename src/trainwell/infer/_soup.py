"""Greedy soup: the mean of weights, with only the members that help.

    order the members by accuracy; start with the best; for each next one, average its
    weights in, and keep it if the accuracy of the average does not fall

Use: with weights that began from the same ones, such as several fine-tunings of one
pretrained network, or snapshots of one run; prediction is as fast as of one network.
Side effects: weights of unrelated trainings do not average; then the soup is the best
member alone. It is chosen by validation images, so the accuracy on them is inflated.
Source: Wortsman et al., "Model Soups", 2022, recipe 1, https://arxiv.org/abs/2203.05482
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

Weights = dict[str, Tensor]


def mean_weights(members: Sequence[Weights]) -> Weights:
    """Return the mean of each tensor; whole numbers are the first member's.

    Raises:
        ValueError: If there is no member, or names or shapes differ.

    Example:
        >>> mean_weights([{"w": torch.tensor([1.0])}, {"w": torch.tensor([3.0])}])
        {'w': tensor([2.])}
    """
    if not members:
        raise ValueError("`members` must hold one or more.")
    first = members[0]
    for member in members[1:]:
        if {k: v.shape for k, v in member.items()} != {
            k: v.shape for k, v in first.items()
        }:
            raise ValueError("`members` must have the same tensors to be averaged.")
    return {
        name: torch.stack([m[name].double() for m in members]).mean(0).to(value.dtype)
        if value.is_floating_point()
        else value.clone()
        for name, value in first.items()
    }


def greedy_soup(
    members: Sequence[Weights], accuracy: Callable[[Weights], float]
) -> tuple[Weights, list[int]]:
    """Return the soup, and the numbers of its members.

    Args:
        members: Weights of networks of one architecture.
        accuracy: Function from weights to their accuracy on validation images; it must
            also estimate the statistics of norms.

    Example:
        >>> members = [{"w": torch.tensor([x])} for x in (1.0, 3.0, 9.0)]
        >>> greedy_soup(members, lambda weights: -abs(weights["w"].item() - 2))
        ({'w': tensor([2.])}, [0, 1])
    """
    alone = [accuracy(mean_weights([member])) for member in members]
    order = sorted(range(len(members)), key=lambda i: (-alone[i], i))
    used, best = order[:1], alone[order[0]]
    for i in order[1:]:
        trial = accuracy(mean_weights([members[j] for j in (*used, i)]))
        if trial >= best:
            used, best = [*used, i], trial
    return mean_weights([members[j] for j in used]), used
