"""Ensemble: several networks that answer with the mean of their probabilities.

    p = (p_1 + ... + p_n) / n,    outputs = log p

Use: for the last percent or two, where answering may take n times as long; five
networks from five seeds bring most of it.
Side effects: n times the weights and the time of an answer. Probabilities are averaged,
so that a member that is sure counts more than one that hesitates.
Source: Hansen & Salamon, "Neural Network Ensembles", 1990; Lakshminarayanan et al.,
"Simple and Scalable Predictive Uncertainty Estimation using Deep Ensembles", 2017,
section 2.4, https://arxiv.org/abs/1612.01474
"""

import math
from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn


def log_mean_probabilities(
    logits: Sequence[Float[Tensor, "batch classes"]],
) -> Float[Tensor, "batch classes"]:
    """Return log of the mean of softmax over the members, computed stably."""
    logs = torch.stack([torch.log_softmax(x, 1) for x in logits])
    return logs.logsumexp(0) - math.log(len(logits))


class Ensemble(nn.Module):
    """Networks whose predicted probabilities are averaged.

    Args:
        members: Two or more, with the same classes in the same order.

    Raises:
        ValueError: If there are fewer.

    Example:
        >>> from trainwell.models import Ensemble
        >>> from trainwell.models import softmax
        >>> members = [softmax(3, image_size=8) for _ in range(2)]
        >>> log_p = Ensemble(members)(torch.rand(2, 3, 8, 8))
        >>> torch.allclose(log_p.exp().sum(1), torch.ones(2))
        True
    """

    def __init__(self, members: Sequence[nn.Module]) -> None:
        super().__init__()
        if len(members) < 2:
            raise ValueError(f"`members` must be 2 or more, got {len(members)}.")
        self.members = nn.ModuleList(members)

    def forward(
        self, images: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logarithms of the mean probabilities: logits like any other."""
        return log_mean_probabilities(
            [member(images).float() for member in self.members]
        )
