"""Transform parameters: how each of n samples is transformed.

A policy samples them and the engine applies them.

Source: the engine of trainwell's design.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainwell.augment.ops._op_sequence import Floats, OpSequence, concat, no_ops


@dataclass(frozen=True)
class TransformParams:
    """A crop box of each source image, and the operations on the cropped image.

    Attributes:
        crop_boxes: Shape (n, 4); see `augment.ops`.
        ops: Operations on the n crops.

    Example:
        >>> from trainwell.augment import describe, ops
        >>> params = ops.crop_only(np.array([[0.0, 0.0, 0.5, 0.5]]))
        >>> params = params.then(ops.rotate(30.0))
        >>> describe(params, 0)
        ('crop 50% × 50%', 'rotate 30°')
    """

    crop_boxes: Floats
    ops: OpSequence

    def __len__(self) -> int:
        return len(self.crop_boxes)

    def __getitem__(self, rows: slice | npt.NDArray[np.int64]) -> "TransformParams":
        return TransformParams(self.crop_boxes[rows], self.ops[rows])

    def __repr__(self) -> str:
        length = self.ops.op_codes.shape[1]
        return f"TransformParams(samples={len(self)}, ops={length})"

    def then(self, ops: OpSequence) -> "TransformParams":
        """Return these parameters with more operations at the end."""
        return TransformParams(self.crop_boxes, concat(self.ops, ops))


def crop_only(crop_boxes: Floats) -> TransformParams:
    """Return the parameters that crop and change nothing else.

    Example:
        >>> from trainwell.augment.ops import crop_only
        >>> crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))
        TransformParams(samples=1, ops=0)
    """
    return TransformParams(crop_boxes, no_ops(len(crop_boxes)))
