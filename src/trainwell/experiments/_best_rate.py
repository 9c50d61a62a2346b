"""Networks compared each at the best of a few rates, by training error or accuracy."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from torch import nn
from torch.optim import Optimizer

from trainwell.experiments._claim import Measured
from trainwell.experiments._draw import thinned
from trainwell.experiments._fit_small import accuracy_of, fit_small
from trainwell.experiments._small_set import Small, small_set
from trainwell.optim import Momentum
from trainwell.schedules import Schedule, cosine


def _momentum(parameters: list[nn.Parameter], rate: float) -> Optimizer:
    return Momentum(parameters, lr=rate, weight_decay=5e-4)


def training_errors(
    networks: Mapping[str, Callable[..., nn.Module]],
    rates: Sequence[float],
    seed: int,
    *,
    quick: bool,
) -> Measured:
    """Return the training error and the losses of each network at its best rate.

    Args:
        networks: Builders of networks for small images, by name.
        rates: Learning rates; only the first if `quick`.
        seed: Chooses the images and their order.
        quick: A few steps on digits instead of CIFAR-10 at 16 px.

    Example:
        >>> from trainwell.models import cifar_resnet20
        >>> found = training_errors({"a": cifar_resnet20}, [0.1], 0, quick=True)
        >>> sorted(found)
        ['a', 'a loss']
    """
    if quick:
        images = small_set("digits", seed, num_train=300, num_test=10)
    else:
        images = small_set("cifar10", seed, num_train=1000, num_test=10, size=16)
    steps = 15 if quick else 300
    found: dict[str, Any] = {}
    for name, build in networks.items():
        best = 2.0
        for rate in rates[:1] if quick else rates:
            model = build(images.num_classes, in_channels=images.x.shape[1])
            optimizer = Momentum(model.parameters(), lr=rate, weight_decay=1e-4)
            losses = fit_small(
                model,
                optimizer,
                images,
                steps=steps,
                batch_size=32,
                seed=seed,
                schedule=cosine(),
            )
            error = 1 - accuracy_of(model, images.x, images.y)
            if error < best:
                best = error
                found[name], found[f"{name} loss"] = error, thinned(losses, 50)
    return found


def accuracy_at_best_rate(  # noqa: PLR0913
    build: Callable[[], nn.Module],
    images: Small,
    rates: Iterable[float],
    *,
    steps: int,
    seed: int,
    optimizer: Callable[[list[nn.Parameter], float], Optimizer] = _momentum,
    schedule: Schedule | None = None,
    batch_size: int = 64,
) -> float:
    """Return the accuracy on half of the test images; the other half chooses the rate.

    Args:
        build: Makes the network.
        images: What it learns.
        rates: Learning rates that are tried.
        steps: Batches of each training.
        seed: Order of the images.
        optimizer: From parameters and a rate; momentum with a weight decay of 5e-4
            by default.
        schedule: Of the rate; a cosine by default.
        batch_size: Images of a batch.

    Example:
        >>> digits = small_set("digits", 0, num_train=100, num_test=100).flat()
        >>> build = lambda: nn.Linear(64, 10)
        >>> 0 <= accuracy_at_best_rate(build, digits, [0.1], steps=5, seed=0) <= 1
        True
    """
    half = len(images.y_test) // 2
    best, found = -1.0, 0.0
    for rate in rates:
        model = build()
        fit_small(
            model,
            optimizer(list(model.parameters()), rate),
            images,
            steps=steps,
            batch_size=batch_size,
            seed=seed,
            schedule=schedule or cosine(),
        )
        chosen_by = accuracy_of(model, images.x_test[:half], images.y_test[:half])
        if chosen_by > best:
            best = chosen_by
            found = accuracy_of(model, images.x_test[half:], images.y_test[half:])
    return found
