"""Small real data, and how to start the command line as a user does."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits

SMALL = ("train.threads=1", "train.precision=float32", "train.memory_format=contiguous")


@pytest.fixture(scope="session")
def digits_folder(tmp_path_factory):
    """400 real digits as PNG files, a folder per class in train and test."""
    root = tmp_path_factory.mktemp("digits")
    digits = load_digits()
    for i in range(400):
        split = "test" if i % 5 == 0 else "train"
        folder = root / split / f"class {digits.target[i]}"
        folder.mkdir(parents=True, exist_ok=True)
        pixels = (digits.images[i] * 15.9).astype(np.uint8)
        Image.fromarray(pixels).save(folder / f"{i:04d}.png")
    return root


@pytest.fixture(scope="session")
def command():
    """Start `trainwell` with one thread; returns the Popen object."""
    started = []

    def start(*args):
        process = subprocess.Popen(
            [Path(sys.executable).parent / "trainwell", *map(str, args)],
            env=os.environ | {"OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def finished(digits_folder, tmp_path_factory):
    """A finished run of a few epochs."""
    from trainwell.runs import Quiet, train

    out = tmp_path_factory.mktemp("run") / "a"
    return train(digits_folder, "train.epochs=6", *SMALL, out=out, reporter=Quiet())
