"""A run on classes that are numbers, whose distances count, and whose mean answers."""

import json

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import RecipeError
from trainwell.runs import Quiet, evaluate, predict, train


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    root, draw = tmp_path_factory.mktemp("ages"), np.random.default_rng(0)
    for age in (20, 25, 60):
        (root / str(age)).mkdir()
        for i in range(20):
            pixels = np.clip(3 * age + draw.normal(0, 1, (9, 9)), 0, 255)
            Image.fromarray(pixels.astype(np.uint8)).save(root / str(age) / f"{i}.png")
    return root


@pytest.fixture(scope="module")
def run(folder, tmp_path_factory):
    return train(
        folder, "loss.name=label_distribution", "loss.sigma=5", "train.epochs=150",
        "train.threads=1", "optimizer.lr=0.02", model="softmax",
        out=tmp_path_factory.mktemp("run") / "r", reporter=Quiet(),
    )  # fmt: skip


def test_the_mean_answers_and_its_error_is_kept(run, folder):
    kept = json.loads((run.path / "model.json").read_text("utf-8"))
    assert kept["class_values"] == [20, 25, 60]
    assert run.summary["metrics"]["test"]["mae"] < 4
    assert evaluate(run, folder).metrics["mae"] == pytest.approx(
        run.summary["metrics"]["test"]["mae"], abs=1e-5
    )
    answer = predict(run, folder / "60" / "0.png")
    assert answer.mean == pytest.approx(
        answer.probabilities @ np.array([20, 25, 60]), rel=1e-6
    )
    assert answer.mean == pytest.approx(60, abs=3)


def test_distances_are_learned_and_not_only_order(run, folder):
    """25 is near 20 and far from 60: so is its distribution."""
    photos = [folder / "25" / f"{i}.png" for i in range(20)]
    answer = np.mean([found.probabilities for found in predict(run, photos)], axis=0)
    expected = np.exp(-((np.array([20, 25, 60]) - 25) ** 2) / 50)
    np.testing.assert_allclose(answer, expected / expected.sum(), atol=0.09)
    assert answer[2] < 0.02


def test_other_losses_answer_with_a_class(folder, tmp_path):
    plain = train(folder, "train.epochs=1", "train.threads=1", model="softmax",
                  out=tmp_path / "r", reporter=Quiet())  # fmt: skip
    assert "mae" not in plain.summary["metrics"]["test"]
    assert predict(plain, folder / "25" / "0.png").mean is None


def test_values_may_be_given(folder, tmp_path):
    words = ("loss.name=label_distribution", "train.epochs=1", "train.threads=1")
    run = train(folder, *words, "loss.values=[1, 2, 9]", model="softmax",
                out=tmp_path / "r", reporter=Quiet())  # fmt: skip
    kept = json.loads((run.path / "model.json").read_text("utf-8"))
    assert kept["class_values"] == [1, 2, 9]
    with pytest.raises(RecipeError, match="`loss.values` must be 3, one for each of"):
        train(folder, *words, "loss.values=[1, 2]", out=tmp_path / "other")
    assert not (tmp_path / "other").exists()
