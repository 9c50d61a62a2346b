"""What changes an answer, for every task."""

import numpy as np
import pytest
import torch

from trainwell.runs._explain_fooled import fooled

from .explained import TASKS, predictor

X = torch.randn(3, 3, 16, 16, generator=torch.Generator().manual_seed(0)).clamp(-2, 2)


def predictions(one, x):
    with torch.no_grad():
        return one.metadata.task.predictions(one.model(x)).numpy()


def again(one, pixels):
    """Return the predictions for what is shown, rounded to 8 bits."""
    x = torch.from_numpy(np.stack(pixels)).permute(0, 3, 1, 2).float() / 255
    return predictions(one, (x - 0.5) / 0.25)


@pytest.mark.parametrize("task", TASKS)
def test_the_image_shown_does_it(task):
    one = predictor(task)
    before = predictions(one, X)
    found = fooled(one.model, X, before, one.metadata)
    assert len(found) == 3
    done = [i for i, each in enumerate(found) if each.pixels is not None]
    assert done
    after = again(one, [found[i].pixels for i in done])
    for i, row in zip(done, after, strict=True):
        words = found[i].words
        assert "grey levels" in words
        if task in ("classification", "ordinal"):
            second = np.argsort(-before[i])[1]
            assert TASKS[task].labels[second] in words
            # rounding to 8 bits may give a little of the way back
            assert row[second] - row[np.argmax(before[i])] > -0.01
        elif task == "multilabel":
            label = np.argmax(before[i])
            at = TASKS[task].thresholds[label]
            there = before[i, label] >= at
            assert words.startswith("no " if there else "“")
            assert (row[label] - at) * (1 if there else -1) < 1e-3
        elif task == "regression":
            assert row[0] - before[i, 0] > 9.9  # a standard deviation is 10
        else:
            assert (row - before[i])[0::2].mean() > 0.8 - 0.01  # 0.05 of 16 px


def test_a_network_without_gradients_is_not_fooled():
    one = predictor("classification", "k_nearest")
    images = torch.rand(4, 3, 16, 16)
    one.model.init_from_data(images, torch.tensor([0, 1, 2, 0]))
    one.model.sharpness.requires_grad_(False)
    assert fooled(one.model, X, predictions(one, X), one.metadata) == []
