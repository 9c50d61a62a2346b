import copy

import torch
from torch import nn

from trainwell.core.modes import batch_statistics
from trainwell.init._calibrate import layers_in_order, output_of


def model():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Linear(4, 6), nn.BatchNorm1d(6), nn.Dropout(0.5), nn.Linear(6, 3)
    )


def test_norms_use_the_batch_noise_is_off_and_nothing_moves():
    net, x = model(), torch.randn(50, 4) + 3
    before = copy.deepcopy(net.state_dict())
    with batch_statistics(net):
        hidden = net[:2](x)
        assert hidden.mean().abs() < 1e-5
        assert torch.equal(net(x), net(x))
    assert all(torch.equal(v, before[k]) for k, v in net.state_dict().items())
    assert all(m.training for m in net.modules())


def test_layers_in_the_order_of_their_calls():
    class Backwards(nn.Module):
        def __init__(self):
            super().__init__()
            self.second, self.first = nn.Linear(3, 2), nn.Linear(4, 3)

        def forward(self, x):
            return self.second(self.first(x))

    net = Backwards()
    assert layers_in_order(net, torch.zeros(1, 4)) == [net.first, net.second]


def test_output_of_a_layer():
    net, x = model().eval(), torch.randn(5, 4)
    assert torch.equal(output_of(net, net[0], x), net[0](x))
    assert not any(m._forward_hooks for m in net.modules())
