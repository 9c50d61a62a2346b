"""Images as the network of a predictor reads them, and as people see the same."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from torch import Tensor

from trainwell.augment.ops import crop_only, fit
from trainwell.data import ImageLike, Levels
from trainwell.infer._predictor import Predictor
from trainwell.infer._show_images import shown


def network_inputs(
    predictor: Predictor, images: Sequence[ImageLike]
) -> tuple[Tensor, npt.NDArray[np.uint8]]:
    """Return images whole and standardised, and the same in 8 bits.

    Args:
        predictor: Its preprocessing is used, and its device.
        images: See `Predictor.predict`.

    Returns:
        Shapes (n, channels, height, width) and (n, height, width, channels).

    Raises:
        DataError: If an image cannot be read.

    Example:
        >>> from trainwell.models import create
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> made = create("mlp", num_classes=2, in_channels=1, image_size=8)
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(task=Classification(("cat", "dog")),
        ...                          model=made.spec, preprocessing=pre)
        >>> x, pixels = network_inputs(
        ...     Predictor(made.model, metadata), [np.full((8, 8), 255, np.uint8)])
        >>> x.unique(), pixels.max(), pixels.shape
        (tensor([2.]), np.uint8(255), (1, 8, 8, 1))
    """
    options = predictor.metadata.preprocessing
    pack = predictor.packed(images)
    whole = fit(pack.heights, pack.widths, mode=options.fit, size=options.image_size)
    device = next(predictor.model.parameters()).device
    pixels = Levels().of(predictor.prepared(images)).astype(np.uint8, copy=False)
    return shown(pack, crop_only(whole), options).to(device), pixels
