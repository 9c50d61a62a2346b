"""An image as a data URI: small ones exactly, large ones reduced and as JPEG."""

import base64
import io

import numpy as np
import numpy.typing as npt
from PIL import Image

_EXACT = 64  # pixels of the longer side up to which images are shown exactly
_LARGEST = 224


def data_uri(image: npt.NDArray[np.uint8]) -> str:
    """Return an image, height x width x channels, as a `data:` address.

    Of two channels the first is shown, of more than three the first three.
    """
    channels = image.shape[2]
    shown = image[..., 0] if channels < 3 else image[..., :3]
    return encode(Image.fromarray(np.ascontiguousarray(shown)))


def is_tiny(image: npt.NDArray[np.uint8]) -> bool:
    """Tell whether an image is shown exactly, and is to be enlarged as squares."""
    return bool(max(image.shape[:2]) <= _EXACT)


def encode(picture: Image.Image) -> str:
    """Return a picture as a `data:` address."""
    exact = max(picture.size) <= _EXACT or picture.mode == "RGBA"
    buffer = io.BytesIO()
    if exact:
        picture.save(buffer, "PNG", optimize=True)
    else:
        picture.thumbnail((_LARGEST, _LARGEST))
        picture.save(buffer, "JPEG", quality=85)
    kind = "png" if exact else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(buffer.getvalue()).decode()}"
