"""Weights and preprocessing made for some channels, adapted to others.

    grey:        w'_0 = sum_c w_c
    n channels:  w'_i = (3 / n) w_(i mod 3)

A grey image then gives the response that its replication over the channels gave; n
channels keep the size of the response.

Source: Wightman, "PyTorch Image Models", `adapt_input_conv`, 2019,
https://github.com/huggingface/pytorch-image-models (grey and repeated filters).
"""

from itertools import cycle, islice

import torch
from jaxtyping import Float
from torch import Tensor

from trainwell.preprocess import Standardize


def adapt_filters(
    filters: Float[Tensor, "outputs inputs height width"], channels: int
) -> Float[Tensor, "outputs channels height width"]:
    """Return filters for `channels` input channels."""
    if channels == 1:
        return filters.sum(1, keepdim=True)
    inputs = filters.shape[1]
    index = torch.arange(channels) % inputs
    return filters[:, index] * (inputs / channels)


def adapt_standardize(standardize: Standardize, channels: int) -> Standardize:
    """Return statistics for `channels` channels: cycled, or the mean for grey."""
    if channels == 1:
        mean, std = standardize.mean, standardize.std
        return Standardize((sum(mean) / len(mean),), (sum(std) / len(std),))
    return Standardize(
        tuple(islice(cycle(standardize.mean), channels)),
        tuple(islice(cycle(standardize.std), channels)),
    )
