"""Nothing that only Unix has is needed to import trainwell, or to begin a run."""

import os
import subprocess
import sys

import pytest

# What Windows and other systems lack: modules, and names of `os` and `signal`.
AS_ELSEWHERE = """
import os, signal, sys
for name in ("fcntl", "grp", "pwd", "resource", "termios", "tty", "pty"):
    sys.modules[name] = None
import numpy, torch, PIL.Image, rich.console, typer, optuna, sqlalchemy, filelock
for name in ("fork", "getuid", "geteuid", "sched_getaffinity", "sysconf", "getpgid", "O_DIRECTORY"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("SIGHUP", "SIGKILL", "SIGUSR1"):
    delattr(signal, name)
"""
PACKAGES = "import trainwell as tw\nfor name in tw.__all__: getattr(tw, name)\nimport trainwell.cli._main\n"
TRAIN = """
import numpy as np
from trainwell.runs import Quiet
images = np.random.default_rng(0).integers(0, 256, (60, 8, 8, 3), np.uint8)
keys = ("model=softmax", "train.epochs=1", "train.precision=float32", "train.memory_format=contiguous", "train.threads=1")
run = tw.train((images, np.arange(60) % 2), *keys, out="run", reporter=Quiet())
print(tw.predict(run, images[0]).label in ("0", "1"))
"""


@pytest.fixture
def elsewhere(tmp_path):
    """Run code as on a system without what only Unix has."""

    def run(code):
        done = subprocess.run(
            [sys.executable, "-c", AS_ELSEWHERE + code],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert done.returncode == 0, done.stderr[-800:]
        return done.stdout

    return run


def test_every_package_can_be_imported_and_a_network_trained(elsewhere):
    assert elsewhere(PACKAGES + TRAIN).strip() == "True"


def test_texts_are_written_and_read_as_utf_8():
    """Else Windows reads and writes them in the encoding of its region."""
    import ast
    from pathlib import Path

    import trainwell

    silent = []
    for path in Path(trainwell.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(
                node.func, ast.Attribute
            ):
                continue
            named = {k.arg for k in node.keywords}
            where = {"read_text": 0, "write_text": 1}.get(node.func.attr)
            if (
                where is not None
                and "encoding" not in named
                and len(node.args) <= where
            ):
                silent.append(f"{path.name}:{node.lineno}")
    assert silent == []
