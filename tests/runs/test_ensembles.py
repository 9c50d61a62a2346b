"""Ensembles on digits: trained, stopped and gone on with, combined, used."""

import json
import shutil

import numpy as np
import pytest

import trainwell
from trainwell.core.errors import RecipeError, RunError
from trainwell.recipes import read_recipe, refuse_unused
from trainwell.runs import Quiet, ensemble, export

from .conftest import SMALL

QUICK = (*SMALL, "model.name=lenet", "train.epochs=4", "train.batch_size=16")


def answers(path, name="val"):
    with np.load(path / "predictions" / f"{name}.npz") as kept:
        return kept["probabilities"]


def raw(path):
    """The answers at a temperature of 1, as a network learned them."""
    told = json.loads((path / "summary.json").read_text())["temperature"]
    powers = answers(path).astype(np.float64) ** told
    return powers / powers.sum(1, keepdims=True)


def train(data, out, *more, **options):
    return trainwell.train(data, *QUICK, *more, out=out, reporter=Quiet(), **options)


@pytest.fixture(scope="module")
def seeds(digits_folder, tmp_path_factory):
    """Three seeds, trained together."""
    out = tmp_path_factory.mktemp("runs") / "seeds"
    return train(digits_folder, out, "ensemble=3")


def test_answers_are_the_mean_of_the_members(seeds):
    alone = [answers(seeds.path / "members" / str(i)) for i in range(3)]
    assert not np.allclose(alone[0], alone[1], atol=1e-3), "seeds differ"
    mean = np.mean([raw(seeds.path / "members" / str(i)) for i in range(3)], 0)
    np.testing.assert_allclose(raw(seeds.path), mean, atol=2e-5)


def test_an_ensemble_has_a_temperature_of_its_own(seeds):
    told = [seeds.summary, *(
        json.loads((seeds.path / "members" / str(i) / "summary.json").read_text())
        for i in range(3)
    )]  # fmt: skip
    assert len({summary["temperature"] for summary in told}) == 4
    assert trainwell.load(seeds.path).metadata.temperature == told[0]["temperature"]
    error = seeds.summary["calibration"]["val"]
    assert error["after"] < error["before"]


def test_the_summary_compares_with_the_best_member(seeds):
    told = seeds.summary["ensemble"]
    members = [
        json.loads((seeds.path / "members" / str(i) / "summary.json").read_text())
        for i in range(3)
    ]
    assert told["members_val_accuracy"] == [m["val_accuracy"] for m in members]
    best = told["best_member"]
    assert members[best]["val_accuracy"] == max(told["members_val_accuracy"])
    assert told["best_member_test_accuracy"] == members[best]["test_accuracy"]
    assert [m["seed"] for m in members] == [0, 1, 2]


def test_it_is_used_like_any_run(seeds, digits_folder):
    files = sorted((digits_folder / "test").rglob("*.png"))[:5]
    model = trainwell.load(seeds.path)
    assert len(model.predict(files)) == 5
    scores = trainwell.evaluate(seeds.path, digits_folder)
    assert scores.accuracy == pytest.approx(seeds.summary["test_accuracy"], abs=1e-6)
    _, agreement = export(seeds.path, reporter=Quiet())
    assert agreement.same_answers == agreement.num_images


def test_a_stopped_one_trains_only_what_is_missing(seeds, digits_folder, tmp_path):
    out = tmp_path / "again"
    shutil.copytree(seeds.path, out)
    shutil.rmtree(out / "members" / "2")
    (out / "summary.json").unlink()
    (out / "model.safetensors").unlink()
    kept = (out / "members" / "0" / "summary.json").stat().st_mtime_ns
    again = train(digits_folder, out, "ensemble=3", resume=True)
    assert again.summary["ensemble"] == seeds.summary["ensemble"]
    assert (out / "members" / "0" / "summary.json").stat().st_mtime_ns == kept
    assert np.array_equal(answers(out), answers(seeds.path))


@pytest.mark.parametrize("kind", ["snapshots", "soup", "swa"])
def test_moments_of_one_run(kind, digits_folder, tmp_path):
    size = ("ensemble.size=2",) if kind != "swa" else ("ensemble.start=0.5",)
    run = train(digits_folder, tmp_path / kind, f"ensemble={kind}", *size)
    members = 2 if kind == "snapshots" else 1
    plain = trainwell.load(run.path).model
    assert len(getattr(plain, "members", [plain])) == members
    assert run.summary["val_accuracy"] > 0.3
    if kind == "soup":
        assert set(run.summary["ensemble"]["taken"]) <= {0, 1}


def test_finished_runs_are_combined(seeds, tmp_path):
    paths = [seeds.path / "members" / str(i) for i in range(2)]
    both = ensemble(paths, out=tmp_path / "both", reporter=Quiet())
    mean = np.mean([raw(path) for path in paths], 0)
    np.testing.assert_allclose(raw(both.path), mean, atol=2e-5)
    alone = [json.loads((path / "summary.json").read_text()) for path in paths]
    for spent in ("num_parameters", "train_seconds"):
        total = sum(summary[spent] for summary in alone)
        assert both.summary[spent] == pytest.approx(total, abs=0.01)
    assert seeds.summary["num_parameters"] == 3 * alone[0]["num_parameters"]
    soup = ensemble(paths, out=tmp_path / "soup", soup=True, reporter=Quiet())
    best = max(soup.summary["ensemble"]["members_val_accuracy"])
    assert soup.summary["val_accuracy"] >= best
    assert soup.summary["num_parameters"] == alone[0]["num_parameters"]


def test_runs_that_do_not_fit_are_refused(seeds, digits_folder, tmp_path):
    one = seeds.path / "members" / "0"
    with pytest.raises(RunError, match="two runs or more"):
        ensemble([one], out=tmp_path / "x")
    with pytest.raises(RunError, match="not a finished run"):
        ensemble([one, tmp_path], out=tmp_path / "x")
    other = train(digits_folder, tmp_path / "other", "data.split_seed=3")
    with pytest.raises(RunError, match="trained on other images"):
        ensemble([one, other.path], out=tmp_path / "x", reporter=Quiet())
    small = train(digits_folder, tmp_path / "small", "data.image_size=12")
    with pytest.raises(RunError, match="differ in their preprocessing"):
        ensemble([one, small.path], out=tmp_path / "x", reporter=Quiet())


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["ensemble.size=3"], "needs ensemble.kind"),
        (["ensemble.start=0.5"], "needs ensemble.kind=swa"),
        (["ensemble=swa", "ensemble.size=3"], "needs ensemble.kind"),
        (["ensemble=swa", "train.average=0.9"], "not both"),
        (["ensemble=snapshots", "train.patience=3"], "whole run"),
        (["ensemble=soup", "prune=magnitude"], "do not go together"),
        (["ensemble=snapshots", "schedule=reduce_on_plateau"], "can restart"),
    ],
)
def test_fields_that_do_not_go_together(keys, message):
    with pytest.raises(RecipeError, match=message):
        refuse_unused(read_recipe(None, keys), resolved=False)


@pytest.mark.parametrize(
    ("keys", "kind", "size"),
    [
        (["ensemble=5"], "seeds", 5),
        (["ensemble=snapshots", "ensemble.size=3"], "snapshots", 3),
        (["ensemble.size=3", "ensemble=soup"], "soup", 3),
        (["ensemble.kind=swa"], "swa", None),
    ],
)
def test_short_forms(keys, kind, size):
    ensemble = read_recipe(None, keys).ensemble
    assert (ensemble.kind, ensemble.size) == (kind, size)
