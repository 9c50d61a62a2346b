import numpy as np
import pytest
import torch
from torch import nn

from trainwell.tasks import Classification
from trainwell.training import (
    Batch,
    Evaluation,
    evaluate,
    evaluation_of,
    predict_outputs,
)

TASK = Classification(("a", "b", "c"))


def batches(sizes):
    start = 0
    for n in sizes:
        i = torch.arange(start, start + n)
        yield Batch(nn.functional.one_hot(i % 3, 3).float(), i % 2, i)
        start += n


def test_every_sample_once_in_order_and_in_evaluation_mode():
    model = nn.Sequential(nn.Dropout(0.9), nn.Identity()).train()
    model.register_parameter("p", nn.Parameter(torch.zeros(1)))
    found = evaluate(model, batches([4, 3]), TASK)
    expected = np.eye(3)[np.arange(7) % 3]
    expected = np.exp(expected) / np.exp(expected).sum(1, keepdims=True)
    np.testing.assert_allclose(found.probabilities, expected, rtol=1e-6)
    assert found.targets.tolist() == [0, 1, 0, 1, 0, 1, 0]
    assert model.training
    assert model[0].training


def test_numbers_by_hand():
    found = Evaluation(
        TASK, np.array([[0.8, 0.2], [0.6, 0.4]], np.float32), np.array([0, 1])
    )
    assert found.accuracy == 0.5
    assert found.loss == pytest.approx(-(np.log(0.8) + np.log(0.4)) / 2)


def test_logits_are_divided_by_the_temperature():
    model = nn.Sequential(nn.Identity())
    model.register_parameter("p", nn.Parameter(torch.zeros(1)))
    outputs = predict_outputs(model, batches([4, 3]))
    assert np.array_equal(outputs.values, np.eye(3)[np.arange(7) % 3])
    assert outputs.frames is None
    found = evaluation_of(outputs, TASK, 0.5)
    np.testing.assert_allclose(
        found.probabilities.max(1), np.exp(2) / (np.exp(2) + 2), rtol=1e-6
    )
    same = evaluate(model, batches([4, 3]), TASK)
    assert np.array_equal(
        evaluation_of(outputs, TASK).probabilities, same.probabilities
    )
