"""What one norm takes over from another."""

import torch
from torch import nn

from trainwell.layers.norm import BatchRenorm2d, DecorrelatedBatchNorm2d, freeze
from trainwell.layers.norm._batch_norm import batch_norm_layer as batch_norm
from trainwell.layers.norm._carry import arguments_of, carry_state
from trainwell.layers.norm._freeze import is_frozen
from trainwell.layers.norm._group_norm import group_norm_layer as group_norm


def trained():
    layer = nn.BatchNorm2d(4, eps=1e-3, momentum=0.3)
    for value in layer.state_dict().values():
        value.copy_(torch.arange(1, 5) if value.ndim else 7)
    return layer


def test_constants_that_the_builder_takes():
    assert arguments_of(trained(), group_norm, {}) == {"eps": 1e-3}
    assert arguments_of(trained(), BatchRenorm2d, {"eps": 0.1}) == {
        "eps": 0.1,
        "momentum": 0.3,
    }
    untracked = nn.BatchNorm2d(4, momentum=None, track_running_stats=False)
    assert arguments_of(untracked, batch_norm, {}) == {
        "eps": 1e-5,
        "affine": True,
        "track": False,
    }


def test_all_is_kept_where_all_agrees():
    old, new = trained(), BatchRenorm2d(4)
    kept, lost = carry_state(old, new)
    assert set(kept) == set(old.state_dict())
    assert lost == []
    assert all(torch.equal(v, old.state_dict()[k]) for k, v in new.state_dict().items())


def test_statistics_are_kept_whole_or_not_at_all():
    kept, lost = carry_state(DecorrelatedBatchNorm2d(4), new := batch_norm(4))
    assert kept == ["weight", "bias"]
    assert set(lost) == {"running_mean", "running_whitening", "num_batches_tracked"}
    assert torch.equal(new.running_var, torch.ones(4))


def test_a_variance_becomes_a_diagonal_whitening():
    old, new = trained(), DecorrelatedBatchNorm2d(4, group_size=2, eps=1e-3)
    assert carry_state(old, new)[1] == []
    x = torch.randn(5, 4, 2, 2)
    torch.testing.assert_close(new.eval()(x), old.eval()(x))


def test_mode_gradients_and_frozenness():
    old, new = trained().eval(), BatchRenorm2d(4)
    old.weight.requires_grad_(False)
    carry_state(old, new)
    assert not new.training
    assert [new.weight.requires_grad, new.bias.requires_grad] == [False, True]
    frozen, new = trained(), BatchRenorm2d(4)
    freeze(frozen)
    carry_state(frozen, new)
    assert is_frozen(new)
    assert not any(p.requires_grad for p in new.parameters())
