"""Colour jitter: brightness, contrast, saturation and hue by random factors.

    factor uniform in [1 - a, 1 + a], hue turned by uniform [-h, h]; in random order

Use: on photographs under changing light; 0.4 each and hue 0.1 are usual.
Side effects: hurts where colour is the class; hue costs the most time.
Source: Howard, "Some Improvements on Deep Convolutional Neural Network Based Image
Classification", 2013, section 2; hue as in torchvision.
"""

from dataclasses import dataclass

import numpy as np

from trainwell.augment import ops
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.augment.policies._types import SamplingContext
from trainwell.core import checks


@dataclass(frozen=True)
class ColorJitter:
    """Vary brightness, contrast, saturation and hue; 0 leaves one unchanged.

    Attributes:
        brightness: Largest change of the factor, 0 to 1.
        contrast: Largest change of the factor, 0 to 1.
        saturation: Largest change of the factor, 0 to 1.
        hue: Largest turn of the colour circle, 0 to 0.5.

    Example:
        >>> from trainwell.augment.policies import ColorJitter, SamplingContext
        >>> context = SamplingContext(
        ...     0, 0, np.arange(3, dtype=np.uint64), np.full(3, 32), np.full(3, 32)
        ... )
        >>> ColorJitter(0.4, 0.4, 0.0)(context)
        OpSequence(samples=3, first=['brightness 1.00', 'contrast 0.92'])
    """

    brightness: float = 0.4
    contrast: float = 0.4
    saturation: float = 0.4
    hue: float = 0.0

    def __post_init__(self) -> None:
        for name in ("brightness", "contrast", "saturation"):
            checks.between(name, getattr(self, name), 0, 1)
        checks.between("hue", self.hue, 0, 0.5)

    def __call__(self, context: SamplingContext) -> ops.OpSequence:
        """Return the operations, shape (n, as many as vary)."""
        u = 2 * context.uniform("color_jitter", 4) - 1
        varied = [
            (self.brightness, ops.brightness, 1 + self.brightness * u[:, 0]),
            (self.contrast, ops.contrast, 1 + self.contrast * u[:, 1]),
            (self.saturation, ops.saturation, 1 + self.saturation * u[:, 2]),
            (self.hue, ops.hue, self.hue * u[:, 3]),
        ]
        operations = [make(value) for amount, make, value in varied if amount]
        if not operations:
            return no_ops(len(u))
        order = np.argsort(
            context.uniform("color_jitter_order", len(operations)), axis=1
        )
        sampled = ops.concat(*operations)
        rows = np.arange(len(u))[:, None]
        return ops.OpSequence(
            sampled.op_codes[rows, order], sampled.magnitudes[rows, order]
        )
