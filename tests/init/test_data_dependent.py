import pytest
import torch
from torch import nn

from trainwell.init import data_dependent_
from trainwell.init._data_dependent import change_rates, equalise, normalise_units


def test_units_by_hand():
    layer = nn.Linear(1, 2)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[2.0], [-3.0]]))
        layer.bias.copy_(torch.tensor([5.0, 1.0]))
    normalise_units(nn.Sequential(layer), layer, torch.tensor([[1.0], [3.0]]))
    # outputs were (7, 11) and (-2, -8): means 9 and -5, deviations 2 and 3
    assert layer.weight.flatten().tolist() == pytest.approx([1, -1])
    assert layer.bias.tolist() == pytest.approx([-2, 2])


def test_every_unit_of_thirty_layers_is_normalised(plain, digits):
    model, x = plain(), digits[0]
    layers = [m for m in model if isinstance(m, nn.Linear)]
    for layer in layers:
        normalise_units(model, layer, x)
    for layer in model:
        x = layer(x)
        if isinstance(layer, nn.Linear):
            std = x.std(0, correction=0)
            alive = std > 1e-6
            assert x.mean(0)[alive].abs().max() < 1e-3
            assert (std[alive] - 1).abs().max() < 1e-3


def test_scaling_leaves_a_rectified_network_as_it_was(plain, digits):
    model, x = plain(depth=5), digits[0]
    for layer in model:
        if isinstance(layer, nn.Linear):
            nn.init.normal_(layer.bias)
    before = model(x)
    equalise([m for m in model if isinstance(m, nn.Linear)], (1.0, 5.0, 0.2, 3.0, 0.7))
    torch.testing.assert_close(model(x), before, rtol=1e-4, atol=1e-4)


def test_all_layers_change_at_the_same_rate(plain, digits):
    model, x = plain(), digits[0]
    rates = torch.tensor(data_dependent_(model, x))
    assert len(rates) == 30
    assert (rates / rates.mean() - 1).abs().max() < 0.35  # noise of ten draws
    equalised = rates.max() / rates.min()
    model = plain()
    for i, layer in enumerate(m for m in model if isinstance(m, nn.Linear)):
        layer.weight.data *= 1 + i % 3  # layers of unlike scale change unlike
    layers = [m for m in model if isinstance(m, nn.Linear)]
    before = torch.tensor(change_rates(model, layers, x, draws=10))
    assert before.max() / before.min() > 3 * equalised


def test_messages(plain, digits):
    with pytest.raises(ValueError, match="`draws` must be positive"):
        data_dependent_(plain(2), digits[0], draws=0)
