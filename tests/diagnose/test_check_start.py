"""Starts made by hand."""

import pytest
import torch
from torch import nn

from trainwell.diagnose._check_start import check_start

IMAGES = torch.randn(32, 6, generator=torch.Generator().manual_seed(0))
TARGETS = torch.arange(32) % 3


def start(change=lambda model: None):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 3))
    with torch.no_grad():
        change(model)
    return check_start(model, IMAGES, TARGETS)


def test_a_usual_start_passes_all_three_checks():
    found = start()
    assert [f.name for f in found] == ["weights", "start", "first loss"]
    assert {f.level for f in found} == {"pass"}


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (lambda m: m[0].weight.fill_(float("nan")), "weights not finite"),
        (lambda m: [p.zero_() for p in m.parameters()], "zero start"),
        (lambda m: m[0].weight.fill_(0.3), "equal weights"),
        (lambda m: m[0].bias.fill_(-100.0), "start dead"),
        (lambda m: m[2].weight.mul_(100.0), "first loss too high"),
    ],
)
def test_faults_have_names(change, name):
    assert (
        start(change)[
            -1 if name.startswith("first") else -2 if name == "start dead" else 0
        ].name
        == name
    )


def test_outputs_that_ignore_their_inputs():
    found = start(lambda m: m[2].weight.mul_(1e-12))
    assert found[1].name == "outputs ignore inputs"


def test_one_linear_layer_may_start_at_zero():
    """Its units have targets of their own; a second layer of zeros learns nothing."""
    from trainwell.diagnose._check_start import _weights

    one = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 3))
    two = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Linear(3, 2))
    for model in (one, two):
        for parameter in model.parameters():
            torch.nn.init.zeros_(parameter)
    assert _weights(one).name != "zero start"
    assert _weights(two).name == "zero start"
