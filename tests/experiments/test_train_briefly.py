"""Short trainings: images by the seed, and a summary without a trace."""

import tempfile

import numpy as np
import pytest

from trainwell.experiments import some_images, train_briefly


def test_images_by_the_seed():
    (x, y), (again, _), (other, _) = (some_images("digits", s, 30) for s in (0, 0, 1))
    assert x.dtype == np.uint8
    assert len(x) == len(y) == 30
    assert np.array_equal(x, again)
    assert not np.array_equal(x, other)


def test_a_summary_remains(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    found = train_briefly("digits", 200, "train.epochs=2", seed=0)
    assert found["seed"] == 0
    numbers = [found[f"num_{part}"] for part in ("train", "val", "test")]
    assert numbers == pytest.approx([100, 20, 80], abs=5)
    assert not [path for path in tmp_path.iterdir() if (path / "run").exists()]
