"""Checks before the first step: weights, first loss, first activations.

    not finite: a weight is NaN or infinite
    start:      what `check_init` says of activations and gradients; standard
                deviations within a factor of 30, with first gradients in 1e-3..1e3
                of the weights, pass; dead units warn, half of a layer fails
    ignore:     all images get the same outputs, within 1e-6 of the largest
    first loss: see `initial_loss`

Source: Karpathy, CS231n notes, "Babysitting the learning process: sanity checks",
https://cs231n.github.io/neural-networks-3/; the limits are ours.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._init_report import init_report
from trainwell.diagnose._init_types import Layer
from trainwell.diagnose._initial_loss import check_first_loss, initial_loss
from trainwell.diagnose._untouched import untouched

_MAX_DEAD = 0.5
_CHANGE, _LITTLE = 30.0, 1e-3
_BLIND = 1e-6


def check_start(model: nn.Module, images: Tensor, targets: Tensor) -> list[Finding]:
    """Check weights, activations, gradients and first loss on a batch.

    Args:
        model: Returns logits, shape (batch, classes).
        images: Two or more.
        targets: Class indices, or distributions.
    """
    broken = [n for n, p in model.named_parameters() if not p.isfinite().all()]
    if broken:
        return [
            Finding.fail(
                "weights not finite",
                f"The weights of {broken[0]} contain NaN or infinity before any step.",
                {"parameters": len(broken)},
                "look at the initialiser, or at the file the weights came from",
            )
        ]
    found = [_weights(model)]
    if found[0].level == "pass":
        found.append(_activations(model, images, targets))
        found.append(check_first_loss(initial_loss(model, images, targets)))
    return found


def _weights(model: nn.Module) -> Finding:
    """Check weights that are all zero, or all equal within a layer."""
    layers = {
        n: p for n, p in model.named_parameters() if p.ndim >= 2 and p.numel() > 1
    }
    zero = [name for name, p in layers.items() if not p.any()]
    numbers = {"zero": len(zero), "maps": len(layers)}
    if zero and len(zero) == len(layers) > 1:
        return Finding.fail(
            "zero start",
            "All weights are zero: every unit of a layer learns the same, or nothing.",
            numbers,
            "draw weights at random (kaiming_normal)",
        )
    equal = [
        n for n, p in layers.items() if n not in zero and (p == p.flatten()[0]).all()
    ]
    if equal:
        return Finding.fail(
            "equal weights",
            f"All weights of {equal[0]} are equal: its units learn the same.",
            {"layers": len(equal)},
            "draw weights at random (kaiming_normal)",
        )
    return Finding.passed("weights", "Weights are finite and differ.", numbers)


def _activations(model: nn.Module, images: Tensor, targets: Tensor) -> Finding:
    try:
        report = init_report(model, images, targets)
    except ValueError as error:
        return Finding.untested("start", f"Layers were not measured: {error}")
    verdict = report.verdict
    text = verdict.text.partition(": try ")[0].partition("; try ")[0]
    text = text if text.endswith(".") else f"{text}."
    dead = max((row.dead or 0.0 for row in report.layers), default=0.0)
    spread, first = _spread(model, images), _first_gradient(report.layers)
    numbers = {"dead": dead, "spread": spread, "gradient": first}
    mild = _mild(report.layers, first)
    scaled = verdict.kind in ("vanishing", "exploding")
    if spread < _BLIND and dead < 1 and (mild or not scaled) and not _zero_map(model):
        return Finding.fail(
            "outputs ignore inputs",
            "Different images get the same outputs.",
            numbers,
            "look for a mean over the batch, a lost input or a wrong reshape",
        )
    if verdict.kind == "starts well" or (scaled and mild):
        return Finding.passed("start", text, numbers)
    few_dead = verdict.kind == "dead" and dead < _MAX_DEAD
    return (Finding.warn if few_dead else Finding.fail)(
        f"start {verdict.kind}",
        text,
        numbers,
        _REMEDY.get(verdict.kind, "draw weights by kaiming_normal"),
    )


def _mild(layers: Sequence[Layer], first: float) -> bool:
    """Return whether training corrects this change of scale, common if shallow."""
    stds = [row.std for row in layers if row.role == "activation"]
    change = max(stds, default=1.0) / max(min(stds, default=1.0), 1e-30)
    return change < _CHANGE and _LITTLE < first < 1 / _LITTLE


def _first_gradient(layers: Sequence[Layer]) -> float:
    norms = [row.gradient_norm for row in layers if row.gradient_norm is not None]
    return norms[0] if norms else 1.0


def _zero_map(model: nn.Module) -> bool:
    return any(p.ndim >= 2 and not p.any() for p in model.parameters())


def _spread(model: nn.Module, images: Tensor) -> float:
    """Return how far outputs differ between images, over the largest of them."""
    with untouched(model, images.device), torch.no_grad():
        outputs = model(images).float()
    size: float = outputs.abs().max().item()
    apart: float = (outputs - outputs[:1]).abs().max().item()
    return apart / size if size > 0 else 0.0


_REMEDY = {
    "vanishing": "use another initialiser or batch norm, and relu; shortcuts if deep",
    "exploding": "draw smaller weights (kaiming_normal), or insert batch norm",
    "saturated": "draw smaller weights (xavier_normal); normalise the inputs",
    "dead": "start biases at 0 or a little above; leaky_relu; a smaller learning rate",
    "not finite": "draw smaller weights (kaiming_normal); look at the inputs",
}
