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
from trainwell.infer import Predictor

TOLERANCE = 1e-4
_BATCH = 100


@dataclass(frozen=True)
class Agreement:
    """How far the export is from the model.

    Attributes:
        num_images: Images compared.
        largest: Largest difference of a probability.
        same_answers: Images with the same most probable class.
    """

    num_images: int
    largest: float
    same_answers: int


def check_onnx(
    path: Path, predictor: Predictor, images: Iterable[str | Path | Image]
) -> Agreement:
    """Compare an ONNX file with the model it came from.

    The model sees each image as in `predict`; the export sees the 8-bit image that
    `predictor.prepared` makes, as a user of the file would feed it.

    Raises:
        ExportError: If a probability differs by more than 1e-4.
    """
    import onnxruntime

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    count, largest, same = 0, np.float32(0), 0
    remaining = iter(images)
    while part := list(islice(remaining, _BATCH)):
        count += len(part)
        expected = np.stack([p.probabilities for p in predictor.predict(part)])
        prepared = predictor.prepared(part)
        (found,) = session.run(None, {"images": prepared})
        largest = np.maximum(largest, np.abs(found - expected).max())  # NaN stays
        same += int((found.argmax(1) == expected.argmax(1)).sum())
    if not largest <= TOLERANCE:
        path.unlink(missing_ok=True)
        raise ExportError(
            f"the export differs from the model by {largest:.2g} (more than "
            f"{TOLERANCE:g}) on {count} images; it was removed."
        )
    return Agreement(count, float(largest), same)
