"""Faults too mild to be sure of: how far the diagnosis reaches. As FAULTS."""

import torch
from torch import nn

from benchmarks.planted_faults._material import (
    cnn,
    loop,
    mlp,
    permutation,
    sgd,
    train_and_val,
)


def rate_ten_times_too_high():
    return loop(optimizer=lambda m: sgd(m, lr=0.5))


def rate_ten_times_too_low():
    return loop(optimizer=lambda m: sgd(m, lr=0.002))


def decay_a_hundred_times_too_strong():
    return loop(optimizer=lambda m: sgd(m, decay=0.05))


def noise(share):
    (images, targets), val = train_and_val()
    noisy = targets.clone()
    chosen = permutation(len(targets))[: int(len(targets) * share)]
    noisy[chosen] = (noisy[chosen] + 1 + chosen % 9) % 10
    return loop(train=(images, noisy), val=val)


def other_mean():
    train, (images, targets) = train_and_val()
    return loop(train=train, val=(images + 0.3, targets))


def near_copies():
    (images, targets), (others, truth) = train_and_val()
    leaked = images[:30] + 0.01 * torch.randn(30, 1, 8, 8)
    mixed = torch.cat([others[:-30], leaked])
    return loop(val=(mixed, torch.cat([truth[:-30], targets[:30]])))


def weights_three_times_too_large():
    torch.manual_seed(0)
    model = mlp()
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(3)
    return loop(model)


def a_quarter_dead():
    torch.manual_seed(0)
    model = mlp()
    with torch.no_grad():
        model[1].bias[:16] = -10
    return loop(model)


def norm_with_little_momentum():
    torch.manual_seed(0)
    model = cnn()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.momentum = 0.001
    return loop(model)


MILD = {
    "rate 10 times too high": ("learning rate too high", rate_ten_times_too_high),
    "rate 25 times too low": ("learning rate too low", rate_ten_times_too_low),
    "weight decay 0.05": ("weight decay too strong", decay_a_hundred_times_too_strong),
    "a tenth of the labels wrong": ("label noise", lambda: noise(0.1)),
    "3 % of the labels wrong": ("label noise", lambda: noise(0.03)),
    "validation 0.3 deviations off": ("preprocessing differs", other_mean),
    "near copies in validation": ("leaked images", near_copies),
    "weights three times too large": (
        "first loss too high",
        weights_three_times_too_large,
    ),
    "a quarter of a layer dead": ("start dead", a_quarter_dead),
    "BatchNorm of momentum 0.001": (
        "norm statistics frozen",
        norm_with_little_momentum,
    ),
}
