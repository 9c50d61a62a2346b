"""AirbenchNet: a small, quickly trained network.

    whiten (frozen) - act - [conv - pool - norm - act - conv - norm - act] x blocks
    - global max - linear

The first convolution's filters whiten the training patches; the 3x3 filters start as
identities; norms have a bias but no scale; each block halves the image.

Use: on small images where time matters: the quickest way here to good accuracy. Show it
training images first (`show_images`), and flatten the rate at the end.
Side effects: the first filters and the norms' scales do not train; large rates and the
fast running averages of its norms want batches of some hundred images.
Source: Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", 2024, section 3 and
the airbench94 code, https://arxiv.org/abs/2404.00498. Here the number of blocks and the
stride of the first convolution follow the image size, so that 8 to 300 pixels work, and
the head starts with a global max.
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor, nn

from trainwell.core import checks
from trainwell.core.image_size import ImageSize, height_and_width, size_text
from trainwell.models._data_init import DataInitialised, Targets
from trainwell.preprocess import fit_patch_whitening

_KEPT = 0.6  # share of the old value that a running average keeps per step
_EPS = 1e-12
_TEMPERATURE = 20.0  # the paper's 10 for 256 features; measured in `records/`
_LARGEST_SMALL = 72  # pixels; beyond, patches do not overlap


def airbench(
    num_classes: int = 10,
    *,
    in_channels: int = 3,
    image_size: ImageSize = 32,
    widths: Sequence[int] | None = None,
) -> "AirbenchNet":
    """Build the network for an image size.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        image_size: Side of square images in pixels, or (height, width).
        widths: Channels of each block; by default 32 then 128s up to 72 pixels a side,
            else 64, 128, 256 and so on, as many blocks as leave about 3 pixels.

    Example:
        >>> from trainwell.models import airbench, num_parameters
        >>> with torch.device("meta"):
        ...     model = airbench(10)
        >>> num_parameters(model)
        498104
    """
    height, width = height_and_width(image_size)
    checks.between("image_size", min(height, width), 6, 1024)
    checks.between("image_size", max(height, width), 6, 1024)
    small = height * width <= _LARGEST_SMALL**2
    patch, stride = (2, 1) if small else (4, 4)
    usual = (32, 128, 128, 256) if small else (64, 128, 256, 256, 384)
    side = (min(height, width) - patch) // stride + 1
    blocks = 1
    while side // 2 ** (blocks + 1) >= 3 and blocks < len(usual):
        blocks += 1
    if widths is not None and side < 2 ** len(widths):
        raise ValueError(
            f"`widths` has {len(widths)} blocks, each halves the image; "
            f"{size_text(image_size)} pixels allow {side.bit_length() - 1}."
        )
    shape = (patch, stride)
    return AirbenchNet(num_classes, in_channels, tuple(widths or usual[:blocks]), shape)


class AirbenchNet(DataInitialised):
    """See the module's text; `airbench` chooses the numbers.

    Args:
        num_classes: Outputs.
        in_channels: Channels of the images.
        widths: Channels of each block.
        whitening: Side of the whitened patches, and the distance between them.
    """

    def __init__(
        self,
        num_classes: int,
        in_channels: int,
        widths: tuple[int, ...],
        whitening: tuple[int, int] = (2, 1),
    ) -> None:
        super().__init__()
        patch, stride = whitening
        whitened = 2 * in_channels * patch * patch
        self.whiten = nn.Conv2d(in_channels, whitened, patch, stride)
        self.whiten.weight.requires_grad_(False)
        nn.init.zeros_(self.whiten.bias)  # type: ignore[arg-type]
        channels = (whitened, *widths)
        self.blocks = nn.Sequential(
            *(_Block(a, b) for a, b in zip(channels, widths, strict=False))
        )
        self.act = nn.GELU()
        self.head = nn.Linear(widths[-1], num_classes, bias=False)
        nn.init.normal_(self.head.weight)

    def forward(
        self, x: Float[Tensor, "batch channels height width"]
    ) -> Float[Tensor, "batch classes"]:
        """Return the logits."""
        x = self.blocks(self.act(self.whiten(x)))
        x = x.flatten(2).amax(-1)
        logits: Tensor = self.head(x / _TEMPERATURE)
        return logits

    @torch.no_grad()
    def init_from_data(
        self,
        images: Float[Tensor, "batch channels height width"],
        targets: Targets | None = None,
    ) -> None:
        """Set the first filters to whiten these images' patches."""
        conv = self.whiten
        filters = fit_patch_whitening(
            images, patch=conv.kernel_size[0], stride=conv.stride[0]
        )
        conv.weight.copy_(filters)


def _norm(channels: int) -> nn.BatchNorm2d:
    """Return BatchNorm with a learned bias and a fixed unit scale."""
    norm = nn.BatchNorm2d(channels, eps=_EPS, momentum=1 - _KEPT)
    norm.weight.requires_grad_(False)
    return norm


class _Block(nn.Module):
    def __init__(self, in_channels: int, out_channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False)
        self.norm1 = _norm(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
        self.norm2 = _norm(out_channels)
        self.pool = nn.MaxPool2d(2)
        self.act1, self.act2 = nn.GELU(), nn.GELU()
        for conv in (self.conv1, self.conv2):
            with torch.no_grad():
                nn.init.dirac_(conv.weight[: conv.in_channels])

    def forward(self, x: Tensor) -> Tensor:
        x = self.act1(self.norm1(self.pool(self.conv1(x))))
        y: Tensor = self.act2(self.norm2(self.conv2(x)))
        return y
