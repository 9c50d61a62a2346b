"""Maps over images as pictures: heat where a map is high, or two colours for signs.

heat:  a map from 0 up, over the image in grey
signs: contributions, orange for and blue against, over the image in faint grey

Values above the 99th percentile are shown like it, so that one pixel hides no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trainwell.core import checks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from PIL import Image

KINDS = ("heat", "signs")
_HIGHEST = 99.0  # percentile
_COLD, _WARM, _HOT = (46, 98, 204), (226, 110, 30), (255, 236, 130)
_FAINT = 0.35
_FULL = 255


def map_picture(
    image: npt.NDArray[np.uint8], values: npt.NDArray[np.floating], kind: str
) -> Image.Image:
    """Return a map over its image.

    Args:
        image: Shape (height, width, channels).
        values: Shape (height, width).
        kind: `heat` or `signs`.

    Example:
        >>> map_picture(np.zeros((8, 8, 3), np.uint8), np.eye(8), "heat").size
        (8, 8)
    """
    import numpy as np
    from PIL import Image

    checks.one_of("kind", kind, KINDS)
    shown = image[..., :1] if image.shape[2] < 3 else image[..., :3]
    grey = shown.mean(2, keepdims=True)
    top = float(np.percentile(np.abs(values), _HIGHEST)) or float(np.abs(values).max())
    scaled = np.clip(values / top, -1, 1) if top > 0 else np.zeros_like(values)
    strength = np.abs(scaled)[..., None]
    if kind == "heat":
        ground, warm = grey * (1 - _FAINT), np.array(_WARM)
        hot = warm + strength * (np.array(_HOT) - warm)
        mixed = ground * (1 - strength) + hot * strength
    else:
        ground = _FULL * (1 - _FAINT) + grey * _FAINT
        colour = np.where(scaled[..., None] > 0, _WARM, _COLD)
        mixed = ground * (1 - strength) + colour * strength
    return Image.fromarray(np.rint(np.clip(mixed, 0, _FULL)).astype(np.uint8))
