"""What a report on the start of a network consists of."""

from dataclasses import dataclass
from typing import Literal

from trainwell.diagnose._finding import Verdict


@dataclass(frozen=True)
class Layer:
    """What one layer puts out on a batch, at one of its calls.

    Attributes:
        name: In the model; a second call of the same layer ends in ` (2)`.
        kind: Name of its class.
        role: `weight` for a convolution or linear map, which is seen before the
            activation; `activation` for what is seen after it.
        depth: How many layers with weights have been called, this one included.
        shape: Of the output of one image.
        mean: Of all outputs.
        std: Of all outputs, about their mean.
        saturated: Share of outputs close to the ends of a sigmoid or tanh; None
            elsewhere.
        dead: Share of units (channels) of a rectifier that are 0 for every image at
            every position, so that no gradient passes; None elsewhere.
        gradient_norm: Norm of the loss's gradient for the weight over the norm of the
            weight; infinite for a weight of zeros; None for an activation, a frozen
            weight, and one that the loss does not depend on.
        counts: Outputs per bin of the histogram; all 0 if one is not finite.
        edges: Of the bins, from the smallest to the largest output.
    """

    name: str
    kind: str
    role: Literal["weight", "activation"]
    depth: int
    shape: tuple[int, ...]
    mean: float
    std: float
    saturated: float | None
    dead: float | None
    gradient_norm: float | None
    counts: tuple[int, ...]
    edges: tuple[float, ...]


@dataclass(frozen=True)
class InitReport:
    """How activations and gradients look before the first step.

    Attributes:
        layers: In the order in which they are called.
        loss: Cross-entropy of the batch.
        num_classes: Outputs; an undecided network has the loss log(num_classes).
        num_images: What was looked at.
        useless_biases: Layers whose bias a norm behind them takes away again.
        verdict: What it means, in a sentence.
    """

    layers: tuple[Layer, ...]
    loss: float
    num_classes: int
    num_images: int
    useless_biases: tuple[str, ...]
    verdict: Verdict
