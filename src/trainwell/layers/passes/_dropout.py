"""Inverted dropout in NumPy: the scale stands inside `if train`.

    train:  y = x m / (1 - p),    m_i = 1 with probability 1 - p, else 0
    test:   y = x

    dL/dx = dL/dy m / (1 - p)

p is the probability to drop. Dividing in training keeps the mean, so that nothing is
left to do at the test; a slide of deck 0 divides outside of `if train`, which scales
the outputs of the test up.

Use: to read, and to check other code against; `layers.stochastic` has the fast ones.
Side effects: none.
Source: Srivastava et al., "Dropout", 2014, section 10 (scaling at training time).
"""

import numpy as np
import numpy.typing as npt

from trainwell.core import checks

Floats = npt.NDArray[np.float64]


def dropout_forward(
    x: Floats, p: float, random: np.random.Generator, *, train: bool = True
) -> tuple[Floats, Floats]:
    """Return the outputs, and the factors by which the inputs were multiplied.

    Args:
        x: Inputs of any shape.
        p: Probability of dropping a value, in [0, 1).
        random: Source of the mask.
        train: Whether anything is dropped.

    Raises:
        ValueError: If `p` is not in [0, 1].

    Example:
        >>> y, kept = dropout_forward(np.ones(6), 0.5, np.random.default_rng(0))
        >>> y.tolist()
        [2.0, 0.0, 0.0, 0.0, 2.0, 2.0]
    """
    checks.between("p", p, 0, 1)
    factors = np.ones_like(x)
    if train and p > 0:
        kept = random.random(x.shape) >= p
        factors = kept / (1 - p) if p < 1 else np.zeros_like(x)
    return x * factors, factors


def dropout_backward(dy: Floats, factors: Floats) -> Floats:
    """Return the gradient of the inputs, given that of the outputs.

    Args:
        dy: Gradient of the loss by the outputs.
        factors: From `dropout_forward`.

    Example:
        >>> dropout_backward(np.ones(2), np.array([2.0, 0.0])).tolist()
        [2.0, 0.0]
    """
    return dy * factors
