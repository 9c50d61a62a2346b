"""Ways to break a training: each a function that returns a really broken loop.

FAULTS: fault in words -> (its name in a finding, the function).
"""

import torch
import torch.nn.functional as F
from torch import nn

from benchmarks.planted_faults._material import (
    adam,
    cnn,
    digits,
    loop,
    mlp,
    permutation,
    sgd,
    train_and_val,
)


def rate_too_high():
    return loop(optimizer=lambda m: sgd(m, lr=30.0))


def rate_too_low():
    return loop(optimizer=lambda m: sgd(m, lr=1e-6))


def rate_too_high_for_adam():
    return loop(cnn(), lambda m: adam(m, lr=3.0))


def zero_start():
    model = mlp()
    for p in model.parameters():
        nn.init.zeros_(p)
    return loop(model)


def equal_weights():
    model = mlp()
    for p in model.parameters():
        nn.init.constant_(p, 0.01)
    return loop(model)


def start_too_large():
    torch.manual_seed(0)
    model = mlp()
    with torch.no_grad():
        for p in model.parameters():
            p.mul_(10)
    return loop(model)


def shuffled_labels():
    (images, targets), val = train_and_val()
    return loop(train=(images, targets[permutation(len(targets))]), val=val)


def shuffled_validation_labels():
    train, (images, targets) = train_and_val()
    return loop(train=train, val=(images, targets[permutation(len(targets))]))


