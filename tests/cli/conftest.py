"""The command line as a user runs it, and one small trained run."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_digits
from typer.testing import CliRunner

from trainwell.cli._main import app, main


@pytest.fixture
def invoke():
    """Run a command in this process; its result has stdout, stderr, exit_code."""

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


@pytest.fixture
def refused(monkeypatch, capsys):
    """Run a command that must fail by the user's fault; return its line on stderr."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["trainwell", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert (caught.value.code, out) == (2, "")
        assert err.startswith("error: ")
        assert err.count("\n") == 1
        return err.removeprefix("error: ").rstrip()

    return run


@pytest.fixture(scope="session")
def trainwell():
    """Run the real command in a process of its own."""
    command = Path(sys.executable).with_name("trainwell")

    def run(*words, cwd=None, **variables):
        return subprocess.run(
            [command, *map(str, words)],
            cwd=cwd,
            env={**os.environ, "OMP_NUM_THREADS": "1", "COLUMNS": "200", **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def pictures(tmp_path_factory):
    """Sixty digits of three classes as files: a folder per class."""
    root = tmp_path_factory.mktemp("data") / "digits, a few"
    digits = load_digits()
    for name in (0, 1, 7):
        folder = root / str(name)
        folder.mkdir(parents=True)
        images = digits.images[digits.target == name][:20]
        for i, image in enumerate(images):
            Image.fromarray((image * 15).astype(np.uint8)).save(folder / f"{i}.png")
    return root


FAST = (
    "train.epochs=1",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


@pytest.fixture(scope="session")
def fast():
    """What makes a training short."""
    return FAST


@pytest.fixture(scope="session")
def trained(tmp_path_factory, pictures, trainwell):
    """The result of `trainwell train`, and the run folder."""
    out = tmp_path_factory.mktemp("runs") / "first"
    return trainwell("train", pictures, *FAST, "--out", out), out
