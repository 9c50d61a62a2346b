"""Replace the activations of any model.

Use: to compare activations on the same network, or to repair one with dead units.
Side effects: the weights stay, but a trained network has to be trained again; the
initialisation should suit the new activation (see `gain`).
Source: the experiment of Mishkin et al., "Systematic evaluation of CNN advances on the
ImageNet", 2017, section 3.1, https://arxiv.org/abs/1606.02228. Modules are replaced;
a call such as `F.relu(x)` inside a forward cannot be.
"""

import copy
import inspect
from collections.abc import Callable

import torch
from torch import Tensor, nn

from trainwell.core.errors import ModelError

_HOMES = (
    "torch.nn.modules.activation",
    "trainwell.layers.activations.",
    "transformers.activations",
    "timm.layers.activations",
)
_OTHERS = ("softmax", "softmin", "attention", "glu", "maxout")  # not one value to one


def swap_activation(
    model: nn.Module, make: Callable[..., nn.Module], example: Tensor | None = None
) -> list[str]:
    """Replace every activation module by a new one, in place.

    Sigmoids beside other activations are gates (squeeze and excitation) and stay.

    Args:
        model: With activations as modules, of torch, trainwell, timm or transformers.
        make: Builds one activation. If its first parameter is `num_features`, it is
            given the number of channels at the place.
        example: A batch to find the number of channels with; without it, or where it
            is ambiguous (no image and no vector, or a module used at several widths),
            `make` is given 1, so that all channels share the parameters.

    Returns:
        One line per replacement.

    Raises:
        ModelError: If the model has no activation module.

    Example:
        >>> from trainwell.layers.activations import ELU, swap_activation
        >>> model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.ReLU())
        >>> swap_activation(model, ELU)
        ['1: ReLU() -> ELU(alpha=1.0)']
    """
    found = [
        (name, module)
        for name, module in model.named_modules(remove_duplicate=False)
        if name and is_activation(module)
    ]
    gates = [pair for pair in found if _is_gate(pair[1])]
    if len(gates) < len(found):
        found = [pair for pair in found if not _is_gate(pair[1])]
    if not found:
        raise ModelError(
            "the model has no activation module to replace; write `self.act = "
            "nn.ReLU()` and call it, in place of `F.relu(x)`."
        )
    channels = _channels(model, example)
    new: dict[nn.Module, nn.Module] = {}
    for name, old in found:
        if old not in new:
            new[old] = _made(make, channels.get(name, 1), model, old)
        model.set_submodule(name, new[old])
    return [f"{name}: {_shown(old)} -> {_shown(new[old])}" for name, old in found]


def is_activation(module: nn.Module) -> bool:
    """Tell activations of torch, trainwell, timm and transformers by their home.

    Example:
        >>> from trainwell.layers.activations import is_activation
        >>> is_activation(torch.nn.ReLU()), is_activation(torch.nn.Linear(2, 2))
        (True, False)
    """
    name = type(module).__name__.lower()
    return type(module).__module__.startswith(_HOMES) and not any(
        other in name for other in _OTHERS
    )


def _is_gate(module: nn.Module) -> bool:
    return "sigmoid" in type(module).__name__.lower()


@torch.no_grad()
def _channels(model: nn.Module, example: Tensor | None) -> dict[str, int]:
    """Return the channels of each activation that always sees the same number."""
    if example is None:
        return {}
    seen: dict[str, set[int]] = {}
    clone = copy.deepcopy(model).eval()
    for name, module in clone.named_modules():
        if is_activation(module):
            module.register_forward_pre_hook(_recorder(seen.setdefault(name, set())))
    clone(example)
    return {name: min(sizes) for name, sizes in seen.items() if len(sizes) == 1}


def _recorder(sizes: set[int]) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
    def record(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        x = inputs[0]
        sizes.add(x.shape[1] if x.ndim in (2, 4) else 1)

    return record


def _made(
    make: Callable[..., nn.Module], channels: int, model: nn.Module, old: nn.Module
) -> nn.Module:
    """Build one activation, with the old one's mode and the model's device and type."""
    wants_channels = "num_features" in inspect.signature(make).parameters
    layer = make(channels) if wants_channels else make()
    parameter = next(model.parameters(), None)
    if parameter is not None:
        layer.to(parameter.device, parameter.dtype)
    return layer.train(old.training)


def _shown(module: nn.Module) -> str:
    return f"{type(module).__name__}({module.extra_repr()})"
