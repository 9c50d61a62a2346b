"""What every residual block of ours has in common."""

from abc import ABC

from torch import nn


class ResidualBlock(nn.Module, ABC):
    """A block y = shortcut(x) + branch(x) whose branch passes through a slot.

    Attributes:
        residual: Whether there is a shortcut at all.
        branch_noise: Sees the output of the branch before it is added; the identity,
            until an edit puts stochastic depth or the like there.
    """

    branch_noise: nn.Module

    def __init__(self, *, residual: bool = True) -> None:
        super().__init__()
        self.residual = residual
        self.branch_noise = nn.Identity()


def residual_blocks(model: nn.Module) -> list[ResidualBlock]:
    """Return the blocks of a model that have a shortcut, the first first."""
    return [m for m in model.modules() if isinstance(m, ResidualBlock) and m.residual]
