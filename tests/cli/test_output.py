"""Names that a terminal would obey are written out."""

import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image

from trainwell.cli._output import echo

NAMES = ("=1+1.png", "@sum.png", "a\x1b[31m.png", "plain.png")


def test_a_line(capsys):
    echo("a\x1b]0;title\x07b")
    assert capsys.readouterr().out == "a\\x1b]0;title\\x07b\n"


def test_names_of_files_do_not_act(trained, trainwell, tmp_path):
    for name in NAMES:
        Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(tmp_path / name)
    run = trained[1]
    done = trainwell("predict", run, *NAMES, "--csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    cells = [line.split(",")[0] for line in done.stdout.splitlines()[1:]]
    assert cells == ["'=1+1.png", "'@sum.png", "a\\x1b[31m.png", "plain.png"]
    done = trainwell("predict", run, *NAMES, cwd=tmp_path)
    assert "\x1b" not in done.stdout + done.stderr
    missing = trainwell("predict", run, "b\x1b[31m.png", cwd=tmp_path)
    assert missing.returncode == 2
    assert "\x1b" not in missing.stderr


def test_a_reader_that_goes_away_does_not_end_a_training(pictures, fast, tmp_path):
    words = [Path(sys.executable).with_name("trainwell"), "train", pictures, *fast]
    out = tmp_path / "run"
    process = subprocess.Popen(
        [*map(str, words), "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdout.close()
    process.stderr.close()
    assert process.wait() == 1
    assert (out / "summary.json").exists()
