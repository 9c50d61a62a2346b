"""Let the head read an earlier block, and leave out what comes after that.

    f_k(x) = w_k . (c(h(x)) - mean) / std + b_k

with h the output of the block and c its means over cells of the image, at most 4 x 4.

Use: on few images that differ from those a pretrained network has seen: its last
features are special to these.
Side effects: mean and std are running statistics, as in BatchNorm; the network
becomes smaller and quicker.
Source: Yosinski et al., "How transferable are features in deep neural networks?", 2014,
https://arxiv.org/abs/1411.1792
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.core.errors import ModelError
from trainwell.core.modes import evaluating
from trainwell.models._modify_head import ends_in

_MOST = 1024  # numbers per image
_SIDE = 4  # cells per side at most


def num_cells(shape: torch.Size) -> int:
    """Return the cells per side for maps of a shape, (batch, channels, height, width).

    As many as give about 1024 numbers, at most 4, at most one per pixel.

    Example:
        >>> from trainwell.models import num_cells
        >>> num_cells(torch.Size([8, 64, 14, 14]))
        4
        >>> num_cells(torch.Size([8, 512, 7, 7]))
        1
    """
    return int(min(_SIDE, max(1, (_MOST / shape[1]) ** 0.5), *shape[2:]))


class Cells(nn.Module):
    """Means over cells, each number standardised; shape (batch, numbers, 1, 1).

    Args:
        shape: Shape of the maps, (batch, channels, height, width).
    """

    def __init__(self, shape: torch.Size) -> None:
        super().__init__()
        self.cells = num_cells(shape)
        self.width = shape[1] * self.cells**2
        self.norm = nn.BatchNorm1d(self.width, affine=False)

    def forward(self, maps: Tensor) -> Tensor:
        """Return the numbers."""
        means: Tensor = F.adaptive_avg_pool2d(maps, self.cells)
        numbers: Tensor = self.norm(means.flatten(1))
        return numbers[:, :, None, None]


def read_early(model: nn.Module, images: Tensor, *, after: str) -> tuple[str, ...]:
    """Put a new head after an earlier block, in place; say what was done.

    Args:
        model: A convolutional network that ends in a linear map.
        images: Two or more that it reads.
        after: Name of the module whose output the head reads.

    Raises:
        ModelError: If there is no such module, its output is not made of maps, or the
            network does more after it than its modules do.

    Example:
        >>> from trainwell.models import create, read_early
        >>> model = create("resnet18", num_classes=3, image_size=32).model
        >>> read_early(model, torch.rand(2, 3, 32, 32), after="layer2")
        ('head: reads layer2 in 2x2 cells, 512 numbers; nothing follows.',)
    """
    linear = {n: m for n, m in model.named_modules() if type(m) is nn.Linear}
    if after not in dict(model.named_modules()) or not linear:
        raise ModelError(f"the model has no module `{after}`, or no linear last layer.")
    head = list(linear)[-1]
    shape, between = _between(model, images, after, head)
    if len(shape) != 4 or not between:
        raise ModelError(f"the head cannot read `{after}`: it must put out maps.")
    cells = Cells(shape).to(images.device)
    model.set_submodule(between[0], cells)
    for name in between[1:]:
        model.set_submodule(name, nn.Identity())
    fresh = nn.Linear(cells.width, linear[head].out_features).to(images.device)
    model.set_submodule(head, nn.Sequential(nn.Flatten(), fresh))
    if not (_reads(model, images, cells, fresh) and ends_in(model, fresh, images)):
        raise ModelError(
            f"the head cannot read `{after}`: the network does more after it than its "
            "modules do."
        )
    side = f"{cells.cells}x{cells.cells} cells"
    return (f"head: reads {after} in {side}, {cells.width} numbers; nothing follows.",)


def _between(
    model: nn.Module, images: Tensor, after: str, head: str
) -> tuple[torch.Size, list[str]]:
    """Return the shape of an output, and which modules lie between it and the head.

    A module that serves before as well is not among them.
    """
    shape, before, between, phase = torch.Size(), {head}, list[str](), 0

    def begin(name: str) -> None:
        nonlocal phase
        if name == head:
            phase = 2
        inside = any(name.startswith(f"{other}.") for other in between)
        around = head.startswith(f"{name}.")
        if phase == 0:
            before.add(name)
        elif phase == 1 and not inside and not around and name not in before:
            between.append(name)

    def end(output: Tensor) -> None:
        nonlocal phase, shape
        phase, shape = 1, output.shape

    handles = [
        module.register_forward_pre_hook(lambda *_, name=name: begin(name))
        for name, module in model.named_modules()
        if name
    ]
    handles.append(
        model.get_submodule(after).register_forward_hook(lambda *args: end(args[2]))
    )
    with evaluating(model, handles):
        model(images)
    return shape, list(dict.fromkeys(between))


def _reads(model: nn.Module, images: Tensor, cells: Cells, head: nn.Linear) -> bool:
    """Tell whether the head is given what the cells hold."""
    kept: list[Tensor] = []
    handles = [
        cells.register_forward_hook(lambda *args: kept.append(args[2].flatten(1))),
        head.register_forward_pre_hook(lambda *args: kept.append(args[1][0])),
    ]
    cells.norm.running_mean = torch.linspace(-1, 1, cells.width).to(images.device)
    try:
        with evaluating(model, handles):
            model(images)
    except RuntimeError:
        return False
    finally:
        cells.norm.reset_running_stats()
    return len(kept) == 2 and torch.equal(*kept)
