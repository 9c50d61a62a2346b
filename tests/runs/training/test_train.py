"""A whole run: what it leaves, what it refuses, how it resumes."""

import json
import shutil

import numpy as np
import pytest
import torch
import yaml
from tests.runs.conftest import SMALL

from trainwell.core.errors import DataError, DivergedError, RecipeError, RunError
from trainwell.data import load
from trainwell.infer import load_predictor
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, train
from trainwell.training import load_tensors

KEYS = [
    "task",
    "classes",
    "num_train",
    "num_val",
    "num_test",
    "val_accuracy",
    "test_accuracy",
    "train_seconds",
    "images_per_second",
    "processor_busy",
    "num_parameters",
    "epochs",
    "best_epoch",
    "precision",
    "memory_format",
    "seed",
    "verdict",
    "notes",
]


def test_the_summary_has_what_the_design_lists(finished):
    summary = json.loads((finished.path / "summary.json").read_text())
    assert summary == finished.summary
    assert set(KEYS) <= summary.keys()
    assert summary["classes"] == [f"class {i}" for i in range(10)]
    assert summary["num_train"] + summary["num_val"] == 320
    assert summary["num_test"] == 80
    assert summary["test_accuracy"] > 0.8
    assert (summary["epochs"], summary["precision"]) == (6, "float32")
    assert summary["notes"] == [], "nothing is wrong with the defaults"


def test_the_folder_holds_what_the_design_lists(finished):
    names = {str(p.relative_to(finished.path)) for p in finished.path.rglob("*")}
    expected = {
        "recipe.yaml",
        "metrics.jsonl",
        "model.safetensors",
        "model.json",
        "summary.json",
        "report.html",
        "environment.json",
        "audit.json",
        "checkpoints/last.safetensors",
        "checkpoints/best.safetensors",
        "predictions/val.npz",
        "predictions/test.npz",
    }
    assert expected <= names
    assert any(name.startswith("events.") for name in names)
    assert not [name for name in names if ".tmp" in name]


def test_the_recipe_is_complete_and_repeats_the_run(finished, digits_folder, tmp_path):
    tree = yaml.safe_load((finished.path / "recipe.yaml").read_text())
    assert tree["train"]["memory_format"] == "contiguous"
    assert tree["optimizer"]["lr"] == 0.24
    again = train(
        digits_folder,
        recipe=finished.path / "recipe.yaml",
        out=tmp_path / "b",
        reporter=Quiet(),
    )
    a, _ = load_tensors(finished.path / "model.safetensors")
    b, _ = load_tensors(again.path / "model.safetensors")
    assert all(torch.equal(a[k], b[k]) for k in a)


def test_predictions_are_those_of_training(finished, digits_folder):
    predictor = load_predictor(finished.path)
    with np.load(finished.path / "predictions" / "val.npz") as saved:
        splits = load(digits_folder)
        assert list(saved["names"]) == list(splits.val.names)
        answers = predictor.predict([digits_folder / name for name in splits.val.names])
        found = np.stack([a.probabilities for a in answers])
        np.testing.assert_allclose(found, saved["probabilities"], atol=1e-6)


