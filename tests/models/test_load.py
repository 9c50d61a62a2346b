"""What fits is loaded, heads and first layers are adapted, all else is an error."""

import pytest
import torch
from torch import nn

from trainwell.core.errors import ModelError
from trainwell.models import ModelSpec
from trainwell.models._load import load_state


class Small(nn.Module):
    def __init__(self, num_classes=5, in_channels=3, heads=1):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, 8, 3)
        self.norm = nn.BatchNorm2d(8)
        self.head = nn.Linear(8, num_classes)
        if heads == 2:
            self.twin = nn.Linear(8, num_classes)

    def forward(self, x):
        return self.head(self.norm(self.conv(x)).mean((2, 3)))


def spec(num_classes=5, in_channels=3):
    return ModelSpec("small", num_classes, in_channels, 16)


def weights(**options):
    torch.manual_seed(1)
    return Small(**options).state_dict()


def test_all_that_fits():
    model = Small()
    assert load_state(model, weights(), spec()) == ()
    assert torch.equal(model.head.weight, weights()["head.weight"])
    assert torch.equal(model.conv.weight, weights()["conv.weight"])


@pytest.mark.parametrize("heads", [1, 2])
def test_a_head_for_other_classes_is_replaced(heads):
    model = Small(heads=heads)
    fresh = model.head.weight.clone()
    state = weights(num_classes=9, heads=heads)
    (message,) = load_state(model, state, spec())
    assert message == "head: made for 9 classes, replaced by a new one for 5."
    assert torch.equal(model.head.weight, fresh)
    assert torch.equal(model.conv.bias, state["conv.bias"])
    assert len(state) == len(weights(heads=heads))  # the caller's dict is its own


def test_weights_without_a_head():
    state = {n: t for n, t in weights().items() if not n.startswith("head")}
    (message,) = load_state(Small(), state, spec())
    assert message == "head: the weights have none, a new one for 5."


def test_a_grey_model_responds_to_grey_as_the_pretrained_one():
    original, grey = Small(), Small(in_channels=1)
    original.load_state_dict(weights())
    (message,) = load_state(grey, weights(), spec(in_channels=1))
    assert message == "first layer: the filters of 3 channels are summed for 1."
    x = torch.randn(4, 1, 9, 9)
    expected = original.eval()(x.expand(-1, 3, -1, -1))
    torch.testing.assert_close(grey.eval()(x), expected, rtol=1e-4, atol=1e-5)


def test_five_channels():
    model = Small(in_channels=5)
    (message,) = load_state(model, weights(), spec(in_channels=5))
    assert "repeated and rescaled for 5" in message
    expected = weights()["conv.weight"][:, 1] * 3 / 5
    torch.testing.assert_close(model.conv.weight[:, 4], expected)


def test_old_files_without_batch_counters():
    state = {n: t for n, t in weights().items() if "num_batches" not in n}
    assert load_state(Small(), state, spec()) == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"norm.bias": None}, "`norm.bias` is missing"),
        ({"extra": torch.ones(1)}, "`extra` is unexpected"),
        (
            {"norm.bias": torch.ones(7)},
            r"`norm.bias` has shape \(7,\), not \(8,\)",
        ),
        (
            {"head.weight": torch.ones(9, 7), "head.bias": torch.ones(9)},
            r"`head.weight` has shape \(9, 7\), not \(5, 8\)",
        ),
        (
            {"head.weight": torch.ones(9, 8), "head.bias": torch.ones(6)},
            r"`head.weight` has shape \(9, 8\)",
        ),
        (
            {"conv.weight": torch.ones(8, 4, 5, 5)},
            r"`conv.weight` has shape \(8, 4, 5, 5\)",
        ),
    ],
)
def test_misfits(change, message):
    state = {n: t for n, t in {**weights(), **change}.items() if t is not None}
    model = Small()
    before = model.conv.weight.clone()
    with pytest.raises(ModelError, match=f"do not fit `small`: {message}"):
        load_state(model, state, spec())
    assert torch.equal(model.conv.weight, before)


def test_many_misfits_are_counted():
    with pytest.raises(ModelError, match="`conv.weight` is missing; .* and 5 more"):
        load_state(
            Small(), {"head.weight": torch.ones(5, 8), "x": torch.ones(1)}, spec()
        )


def test_a_width_that_equals_the_classes_is_no_head():
    model = Small(num_classes=8)
    state = weights(num_classes=8)
    state["norm.bias"] = torch.ones(6)
    with pytest.raises(ModelError, match="`norm.bias` has shape"):
        load_state(model, state, spec(num_classes=8))


@pytest.mark.parametrize("name", ["pos_embedding", "pos_embed", "position_embeddings"])
def test_positions_of_another_image_size_name_the_remedy(name):
    model, other = Small(), Small()
    for network, count in ((model, 5), (other, 50)):
        network.register_parameter(name, nn.Parameter(torch.ones(1, count, 8)))
    with pytest.raises(ModelError, match=r"not \(1, 5, 8\)\. .*set `data\.image_size`"):
        load_state(model, other.state_dict(), spec())
