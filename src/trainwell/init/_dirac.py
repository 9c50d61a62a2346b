"""Dirac: convolutions that begin as the identity.

    w[i, i, centre] = 1,  all else of filter i is 0,    for i < c_in

Use: in plain stacks of convolutions, which then pass the image on from the first step.
Side effects: filters beyond the number of inputs, which have nothing to copy, are drawn
as `kaiming_normal_` does; linear maps are left as they are.

Source: Zagoruyko & Komodakis, "DiracNets", 2017, https://arxiv.org/abs/1706.00388; as
an initialisation only, Jordan, "94% on CIFAR-10", 2024, section 3.3. The filters are
torch's `dirac_`.
"""

import torch
from torch import Tensor, nn

from trainwell.init._kaiming_normal import kaiming_normal_


@torch.no_grad()
def dirac_(weight: Tensor) -> Tensor:
    """Set a convolution's weight, in place, and return it.

    Example:
        >>> from trainwell.init import dirac_
        >>> images = torch.rand(1, 2, 4, 4)
        >>> weight = dirac_(torch.empty(2, 2, 3, 3))
        >>> torch.equal(torch.nn.functional.conv2d(images, weight, padding=1), images)
        True
    """
    if weight.ndim >= 3:
        kaiming_normal_(weight)
        nn.init.dirac_(weight[: weight.shape[1]])
    return weight
