"""Replace the last linear map by one on cosines, as margin losses need it.

    f_k(x) = scale cos(x, w_k) = scale x . w_k / (||x|| ||w_k||)

Use: with the loss `arcface`, which wants cosines.
Side effects: the bias of the last layer is dropped; logits are within the scale.
Source: Deng et al., "ArcFace", 2019, section 3.1, https://arxiv.org/abs/1801.07698
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.losses import cosine_similarities


class CosineHead(nn.Module):
    """Scaled cosines between features and one direction per class.

    Args:
        linear: Its weights become the directions; its bias is dropped.
        scale: Factor on the cosines, so that a softmax of them can be sharp.
    """

    def __init__(self, linear: nn.Linear, scale: float) -> None:
        super().__init__()
        self.directions = nn.Linear(linear.in_features, linear.out_features, bias=False)
        self.directions.weight = linear.weight
        self.scale = scale

    def forward(
        self, features: Float[Tensor, "batch features"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        return self.scale * cosine_similarities(features, self.directions.weight)


def use_cosine_head(
    model: nn.Module, images: Tensor, *, scale: float = 30.0
) -> tuple[str, ...]:
    """Replace the last linear map, in place; say what was done.

    Args:
        model: Any that ends in a linear map.
        images: Two or more that it reads, to see whether it does.
        scale: Factor on the cosines.

    Raises:
        ValueError: If `scale` is not positive.
        ModelError: If the model does not end in a linear map.
    """
    checks.positive("scale", scale)
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    if not linear:
        raise ModelError("the model has no linear last layer to put cosines in.")
    name, last = list(linear.items())[-1]
    head = CosineHead(last, scale)
    model.set_submodule(name, head)
    if not ends_in(model, head, images):
        raise ModelError(f"the model does not end in `{name}`, its last linear layer.")
    return (f"{name}: cosines times {scale:g}, for a margin between the classes.",)


def ends_in(model: nn.Module, head: nn.Module, images: Tensor) -> bool:
    """Tell whether what a layer puts out is what the model returns."""
    marks: list[Tensor] = []

    def mark(_: nn.Module, __: object, output: Tensor) -> Tensor:
        count = output.numel()
        marks.append(torch.linspace(-count, count, count).view_as(output).to(output))
        return marks[-1]

    handle = head.register_forward_hook(mark)
    with evaluating(model, [handle]):
        returned = model(images)
    return len(marks) == 1 and torch.equal(returned, marks[0])
