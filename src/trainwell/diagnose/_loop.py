"""A training as its parts, so that it can be tried on copies.

Source: none; a type.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from trainwell.core.modes import modes_kept
from trainwell.diagnose._copy_training import copy_training

Pair = tuple[Tensor, Tensor]
LossFunction = Callable[[Tensor, Tensor], Tensor]
Step = Callable[[nn.Module, Optimizer, Tensor, Tensor], object]
Evaluate = Callable[[nn.Module, Tensor], Tensor]

_SEED = 0


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A training as its parts: what your own loop does, in functions.

    Attributes:
        model: Returns logits, shape (batch, classes).
        optimizer: Of the model's parameters.
        loss_fn: (outputs, targets) -> a mean, or one value per sample.
        batches: (images, targets) as your loop sees them: the same order,
            preprocessing and augmentation. An epoch, or its first part; five batches
            or more. Targets are class indices, or distributions.
        validation: The same of validation, as your evaluation sees them.
        step: (model, optimizer, images, targets) -> anything: one step of your loop.
            Without it: zero_grad, forward, backward, step.
        evaluate: (model, images) -> outputs, as your evaluation does it. Without it:
            evaluation mode, no gradients.
        warm_up: Steps in which your schedule raises the rate to the optimizer's.
    """

    model: nn.Module
    optimizer: Optimizer
    loss_fn: LossFunction
    batches: Sequence[Pair]
    validation: Sequence[Pair] = ()
    step: Step | None = None
    evaluate: Evaluate | None = None
    warm_up: int = 0

    def __post_init__(self) -> None:
        if len(self.batches) < 2:
            raise ValueError(
                f"`batches` must hold two or more, got {len(self.batches)}."
            )

    @property
    def device(self) -> torch.device:
        """Where the model is."""
        return next(self.model.parameters()).device

    def copied(self) -> tuple[nn.Module, Optimizer]:
        """Return a model and an optimizer of its own, as they are now."""
        return copy_training(self.model, self.optimizer)

    def run(self, model: nn.Module, optimizer: Optimizer, pair: Pair) -> None:
        """Make one step of the loop."""
        if self.step is not None:
            self.step(model, optimizer, *pair)
            return

        def closure() -> Tensor:
            optimizer.zero_grad()
            loss = self.loss_fn(model(pair[0]), pair[1]).mean()
            loss.backward()
            return loss

        optimizer.step(closure)  # type: ignore[arg-type]

    def answer(self, model: nn.Module, images: Tensor) -> Tensor:
        """Return the outputs of the loop's evaluation; leave modes as they were."""
        with modes_kept(model):
            if self.evaluate is not None:
                return self.evaluate(model, images).detach()
            model.eval()
            with torch.no_grad():
                outputs: Tensor = model(images)
                return outputs


@contextmanager
def seeded(device: torch.device) -> Iterator[None]:
    """Draw the same in every such block; afterwards generators are where they were."""
    accelerators = [] if device.type == "cpu" else [device]
    kind = "cuda" if device.type == "cpu" else device.type
    with torch.random.fork_rng(accelerators, device_type=kind), torch.enable_grad():
        torch.manual_seed(_SEED)
        yield


def classes_of(targets: Tensor) -> Tensor:
    """Return class indices: the targets, or the likeliest class of distributions."""
    return targets.argmax(1) if targets.is_floating_point() else targets


def joined(batches: Sequence[Pair]) -> Pair:
    """Return all images and all class indices, on the CPU."""
    images = torch.cat([images.detach().float().cpu() for images, _ in batches])
    return images, torch.cat([classes_of(t).cpu() for _, t in batches])
