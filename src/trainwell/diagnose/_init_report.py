"""The start of a network: activations and gradients of every layer on one batch.

Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward
neural networks", 2010, sections 3 and 4.2: activations and gradients, layer by layer,
tell a good start from a bad one.
"""

import math

import torch
from torch import Tensor, nn

from trainwell.core.progress import Progress, silent
from trainwell.diagnose._check_init import check_init
from trainwell.diagnose._init_types import InitReport
from trainwell.diagnose._layer_outputs import OutputRecorder, measured_layers
from trainwell.diagnose._untouched import untouched
from trainwell.layers.norm import biases_before_norm
from trainwell.losses import cross_entropy

_LABELS_SEED = 0


def init_report(
    model: nn.Module,
    images: Tensor,
    targets: Tensor | None = None,
    *,
    init: str | None = None,
    progress: Progress = silent,
) -> InitReport:
    """Measure every convolution, linear layer and activation; change nothing.

    Weights, buffers, gradients, modes and torch's generators are left as they were.
    Noise is off, and norms use the statistics of the batch. An activation that is
    called as a function (`F.relu`) is not measured.

    Args:
        model: Network that returns logits, shape (batch, classes).
        images: Batch of two or more normalised images on the model's device.
        targets: Class indices, shape (batch,); by default random ones, always the
            same.
        init: Initialisation of the weights, if known: the verdict advises another.
        progress: Progress bar over the layers, forward and backward.

    Raises:
        ValueError: If there are fewer than two images, or no layer to measure.

    Example:
        >>> layers = [torch.nn.Linear(64, 64) for _ in range(8)]
        >>> model = torch.nn.Sequential(*(
        ...     module for layer in layers for module in (layer, torch.nn.Tanh())))
        >>> for layer in layers:
        ...     _ = torch.nn.init.normal_(layer.weight, std=0.001)
        >>> init_report(model, torch.randn(16, 64)).verdict.kind
        'vanishing'
    """
    if len(images) < 2:
        raise ValueError(f"`images` must hold two or more, got {len(images)}.")
    layers = measured_layers(model)
    if not layers:
        raise ValueError(
            "`model` must have a convolution, linear layer or activation as a module."
        )
    with untouched(model, images.device), torch.enable_grad():
        with progress("measuring", 2 * len(layers)) as advance:
            with OutputRecorder(layers, advance) as watch:
                outputs = model(images)
            if targets is None:
                targets = _random_labels(outputs)
            loss = cross_entropy(outputs, targets)
            rows = watch.rows(_gradient_norms(loss, list(layers.values())))
        biases = biases_before_norm(model)
    return InitReport(
        layers=rows,
        loss=loss.item(),
        num_classes=outputs.shape[1],
        num_images=len(images),
        useless_biases=biases,
        verdict=check_init(rows, init=init),
    )


def _random_labels(outputs: Tensor) -> Tensor:
    generator = torch.Generator().manual_seed(_LABELS_SEED)
    count, classes = outputs.shape
    return torch.randint(classes, (count,), generator=generator).to(outputs.device)


def _gradient_norms(loss: Tensor, layers: list[nn.Module]) -> dict[nn.Module, float]:
    """Return by layer the norm of its weight's gradient over that of the weight.

    A weight made of parts (weight norm's direction and length) counts as one vector.
    """
    weights = {
        layer: [
            parameter
            for name, parameter in layer.named_parameters()
            if parameter.requires_grad and not name.endswith("bias")
        ]
        for layer in layers
    }
    flat = [weight for found in weights.values() for weight in found]
    if not flat:
        return {}
    found = torch.autograd.grad(loss, flat, allow_unused=True)
    gradients = dict(zip(flat, found, strict=True))
    norms = {}
    for layer, parts in weights.items():
        reached = [(w, g) for w in parts if (g := gradients[w]) is not None]
        if reached:
            of_weight, of_gradient = (
                _norm(list(p)) for p in zip(*reached, strict=True)
            )
            norms[layer] = _ratio(of_gradient, of_weight)
    return norms


def _norm(tensors: list[Tensor]) -> float:
    norms = [t.detach().double().norm().item() for t in tensors]
    return math.hypot(*norms)


def _ratio(gradient: float, weight: float) -> float:
    """Return gradient / weight, infinite for a weight of zeros that would move."""
    if weight == 0:
        return float("inf") if gradient else 0.0
    return gradient / weight
