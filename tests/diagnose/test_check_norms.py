"""Frozen BatchNorm statistics that fit the images, and that do not."""

import torch.nn.functional as F
from tests.diagnose.small_loop import loop, net
from torch import nn

from trainwell.diagnose._check_norms import check_norms


def test_frozen_statistics_that_fit_are_no_fault():
    def step(model, optimizer, images, targets):
        model.eval()
        optimizer.zero_grad()
        F.cross_entropy(model(images), targets).backward()
        optimizer.step()

    model = net(nn.BatchNorm1d(8))
    assert check_norms(loop(model)).level == "pass", "they move"
    model[1].running_mean.fill_(4.0)
    assert check_norms(loop(model, step=step)).name == "norm statistics frozen"
    for _ in range(100):
        model(loop(model).batches[0][0])
    assert check_norms(loop(model, step=step)).level == "pass"
