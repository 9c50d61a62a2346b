"""Errors a user can cause. Each is one line: what is wrong, where, and the remedy.

The command line prints the line and exits with 2; `--debug` adds the traceback.
"""

from pathlib import Path


class TrainwellError(Exception):
    """The root: catch this to catch everything trainwell reports."""


class UserError(TrainwellError, ValueError):
    """Something given by the user cannot be used as it is."""


class ArgumentError(UserError, TypeError):
    """A function has no such argument, or its value is of a wrong kind."""


class DataError(UserError):
    """A data source is missing, broken, empty or inconsistent."""


class ModelError(UserError):
    """A model cannot be built, found, or loaded with these weights."""


class RecipeError(UserError):
    """A recipe has an unknown key, a wrong value, or two that contradict."""


class RunError(UserError):
    """A run folder is missing, incomplete, or in use."""


class ExportError(TrainwellError):
    """An exported file does not agree with the model it came from."""


class DivergedError(TrainwellError):
    """Training met NaN or infinity; the last good checkpoint is kept."""


class MissingDependencyError(TrainwellError, ImportError):
    """An optional package is needed; the message names the extra to install."""


class Interrupted(TrainwellError):  # noqa: N818
    """A signal ended the work; its state is saved.

    Args:
        path: Folder or file from which `--resume` continues.
        step: Number of finished units.
        total: Number of planned units.
        unit: Name of a unit, such as `step` or `trial`.
    """

    def __init__(self, path: Path, step: int, total: int, unit: str = "step") -> None:
        self.step, self.total = step, total
        also = f" `trainwell finish {path}` makes a model of it now." * (unit == "step")
        super().__init__(
            f"stopped at {unit} {step} of {total}; everything is saved. Resume "
            f"with the same command and `--resume --out {path}`, or the same call and "
            f'`resume=True, out="{path}"`.{also}'
        )


class InterruptedEarly(Interrupted):
    """A signal ended the work where no step was under way.

    Args:
        path: Folder that holds a state from before; None if there is none.
    """

    def __init__(self, path: Path | None) -> None:
        self.step = self.total = 0
        text = (
            "stopped before the first step; nothing is left of it. Start it again with "
            "the same command."
        )
        if path is not None:
            text = (
                f"stopped; {path} holds what was saved before. Resume with the same "
                f"command and `--resume --out {path}`, or the same call and "
                f'`resume=True, out="{path}"`.'
            )
        TrainwellError.__init__(self, text)
