"""Checks that an evaluation is deterministic and treats every image alone.

    random: two calls with other seeds differ by over 1e-4 of the outputs' std
    batch:  in half the batch, an image gets outputs that differ by over 1e-2
    moves:  evaluation changes a buffer

Both are tested after a few steps, on a copy: a head that starts at zero hides them.

Source: definition; Ioffe & Szegedy, "Batch Normalization", 2015, section 3.1 (inference
uses statistics of the population).
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import Loop, seeded

_RANDOM, _BATCH = 1e-4, 1e-2
_STEPS = 4


def check_evaluation(loop: Loop) -> list[Finding]:
    """Check the outputs of the loop's evaluation."""
    model, optimizer = loop.copied()
    with seeded(loop.device):
        for i in range(_STEPS):
            loop.run(model, optimizer, loop.batches[i % len(loop.batches)])
    images = (loop.validation or loop.batches)[0][0]
    if not all(p.isfinite().all() for p in model.parameters()):
        return []  # the learning rate is checked later
    if len(images) < 4:
        return [Finding.untested("evaluation", "There are fewer than four images.")]
    buffers = [b.clone() for b in model.buffers()]
    training = _training_modules(loop, model, images)
    with seeded(loop.device):
        first = loop.predict(model, images)
        moved = sum(
            not torch.equal(a, b) for a, b in zip(buffers, model.buffers(), strict=True)
        )
        second = loop.predict(model, images)
    half = len(images) // 2
    with seeded(loop.device):
        alone = loop.predict(model, images[:half])
    size = first.float().std().clamp_min(1e-12)
    random = ((first - second).abs().max() / size).item()
    with seeded(loop.device):
        again = loop.predict(model, images)
    batch = ((again[:half] - alone).abs().max() / size).item()
    numbers = {"random": random, "batch": batch, "moved": moved}
    if moved or (_has(training, "norm") and batch > _BATCH):
        return [_norm(training, numbers)]
    if random > _RANDOM:
        return [
            Finding.fail(
                "evaluation random",
                "Two evaluations of the same images differ by "
                f"{random:.2g} standard deviations{_named(training)}.",
                numbers,
                "call model.eval() before evaluating, so that dropout is off",
            )
        ]
    if batch > _BATCH:
        return [_norm(training, numbers)]
    return [Finding.passed("evaluation", "It treats every image alone.", numbers)]


def _norm(training: list[str], numbers: Mapping[str, float]) -> Finding:
    return Finding.fail(
        "evaluation uses batch statistics",
        "The outputs of an image depend on the other images of its batch "
        f"({numbers['batch']:.2g} standard deviations){_named(training)}.",
        numbers,
        "call model.eval() before evaluating; BatchNorm uses its own statistics then",
    )


def _training_modules(loop: Loop, model: nn.Module, images: Tensor) -> list[str]:
    """Return kinds of modules that evaluation leaves in training mode."""
    seen: list[str] = []

    def look(module: nn.Module, *_: object) -> None:
        kind = type(module).__name__
        if module.training and ("norm" in kind.lower() or "drop" in kind.lower()):
            seen.append(kind)

    handles = [m.register_forward_hook(look) for m in model.modules()]
    buffers = [b.clone() for b in model.buffers()]
    try:
        with seeded(loop.device):
            loop.predict(model, images)
    finally:
        for handle in handles:
            handle.remove()
        with torch.no_grad():
            for now, before in zip(model.buffers(), buffers, strict=True):
                now.copy_(before)
    return list(dict.fromkeys(seen))


def _has(kinds: list[str], word: str) -> bool:
    return any(word in kind.lower() for kind in kinds)


def _named(training: list[str]) -> str:
    return f": {', '.join(training)} in training mode" if training else ""
