"""Fine-tuning from real weights: frozen, slowed, woken, and decided by measuring."""

import pytest
import torch
from safetensors.torch import load_file

import trainwell
from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe, refuse_unused
from trainwell.runs import Quiet, check_transfer, export
from trainwell.training import read_metrics

from .conftest import SMALL

QUICK = (*SMALL, "model.name=cifar_resnet20", "train.batch_size=64", "optimizer=sgd")


@pytest.fixture(scope="module")
def weights(digits_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "first"
    run = trainwell.train(
        digits_folder, *QUICK, "train.epochs=3", out=out, reporter=Quiet()
    )
    return run.path / "model.safetensors"


def tune(data, weights, out, *more, **options):
    keys = (*QUICK, f"model.pretrained={weights}", "train.epochs=2", *more)
    run = trainwell.train(data, *keys, out=out, reporter=Quiet(), **options)
    return run, load_file(run.path / "model.safetensors")


def moved(before, after):
    return {k for k in before if not torch.equal(before[k], after[k])}


def test_only_the_head_learns(digits_folder, weights, tmp_path):
    _, after = tune(digits_folder, weights, tmp_path / "a", "transfer.freeze=1")
    names = moved(load_file(weights), after)
    assert names
    assert all(n.startswith(("fc", "head", "linear")) for n in names), names


def test_half_of_it_stays(digits_folder, weights, tmp_path):
    _, after = tune(digits_folder, weights, tmp_path / "a", "transfer.freeze=0.5")
    before = load_file(weights)
    assert 0.2 < len(moved(before, after)) / len(before) < 0.9


def test_a_cut_network_is_smaller_learns_its_head_and_is_used_like_any(
    digits_folder, weights, tmp_path
):
    keys = ("transfer.cut=0.5", "transfer.freeze=1", "train.epochs=6")
    run, after = tune(digits_folder, weights, tmp_path / "a", *keys)
    before = load_file(weights)
    kept = {k for k in before if k in after}
    assert 0.2 < len(kept) / len(before) < 0.8
    assert not moved({k: before[k] for k in kept}, after), "only the head learns"
    assert run.summary["val_accuracy"] > 0.6
    again = trainwell.evaluate(run.path, digits_folder, split="val")
    assert again.accuracy == pytest.approx(run.summary["val_accuracy"], abs=1e-6)
    _, agreement = export(run.path, reporter=Quiet())
    assert agreement.largest < 1e-5


def test_a_cut_that_leaves_all_is_refused(digits_folder, weights, tmp_path):
    with pytest.raises(RecipeError, match="must leave out a block; 0.99 of"):
        tune(digits_folder, weights, tmp_path / "a", "transfer.cut=0.99")


def test_a_resumed_run_ends_alike(digits_folder, weights, tmp_path):
    keys = ("transfer.rate=0.1", "transfer.unfreeze_every=0.25")
    _, whole = tune(digits_folder, weights, tmp_path / "a", *keys)
    _, again = tune(digits_folder, weights, tmp_path / "b", *keys)
    assert not moved(whole, again)


def test_auto_solves_for_a_head_on_all_depths_and_writes_it_down(
    digits_folder, weights, tmp_path
):
    run, after = tune(digits_folder, weights, tmp_path / "a", "transfer=auto")
    settled = read_recipe(run.path / "recipe.yaml").transfer
    assert (settled.plan, settled.depths, settled.solve) == (None, "all", True)
    lines = read_metrics(run.path / "metrics.jsonl")
    first = next(line for line in lines if line["event"] == "evaluate")
    assert first["step"] == 0
    assert first["val_accuracy"] > 0.85, "before any step"
    assert run.summary["val_accuracy"] >= first["val_accuracy"]
    norms = [k for k in after if k.endswith("running_mean")]
    before = load_file(weights)
    assert norms
    assert not moved({k: before[k] for k in norms}, after), "statistics stay"
    again = trainwell.evaluate(run.path, digits_folder, split="val")
    assert again.accuracy == pytest.approx(run.summary["val_accuracy"], abs=1e-6)
    _, agreement = export(run.path, reporter=Quiet())
    assert agreement.largest < 1e-5


def test_a_solved_head_is_the_same_twice(digits_folder, weights, tmp_path):
    keys = ("transfer=auto",)
    _, whole = tune(digits_folder, weights, tmp_path / "a", *keys)
    _, again = tune(digits_folder, weights, tmp_path / "b", *keys)
    assert not moved(whole, again)


def test_a_resumed_run_does_not_solve_again(
    digits_folder, weights, tmp_path, monkeypatch
):
    whole, after = tune(digits_folder, weights, tmp_path / "a", "transfer=auto")
    stopped = ("transfer=auto", "train.epochs=1")
    tune(digits_folder, weights, tmp_path / "b", *stopped)
    monkeypatch.setattr(
        "trainwell.runs.setup._setup.solve_for_head", lambda *_: pytest.fail("again")
    )
    run, again = tune(
        digits_folder, weights, tmp_path / "b", "transfer=auto", resume=True
    )
    assert run.summary["epochs"] == whole.summary["epochs"] == 2
    norms = [k for k in after if k.endswith(("running_mean", "standardized.std"))]
    assert norms
    assert not moved({k: after[k] for k in norms}, again)


def test_a_head_of_the_last_features_alone(digits_folder, weights, tmp_path):
    keys = ("transfer.solve=true", "transfer.freeze=1")
    run, after = tune(digits_folder, weights, tmp_path / "a", *keys)
    assert set(after) == set(load_file(weights)), "the network is as it was"
    lines = read_metrics(run.path / "metrics.jsonl")
    first = next(line for line in lines if line["event"] == "evaluate")
    assert first["val_accuracy"] > 0.75, "before any step; 0.1 is chance"


def test_a_run_with_such_a_head_is_a_start(digits_folder, weights, tmp_path):
    first, _ = tune(digits_folder, weights, tmp_path / "a", "transfer=auto")
    keys = (*SMALL, "train.epochs=1", f"model.pretrained={first.path}")
    run = trainwell.train(digits_folder, *keys, out=tmp_path / "b", reporter=Quiet())
    assert read_recipe(run.path / "recipe.yaml").transfer.depths == "all"


def test_the_command_measures_and_says_what_to_do(digits_folder, weights, command):
    keys = ("data.image_size=8", "train.threads=1")
    process = command(
        "check",
        "transfer",
        digits_folder,
        "cifar_resnet20",
        "--weights",
        weights,
        *keys,
    )
    assert process.wait() == 0, process.stderr.read()


def test_what_it_says(digits_folder, weights):
    keys = ("model.name=cifar_resnet20", f"model.pretrained={weights}")
    advice = check_transfer(digits_folder, *keys, *SMALL[:1], reporter=Quiet())
    assert 4 <= len(advice.probes) <= 8
    assert advice.probes[advice.best].accuracy > 0.8, "these features know digits"
    with pytest.raises(RecipeError, match="name pretrained weights"):
        check_transfer(digits_folder, "model.name=lenet", reporter=Quiet())


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (["transfer.freeze=0.5", "model=lenet"], "needs `model.pretrained`"),
        (["transfer.cut=0.5", "model.pretrained=none"], "needs `model.pretrained`"),
        (["transfer.depths=all", "transfer.cut=0.5"], "not both"),
        (["transfer.depths=all", "loss=arcface"], "in place of the head"),
        (["model.pretrained=x.pth", "transfer=auto", "transfer.freeze=1"], "not both"),
        (["model.pretrained=x.pth", "transfer=auto", "transfer.cut=0.5"], "not both"),
    ],
)
def test_fields_that_do_not_go_together(keys, message):
    with pytest.raises(RecipeError, match=message):
        refuse_unused(read_recipe(None, keys), resolved=False)


def test_transfer_without_weights_for_these_images(digits_folder, tmp_path):
    with pytest.raises(RecipeError, match="nothing to keep of fresh"):
        trainwell.train(
            digits_folder, "transfer.freeze=1", out=tmp_path / "a", reporter=Quiet()
        )
