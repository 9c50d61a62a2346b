"""What the command line says of an error: one line, and an exit code.

0 success, 2 something the user can fix, 130 stopped by Ctrl-C.
"""

from typing import Any

import typer

_OUT_OF_MEMORY = (
    "the memory is not enough; lower train.batch_size, data.image_size or "
    "data.memory_gb."
)
_MISUSE = next(c for c in typer.BadParameter.__mro__ if c.__name__ == "ClickException")
_TOO_DEEP = "the file is nested too deeply to be read."


def in_one_line(error: Exception) -> str | None:
    """Return the line to print; None for a defect, which keeps its traceback."""
    from trainwell.core.printable import printable

    line = _line(error)
    return None if line is None else printable(line)


def _line(error: Exception) -> str | None:
    from trainwell.core.errors import Interrupted, TrainwellError

    if isinstance(error, Interrupted):
        return str(error)
    if isinstance(error, typer.Abort):
        return "stopped."
    if isinstance(error, _MISUSE):
        return _misuse(error)
    if isinstance(error, OSError):
        return f"error: {_of_the_system(error)}"
    if isinstance(error, MemoryError):
        return f"error: {_OUT_OF_MEMORY}"
    if isinstance(error, RecursionError):
        return f"error: {_TOO_DEEP}"
    if isinstance(error, TrainwellError | ValueError | RuntimeError):
        return f"error: {' '.join(str(error).split())}"
    return None


def exit_code(error: Exception) -> int:
    """Return 130 where the user stopped the work, else 2."""
    from trainwell.core.errors import Interrupted

    return 130 if isinstance(error, Interrupted | typer.Abort) else 2


def _misuse(error: Any) -> str:  # noqa: ANN401
    """Return what is wrong with the words of a command, and where its help is."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":  # the help is the message
        return str(error.format_message())
    message = error.format_message()
    if kind == "NoSuchOption":
        message = f"There is no option {error.option_name}{_meant(error)}"
    command = "trainwell" if error.ctx is None else error.ctx.command_path
    text = f"{message[0].lower()}{message[1:]}".rstrip(".")
    stop = "" if text.endswith("?") else "."
    return f"error: {text}{stop} `{command} --help` explains the command."


def _meant(error: Any) -> str:  # noqa: ANN401
    """Return the recipe key or the option that was meant by an unknown option."""
    from trainwell.core.checks import did_you_mean
    from trainwell.core.recipe_keys import recipe_keys

    name = error.option_name.lstrip("-").replace("-", "_")
    keys = {spec.key.rpartition(".")[2]: spec.key for spec in recipe_keys()}
    takes_keys = any(p.name == "overrides" for p in error.ctx.command.params)
    if takes_keys and name in keys:
        return f"; write {keys[name]}=VALUE"
    near = did_you_mean(error.option_name, error.possibilities or [])
    return f".{near}" if near else ""


def _of_the_system(error: OSError) -> str:
    reason = (error.strerror or str(error) or type(error).__name__).lower()
    return f"{error.filename}: {reason}." if error.filename else f"{reason}."
