"""Features are what hooks see, averaged."""

import torch

from trainwell.transfer import blocks, features


def test_features_are_means_over_cells(net, images):
    found = blocks(net, images)
    seen = features(net, found, images)
    assert [tuple(x.shape) for x in seen] == [(8, 4 * 16), (8, 6 * 16)]
    net.eval()
    first = net[0].body[1](net[0].body[0](images))
    expected = torch.nn.functional.adaptive_avg_pool2d(first, 4).flatten(1)
    torch.testing.assert_close(seen[0], expected)
    assert not any(m._forward_hooks for m in net.modules())
