"""Warm up: compile the kernels of augmentation now, and say so if that takes a while.

They are kept on disk, so that only the first run of an installation waits.
"""

import threading

import numpy as np

from trainwell.augment import render
from trainwell.augment.ops import crop_only
from trainwell.data import pack_images
from trainwell.preprocess import Standardize
from trainwell.runs._reporter import Reporter

_PATIENCE = 2.0  # seconds before people are told what they wait for


def warm_up(reporter: Reporter) -> None:
    """Show one pixel, which compiles or loads whatever training images need."""
    words = "Compiling the augmentation; once per installation, about 20 s."
    timer = threading.Timer(_PATIENCE, reporter.say, [words])
    timer.start()
    try:
        pixel = pack_images([np.zeros((1, 1, 3), np.uint8)])
        params = crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))
        grey = Standardize((0.5,) * 3, (0.5,) * 3)
        render(pixel, np.zeros(1, np.int64), params, size=1, standardize=grey)
    finally:
        timer.cancel()
