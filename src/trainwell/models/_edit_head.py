"""Replace the last linear map by one on cosines, as margin losses need it.

    f_k(x) = scale cos(x, w_k) = scale x . w_k / (||x|| ||w_k||)

Source: Deng et al., "ArcFace", 2019, section 3.1, https://arxiv.org/abs/1801.07698
"""

from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core.errors import ModelError
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


def use_cosine_head(model: nn.Module, *, scale: float) -> tuple[str, ...]:
    """Replace the last linear map, in place; say what was done.

    Raises:
        ModelError: If the model has none.
    """
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    if not linear:
        raise ModelError("the model has no linear last layer to put cosines in.")
    name, last = list(linear.items())[-1]
    model.set_submodule(name, CosineHead(last, scale))
    return (f"{name}: cosines times {scale:g}, for a margin between the classes.",)
