"""Compile the kernels of augmentation now, and say so if that takes a while.

They are kept on disk, so that only the first run of an installation waits.
"""

import threading

import numpy as np

from trainwell.augment import render
from trainwell.augment.ops import crop_only
from trainwell.data import pack_images
from trainwell.preprocess import Standardize
from trainwell.runs._reporter import Reporter

_PATIENCE = 2.0  # seconds before a message says what the wait is for


def compile_kernels(reporter: Reporter) -> None:
    """Render one pixel, which compiles or loads everything that training needs."""
    message = "Compiling the augmentation; once per installation, about 20 s."
    timer = threading.Timer(_PATIENCE, reporter.say, [message])
    timer.start()
    try:
        pixel = pack_images([np.zeros((1, 1, 3), np.uint8)])
        whole = crop_only(np.array([[0.0, 0.0, 1.0, 1.0]]))
        grey = Standardize((0.5,) * 3, (0.5,) * 3)
        render(pixel, np.zeros(1, np.int64), whole, size=1, standardize=grey)
    finally:
        timer.cancel()
