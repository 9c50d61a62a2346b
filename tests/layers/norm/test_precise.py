"""Precise statistics: the population's, whatever the batches; nothing else changes."""

import pytest
import torch
from torch import nn

from trainwell.layers import norm
from trainwell.layers.norm import freeze, precise_bn


def images(n=50, seed=0):
    g = torch.Generator().manual_seed(seed)
    x = torch.randn(n, 3, 5, 4, generator=g) * torch.tensor([1.0, 2, 3]).view(3, 1, 1)
    return x + torch.linspace(-3, 3, n).view(n, 1, 1, 1)


def network():
    torch.manual_seed(0)
    return nn.Sequential(
        nn.BatchNorm2d(3), nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, momentum=None)
    )


@pytest.mark.parametrize("sizes", [[50], [25, 25], [30, 13, 7]])
def test_mean_and_variance_of_the_population(sizes):
    model = nn.BatchNorm2d(3)
    x = images()
    precise_bn(model, x.split(sizes))
    values = x.double().transpose(0, 1).flatten(1)
    torch.testing.assert_close(model.running_mean, values.mean(1).float())
    torch.testing.assert_close(model.running_var, values.var(1, correction=0).float())


@pytest.mark.parametrize("build", [norm.SyncBatchNorm, norm.BatchInstanceNorm2d])
def test_our_norms(build):
    model, reference = build(3), nn.BatchNorm2d(3)
    for layer in (model, reference):
        precise_bn(layer, images().split([30, 20]))
    assert torch.equal(model.running_mean, reference.running_mean)
    assert torch.equal(model.running_var, reference.running_var)
    assert model.num_batches_tracked == 0


def test_corrections_of_renorm_are_off():
    """Even past the warm-up, a later layer sees what batch norm would give it."""

    def pair(build):
        torch.manual_seed(0)
        return nn.Sequential(build(3), nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))

    options = {"warmup_steps": 0, "r_steps": 0, "d_steps": 0}
    ours = pair(lambda n: norm.BatchRenorm2d(n, **options))
    ours[0].num_batches_tracked.fill_(9)
    plain = pair(nn.BatchNorm2d)
    for model in (ours, plain):
        precise_bn(model, images().split(25))
    torch.testing.assert_close(ours[2].running_mean, plain[2].running_mean)
    torch.testing.assert_close(ours[2].running_var, plain[2].running_var)
    assert ours[0].num_batches_tracked == 9


@pytest.mark.parametrize("sizes", [[50], [30, 13, 7]])
def test_whitening_of_the_population(sizes):
    layer = norm.DecorrelatedBatchNorm2d(3, method="eigen", shrinkage=0.0)
    mixed = images() + 0.5 * images().roll(1, 1)
    precise_bn(layer, mixed.split(sizes))
    y = layer.eval()(mixed).detach().transpose(0, 1).flatten(1)
    covariance = torch.cov(y, correction=0)
    torch.testing.assert_close(covariance, torch.eye(3), atol=1e-3, rtol=0)
    torch.testing.assert_close(y.mean(1), torch.zeros(3), atol=1e-4, rtol=0)


def test_one_dimensional_inputs():
    model = nn.BatchNorm1d(3)
    x = images()[:, :, 0, 0]
    precise_bn(model, [x])
    torch.testing.assert_close(model.running_mean, x.mean(0))


def test_a_later_layer_sees_batch_normalised_inputs():
    model = network()
    batches = images().split([30, 20])
    precise_bn(model, batches)
    reference = network().train()
    seen = torch.cat([reference[1](reference[0](batch)) for batch in batches])
    expected = seen.transpose(0, 1).flatten(1)
    torch.testing.assert_close(model[2].running_mean, expected.mean(1).detach())
    torch.testing.assert_close(
        model[2].running_var, expected.var(1, correction=0).detach()
    )


def test_old_statistics_do_not_matter():
    model, other = network(), network()
    other[0].running_mean.fill_(100)
    other(images(seed=3))
    for m in (model, other):
        precise_bn(m, images().split(25))
    assert torch.equal(model[0].running_mean, other[0].running_mean)
    assert torch.equal(model[2].running_var, other[2].running_var)


def test_flags_momenta_and_counters_are_put_back():
    model = network()
    model(images())
    model[0].eval()
    precise_bn(model, [images()])
    assert [m.training for m in model] == [False, True, True]
    assert [model[0].momentum, model[2].momentum] == [0.1, None]
    assert model[0].num_batches_tracked == model[2].num_batches_tracked == 1
    assert not model[0]._forward_pre_hooks


def test_a_failing_pass_leaves_the_model_as_it_was():
    model = network()
    before = {k: v.clone() for k, v in model.state_dict().items()}
    with pytest.raises(RuntimeError):
        precise_bn(model, [images(), images()[:, :2]])
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert [model[0].momentum, model[2].momentum] == [0.1, None]


def test_dropout_is_off():
    model = nn.Sequential(nn.Dropout(0.5), nn.BatchNorm2d(3))
    precise_bn(model, [images()])
    expected = images().transpose(0, 1).flatten(1).mean(1)
    torch.testing.assert_close(model[1].running_mean, expected)
    assert model[0].training


def test_frozen_and_untracked_layers_are_left_alone():
    frozen, untracked = nn.BatchNorm2d(3), nn.BatchNorm2d(3, track_running_stats=False)
    freeze(frozen)
    model = nn.Sequential(frozen, untracked)
    precise_bn(model, [images()])
    assert torch.equal(frozen.running_mean, torch.zeros(3))
    assert frozen.num_batches_tracked == 0


def test_no_batches():
    with pytest.raises(ValueError, match="`batches` must hold at least one batch"):
        precise_bn(network(), [])
