"""Forward and backward passes in NumPy, to read and to check others against."""

from trainwell.layers.passes._batch_norm import (
    batch_norm_backward as batch_norm_backward,
)
from trainwell.layers.passes._batch_norm import batch_norm_forward as batch_norm_forward
from trainwell.layers.passes._dropout import dropout_backward as dropout_backward
from trainwell.layers.passes._dropout import dropout_forward as dropout_forward
from trainwell.layers.passes._jacobian import jacobian as jacobian

__all__ = [
    "batch_norm_backward",
    "batch_norm_forward",
    "dropout_backward",
    "dropout_forward",
    "jacobian",
]
