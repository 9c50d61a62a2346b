"""A network of the user's own, in the current folder."""

import sys

import numpy as np
import pytest

from trainwell.cli._own_code import import_from_here

NET = """
import pathlib
from torch import nn

with open("imported.txt", "a") as note:
    note.write("x")

class Net(nn.Sequential):
    def __init__(self, num_classes, in_channels, image_size):
        super().__init__(nn.Flatten(), nn.Linear(in_channels * image_size**2, num_classes))
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    (folder / "mynet.py").write_text(NET)
    rng = np.random.default_rng(0)
    targets = np.arange(60) % 2
    images = rng.integers(0, 100, (60, 8, 8)).astype(np.uint8)
    images[targets == 1] += 100
    np.savez(folder / "data.npz", images=images, targets=targets)
    return folder


def test_it_trains_and_predicts_only_where_allowed(project, trainwell, fast, pictures):
    done = trainwell(
        "train", "data.npz", "model.name=mynet:Net", *fast, "--out", "run", cwd=project
    )
    assert done.returncode == 0, done.stderr
    (project / "imported.txt").unlink()
    image = next(pictures.rglob("*.png"))
    refused = trainwell("predict", "run", image, cwd=project)
    assert refused.returncode == 2
    assert "would run that code" in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (project / "imported.txt").exists()
    allowed = trainwell("predict", "run", image, "--allow-import", cwd=project)
    assert allowed.returncode == 0, allowed.stderr
    assert allowed.stdout.startswith(str(image))
    assert (project / "imported.txt").exists()


def test_installed_modules_come_first(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", ["first", "second"])
    import_from_here()
    import_from_here()
    assert sys.path == ["first", "second", str(tmp_path)]
