"""The verdict on how activations and gradients change with depth.

A start passes if neither grows or shrinks by a constant factor from layer to layer.
What is compared: the standard deviation after the first and the last activation, and
the gradients (over the weights) of the first and the last hidden layer.

Source: Glorot & Bengio, "Understanding the difficulty of training deep feedforward
neural networks", 2010, sections 3 and 4.2; the limits are ours.
"""

import math
from collections import Counter
from collections.abc import Sequence

from trainwell.diagnose._finding import Verdict
from trainwell.diagnose._init_types import Layer

_TINY = 1e-45  # the smallest positive float32: in place of 0, so that ratios are finite
_MANY_SATURATED = 0.25  # of one layer's outputs
_MANY_DEAD = 0.25  # of one layer's units
_TOTAL = 100  # change over all layers that always fails
_TOTAL_BY_STEPS = 4  # change that fails if it comes from every layer
_STEP = 0.8  # factor per layer that makes it so
_LITTLE = 1e-3  # gradient over weight
_GRADIENTS = 1000  # ratio of the gradients of two layers that always fails
_GRADIENTS_BY_STEPS = 50  # one that fails if it comes from every layer
_GRADIENT_STEP = 0.5  # factor per layer that makes it so


def check_init(layers: Sequence[Layer], *, init: str | None = None) -> Verdict:
    """Return the verdict on the layers of a report.

    Args:
        layers: Layers in the order in which they were called.
        init: Initialisation of the weights; the advice is another one.
    """
    seen = [r for r in layers if r.role == "activation" and not _is_gate(r, layers)]
    seen = seen or [r for r in layers if r.role == "weight"][:-1] or list(layers)
    advice = _advice(seen, init)
    broken = next((row for row in layers if not math.isfinite(row.std)), None)
    if broken is not None:
        text = f"The outputs of {broken.name} are not finite: try {advice}."
        return Verdict("not finite", text)
    lost = next((row for row in seen if row.dead == 1), None)
    if lost is not None:
        return Verdict("dead", _dead(lost))
    ends = _ends(seen)
    ratio, steps = _change(seen)
    gradients = _gradients(layers)
    if _small(ratio, steps, _TOTAL, _TOTAL_BY_STEPS, _STEP):
        text = f"Activations shrink from {ends}: {_fate(gradients)}; try {advice}."
        return Verdict("vanishing", text)
    if _small(1 / ratio, steps, _TOTAL, _TOTAL_BY_STEPS, _STEP):
        return Verdict("exploding", f"Activations grow from {ends}: try {advice}.")
    worst = max(seen, key=lambda row: row.saturated or 0)
    if (worst.saturated or 0) > _MANY_SATURATED:
        text = (
            f"{_percent(worst.saturated)} of the outputs of the {worst.kind} of layer "
            f"{worst.depth} are saturated and pass almost no gradient: try {advice}."
        )
        return Verdict("saturated", text)
    worst = max(seen, key=lambda row: row.dead or 0)
    if (worst.dead or 0) > _MANY_DEAD:
        return Verdict("dead", _dead(worst))
    return _check_gradients(gradients, steps, ends) or Verdict(
        "starts well", f"It starts well: {_good(seen, ends)}."
    )


def _check_gradients(
    gradients: tuple[float, float], steps: int, ends: str
) -> Verdict | None:
    """Check the gradients of layers whose activations keep their scale."""
    first, last = (max(value, _TINY) for value in gradients)
    limits = _GRADIENTS, _GRADIENTS_BY_STEPS, _GRADIENT_STEP
    words = (
        f"on the way back, from {last:.2g} of the weight in the last hidden layer to "
        f"{first:.2g} in the first"
    )
    if _small(first / last, steps, *limits):
        advice = "try activation=relu or activation=tanh, or shortcuts around layers"
        text = f"Activations go from {ends}, but gradients vanish {words}: {advice}."
        return Verdict("vanishing", text)
    if _small(last / first, steps, *limits):
        advice = "try fewer layers, or shortcuts around them"
        text = f"Activations go from {ends}, but gradients explode {words}: {advice}."
        return Verdict("exploding", text)
    return None


def _dead(row: Layer) -> str:
    return (
        f"{_percent(row.dead)} of the units of the {row.kind} of layer {row.depth} are "
        "dead, 0 for every image: try init.bias=0.01 with a rule such as "
        "init=kaiming_normal, or activation=leaky_relu."
    )


def _is_gate(row: Layer, layers: Sequence[Layer]) -> bool:
    """Return whether a sigmoid is a gate: it is one beside other activations."""
    kinds = {r.kind for r in layers if r.role == "activation"}
    return "sigmoid" in row.kind.lower() and any(
        "sigmoid" not in kind.lower() for kind in kinds
    )


def _ends(seen: Sequence[Layer]) -> str:
    first, last = seen[0], seen[-1]
    return (
        f"a standard deviation of {first.std:.2g} at layer {first.depth} to "
        f"{last.std:.2g} at layer {last.depth}"
    )


def _change(seen: Sequence[Layer]) -> tuple[float, int]:
    """Return the last std over the first, and the number of layers between them."""
    first, last = seen[0], seen[-1]
    return max(last.std, _TINY) / max(first.std, _TINY), last.depth - first.depth


def _small(
    ratio: float, steps: int, total: float, by_steps: float, step: float
) -> bool:
    """Return whether a ratio is below 1 / total, or 1 / by_steps step by step."""
    if ratio < 1 / total:
        return True
    return steps > 1 and ratio < 1 / by_steps and ratio ** (1 / steps) < step


def _gradients(layers: Sequence[Layer]) -> tuple[float, float]:
    """Return the gradients of the first and the last hidden layer, over the weights."""
    found = [
        row.gradient_norm
        for row in layers
        if row.gradient_norm is not None and math.isfinite(row.gradient_norm)
    ]
    hidden = found[:-1] or found
    return (hidden[0], hidden[-1]) if hidden else (0.0, 0.0)


def _fate(gradients: tuple[float, float]) -> str:
    """Describe the gradients where activations shrink."""
    verb = "vanish" if gradients[0] < _LITTLE else "shrink with them"
    return f"gradients {verb} ({gradients[0]:.2g} of the weight in the first layer)"


def _advice(seen: Sequence[Layer], init: str | None) -> str:
    kind = Counter(row.kind for row in seen).most_common(1)[0][0].lower()
    rule = "kaiming_normal"
    if kind in ("tanh", "sigmoid", "linear") or kind.startswith("conv"):
        rule = "xavier_normal"
    elif kind == "selu":
        rule = "lecun_normal"
    if init == rule:
        rule = "lsuv"
    return f"init={rule}"


def _good(seen: Sequence[Layer], ends: str) -> str:
    words = f"activations go from {ends}"
    if len(seen) == 1:
        words = f"the only layer puts out a standard deviation of {seen[0].std:.2g}"
    saturated = max((row.saturated or 0 for row in seen), default=0.0)
    dead = max((row.dead or 0 for row in seen), default=0.0)
    if saturated:
        return f"{words}, and at most {_percent(saturated)} of a layer are saturated"
    if dead:
        return f"{words}, and at most {_percent(dead)} of the units of a layer are dead"
    return words


def _percent(share: float | None) -> str:
    return f"{100 * (share or 0):.2g} %"
