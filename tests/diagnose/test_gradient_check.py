"""Right gradients, wrong ones, and kinks."""

import copy

import pytest
import torch
from torch import nn

from trainwell.diagnose import check_gradients


class Wrong(torch.autograd.Function):
    """x^2 whose gradient is off by a factor."""

    factor = 1.0

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, upstream):
        return upstream * 2 * ctx.saved_tensors[0] * Wrong.factor


class Square(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 2)

    def forward(self, x):
        return Wrong.apply(self.inner(x))


@pytest.mark.parametrize(
    ("factor", "right"), [(1.0, True), (1.00005, True), (1.0002, False), (-1.0, False)]
)
def test_a_wrong_factor_is_its_error(monkeypatch, factor, right):
    monkeypatch.setattr(Wrong, "factor", factor)
    torch.manual_seed(0)
    rows = check_gradients(Square(), torch.randn(4, 3))
    assert [row.name for row in rows] == ["inner.weight", "inner.bias", "input 0"]
    assert all(row.right is right for row in rows)
    expected = abs(1 - factor) / max(1, abs(factor))
    assert rows[0].error == pytest.approx(expected, rel=0.01, abs=1e-6)


def test_the_parameter_is_named(monkeypatch):
    """Only what lies before the fault is wrong."""
    monkeypatch.setattr(Wrong, "factor", 0.5)
    torch.manual_seed(0)
    rows = check_gradients(nn.Sequential(Square(), nn.Linear(2, 2)), torch.randn(4, 3))
    wrong = {row.name for row in rows if not row.right}
    assert wrong == {"0.inner.weight", "0.inner.bias", "input 0"}


def test_kinks():
    at_kink = check_gradients(nn.ReLU(), torch.zeros(3))[0]
    assert at_kink.right
    assert at_kink.kinks == 3
    near = check_gradients(nn.ReLU(), torch.tensor([3e-6, -3e-6, 1.0]))[0]
    assert near.right
    assert near.kinks == 0
    assert near.numeric == pytest.approx(near.analytic)


def test_a_wrong_slope_at_a_kink():
    class Steep(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return x.relu()

        @staticmethod
        def backward(ctx, upstream):
            return upstream * 3

    class Net(nn.Module):
        def forward(self, x):
            return Steep.apply(x)

    assert not check_gradients(Net(), torch.zeros(3))[0].right


@pytest.mark.parametrize(
    ("module", "shape"),
    [
        (nn.BatchNorm1d(4), (6, 4)),
        (nn.Sequential(nn.Conv2d(2, 3, 3), nn.Dropout(0.5), nn.GELU()), (2, 2, 5, 5)),
        (nn.MaxPool2d(2), (1, 1, 4, 4)),
        (nn.GRUCell(3, 2), (4, 3)),
    ],
)
def test_torch_is_right(module, shape):
    torch.manual_seed(1)
    assert all(row.right for row in check_gradients(module, torch.randn(shape)))


def test_nothing_changes_and_a_loss_can_be_given():
    torch.manual_seed(0)
    module, x = nn.BatchNorm1d(2), torch.randn(5, 2)
    before, state = copy.deepcopy(module.state_dict()), torch.get_rng_state()
    rows = check_gradients(module, x, loss=lambda y: y.square().sum(), count=1)
    assert all(torch.equal(v, before[k]) for k, v in module.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)
    assert module.weight.dtype == torch.float32
    assert all(row.right for row in rows)


def test_unused_parameters_have_slope_zero():
    module = nn.Linear(2, 2)
    module.unused = nn.Parameter(torch.ones(3))
    rows = {row.name: row for row in check_gradients(module, torch.randn(2, 2))}
    assert (rows["unused"].analytic, rows["unused"].numeric) == (0, 0)


def test_messages():
    with pytest.raises(
        ValueError, match="must have a parameter, or an input of floats"
    ):
        check_gradients(nn.ReLU(), torch.tensor([1]))
    with pytest.raises(ValueError, match="`count` must be positive, got 0"):
        check_gradients(nn.ReLU(), torch.ones(1), count=0)
