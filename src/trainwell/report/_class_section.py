"""What a report shows of classes: confusions, mistakes, scores, calibration."""

from typing import Any

import numpy as np

from trainwell.core.plural import plural
from trainwell.metrics import calibrate
from trainwell.report import _calibration, _confusion
from trainwell.report._examples import least_certain, worst_mistakes
from trainwell.report._interval import wilson
from trainwell.report._run_files import RunFiles
from trainwell.report._scores import lowest, mean_score, score_classes

_MOST_LOW = 10  # classes named for their low score


def content(files: RunFiles) -> dict[str, Any]:
    """Return the values of the template."""
    targets, classes = files.targets, files.metadata.classes
    predictions = files.probabilities.argmax(1)
    scores = score_classes(targets, predictions, classes)
    calibration = calibrate(files.probabilities, targets)
    return {
        "note": _note(files),
        "scores": scores,
        "mean_score": mean_score(scores),
        "lowest": lowest(scores, _MOST_LOW),
        "calibration": calibration,
        "calibration_svg": _calibration.picture(calibration),
        "confused": _confusion.most_confused(targets, predictions, classes),
        "confusion": _confusion.show(targets, predictions, classes),
        "worst": worst_mistakes(files),
        "uncertain": least_certain(files),
    }


def _note(files: RunFiles) -> str:
    """Return how many mistakes there are, and what the accuracy is to be held to."""
    targets = files.targets
    right = files.probabilities.argmax(1) == targets
    count, wrong = len(targets), int((~right).sum())
    low, high = wilson(float(right.mean()), count)
    largest = float(np.bincount(targets).max() / count)
    return (
        f"{wrong:,} {plural(wrong, 'mistake')} in {count:,} {plural(count, 'image')}. "
        f"95 % interval {low:.3f} to {high:.3f}. Always answering the largest class "
        f"would give {largest:.3f}."
    )
