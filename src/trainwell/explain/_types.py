"""Types that functions of this package share."""

from collections.abc import Callable, Sequence

from torch import Tensor

Target = int | Sequence[int] | Tensor | Callable[[Tensor], Tensor] | None
"""What is explained: the index of an output, one per image, or a function of the
outputs (batch, outputs) that returns one score per image. None is the largest output
of each image."""
