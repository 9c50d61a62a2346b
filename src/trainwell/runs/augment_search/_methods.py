"""Methods of a search by name, and over chosen operations."""

from collections.abc import Sequence
from dataclasses import replace

from trainwell.core import checks
from trainwell.core.errors import ArgumentError
from trainwell.tuning import FastAutoAugment, PopulationAugment

Method = FastAutoAugment | PopulationAugment
METHODS: dict[str, Method] = {
    "fast_autoaugment": FastAutoAugment(),
    "pba": PopulationAugment(),
}


def method_of(method: str | Method, ops: str | Sequence[str] | None) -> Method:
    """Return the method; `ops` are the names of the operations that it chooses from.

    Raises:
        ValueError: If there is no such method.
        ArgumentError: If an operation is not known.
    """
    if isinstance(method, str):
        checks.one_of("method", method, METHODS)
        method = METHODS[method]
    if ops is None:
        return method
    names = ops.split(",") if isinstance(ops, str) else ops
    try:
        return replace(method, operations=tuple(name.strip() for name in names))
    except ValueError as error:
        raise ArgumentError(f"`ops` (`--ops`): {error}") from error
