"""Rates by depth, group by group."""

import pytest
import torch

from trainwell.transfer import blocks, scale_rates


def rates(optimizer, parameters):
    found = {}
    for group in optimizer.param_groups:
        found |= {id(p): (group["lr"], group["weight_decay"]) for p in group["params"]}
    return [found[id(p)] for p in parameters]


def test_the_head_is_full_and_each_block_below_slower(net, images):
    found = blocks(net, images)
    weights = [p for p in net.parameters() if p.ndim > 1]
    others = [p for p in net.parameters() if p.ndim == 1]
    groups = [{"params": weights, "weight_decay": 0.3}, {"params": others}]
    optimizer = torch.optim.SGD(groups, 2.0)
    scale_rates(optimizer, found, factor=0.1, decay=0.5)
    head, top, bottom = (found[i].parameters() for i in (2, 1, 0))
    assert rates(optimizer, head) == [(2.0, 0.3), (2.0, 0)]
    assert [r for r, _ in rates(optimizer, top)] == pytest.approx([0.2] * 4)
    assert [r for r, _ in rates(optimizer, bottom)] == pytest.approx([0.1] * 4)
    assert rates(optimizer, bottom)[0][1] == 0.3
    held = [p for group in optimizer.param_groups for p in group["params"]]
    assert sorted(map(id, held)) == sorted(map(id, net.parameters()))


def test_initial_rates_are_scaled_which_schedules_start_from(net, images):
    optimizer = torch.optim.SGD(net.parameters(), 1.0)
    for group in optimizer.param_groups:
        group["initial_lr"] = 1.0
    scale_rates(optimizer, blocks(net, images), factor=0.25)
    assert {g["initial_lr"] for g in optimizer.param_groups} == {0.25, 1.0}


def test_messages(net, images):
    with pytest.raises(ValueError, match="factor"):
        scale_rates(torch.optim.SGD(net.parameters(), 1.0), [], factor=0)
