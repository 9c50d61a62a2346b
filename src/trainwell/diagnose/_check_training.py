"""Check a training for faults, the cheapest checks first.

data -> loss and outputs -> start -> optimizer and steps -> evaluation -> learning

Each stage runs on copies. The first stage with a fail is the last: the effects of a
broken stage on later ones would only hide the cause.

Source: Karpathy, "A Recipe for Training Neural Networks", 2019, sections 2 and 3,
https://karpathy.github.io/2019/04/25/recipe/.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import torch

from trainwell.core import checks
from trainwell.core.progress import Progress, silent
from trainwell.diagnose._check_copies import check_leak, check_repeats
from trainwell.diagnose._check_evaluation import check_evaluation
from trainwell.diagnose._check_images import check_images, check_splits
from trainwell.diagnose._check_label_signal import (
    check_label_signal,
    check_validation_labels,
)
from trainwell.diagnose._check_labels import check_labels, check_shuffling
from trainwell.diagnose._check_learning import check_learning
from trainwell.diagnose._check_loss import check_loss, check_outputs
from trainwell.diagnose._check_norms import check_norms
from trainwell.diagnose._check_optimizer import check_optimizer
from trainwell.diagnose._check_start import check_start
from trainwell.diagnose._check_steps import (
    check_accumulation,
    check_direction,
    check_movement,
)
from trainwell.diagnose._finding import Finding, failed, faults
from trainwell.diagnose._label_signal import MAX_IMAGES
from trainwell.diagnose._loop import Loop, classes_of, joined, seeded
from trainwell.diagnose._untouched import untouched


@dataclass(frozen=True)
class TrainingCheck:
    """The findings of `check_training`.

    Attributes:
        findings: Findings in the order of the stages.
        skipped: Stages that did not run because one before them failed.

    Example:
        >>> bad = Finding.fail("zero start", "All weights are zero.", {}, "draw them")
        >>> TrainingCheck((Finding.passed("loss", "It falls."), bad), ()).cause.name
        'zero start'
    """

    findings: tuple[Finding, ...]
    skipped: tuple[str, ...]

    @property
    def cause(self) -> Finding | None:
        """The first fail, or else the first warning: what to look at first."""
        found = faults(self.findings)
        return next(
            (f for f in found if f.level == "fail"), found[0] if found else None
        )


def check_training(
    loop: Loop, *, skip: Collection[str] = (), progress: Progress = silent
) -> TrainingCheck:
    """Find the faults of a training, on copies; change nothing.

    Args:
        loop: Parts of the training.
        skip: Stages to leave out: data, loss, start, steps, evaluation, learning.
        progress: Progress bar over the stages.

    Raises:
        ValueError: If there is no such stage to leave out.

    Example:
        >>> model = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.Linear(3, 2))
        >>> _ = [torch.nn.init.zeros_(layer.weight) for layer in model]
        >>> loop = Loop(
        ...     model=model,
        ...     optimizer=torch.optim.SGD(model.parameters(), lr=0.1),
        ...     loss_fn=torch.nn.functional.cross_entropy,
        ...     batches=[(torch.randn(8, 4), torch.arange(8) % 2) for _ in range(5)],
        ... )
        >>> cause = check_training(loop, skip=["learning"]).cause
        >>> cause.name, cause.try_next
        ('zero start', 'draw weights at random (kaiming_normal)')
    """
    findings: list[Finding] = []
    for stage in skip:
        checks.one_of("skip", stage, _STAGES)
    names = [stage for stage in _STAGES if stage not in skip]
    with progress("checking", len(names)) as advance:
        for i, stage in enumerate(names):
            findings += _STAGES[stage](loop)
            advance(1)
            if failed(findings):
                return TrainingCheck(tuple(findings), tuple(names[i + 1 :]))
    return TrainingCheck(tuple(findings), ())


def _data(loop: Loop) -> list[Finding]:
    classes = _num_classes(loop)
    images, targets = joined(loop.batches)
    found = [check_images(images)]
    if loop.validation:
        others, truth = joined(loop.validation)
        found.append(check_images(others, split="validation"))
    if failed(found):
        return found
    found.append(check_labels(targets, classes))
    labels = [classes_of(t).cpu() for _, t in loop.batches]
    if loop.validation:
        found.append(check_splits(images, others))
        found.append(check_labels(truth, classes, split="validation"))
    if failed(found):
        return found
    found += [check_shuffling(labels, classes), check_repeats(images)]
    if loop.validation:
        found.append(check_leak(images, others))
    few = slice(0, MAX_IMAGES)
    found.append(check_label_signal(images[few], targets[few]))
    if loop.validation and not faults(found[-1:]):
        both = (images[few], targets[few]), (others[few], truth[few])
        reached = found[-1].numbers.get("accuracy")
        found.append(check_validation_labels(*both, cross_validated=reached))
    return found


def _loss(loop: Loop) -> list[Finding]:
    images, targets = loop.batches[0]
    with untouched(loop.model, loop.device), torch.no_grad():
        outputs = loop.model(images)
    return [
        check_loss(loop.loss_fn, outputs.shape[1], device=outputs.device),
        check_outputs(loop.loss_fn, outputs, targets),
    ]


def _start(loop: Loop) -> list[Finding]:
    return check_start(loop.model, *loop.batches[0])


def _steps(loop: Loop) -> list[Finding]:
    found = check_optimizer(loop)
    if not failed(found):
        found += [check_accumulation(loop), check_direction(loop), check_norms(loop)]
    return found if failed(found) else [*found, *check_movement(loop)]


def _num_classes(loop: Loop) -> int:
    images = loop.batches[0][0]
    with seeded(loop.device), untouched(loop.model, loop.device), torch.no_grad():
        return int(loop.model(images[:2]).shape[1])


_STAGES: dict[str, Callable[[Loop], list[Finding]]] = {
    "data": _data,
    "loss": _loss,
    "start": _start,
    "steps": _steps,
    "evaluation": check_evaluation,
    "learning": check_learning,
}
