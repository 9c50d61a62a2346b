"""Evaluations that are in order pass, beside the planted faults."""

import torch
from tests.diagnose.small_loop import loop, net
from torch import nn

from trainwell.diagnose._check_evaluation import check_evaluation


def test_evaluation_in_order():
    found = check_evaluation(loop(net(nn.BatchNorm1d(8), nn.Dropout(0.5))))
    assert [f.level for f in found] == ["pass"]


def test_evaluation_that_moves_statistics():
    """Answers by running statistics, after a pass in training mode."""

    def evaluate(model, images):
        model.train()
        with torch.no_grad():
            model(images)
            model.eval()
            return model(images)

    slow = net(nn.BatchNorm1d(8, momentum=1e-5))  # hardly depends on the batch
    found = check_evaluation(loop(slow, evaluate=evaluate))
    assert found[0].name == "evaluation uses batch statistics"
    assert found[0].numbers["moved"] > 0
    assert found[0].numbers["batch"] < 1e-2


def test_diverging_weights_are_left_to_the_check_of_the_learning_rate():
    model = net()
    fast = torch.optim.SGD(model.parameters(), 1e38)
    assert check_evaluation(loop(model, fast)) == []
