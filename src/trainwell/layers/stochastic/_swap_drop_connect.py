"""Put DropConnect into the linear layers of any model.

Use: to try `drop_connect` on a finished architecture.
Side effects: parameters keep their names; training takes batch times the memory of
each layer. With test="gaussian" the activation moves into the layer, which averages it.
Source: Wan et al., "Regularization of Neural Networks using DropConnect", 2013, figure
1: the layers before the last, https://proceedings.mlr.press/v28/wan13.html.
"""

from typing import Literal

from torch import nn

from trainwell.core.errors import ModelError
from trainwell.layers._graph import Calls, has_hooks
from trainwell.layers.activations import is_activation
from trainwell.layers.stochastic._drop_connect import drop_connect_layer


def swap_drop_connect(
    model: nn.Module,
    *,
    p: float = 0.5,
    test: Literal["mean", "gaussian"] = "mean",
    samples: int = 64,
) -> list[str]:
    """Replace every linear map that directly feeds an activation module, in place.

    Args:
        model: Any model that `torch.fx` can trace.
        p: Probability of zeroing a weight, in [0, 1).
        test: The rule of evaluation.
        samples: Quantiles of the Gaussian to average over.

    Returns:
        One line per replacement.

    Raises:
        ValueError: If an argument is out of range.
        ModelError: If no such layer is found.

    Example:
        >>> from trainwell.layers.stochastic import swap_drop_connect
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.ReLU())
        >>> swap_drop_connect(model, p=0.3)
        ['0: Linear -> DropConnectLinear(p=0.3, test=mean)']
    """
    report = []
    for before, after in list(Calls(model).pairs()):
        linear, activation = model.get_submodule(before), model.get_submodule(after)
        if type(linear) is not nn.Linear or has_hooks(linear):
            continue
        if not is_activation(activation):
            continue
        moved = activation if test == "gaussian" else None
        layer = drop_connect_layer(linear, moved, p=p, test=test, samples=samples)
        model.set_submodule(before, layer)
        if moved is not None:
            model.set_submodule(after, nn.Identity())
        report.append(f"{before}: Linear -> DropConnectLinear(p={p}, test={test})")
    if not report:
        raise ModelError(
            "no linear map feeds an activation module (or the model cannot be traced); "
            "build it from `DropConnectLinear`."
        )
    return report
