"""What the command line says of errors of every kind: one line, and its exit code."""

import errno
import os

import pytest
import typer

from trainwell.cli._errors import exit_code, in_one_line
from trainwell.core.errors import DataError, Interrupted

MISUSE = [
    (
        ["train", "digits", "--epochs", "3"],
        "there is no option --epochs; write train.epochs=VALUE.",
    ),
    (
        ["tune", "digits", "--lr", "3"],
        "there is no option --lr; write optimizer.lr=VALUE.",
    ),
    (
        ["train", "digits", "--resum"],
        "there is no option --resum. Did you mean `--resume`?",
    ),
    (["predict", "r", "--epochs", "3"], "there is no option --epochs."),
    (["train"], "missing argument 'DATA'."),
    (["nonsense"], "no such command 'nonsense'."),
    (["train", "digits", "--recipe"], "option '--recipe' requires an argument."),
    (["show", "augment", "d", "--images", "0"], "invalid value for '--images'"),
]


@pytest.mark.parametrize(("words", "message"), MISUSE)
def test_misuse_is_one_line_that_names_the_help(refused, words, message):
    line = refused(*words)
    assert line.startswith(message)
    assert line.endswith("--help` explains the command.")


def test_a_group_alone_shows_its_help(monkeypatch, capsys):
    from trainwell.cli import main

    monkeypatch.setattr("sys.argv", ["trainwell", "show"])
    with pytest.raises(SystemExit) as caught:
        main()
    out, err = capsys.readouterr()
    assert caught.value.code == 2
    assert "Usage: trainwell show" in out
    assert "error" not in err


@pytest.mark.parametrize(
    ("error", "line", "code"),
    [
        (DataError("no such folder."), "error: no such folder.", 2),
        (ValueError("two\nlines"), "error: two lines", 2),
        (
            OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "r/a"),
            "error: r/a: no space left on device.",
            2,
        ),
        (OSError("odd"), "error: odd.", 2),
        (
            MemoryError(),
            "error: the memory is not enough; lower train.batch_size, data.image_size or data.memory_gb.",
            2,
        ),
        (RecursionError("deep"), "error: the file is nested too deeply to be read.", 2),
        (RuntimeError("of torch"), "error: of torch", 2),
        (typer.Abort(), "stopped.", 130),
    ],
)
def test_a_line_for_every_kind(error, line, code):
    assert in_one_line(error) == line
    assert exit_code(error) == code


def test_an_interruption_says_how_to_go_on(tmp_path):
    error = Interrupted(tmp_path, 3, 10)
    assert in_one_line(error).startswith("stopped at step 3 of 10")
    assert exit_code(error) == 130


def test_a_defect_keeps_its_traceback():
    assert in_one_line(KeyError("a defect")) is None
    assert in_one_line(AssertionError()) is None


def test_as_a_module(trainwell, tmp_path):
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "trainwell", "nonsense"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: no such command 'nonsense'.")


def test_a_command_without_a_recipe_is_not_given_a_key(refused):
    assert "train.epochs" not in refused("show", "schedule", "cosine", "--epochs", "5")
