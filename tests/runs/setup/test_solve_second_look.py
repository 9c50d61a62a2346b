"""The second look of a run: solved for, kept with the model, and better than the first."""

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file

import trainwell as tw
from trainwell import models
from trainwell.models import SecondLook, placed, similarity
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet
from trainwell.runs.session._open_session import open_session
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.setup._solve_second_look import (
    LOOK,
    _after,
    _complex,
    passes_that_fit,
)

SHAPE = np.array([[-6.0, -5], [6, -5], [0, 1], [-4, 6], [4, 6]])
NAMES = ("left_eye", "right_eye", "nose", "left_mouth", "right_mouth")
KEYS = {
    "model": "cifar_resnet20", "transfer": "auto", "data.image_size": 48,
    "train.epochs": 1, "train.threads": 1, "train.device": "cpu",
    "train.precision": "float32", "train.memory_format": "contiguous",
}  # fmt: skip


@pytest.fixture(scope="module")
def faces(tmp_path_factory):
    """A table of 160 drawn faces, turned, scaled and moved; and weights."""
    root = tmp_path_factory.mktemp("faces")
    rng = np.random.default_rng(0)
    head = ",".join(f"{name}_x,{name}_y" for name in NAMES)
    rows = [f"path,{head}"]
    down, across = np.mgrid[:48, :48] + 0.5
    for i in range(160):
        angle, scale = rng.normal(0, 0.4), rng.uniform(0.8, 1.6)
        c, s = np.cos(angle), np.sin(angle)
        points = scale * SHAPE @ [[c, s], [-s, c]] + 24 + rng.normal(0, 3, 2)
        image = rng.uniform(0, 40, (48, 48, 3))
        for k, (x, y) in enumerate(points):
            blob = np.exp(-((across - x) ** 2 + (down - y) ** 2) / (2 * scale**2))
            image[..., k % 3] += 215 * blob
        pixels = image.clip(0, 255).astype(np.uint8)
        Image.fromarray(pixels).save(root / f"{i}.png")
        rows.append(f"{i}.png," + ",".join(f"{v:.3f}" for v in points.reshape(-1)))
    (root / "faces.csv").write_text("\n".join(rows))
    torch.manual_seed(0)
    made = models.create("cifar_resnet20", num_classes=4, image_size=48)
    save_file(made.model.state_dict(), root / "w.safetensors")
    return root


@pytest.fixture(scope="module")
def setup(faces):
    recipe = read_recipe(KEYS | {"model.pretrained": str(faces / "w.safetensors")})
    session = open_session(
        str(faces / "faces.csv"), recipe, Scope("trainwell train"), Quiet()
    )
    return build_setup(session)


def error(setup, model):
    store, settings = setup.stores.val, setup.batches.settings
    from trainwell.training import evaluate, plain_batches

    batches = plain_batches(setup.splits.val, store, settings, 20)
    return evaluate(model, batches, setup.metadata.task).headline


def test_it_errs_less_than_the_first_look(setup):
    assert isinstance(setup.model, SecondLook)
    first, second = error(setup, setup.model.network), error(setup, setup.model)
    assert second < first
    assert setup.metadata.model.edits[-1] == LOOK


def test_one_look_is_taken_where_that_is_asked_for(faces):
    more = {"model.pretrained": str(faces / "w.safetensors"), "transfer.looks": 1}
    session = open_session(
        str(faces / "faces.csv"), read_recipe(KEYS | more), Scope("train"), Quiet()
    )
    assert not isinstance(build_setup(session).model, SecondLook)


def test_the_model_that_is_kept_looks_twice(faces, tmp_path):
    more = {"model.pretrained": str(faces / "w.safetensors")}
    run = tw.train(
        faces / "faces.csv", recipe=KEYS | more, out=tmp_path / "r", reporter=Quiet()
    )
    predictor = tw.load(run)
    assert isinstance(predictor.model, SecondLook)
    scores = tw.evaluate(run, faces / "faces.csv")
    assert scores.metrics["nme"] == pytest.approx(run.summary["test_nme"], rel=1e-4)
    path, said = tw.export(run, out=tmp_path / "m.onnx", reporter=Quiet())
    assert path.exists()


def test_an_error_follows_a_turn():
    torch.manual_seed(0)
    points, target, other = (
        torch.randn(3, 6, 2),
        torch.randn(6, 2),
        torch.randn(3, 6, 2),
    )
    turn, wrong = similarity(points, target), similarity(other, target)
    both = _after(turn, _complex(wrong))
    torch.testing.assert_close(
        placed(points, both), placed(placed(points, turn), wrong)
    )


def test_passes_fit_the_time_and_the_memory():
    faces = (3000, 14592)
    found = [passes_that_fit(t, 8.0, faces) for t in (5.0, 20.0, 30.0, 45.0, 1e9)]
    assert found == [0, 1, 2, 3, 4]
    assert passes_that_fit(1e9, 8.0, (100_000, 14592)) == 0


def test_a_machine_that_solved_slowly_takes_fewer_passes():
    faces = (3000, 14592)
    assert passes_that_fit(45.0, 8.0, faces, 1.0) == 3
    assert passes_that_fit(45.0, 8.0, faces, 4.0) == 2
    assert passes_that_fit(45.0, 8.0, faces, 40.0) == 0
