"""Cosine of the angle between each feature vector and each class weight.

    cos_ik = <x_i, w_k> / (|x_i| |w_k|)

Use: as the head of a network trained with ArcFace, and to compare embeddings.
Side effects: the lengths of features and weights no longer matter, so weight decay on
this head only scales its effective rate.
Source: Deng et al., "ArcFace", 2019, section 2.1, https://arxiv.org/abs/1801.07698
"""

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor

from trainwell.core.tensors import at_least_float32


def cosine_similarities(
    features: Float[Tensor, "batch features"],
    weights: Float[Tensor, "classes features"],
) -> Float[Tensor, "batch classes"]:
    """Return the cosines, in float32 or higher; 0 for a vector of zeros.

    Args:
        features: One vector per sample.
        weights: One vector per class.

    Example:
        >>> from trainwell.losses import cosine_similarities
        >>> features, weights = torch.tensor([[3.0, 4.0]]), torch.eye(2)
        >>> cosine_similarities(features, weights)
        tensor([[0.6000, 0.8000]])
    """
    x, w = at_least_float32(features), at_least_float32(weights)
    return F.linear(F.normalize(x), F.normalize(w.to(x.dtype)))
