"""The parts of a training, so that checks can run it on copies.

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
    """The parts of a training: what your own loop does, as functions.

    Attributes:
        model: Network that returns logits, shape (batch, classes).
        optimizer: Optimizer of the model's parameters.
        loss_fn: Function (outputs, targets) -> a mean, or one value per sample.
        batches: Pairs (images, targets) as your loop sees them: the same order,
            preprocessing and augmentation. An epoch, or its first part; five batches
            or more. Targets are class indices, or distributions.
        validation: Pairs of the validation split, as your evaluation sees them.
        step: Function (model, optimizer, images, targets) that makes one step of your
            loop. Default: zero_grad, forward, backward, step.
        evaluate: Function (model, images) -> outputs of your evaluation. Default:
            evaluation mode, no gradients.
        warm_up: Number of steps in which your schedule raises the learning rate to
            that of the optimizer.

    Example:
        >>> model = torch.nn.Linear(4, 2)
        >>> loop = Loop(
        ...     model=model,
        ...     optimizer=torch.optim.SGD(model.parameters(), lr=0.1),
        ...     loss_fn=torch.nn.functional.cross_entropy,
        ...     batches=[(torch.randn(8, 4), torch.arange(8) % 2) for _ in range(5)],
        ... )
        >>> loop.device
        device(type='cpu')
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
        """Device of the model."""
        return next(self.model.parameters()).device

    def copied(self) -> tuple[nn.Module, Optimizer]:
        """Return copies of the model and its optimizer as they are now."""
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

    def predict(self, model: nn.Module, images: Tensor) -> Tensor:
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
    """Use the same random numbers in every such block; restore generators after it."""
    accelerators = [] if device.type == "cpu" else [device]
    kind = "cuda" if device.type == "cpu" else device.type
    with torch.random.fork_rng(accelerators, device_type=kind), torch.enable_grad():
        torch.manual_seed(_SEED)
        yield


def classes_of(targets: Tensor) -> Tensor:
    """Return class indices: the targets, or the most probable classes."""
    return targets.argmax(1) if targets.is_floating_point() else targets


def joined(batches: Sequence[Pair]) -> Pair:
    """Return all images and all class indices, on the CPU."""
    images = torch.cat([images.detach().float().cpu() for images, _ in batches])
    return images, torch.cat([classes_of(t).cpu() for _, t in batches])
