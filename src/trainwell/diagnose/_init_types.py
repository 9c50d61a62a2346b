"""The report on the start of a network, and its rows."""

from dataclasses import dataclass
from typing import Literal

from trainwell.diagnose._finding import Verdict


@dataclass(frozen=True)
class Layer:
    """Statistics of the outputs of one layer at one of its calls.

    Attributes:
        name: Name in the model; a second call of the same layer ends in ` (2)`.
        kind: Name of its class.
        role: `weight` for a convolution or linear layer, before the activation;
            `activation` for the outputs after it.
        depth: Number of layers with weights called so far, this one included.
        shape: Shape of the output of one image.
        mean: Mean of all outputs.
        std: Standard deviation of all outputs.
        saturated: Fraction of outputs close to the ends of a sigmoid or tanh; None
            elsewhere.
        dead: Fraction of units (channels) of a rectifier that are 0 for every image at
            every position, so that no gradient passes; None elsewhere.
        gradient_norm: Norm of the loss's gradient for the weight over the norm of the
            weight; infinite for a weight of zeros; None for an activation, a frozen
            weight, and one that the loss does not depend on.
        counts: Outputs per bin of the histogram; all 0 if one is not finite.
        edges: Edges of the bins, from the smallest to the largest output.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU())
        >>> layers = init_report(model, torch.randn(8, 4)).layers
        >>> [(layer.kind, layer.role, layer.shape) for layer in layers]
        [('Linear', 'weight', (3,)), ('ReLU', 'activation', (3,))]
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
    """Activations and gradients before the first step.

    Attributes:
        layers: Layers in the order in which they are called.
        loss: Cross-entropy of the batch.
        num_classes: Number of outputs; an undecided network has the loss
            log(num_classes).
        num_images: Number of images in the batch.
        useless_biases: Layers whose bias is removed by the norm that follows.
        verdict: The meaning in one sentence.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU())
        >>> report = init_report(model, torch.randn(8, 4))
        >>> report.num_images, report.num_classes
        (8, 3)
    """

    layers: tuple[Layer, ...]
    loss: float
    num_classes: int
    num_images: int
    useless_biases: tuple[str, ...]
    verdict: Verdict
