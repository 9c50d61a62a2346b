"""The entry point: commands, errors in one line, exit codes.

0 success, 1 the output is no longer read, 2 something the user can fix, 130 stopped by
Ctrl-C with all saved.
`--debug` may stand anywhere.
"""

import contextlib
import logging
import os
import sys
import warnings
from typing import Annotated, NoReturn

import typer

from trainwell.cli import (
    _check,
    _ensemble,
    _evaluate,
    _experiment,
    _explain,
    _export,
    _finish,
    _predict,
    _report,
    _search,
    _show,
    _train,
    _tune,
)
from trainwell.cli._errors import exit_code, in_one_line

app = typer.Typer(
    name="trainwell",
    help="Train image networks by the book.\n\n"
    "Start with:  trainwell train PHOTOS  (a folder with a folder per class)",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`trainwell COMMAND --help` explains a command with examples.",
)
app.command("train", epilog=_train.EXAMPLES)(_train.train)
app.command("tune", epilog=_tune.EXAMPLES)(_tune.tune)
app.command("evaluate", epilog=_evaluate.EXAMPLES)(_evaluate.evaluate)
app.command("predict", epilog=_predict.EXAMPLES)(_predict.predict)
app.command("explain", epilog=_explain.EXAMPLES)(_explain.explain)
app.command("export", epilog=_export.EXAMPLES)(_export.export)
app.command("finish", epilog=_finish.EXAMPLES)(_finish.finish)
app.command("report", epilog=_report.EXAMPLES)(_report.report)
app.command("ensemble", epilog=_ensemble.EXAMPLES)(_ensemble.ensemble)
app.command("experiment", epilog=_experiment.EXAMPLES)(_experiment.experiment)
app.add_typer(_check.app, name="check")
app.add_typer(_search.app, name="search")
app.add_typer(_show.app, name="show")


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error.")
    ] = False,
) -> None:
    if version:
        from trainwell import __version__

        typer.echo(__version__)
        raise typer.Exit


def main() -> None:
    """Run the command line."""
    debug = "--debug" in sys.argv
    if not debug:
        _silence_libraries()
    try:
        code = app(
            [word for word in sys.argv[1:] if word != "--debug"],
            prog_name="trainwell",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly()
    except Exception as error:
        if debug or (line := in_one_line(error)) is None:
            raise
        with contextlib.suppress(OSError):  # the terminal may be closed
            typer.secho(line, err=True)
        raise SystemExit(exit_code(error)) from None
    raise SystemExit(code or 0)


def _silence_libraries() -> None:
    """Leave out what libraries say beside our own lines; `--debug` shows it."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)


def _leave_quietly() -> NoReturn:
    """End without a word where the reader of the output has gone away."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    raise SystemExit(1)
