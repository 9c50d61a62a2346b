"""What every case starts from: an empty folder, a cache of its own, small pictures."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainwell.runs import Quiet, train

_QUICK = (
    "train.epochs=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.threads=1",
)


@pytest.fixture(autouse=True)
def _here(tmp_path, tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def put():
    """Write n noisy 32 x 32 images into a folder, about one colour if that is given."""

    def write(folder, n, rgb=None, seed=0, suffix="png"):
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        draw = np.random.default_rng([seed, *map(ord, str(folder))])
        for i in range(n):
            noise = draw.integers(-20, 21, (32, 32, 3)) + np.array(rgb or 0)
            pixels = noise if rgb else draw.integers(0, 256, (32, 32, 3))
            image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
            image.save(folder / f"{i}.{suffix}")

    return write


@pytest.fixture
def quick():
    """Train a quick network without a word; return the run."""

    def run(source, *overrides, out="run"):
        words = (*_QUICK, *overrides)
        return train(source, *words, model="softmax", out=out, reporter=Quiet())

    return run


collect_ignore_glob = ["scripts/*"]  # run by test_scripts
