"""Check an export against its model with ONNX Runtime, on real images.

Source: none; a comparison.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from trainwell.core.errors import ExportError
from trainwell.data import Image
from trainwell.exporting._answers import same_answers, unit_of
from trainwell.infer import Predictor

TOLERANCE = 1e-4
_BATCH = 100


@dataclass(frozen=True)
class Agreement:
    """The agreement of an export with its model.

    Attributes:
        num_images: Number of images compared.
        largest: Largest difference of a prediction: of a probability, or of a number
            as a share of the largest.
        same_answers: Number of images of which the same is said: class or labels. Of
            numbers, all of them.

    Example:
        >>> Agreement(num_images=100, largest=2e-6, same_answers=100).largest < 1e-4
        True
    """

    num_images: int
    largest: float
    same_answers: int

    @property
    def text(self) -> str:
        """What was found, in a line."""
        return (
            f"Agrees with the model on {self.num_images} images: the largest "
            f"difference of a prediction is {self.largest:.1e}."
        )


def check_onnx(
    path: Path, predictor: Predictor, images: Iterable[str | Path | Image]
) -> Agreement:
    """Compare an ONNX file with the model it came from.

    The model sees each image as in `predict`; the export sees the 8-bit image that
    `predictor.prepared` makes, as a user of the file would pass it.

    Args:
        path: ONNX file.
        predictor: Model from which the file was written.
        images: Images to compare on.

    Raises:
        ExportError: If a prediction differs by more than 1e-4.

    Example:
        >>> import pathlib, tempfile
        >>> from trainwell.infer import ModelMetadata, Predictor, Preprocessing
        >>> from trainwell.models import ModelSpec
        >>> from trainwell.preprocess import Standardize
        >>> from trainwell.tasks import Classification
        >>> net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 2))
        >>> pre = Preprocessing(image_size=8, channels=1, short_side=None, fit="pad",
        ...                     border="mean", standardize=Standardize((0.5,), (0.25,)))
        >>> metadata = ModelMetadata(
        ...     task=Classification(("cat", "dog")), preprocessing=pre,
        ...     model=ModelSpec("mine", num_classes=2, in_channels=1, image_size=8))
        >>> predictor = Predictor(net.eval(), metadata)
        >>> path = write_onnx(predictor, pathlib.Path(tempfile.mkdtemp(), "m.onnx"))
        >>> images = [np.full((8, 8), value, np.uint8) for value in (0, 100, 200)]
        >>> found = check_onnx(path, predictor, images)
        >>> found.num_images, found.same_answers
        (3, 3)
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    task, count, largest, same = predictor.metadata.task, 0, np.float32(0), 0
    remaining = iter(images)
    while part := list(islice(remaining, _BATCH)):
        count += len(part)
        expected = predictor.exported(part)
        prepared = predictor.prepared(part)
        (found,) = session.run(None, {"images": prepared})
        apart = np.abs(found - expected).max() / unit_of(task, expected)
        largest = np.maximum(largest, apart)  # NaN stays
        same += int(same_answers(task, found, expected).sum())
    if not largest <= TOLERANCE:
        path.unlink(missing_ok=True)
        raise ExportError(
            f"the export differs from the model by {largest:.2g} (more than "
            f"{TOLERANCE:g}) on {count} images; it was removed."
        )
    return Agreement(count, float(largest), same)
