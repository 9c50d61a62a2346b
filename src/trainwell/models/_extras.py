"""Import an optional package, or say how to install it."""

import importlib
from types import ModuleType

from trainwell.core.errors import MissingDependencyError, ModelError


def optional(module: str, *, extra: str) -> ModuleType:
    """Import a module of the packages that `trainwell[extra]` installs.

    Raises:
        MissingDependencyError: If it is not installed.
        ModelError: If it is, but breaks while it is imported.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingDependencyError(
            f"`{module}` is needed for this model; pip install 'trainwell[{extra}]'."
        ) from error
    except RuntimeError as error:
        reason = str(error).splitlines()[0]
        raise ModelError(f"`{module}` is installed but broken: {reason}") from error
