"""Checks of the parameters that an optimizer holds.

    foreign:   it holds tensors that are not parameters of the model
    forgotten: the model has trainable parameters that it lacks
    frozen:    parameters that do not require gradients, on purpose or not

Source: definition.
"""

from trainwell.diagnose._finding import Finding
from trainwell.diagnose._loop import Loop


def check_optimizer(loop: Loop) -> list[Finding]:
    """Check which parameters the optimizer holds."""
    held = {id(p) for group in loop.optimizer.param_groups for p in group["params"]}
    named = dict(loop.model.named_parameters())
    own = {id(p) for p in named.values()}
    trainable = {n: p for n, p in named.items() if p.requires_grad}
    forgotten = [n for n, p in trainable.items() if id(p) not in held]
    frozen = [n for n, p in named.items() if not p.requires_grad]
    foreign = len(held - own)
    numbers = {
        "foreign": foreign,
        "forgotten": len(forgotten),
        "frozen": len(frozen),
        "parameters": len(named),
    }
    if foreign:
        return [
            Finding.fail(
                "foreign parameters",
                f"The optimizer moves {foreign} tensors that are not the model's.",
                numbers,
                "make the optimizer after the model has its final layers and device",
            )
        ]
    found = []
    if forgotten:
        found.append(
            Finding.fail(
                "parameters forgotten",
                f"The optimizer lacks {len(forgotten)} of {len(named)} parameters, "
                f"first {forgotten[0]}.",
                numbers,
                "give it model.parameters()",
            )
        )
    if frozen:
        found.append(
            Finding.warn(
                "parameters frozen",
                f"{len(frozen)} of {len(named)} parameters are frozen, first "
                f"{frozen[0]}.",
                numbers,
                "requires_grad_(True), unless you froze them on purpose",
            )
        )
    return found or [Finding.passed("optimizer", "It holds every parameter.", numbers)]
