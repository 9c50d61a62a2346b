"""Losses right and wrong."""

import pytest
import torch
import torch.nn.functional as F

from trainwell import losses
from trainwell.diagnose._check_loss import check_loss, check_outputs

LOGITS = torch.tensor([[2.0, -1.0, 0.5], [0.1, 0.2, -3.0]])
TARGETS = torch.tensor([0, 2])


@pytest.mark.parametrize(
    "loss",
    [F.cross_entropy, losses.cross_entropy, losses.focal_loss, losses.hinge_loss],
)
def test_losses_that_reward_the_right(loss):
    assert check_loss(loss, 4).level == "pass"


def test_a_flipped_and_a_constant_loss():
    flipped = check_loss(lambda x, t: -F.cross_entropy(x, t), 4)
    assert flipped.name == "loss rewards mistakes"
    assert flipped.numbers["right"] == pytest.approx(-0.0535, abs=1e-3)
    assert check_loss(lambda x, t: (x * 0).sum(1), 4).level == "fail"


@pytest.mark.parametrize(
    ("loss", "outputs", "name"),
    [
        (F.cross_entropy, LOGITS, "outputs"),
        (F.cross_entropy, LOGITS.softmax(1), "softmax twice"),
        (F.cross_entropy, LOGITS.log_softmax(1), "outputs"),
        (F.nll_loss, LOGITS.log_softmax(1), "outputs"),
        (F.nll_loss, LOGITS + 9, "softmax missing"),
        (F.nll_loss, LOGITS - 9, "softmax missing"),
        (lambda x, t: F.nll_loss(x.log(), t), LOGITS.softmax(1), "outputs"),
        (F.cross_entropy, LOGITS.sigmoid(), "outputs"),
    ],
)
def test_outputs(loss, outputs, name):
    assert check_outputs(loss, outputs, TARGETS).name == name
