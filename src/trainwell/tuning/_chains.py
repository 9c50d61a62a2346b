"""Chains of operations as named values, and back.

A chain is a tuple of (operation, probability, strength); the value
`strength 1 0` is that of the first operation in the second chain.
"""

from collections.abc import Sequence

from trainwell.augment.policies import POOL
from trainwell.core import checks
from trainwell.tuning._propose import Values

Chain = tuple[tuple[str, float, float], ...]


def check_operations(operations: Sequence[str]) -> None:
    """Raise ValueError unless all are operations of the pool, and there is one."""
    if isinstance(operations, str) or not operations:
        raise ValueError(f"`operations` must be one name or more, got {operations!r}.")
    for name in operations:
        checks.one_of("operations", name, tuple(POOL))


def chain_space(
    chains: int, length: int, operations: Sequence[str]
) -> dict[str, tuple[str, ...] | None]:
    """Return the choices of each value; None stands for any number from 0 to 1."""
    space: dict[str, tuple[str, ...] | None] = {}
    for i in range(chains):
        for k in range(length):
            space[f"operation {i} {k}"] = tuple(operations)
            space[f"probability {i} {k}"] = None
            space[f"strength {i} {k}"] = None
    return space


def values_of(chains: tuple[Chain, ...]) -> Values:
    """Return the values of chains by name."""
    named: Values = {}
    for i, chain in enumerate(chains):
        for k, (name, probability, strength) in enumerate(chain):
            named[f"operation {i} {k}"] = name
            named[f"probability {i} {k}"] = probability
            named[f"strength {i} {k}"] = strength
    return named


def chains_of(values: Values, chains: int, length: int) -> tuple[Chain, ...]:
    """Return the chains of these values."""
    return tuple(
        tuple(
            (
                str(values[f"operation {i} {k}"]),
                float(values[f"probability {i} {k}"]),
                float(values[f"strength {i} {k}"]),
            )
            for k in range(length)
        )
        for i in range(chains)
    )
