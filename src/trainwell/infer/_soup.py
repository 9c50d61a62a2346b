"""Greedy soup: the mean of weights, to which a member is added only if it helps.

    order the members by accuracy; start with the best; for each next one, average its
    weights in, and keep it if the accuracy of the average does not fall

Use: with weights that began from the same ones, such as several fine-tunings of one
pretrained network, or snapshots of one run; an answer takes as long as of one network.
Side effects: weights of unrelated trainings do not average; then the soup is the best
member alone. It is chosen by validation images, whose accuracy is then flattered.
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
    """Return the soup, and which members are in it.

    Args:
        members: Weights of networks of one architecture.
        accuracy: Of given weights on validation images; statistics of norms are its
            business.
    """
    alone = [accuracy(mean_weights([member])) for member in members]
    order = sorted(range(len(members)), key=lambda i: (-alone[i], i))
    taken, best = order[:1], alone[order[0]]
    for i in order[1:]:
        tried = accuracy(mean_weights([members[j] for j in (*taken, i)]))
        if tried >= best:
            taken, best = [*taken, i], tried
    return mean_weights([members[j] for j in taken]), taken
