"""Checks that a short training lowers the loss, and no other learning rate does better.

On copies, 40 steps over the first five batches: as given, without decay, and with the
rate times 0.1, 0.01, 0.001, and 10 to 10,000. L is the loss of these batches at the
end, with the statistics of the batch and without noise, L_0 that of the start.

    decay too strong: without it L is lower by over 0.2 L_0, and below 0.8 L_0;
                      steps x rate x decay is 0.05 or more, where that is its share
    learning rate too high: L is not finite, or a lower rate ends lower by over
                      0.2 L_0; a warning where L < 0.8 L_0
    learning rate too low: L > 0.9 L_0, and a higher rate ends lower by over 0.2 L_0
    nothing learned:  no rate ends below 0.95 L_0
    units died:       over half of the rectifiers of a layer, fewer before

Where L < 0.8 L_0 as given, 0.1 is the only other rate.

Use: after every cheaper check; up to nine short trainings.
Side effects: of a schedule only the warm-up is applied, over half of the steps at most:
it is the rate of the optimizer that is checked.
Source: the lectures' steps 2 and 3 of choosing hyper-parameters (overfit a few batches;
a rate that lowers the loss in 100 steps); the limits are ours.
"""

import math

import torch
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._init_report import init_report
from trainwell.diagnose._loop import Loop, seeded
from trainwell.diagnose._untouched import untouched

_STEPS, _BATCHES = 40, 5
_LOWER, _HIGHER = (0.1, 0.01, 0.001), (10.0, 100.0, 1e3, 1e4)
_CLEARLY = 0.2
_LEARNED, _SLOW, _NOTHING = 0.8, 0.9, 0.95
_DEAD = 0.5
_PULL = 0.05


def check_learning(loop: Loop, *, steps: int = _STEPS) -> list[Finding]:
    """Compare a short training with others that differ in one thing.

    Args:
        loop: Training to copy.
        steps: Number of steps of each short training.
    """
    start = _loss(loop, loop.model)
    given = _train(loop, steps)
    end = _loss(loop, given)
    if _decays(loop, steps):
        free = _loss(loop, _train(loop, steps, decay=False))
        if free < min(end - _CLEARLY * start, _LEARNED * start) or (
            math.isnan(end) and free < _LEARNED * start
        ):
            return [_decay(loop, start, end, free)]
    tried = _LOWER if end > _LEARNED * start else _LOWER[:1]
    lower = {f: _loss(loop, _train(loop, steps, rate=f)) for f in tried}
    if not math.isfinite(end) or min(lower.values()) < end - _CLEARLY * start:
        return [_wrong_rate(loop, start, end, lower, high=True)]
    if end > _SLOW * start:
        higher = {f: _loss(loop, _train(loop, steps, rate=f)) for f in _HIGHER}
        if min(higher.values()) < end - _CLEARLY * start:
            return [_wrong_rate(loop, start, end, higher, high=False)]
        if min(end, *higher.values()) > _NOTHING * start:
            return [_nothing(start, end, higher)]
    dead = _died(loop, given)
    text = f"In {steps} steps the loss of a few batches falls {_span(start, end)}."
    learned = Finding.passed("learning", text, {"first": start, "last": end})
    return [learned] if dead is None else [dead, learned]


def _decays(loop: Loop, steps: int) -> bool:
    """Return whether weights shrink enough in this number of steps to matter."""
    groups = loop.optimizer.param_groups
    if isinstance(loop.optimizer, torch.optim.SGD | torch.optim.AdamW):
        pulls = (steps * g["lr"] * g.get("weight_decay", 0.0) for g in groups)
        return any(pull >= _PULL for pull in pulls)
    return any(g.get("weight_decay") for g in groups)


def _train(
    loop: Loop, steps: int, *, rate: float = 1.0, decay: bool = True
) -> nn.Module:
    model, optimizer = loop.copied()
    for group in optimizer.param_groups:
        if not decay:
            group["weight_decay"] = 0.0
    rates = [group["lr"] * rate for group in optimizer.param_groups]
    few = loop.batches[:_BATCHES]
    ramp = max(1, min(loop.warm_up, steps // 2))
    with seeded(loop.device):
        for i in range(steps):
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = full * min(1.0, (i + 1) / ramp)
            loop.run(model, optimizer, few[i % len(few)])
    return model


def _loss(loop: Loop, model: nn.Module) -> float:
    """Return the mean loss of the few batches; infinite where it is not a number."""
    losses = []
    for images, targets in loop.batches[:_BATCHES]:
        with untouched(model, loop.device), torch.no_grad():
            losses.append(loop.loss_fn(model(images), targets).mean().item())
    mean = sum(losses) / len(losses)
    return mean if math.isfinite(mean) else math.inf


def _died(loop: Loop, model: nn.Module) -> Finding | None:
    images, targets = loop.batches[0]
    before, after = (_dead(m, images, targets) for m in (loop.model, model))
    if after <= _DEAD or before > _DEAD:
        return None
    return Finding.warn(
        "units died",
        f"{after:.0%} of the units of a layer are dead after a few steps, "
        f"{before:.0%} at the start.",
        {"before": before, "after": after},
        "lower the learning rate, or use leaky_relu",
    )


def _dead(model: nn.Module, images: Tensor, targets: Tensor) -> float:
    try:
        report = init_report(model, images, targets)
    except ValueError:
        return 0.0
    return max((row.dead or 0.0 for row in report.layers), default=0.0)


def _decay(loop: Loop, start: float, end: float, free: float) -> Finding:
    decay = max(g.get("weight_decay", 0.0) for g in loop.optimizer.param_groups)
    return Finding.fail(
        "weight decay too strong",
        f"With a weight decay of {decay:.3g} the loss goes {_span(start, end)}; "
        f"without it, to {free:.3g}.",
        {"first": start, "last": end, "without": free, "decay": decay},
        f"try weight_decay={min(decay / 100, 1e-2):.2g}",
    )


def _wrong_rate(
    loop: Loop, start: float, end: float, others: dict[float, float], *, high: bool
) -> Finding:
    """Return that the learning rate is too high or too low: another does better."""
    best = min(others, key=lambda f: others[f])
    rate = loop.optimizer.param_groups[0]["lr"]
    name, where = (
        ("learning rate too high", "lower")
        if high
        else ("learning rate too low", "higher")
    )
    return (Finding.warn if end < _LEARNED * start else Finding.fail)(
        name,
        f"At a learning rate of {rate:.3g} the loss goes {_span(start, end)}; at "
        f"{rate * best:.2g}, to {others[best]:.3g}.",
        {"first": start, "last": end, where: others[best], "rate": rate},
        f"try a learning rate of {rate * best:.2g}",
    )


def _nothing(start: float, end: float, higher: dict[float, float]) -> Finding:
    return Finding.fail(
        "nothing learned",
        f"A few batches cannot be learned: the loss goes {_span(start, end)}, and no "
        "other learning rate helps.",
        {"first": start, "last": end, "higher": min(higher.values())},
        "look at inputs, labels, loss and the network's start, one by one",
    )


def _span(start: float, end: float) -> str:
    return f"from {start:.3g} to {end:.3g}"
