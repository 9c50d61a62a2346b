import json

import numpy as np
import pytest

from trainwell.core.errors import InterruptedEarly, RecipeError, RunError
from trainwell.infer import load_predictor
from trainwell.runs import Quiet, train
from trainwell.runs.training import _train_folds as folds

QUICK = (
    "train.epochs=1",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "data.folds=3",
)


@pytest.fixture
def pairs():
    images = np.random.default_rng(0).integers(0, 256, (60, 8, 8), np.uint8)
    return images, np.arange(60) % 2


def run(pairs, out, *words, **options):
    options = {"model": "softmax", "reporter": Quiet(), **options}
    return train(pairs, *QUICK, *words, out=out, **options)


def test_every_fold_is_trained_and_reported(pairs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    whole = run(pairs, "cv", "data.test_share=0")
    about = whole.summary["folds"]
    values = about["val_accuracy"]
    assert len(values) == about["count"] == 3
    assert whole.summary["val_accuracy"] == pytest.approx(np.mean(values), abs=1e-6)
    assert about["val_deviation"] == pytest.approx(np.std(values, ddof=1), abs=1e-6)
    assert (whole.summary["num_val"], whole.summary["test_accuracy"]) == (60, None)
    kept = np.load(whole.path / "predictions" / "val.npz")
    assert sorted(kept["names"].tolist()) == sorted(f"all[{i}]" for i in range(60))
    hits = kept["probabilities"].argmax(1) == kept["targets"]
    assert hits.mean() == pytest.approx(np.mean(values), abs=1e-6)
    assert "3 folds" in whole.report.read_text()
    assert json.loads((whole.path / "summary.json").read_text()) == whole.summary
    with pytest.raises(RunError, match=r"holds the folds .* such as cv/members/0"):
        load_predictor("cv")
    assert load_predictor("cv/members/2").classes == ("0", "1")
    alone = run(pairs, "one", "data.test_share=0", "data.fold=1")
    assert alone.summary["val_accuracy"] == values[1]


def test_a_killed_run_goes_on_with_the_missing_folds(pairs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    original, begun = folds.train_run, []

    def killed(session, recipe, member):
        if len(begun) == 2:
            raise KeyboardInterrupt
        begun.append(recipe.data.fold)
        return original(session, recipe, member)

    with monkeypatch.context() as patch:
        patch.setattr(folds, "train_run", killed)
        with pytest.raises(InterruptedEarly):
            run(pairs, "cv")
    resumed = run(pairs, "cv", resume=True)
    assert begun == [0, 1]
    assert resumed.summary["folds"] == run(pairs, "again").summary["folds"]
    assert len(resumed.summary["folds"]["test_accuracy"]) == 3


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("data.fold=3",), "`data.fold`=3 must be below `data.folds`=3"),
        (("data.val_share=0.2",), "`data.val_share` is not used by data.folds=3"),
        (("ensemble=2",), "give `data.fold` beside ensemble.kind=seeds"),
    ],
)
def test_messages(pairs, words, message, tmp_path):
    with pytest.raises(RecipeError, match=message):
        run(pairs, tmp_path / "cv", *words)


def test_a_network_given_as_an_object(pairs, tmp_path):
    from torch import nn

    model = nn.Sequential(nn.Flatten(), nn.Linear(64, 2))
    with pytest.raises(
        RecipeError, match="`data.folds` builds a network per fold; name"
    ):
        run(pairs, tmp_path / "cv", model=model)