def noisy_labels():
    (images, targets), val = train_and_val()
    noisy = targets.clone()
    chosen = permutation(len(targets))[: len(targets) // 5]
    noisy[chosen] = (noisy[chosen] + 1 + chosen % 9) % 10
    return loop(train=(images, noisy), val=val)


def normalised_in_training_only():
    train, (images, targets) = train_and_val()
    return loop(train=train, val=(images * 0.37 + 0.31, targets))


def norm_in_training_mode_at_evaluation():
    def evaluate(model, images):
        model.train()
        with torch.no_grad():
            return model(images)

    return loop(cnn(), evaluate=evaluate)


def dropout_at_evaluation():
    def evaluate(model, images):
        model.train()
        with torch.no_grad():
            return model(images)

    return loop(cnn(norm=False, dropout=0.5), evaluate=evaluate)


def norm_frozen_with_wrong_statistics():
    torch.manual_seed(0)
    model = cnn()
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.running_mean.fill_(3.0)
            module.running_var.fill_(0.5)

    def step(model, optimizer, images, targets):
        model.eval()
        optimizer.zero_grad()
        F.cross_entropy(model(images), targets).backward()
        optimizer.step()

    return loop(model, adam, step=step)


def softmax_twice():
    torch.manual_seed(0)
    return loop(nn.Sequential(mlp(), nn.Softmax(1)))


def logits_into_nll():
    return loop(loss_fn=F.nll_loss)


def missing_zero_grad():
    def step(model, optimizer, images, targets):
        F.cross_entropy(model(images), targets).backward()
        optimizer.step()

    return loop(step=step)


def leaked_test_images():
    (images, targets), (others, truth) = train_and_val()
    mixed = torch.cat([others[:-30], images[:30]])
    return loop(val=(mixed, torch.cat([truth[:-30], targets[:30]])))


def class_missing_from_validation():
    train, (images, targets) = train_and_val()
    kept = targets != 4
    return loop(train=train, val=(images[kept], targets[kept]))


def labels_from_one():
    (images, targets), (others, truth) = train_and_val()
    return loop(train=(images, targets + 1), val=(others, truth + 1))


def validation_labels_off_by_one():
    train, (images, targets) = train_and_val()
    return loop(train=train, val=(images, (targets + 1) % 10))


def inputs_all_zero():
    (images, targets), val = train_and_val()
    return loop(train=(torch.zeros_like(images), targets), val=val)


def raw_levels():
    images, targets = digits()
    low = images.min()
    raw = (images - low) / (images.max() - low) * 255
    train, val = train_and_val(raw, targets)
    return loop(train=train, val=val)


def nan_in_images():
    (images, targets), val = train_and_val()
    images = images.clone()
    images[17, 0, 3, 3] = float("nan")
    return loop(train=(images, targets), val=val)


def dead_relus():
    torch.manual_seed(0)
    model = mlp()
    with torch.no_grad():
        model[1].bias.fill_(-10)
    return loop(model)


def saturated_tanh():
    torch.manual_seed(0)
    model = mlp(depth=3, act=nn.Tanh)
    with torch.no_grad():
        for layer in model:
            if isinstance(layer, nn.Linear):
                layer.weight.mul_(30)
    return loop(model)


def vanishing_in_a_deep_plain_net():
    torch.manual_seed(0)
    return loop(mlp(depth=20, act=nn.Sigmoid))


def exploding_in_a_deep_plain_net():
    torch.manual_seed(0)
    model = mlp(depth=12)
    with torch.no_grad():
        for layer in model:
            if isinstance(layer, nn.Linear):
                layer.weight.mul_(8)
    return loop(model)


def loss_sign_flipped():
    return loop(loss_fn=lambda x, t: -F.cross_entropy(x, t))


def sign_flipped_in_the_step():
    def step(model, optimizer, images, targets):
        optimizer.zero_grad()
        (-F.cross_entropy(model(images), targets)).backward()
        optimizer.step()

    return loop(step=step)


def frozen_by_mistake():
    torch.manual_seed(0)
    model = mlp()
    model[1].requires_grad_(False)
    return loop(model)


def head_forgotten_by_the_optimizer():
    return loop(optimizer=lambda m: sgd(m[:-1]))


def optimizer_of_another_model():
    return loop(optimizer=lambda m: sgd(mlp()))


def detached_features():
    class Detached(nn.Module):
        def __init__(self):
            super().__init__()
            self.body, self.head = mlp(outputs=32), nn.Linear(32, 10)

        def forward(self, x):
            return self.head(self.body(x).detach())

    torch.manual_seed(0)
    return loop(Detached())


def inputs_ignored():
    class Blind(nn.Module):
        def __init__(self):
            super().__init__()
            self.net = mlp()

        def forward(self, x):
            return self.net(x.mean(0, keepdim=True).expand_as(x))

    torch.manual_seed(0)
    return loop(Blind())


def sorted_batches():
    (images, targets), val = train_and_val()
    order = targets.argsort(stable=True)
    return loop(train=(images[order], targets[order]), val=val)


def decay_too_strong():
    return loop(optimizer=lambda m: sgd(m, lr=0.02, decay=10.0))


def class_imbalance():
    (images, targets), val = train_and_val()
    kept = (targets != 3) | (torch.arange(len(targets)) < 60)
    return loop(train=(images[kept], targets[kept]), val=val)


def duplicated_images():
    (images, targets), val = train_and_val()
    twice = permutation(2 * len(targets)) % len(targets)
    return loop(train=(images[twice], targets[twice]), val=val)


def labels_one_image_late():
    (images, targets), val = train_and_val()
    return loop(train=(images, targets.roll(1)), val=val)


FAULTS = {
    "rate far too high, SGD": ("learning rate too high", rate_too_high),
    "rate far too high, Adam": ("learning rate too high", rate_too_high_for_adam),
    "rate far too low": ("learning rate too low", rate_too_low),
    "all weights zero": ("zero start", zero_start),
    "all weights equal": ("equal weights", equal_weights),
    "weights ten times too large": ("first loss too high", start_too_large),
    "labels shuffled": ("labels unrelated", shuffled_labels),
    "validation labels shuffled": (
        "validation labels unrelated",
        shuffled_validation_labels,
    ),
    "a fifth of the labels wrong": ("label noise", noisy_labels),
    "standardised in training only": (
        "preprocessing differs",
        normalised_in_training_only,
    ),
    "BatchNorm in training mode at evaluation": (
        "evaluation uses batch statistics",
        norm_in_training_mode_at_evaluation,
    ),
    "BatchNorm frozen with wrong statistics": (
        "norm statistics frozen",
        norm_frozen_with_wrong_statistics,
    ),
    "dropout at evaluation": ("evaluation random", dropout_at_evaluation),
    "softmax twice": ("softmax twice", softmax_twice),
    "logits into nll_loss": ("softmax missing", logits_into_nll),
    "zero_grad missing": ("gradients accumulate", missing_zero_grad),
    "training images in validation": ("leaked images", leaked_test_images),
    "a class missing from validation": (
        "class missing",
        class_missing_from_validation,
    ),
    "labels from 1": ("labels out of range", labels_from_one),
    "validation labels off by one": (
        "labels renumbered",
        validation_labels_off_by_one,
    ),
    "inputs all zero": ("blank inputs", inputs_all_zero),
    "inputs 0..255": ("unnormalised inputs", raw_levels),
    "a NaN in an image": ("not finite inputs", nan_in_images),
    "ReLUs dead by a bias of -10": ("start dead", dead_relus),
    "tanh saturated by large weights": ("start saturated", saturated_tanh),
    "20 plain sigmoid layers": ("start vanishing", vanishing_in_a_deep_plain_net),
    "12 plain layers, weights too large": (
        "start exploding",
        exploding_in_a_deep_plain_net,
    ),
    "sign of the loss flipped": ("loss rewards mistakes", loss_sign_flipped),
    "sign flipped in the step": ("steps go uphill", sign_flipped_in_the_step),
    "a layer frozen by mistake": ("parameters frozen", frozen_by_mistake),
    "head not in the optimizer": (
        "parameters forgotten",
        head_forgotten_by_the_optimizer,
    ),
    "optimizer of another model": ("foreign parameters", optimizer_of_another_model),
    "features detached": ("parameters unreached", detached_features),
    "all images of a batch averaged": ("outputs ignore inputs", inputs_ignored),
    "batches sorted by class": ("sorted batches", sorted_batches),
    "weight decay far too large": ("weight decay too strong", decay_too_strong),
    "one class rare": ("class imbalance", class_imbalance),
    "every image twice": ("repeated images", duplicated_images),
    "labels one image late": ("labels unrelated", labels_one_image_late),
}