def test_the_final_numbers_are_those_of_predict_after_bfloat16_too(
    digits_folder, tmp_path
):
    how = ("train.epochs=2", "train.threads=1", "train.precision=bfloat16")
    run = train(
        digits_folder,
        *how,
        "train.memory_format=channels_last",
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    predictor = load_predictor(run.path)
    with np.load(run.path / "predictions" / "test.npz") as saved:
        answers = predictor.predict([digits_folder / name for name in saved["names"]])
        found = np.stack([a.probabilities for a in answers])
        np.testing.assert_allclose(found, saved["probabilities"], atol=1e-5)


def test_another_seed_is_another_model(finished, digits_folder, tmp_path):
    other = train(
        digits_folder,
        "train.epochs=1",
        "seed=1",
        *SMALL,
        out=tmp_path / "b",
        reporter=Quiet(),
    )
    a, _ = load_tensors(finished.path / "model.safetensors")
    b, _ = load_tensors(other.path / "model.safetensors")
    assert not torch.equal(a["head.weight"], b["head.weight"])
    assert other.summary["num_val"] == finished.summary["num_val"]


def test_arrays_in_memory(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 99, (60, 12, 10, 3), dtype=np.uint8)
    targets = np.arange(60) % 2
    images[targets == 1] += 150
    run = train(
        (images, targets),
        "train.epochs=4",
        *SMALL,
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    assert run.summary["test_accuracy"] == 1.0


def test_a_folder_with_something_in_it_is_not_overwritten(
    finished, digits_folder, tmp_path
):
    with pytest.raises(RunError, match="holds a run; add `resume`"):
        train(digits_folder, out=finished.path, reporter=Quiet())
    (tmp_path / "thesis.txt").write_text("precious")
    with pytest.raises(RunError, match="is not empty"):
        train(digits_folder, out=tmp_path, reporter=Quiet())
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_resuming_a_finished_run_returns_it(finished, digits_folder):
    again = train(digits_folder, out=finished.path, resume=True, reporter=Quiet())
    assert again.summary == finished.summary


@pytest.mark.parametrize("split", ["train", "test"])
def test_a_finished_run_answers_for_its_own_data_only(
    split, finished, digits_folder, tmp_path
):
    other = tmp_path / "other"
    shutil.copytree(digits_folder, other)
    again = train(other, out=finished.path, resume=True, reporter=Quiet())
    assert again.summary == finished.summary, "the same images in another place"
    three, four = (other / split / f"class {i}" for i in (3, 4))
    first = min(three.iterdir())
    first.rename(four / first.name)
    with pytest.raises(RunError, match=r"images of .*other, or their labels, are not"):
        train(other, out=finished.path, resume=True, reporter=Quiet())
    with pytest.raises(DataError, match="no such folder or file"):
        train(tmp_path / "none", out=finished.path, resume=True, reporter=Quiet())


def test_a_resumed_run_keeps_its_recipe(finished, digits_folder):
    with pytest.raises(
        RunError, match=r"`optimizer.lr`=0.1 differs from the run's 0.24"
    ):
        train(
            digits_folder,
            "optimizer.lr=0.1",
            out=finished.path,
            resume=True,
            reporter=Quiet(),
        )


def test_resume_without_a_folder(digits_folder):
    with pytest.raises(RunError, match="`resume` needs `out`"):
        train(digits_folder, resume=True, reporter=Quiet())


def test_unused_options_are_errors(digits_folder, tmp_path):
    with pytest.raises(
        RecipeError, match="`augment.min_area` is not used by augment.crop=pad_crop"
    ):
        train(
            digits_folder,
            "augment.crop=pad_crop",
            "augment.min_area=0.5",
            out=tmp_path / "a",
            reporter=Quiet(),
        )
    assert not (tmp_path / "a").exists()


def test_a_run_that_diverges_says_so_and_keeps_its_checkpoint(digits_folder, tmp_path):
    with pytest.raises(DivergedError, match=r"is too high|sudden overflow"):
        train(
            digits_folder,
            "model.name=lenet",
            "optimizer.name=sgd",
            "optimizer.lr=1e12",
            "schedule.warmup=0",
            "train.epochs=5",
            *SMALL,
            out=tmp_path / "a",
            reporter=Quiet(),
        )
    tensors, numbers = load_tensors(tmp_path / "a" / "checkpoints" / "last.safetensors")
    assert numbers["step"] == 0
    assert all(v.isfinite().all() for k, v in tensors.items() if v.is_floating_point())


def test_an_average_is_evaluated_with_statistics_of_its_own(digits_folder, tmp_path):
    run = train(
        digits_folder,
        "train.epochs=4",
        "train.average=0.9",
        *SMALL,
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    assert run.summary["test_accuracy"] > 0.8
    best, _ = load_tensors(run.path / "checkpoints" / "best.safetensors")
    last, _ = load_tensors(run.path / "checkpoints" / "last.safetensors")
    assert not torch.equal(best["head.weight"], last["model.head.weight"])


def test_patience_ends_a_run(digits_folder, tmp_path):
    run = train(
        digits_folder,
        "train.epochs=90",
        "train.patience=2",
        "optimizer.lr=1e-9",
        *SMALL,
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    assert run.summary["stopped_by"] == "patience"
    assert run.summary["epochs"] < 90


def test_a_time_limit_is_kept(digits_folder, tmp_path):
    run = train(
        digits_folder, "train.time=4s", *SMALL, out=tmp_path / "a", reporter=Quiet()
    )
    assert 0.5 < run.summary["train_seconds"] < 6
    assert read_recipe(run.path / "recipe.yaml").train.time == "4s"


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adamw", "muon"])
@pytest.mark.parametrize("schedule", ["constant", "step", "cosine", "linear"])
def test_every_optimizer_with_every_schedule(
    digits_folder, tmp_path, optimizer, schedule
):
    run = train(
        digits_folder,
        "model.name=mlp",
        "data.image_size=8",
        "train.epochs=1",
        f"optimizer.name={optimizer}",
        f"schedule.name={schedule}",
        *SMALL,
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    assert 0 <= run.summary["test_accuracy"] <= 1


@pytest.mark.parametrize("policy", ["none", "pad_crop", "resized_crop"])
def test_every_policy(digits_folder, tmp_path, policy):
    run = train(
        digits_folder,
        "train.epochs=2",
        f"augment.crop={policy}",
        "augment.flip=true",
        "loss.class_weights=balanced",
        *SMALL,
        out=tmp_path / "a",
        reporter=Quiet(),
    )
    assert run.summary["epochs"] == 2
