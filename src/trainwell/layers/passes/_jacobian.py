"""The Jacobian of a small map: every output by every input.

    J[i, j] = d f_i / d x_j,    row i by one backward pass from output i

Use: to look at a layer or a small network; as many backward passes as outputs.
Side effects: none; the gradients of parameters stay as they are.
Source: definition; Baydin et al., "Automatic Differentiation in Machine Learning: a
Survey", 2018, section 3.2 (reverse mode).
"""

from collections.abc import Callable

import torch
from torch import Tensor

from trainwell.core.errors import ArgumentError

MOST_VALUES = 10_000_000
"""The most numbers of a Jacobian."""


def jacobian(function: Callable[[Tensor], Tensor], x: Tensor) -> Tensor:
    """Return the Jacobian of a function at a point, shape (outputs, inputs), flat.

    Args:
        function: From one tensor to one tensor; a module is one.
        x: The point, a floating-point tensor of any shape.

    Raises:
        ArgumentError: If it would have more than 10 million numbers, `x` holds no
            floating-point numbers, or the outputs do not depend on it.

    Example:
        >>> import torch
        >>> from trainwell.layers.passes import jacobian
        >>> jacobian(lambda x: torch.stack([x[0] * x[1], x[0] ** 2]),
        ...          torch.tensor([2.0, 3.0]))
        tensor([[3., 2.],
                [4., 0.]])
    """
    if not x.is_floating_point():
        raise ArgumentError(f"`x` must hold floating-point numbers, got {x.dtype}.")
    point = x.detach().clone().requires_grad_()
    with torch.enable_grad():
        outputs = function(point).flatten()
        each = outputs.unbind()
    size = len(outputs) * point.numel()
    if size > MOST_VALUES:
        raise ArgumentError(
            f"a Jacobian of {len(outputs):,} outputs by {point.numel():,} inputs is "
            f"too large (at most {MOST_VALUES:,} numbers); take a smaller map."
        )
    if not outputs.requires_grad:
        raise ArgumentError("the outputs of `function` do not depend on `x`.")
    rows = []
    for output in each:
        (row,) = torch.autograd.grad(
            output, point, retain_graph=True, allow_unused=True
        )
        rows.append(torch.zeros_like(point) if row is None else row)
    return torch.stack(rows).flatten(1)
