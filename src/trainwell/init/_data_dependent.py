"""Data-dependent initialisation: unit outputs on data, and equal rates of change.

    within layers:   w_k <- w_k / std_k,  b_k <- -mean_k / std_k    (unit k, on a batch)
    between layers:  W_l <- s_l W_l,   s_l = sqrt(C_l / (prod_i C_i)^(1/n))
    C_l = E ||dL/dW_l|| / ||W_l||,    L = <noise, output>

The second step leaves what a rectified network computes as it is, and lets all layers
learn at the same relative speed.

Use: for networks without normalisation, pretrained or not, before training at one rate
for all layers.
Side effects: some forward and backward passes; with norms or shortcuts the second step
holds only roughly.

Source: Kraehenbuehl et al., "Data-dependent Initializations of Convolutional Neural
Networks", 2016, algorithms 1 and 2, https://arxiv.org/abs/1511.06856. Weights start
from a normal distribution; the fixed point of algorithm 2 is taken in closed form.
"""

import math

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.modes import batch_statistics
from trainwell.init._calibrate import (
    layers_in_order,
    output_of,
    parameters_of,
)
from trainwell.init._kaiming_normal import kaiming_normal_
from trainwell.init._walk import init_weights_


def data_dependent_(
    model: nn.Module, images: Float[Tensor, "batch ..."], *, draws: int = 10
) -> tuple[float, ...]:
    """Initialise every convolution and linear map, in place.

    Args:
        model: Any.
        images: A training batch of the model's inputs; 32 or more are enough.
        draws: Noise vectors that the rates of change are averaged over.

    Returns:
        The rate of change C of each layer in the end, in the order of their calls.

    Raises:
        ValueError: If `draws` is not positive.

    Example:
        >>> from trainwell.init import data_dependent_
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.Linear(4, 2))
        >>> images = torch.randn(64, 8)
        >>> data_dependent_(model, images)
        (2.2804222811488803, 2.059785562113702)
        >>> print(f"{model[0](images).mean(0).abs().max():.2f}")
        0.00
    """
    checks.positive("draws", draws)
    init_weights_(model, kaiming_normal_)
    with batch_statistics(model):
        layers = layers_in_order(model, images)
        for layer in layers:
            normalise_units(model, layer, images)
        rates = change_rates(model, layers, images, draws=draws)
        equalise(layers, rates)
        return change_rates(model, layers, images, draws=draws)


@torch.no_grad()
def normalise_units(model: nn.Module, layer: nn.Module, images: Tensor) -> None:
    """Give every unit of a layer mean 0 (if it has biases) and standard deviation 1."""
    weight, bias = parameters_of(layer)
    output = output_of(model, layer, images)
    axis = 1 if output.ndim == images.ndim == 4 else output.ndim - 1
    rows = output.movedim(axis, 0).flatten(1)
    std, mean = torch.std_mean(rows, dim=1, correction=0)
    std = torch.where(std > 0, std, 1.0)
    weight.div_(std.view(-1, *[1] * (weight.ndim - 1)))
    if bias is not None:
        bias.copy_((bias - mean) / std)


def change_rates(
    model: nn.Module, layers: list[nn.Module], images: Tensor, *, draws: int
) -> tuple[float, ...]:
    """Return for each layer the gradient's root mean square over the weights' norm."""
    weights = [parameters_of(layer)[0] for layer in layers]
    squares = [0.0] * len(weights)
    for _ in range(draws):
        with torch.enable_grad():
            outputs = model(images)
            noise = torch.randn_like(outputs)
            gradients = torch.autograd.grad((outputs * noise).sum(), weights)
        squares = [
            s + g.square().sum().item() for s, g in zip(squares, gradients, strict=True)
        ]
    return tuple(
        math.sqrt(s / (draws * len(images))) / w.norm().item()
        for s, w in zip(squares, weights, strict=True)
    )


@torch.no_grad()
def equalise(layers: list[nn.Module], rates: tuple[float, ...]) -> None:
    """Scale the layers so that their rates become equal; their product stays."""
    mean = math.exp(sum(map(math.log, rates)) / len(rates))
    total = 1.0
    for layer, rate in zip(layers, rates, strict=True):
        weight, bias = parameters_of(layer)
        scale = math.sqrt(rate / mean)
        total *= scale
        weight.mul_(scale)
        if bias is not None:
            bias.mul_(total)
