"""What is frozen does not move, statistics included."""

import pytest
import torch

from trainwell.transfer import blocks, freeze_below


@pytest.mark.parametrize(("share", "count"), [(0.0, 0), (0.5, 1), (1.0, 2)])
def test_a_share_of_what_is_below_the_head(net, images, share, count):
    found = blocks(net, images)
    frozen = freeze_below(found, share)
    assert frozen == found[:count]
    before = {k: v.clone() for k, v in net.state_dict().items()}
    net.train()
    optimizer = torch.optim.SGD([p for p in net.parameters() if p.requires_grad], 0.1)
    net(images).square().sum().backward()
    optimizer.step()
    moved = {k for k, v in net.state_dict().items() if not torch.equal(v, before[k])}
    kept = [f"0.body.{i}." for i in (0, 1)][: 2 * count]
    kept += ["0.body.3.", "0.norm."] if count == 2 else []
    assert not [k for k in moved if k.startswith(tuple(kept))] or not kept
    assert "0.head.weight" in moved
    if count < 2:
        assert {"0.body.3.weight", "0.norm.running_mean"} <= moved


def test_a_share_beyond_one_is_refused(net, images):
    with pytest.raises(ValueError, match="share"):
        freeze_below(blocks(net, images), 1.5)
