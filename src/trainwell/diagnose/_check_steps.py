"""Checks of the training step, on copies.

    accumulates: a second step differs when gradients are cleared before it
    uphill:      cosine between the update and the downhill direction below -0.05
    unreached:   parameters that four steps did not move
    blind:       outputs that do not depend on the images, before and after four steps

Four steps, because a branch that starts at zero lets gradients pass after its first.

Source: definition; the faults are those of Karpathy, "A Recipe for Training Neural
Networks", 2019, https://karpathy.github.io/2019/04/25/recipe/.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import Loop, seeded

_UPHILL = -0.05
_STEPS = 4
_BLIND = 1e-6


def check_accumulation(loop: Loop) -> Finding:
    """Check that a step does not add the gradients of the one before."""
    kept, cleared = loop.copied(), loop.copied()
    start = _weights(loop.model)
    moved = True
    with seeded(loop.device):
        for pair in loop.batches[:2]:
            loop.run(*kept, pair)
    with seeded(loop.device):
        for i, pair in enumerate(loop.batches[:2]):
            if i == 1:
                moved = _distance(_weights(cleared[0]), start) > 0
                cleared[1].zero_grad(set_to_none=True)
                cleared[0].zero_grad(set_to_none=True)
            loop.run(*cleared, pair)
    after, clean = _weights(kept[0]), _weights(cleared[0])
    length = max(_distance(clean, start), 1e-30)
    share = _distance(after, clean) / length
    numbers = {"difference": share}
    if moved and share > 0.01:
        return Finding.fail(
            "gradients accumulate",
            "Gradients of earlier steps are added to those of the next: clearing them "
            f"changes the result of the second step by {share:.2g} of the distance.",
            numbers,
            "call optimizer.zero_grad() in every step",
        )
    return Finding.passed(
        "gradients cleared", "Each step has its own gradients.", numbers
    )


def check_direction(loop: Loop) -> Finding:
    """Check that the first step lowers the cross-entropy of its batch."""
    images, targets = loop.batches[0]
    model, optimizer = loop.copied()
    start = _weights(loop.model)
    probe, _ = loop.copied()
    with seeded(loop.device):
        F.cross_entropy(probe(images), targets).backward()
    slopes = [
        p.grad if p.grad is not None else torch.zeros_like(p)
        for p in probe.parameters()
    ]
    gradient = torch.cat([g.flatten() for g in slopes]).double()
    with seeded(loop.device):
        loop.run(model, optimizer, loop.batches[0])
    update = _weights(model) - start
    scale = (update.norm() * gradient.norm()).item()
    cosine = -(update @ gradient).item() / scale if scale > 0 else 0.0
    numbers = {"cosine": cosine}
    if cosine < _UPHILL:
        return Finding.fail(
            "steps go uphill",
            f"The first step raises the loss (cosine with downhill {cosine:.2f}).",
            numbers,
            "look for a flipped sign in the loss or the learning rate",
        )
    return Finding.passed(
        "direction", f"Steps go downhill (cosine {cosine:.2f}).", numbers
    )


def check_movement(loop: Loop) -> list[Finding]:
    """Check which parameters a few steps moved, and that outputs follow images."""
    model, optimizer = loop.copied()
    with seeded(loop.device):
        for i in range(_STEPS):
            loop.run(model, optimizer, loop.batches[i % len(loop.batches)])
    still = [
        name
        for (name, p), old in zip(
            model.named_parameters(), loop.model.parameters(), strict=True
        )
        if p.requires_grad and torch.equal(p, old)
    ]
    count = sum(p.requires_grad for p in model.parameters())
    numbers = {"still": len(still), "parameters": count}
    found = []
    if not all(p.isfinite().all() for p in model.parameters()):
        return []  # the learning rate is checked later
    spread = _spread(loop, model)
    if spread < _BLIND and _spread(loop, loop.model) < _BLIND:
        found.append(
            Finding.fail(
                "outputs ignore inputs",
                "Different images get the same outputs, after a few steps too.",
                {**numbers, "spread": spread},
                "look for a dead layer, a lost input or a wrong reshape",
            )
        )
    if still:
        found.append(
            Finding.fail(
                "parameters unreached",
                f"{_STEPS} steps left {len(still)} of {count} trainable parameters "
                f"where they were, first {still[0]}.",
                numbers,
                "look for detach(), no_grad(), an unused layer or dead units",
            )
        )
    return found or [
        Finding.passed("movement", f"All {count} parameters move.", numbers)
    ]


def _spread(loop: Loop, model: nn.Module) -> float:
    """Return how far outputs differ between images, over their size."""
    images = loop.batches[0][0]
    outputs = loop.predict(model, images).float()
    size = outputs.abs().max().item()
    apart: float = (outputs - outputs[:1]).abs().max().item()
    return apart / size if size > 0 else 0.0


def _weights(model: nn.Module) -> Tensor:
    flat = [p.detach().flatten().double() for p in model.parameters()]
    return torch.cat(flat)


def _distance(first: Tensor, second: Tensor) -> float:
    length: float = (first - second).norm().item()
    return length
