"""Labels of which a part of the image shows one: solved for, trained, exported."""

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

import trainwell as tw
from trainwell import models
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet

COLOURS = {"blue": (40, 60, 220), "green": (40, 190, 60), "red": (220, 50, 40)}
KEYS = (
    "model.name=cifar_resnet20",
    "transfer=auto",
    "data.image_size=24",
    "train.epochs=1",
    "train.batch_size=32",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """Small squares of colours anywhere in grey noise."""
    root, rng = tmp_path_factory.mktemp("patches"), np.random.default_rng(0)
    rows = ["path,labels"]
    for i in range(200):
        image = rng.integers(60, 190, (24, 24, 3))
        shown = [name for name in COLOURS if rng.random() < 0.4]
        for name in shown:
            y, x = rng.integers(0, 19, 2)
            image[y : y + 5, x : x + 5] = COLOURS[name]
        Image.fromarray(image.astype(np.uint8)).save(root / f"{i}.png")
        rows.append(f"{i}.png,{'|'.join(shown)}")
    (root / "t.csv").write_text("\n".join(rows))
    return root / "t.csv"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "w.safetensors"
    made = models.create("cifar_resnet20", num_classes=4, image_size=24)
    save_file(made.model.state_dict(), path)
    return (*KEYS, f"model.pretrained={path}")


@pytest.fixture(scope="module")
def run(table, keys, tmp_path_factory):
    return tw.train(table, *keys, out=tmp_path_factory.mktemp("r"), reporter=Quiet())


def test_a_head_of_labels_reads_parts(run, table, tmp_path):
    assert read_recipe(run.path / "recipe.yaml").transfer.depths == "parts"
    assert run.summary["metrics"]["val"]["map"] > 0.9  # 0.4 is chance
    again = tw.evaluate(run, table)
    assert again.metrics["map"] == pytest.approx(
        run.summary["metrics"]["test"]["map"], abs=1e-6
    )
    _, agreement = tw.export(run, out=tmp_path / "m.onnx", reporter=Quiet())
    assert agreement.largest < 1e-5


def test_a_run_whose_head_reads_parts_is_a_start(run, table, tmp_path):
    keys = (*KEYS[2:], f"model.pretrained={run.path}")
    longer = tw.train(table, *keys, out=tmp_path / "b", reporter=Quiet())
    assert read_recipe(longer.path / "recipe.yaml").transfer.depths == "parts"
