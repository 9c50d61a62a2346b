"""A small network pretrained on half of the classes, for claims about transfer.

Classes 0 to 4 are learned first; 5 to 9 are the new task. Both are parts of one set.
"""

import copy
from dataclasses import dataclass

import torch
from torch import nn

from trainwell import models
from trainwell.experiments._fit_small import accuracy_of, fit_small
from trainwell.experiments._small_set import Small, small_set
from trainwell.optim import Nesterov
from trainwell.schedules import cosine

_KNOWN = 5
_RATE, _BATCH = 0.05, 50


@dataclass(frozen=True)
class Tasks:
    """Images of two tasks.

    Attributes:
        known: Of the classes that are learned first.
        new: Of the other classes.
    """

    known: Small
    new: Small


def two_tasks(seed: int, *, quick: bool) -> Tasks:
    """Return half of the classes as known, the others as new.

    Args:
        seed: Chooses the images.
        quick: Digits instead of CIFAR-10 at 16 px.

    Example:
        >>> two_tasks(0, quick=True).new.num_classes
        5
    """
    if quick:
        whole = small_set("digits", seed, num_train=600, num_test=170)
    else:
        whole = small_set("cifar10", seed, num_train=8000, num_test=2000, size=16)
    return Tasks(_part(whole, first=0), _part(whole, first=_KNOWN))


def train_network(
    images: Small, *, steps: int, seed: int, start: nn.Module | None = None
) -> nn.Module:
    """Return a network after so many steps, from random weights or from another's.

    Args:
        images: What it learns.
        steps: Batches of 50.
        seed: Decides weights and order.
        start: A network whose body is taken over, and learns at a tenth of the rate;
            the head is new.

    Example:
        >>> images = two_tasks(0, quick=True).new
        >>> len(train_network(images, steps=1, seed=0).fc.bias)
        5
    """
    torch.manual_seed(seed)
    channels = images.x.shape[1]
    model = models.cifar_resnet20(images.num_classes, in_channels=channels)
    rate = 1.0
    if start is not None:
        head = copy.deepcopy(model.fc)
        model.load_state_dict(start.state_dict())
        model.fc = head
        rate = 0.1
    ids = {id(parameter) for parameter in model.fc.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    groups = [
        {"params": body, "lr": _RATE * rate},
        {"params": list(model.fc.parameters()), "lr": _RATE},
    ]
    optimizer = Nesterov(groups, lr=_RATE, momentum=0.9, weight_decay=5e-4)
    size = min(_BATCH, len(images.y))
    fit_small(
        model,
        optimizer,
        images,
        steps=steps,
        batch_size=size,
        seed=seed,
        schedule=cosine(),
        transform=_flipped if channels == 3 else None,
    )
    return model


def accuracy_on_test(model: nn.Module, images: Small) -> float:
    """Return the fraction of right answers on the test images.

    Example:
        >>> images = two_tasks(0, quick=True).new
        >>> 0 <= accuracy_on_test(train_network(images, steps=1, seed=0), images) <= 1
        True
    """
    return accuracy_of(model, images.x_test, images.y_test)


def few(images: Small, per_class: int) -> Small:
    """Return so many training images of every class, and all test images.

    Example:
        >>> len(few(two_tasks(0, quick=True).new, 3).y)
        15
    """
    rows = torch.cat(
        [(images.y == k).nonzero()[:per_class, 0] for k in range(images.num_classes)]
    )
    return Small(images.x[rows], images.y[rows], images.x_test, images.y_test)


def _part(whole: Small, *, first: int) -> Small:
    def kept(x: torch.Tensor, y: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        rows = (y >= first) & (y < first + _KNOWN)
        return x[rows], y[rows] - first

    return Small(*kept(whole.x, whole.y), *kept(whole.x_test, whole.y_test))


def _flipped(x: torch.Tensor) -> torch.Tensor:
    turned = torch.rand(len(x), 1, 1, 1) < 0.5
    return torch.where(turned, x.flip(-1), x)
