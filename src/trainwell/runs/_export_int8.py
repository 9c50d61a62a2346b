"""Quantise the export of a run, calibrated on its training images, and compare it."""

import platform
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from trainwell.core.headline import spoken
from trainwell.data import Dataset, Image, evenly_spaced_indices
from trainwell.exporting import Int8Agreement, compare_int8, quantize_onnx
from trainwell.infer import Predictor
from trainwell.runs._reporter import Reporter
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.session._reopen_session import reopen_session
from trainwell.tasks import from_image, whole_frames

_CALIBRATION = 512  # training images


def quantize_export(
    float32: Path,
    int8: Path,
    predictor: Predictor,
    folder: RunFolder,
    reporter: Reporter,
) -> Int8Agreement:
    """Write the 8-bit version of a float export, and compare the two.

    Args:
        float32: The float export.
        int8: The file to write.
        predictor: What both answer like.
        folder: The run, whose images are read again.
        reporter: Warns where int8 loses more than a point of a hundred.

    Raises:
        DataError: If the images are no longer there.
        ExportError: If the file cannot be quantised.
    """
    splits = reopen_session(folder, reporter).splits
    some = evenly_spaced_indices(len(splits.train), _CALIBRATION)
    images = [splits.train.sample(int(i))[0] for i in some]
    quantize_onnx(float32, int8, predictor.prepared(images))
    found = compare_int8(float32, int8, predictor, _labelled(splits.val, predictor))
    if found.loses_too_much:
        reporter.warn(
            f"int8 loses {100 * found.lost:.1f} points of {spoken(found.name)} on "
            f"{found.num_images} images, more than 1: keep the float export, or train "
            "a wider network."
        )
    return found


def write_comparison(found: Int8Agreement, path: Path, folder: RunFolder) -> None:
    """Write what was found beside an 8-bit export, as JSON."""
    where = {
        "onnxruntime": version("onnxruntime"),
        "machine": platform.machine(),
    }
    content = {"format": "onnx-int8", **found.numbers(), "measured_with": where}
    folder.write_json(path.with_suffix(".json"), content)


def _labelled(dataset: Dataset, predictor: Predictor) -> Iterator[tuple[Image, Any]]:
    """Return the images with their targets as they are shown."""
    targets, options = np.asarray(dataset.targets), predictor.metadata.preprocessing
    if predictor.metadata.task.located:
        frames = whole_frames(dataset.sizes, options.fit, options.image_size)
        targets = from_image(targets, frames, options.image_size)
    return ((dataset.sample(i)[0], targets[i]) for i in range(len(dataset)))
