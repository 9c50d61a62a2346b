"""Every example runs from start to end, as it would for a reader."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SAYS = {
    "own_loop.py": ["momentum 0.", "muon     0.9"],
    "own_network.py": ["test accuracy 0.", "Net ('0', '1'"],
    "train_and_predict.py": ["test accuracy ", "digit 0"],
}


def test_all_are_listed():
    assert {path.name for path in EXAMPLES.glob("*.py")} == SAYS.keys()


@pytest.mark.parametrize("name", SAYS)
def test_it_runs(name, tmp_path):
    done = subprocess.run(
        [sys.executable, EXAMPLES / name],
        cwd=tmp_path,
        preexec_fn=lambda: os.sched_setaffinity(0, {max(os.sched_getaffinity(0))}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for text in SAYS[name]:
        assert text in done.stdout
    assert list(tmp_path.iterdir()) == []
