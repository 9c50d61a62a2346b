"""Specs: all operations of the engines, found in the modules of this package.

Source: none; a table.
"""

import pkgutil
from importlib import import_module
from pathlib import Path

from trainwell.augment.ops._op_spec import OpSpec


def _specs() -> tuple[OpSpec, ...]:
    package = __name__.rpartition(".")[0]
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    found = [
        value
        for module in modules
        if f"{package}.{module.name}" != __name__
        for value in vars(import_module(f"{package}.{module.name}")).values()
        if isinstance(value, OpSpec)
    ]
    return tuple(sorted(set(found), key=lambda spec: spec.code))


SPECS = {spec.code: spec for spec in _specs()}
"""Every spec by its code."""

OP_CODES = {spec.name: spec.code for spec in SPECS.values()}
"""Every code by the name of its operation."""
