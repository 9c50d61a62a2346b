"""What a run keeps for its report."""

import numpy as np

from trainwell.infer import read_metadata


def test_a_run_keeps_the_images_that_its_task_finds_informative(finished):
    task = read_metadata(finished.path / "model.json").task
    with np.load(finished.path / "examples.npz") as kept:
        images, indices, split = kept["images"], kept["indices"], str(kept["split"])
    with np.load(finished.path / "predictions" / f"{split}.npz") as found:
        expected = task.informative(found["probabilities"], found["targets"], 12)
    np.testing.assert_array_equal(indices, expected)
    assert len(images) == len(indices) >= 12
