"""Ensemble: several networks that answer with the mean of their probabilities.

    p = (p_1 + ... + p_n) / n,    outputs = log p

Outputs that are no logarithms of probabilities of classes are averaged themselves.

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

from trainwell.core import checks

AVERAGES = ("probabilities", "outputs")


def log_mean_probabilities(
    logits: Sequence[Float[Tensor, "batch classes"]],
) -> Float[Tensor, "batch classes"]:
    """Return log of the mean of softmax over the members, computed stably."""
    logs = torch.stack([torch.log_softmax(x, 1) for x in logits])
    return logs.logsumexp(0) - math.log(len(logits))


class Ensemble(nn.Module):
    """Networks whose predictions are averaged.

    Args:
        members: Two or more, with the same classes in the same order.
        average: `probabilities`, or `outputs` of networks that answer with numbers.

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

    def __init__(
        self, members: Sequence[nn.Module], average: str = "probabilities"
    ) -> None:
        super().__init__()
        if len(members) < 2:
            raise ValueError(f"`members` must be 2 or more, got {len(members)}.")
        checks.one_of("average", average, AVERAGES)
        self.members, self.average = nn.ModuleList(members), average

    def forward(
        self, images: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return outputs like any other: logarithms of mean probabilities, or means."""
        outputs = [member(images).float() for member in self.members]
        if self.average == "outputs":
            return torch.stack(outputs).mean(0)
        return log_mean_probabilities(outputs)
