"""Epochs of one run as members: kept, used, averaged, and exact through a resume."""

import hashlib
import shutil
import signal

import numpy as np
import pytest
import torch

import trainwell as tw
from trainwell.core.errors import ArgumentError, Interrupted, RunError
from trainwell.infer import load_predictor
from trainwell.runs import Quiet
from trainwell.runs._members import members_of
from trainwell.training import Hook, load_tensors

KEEP = (
    "train.epochs=4",
    "train.keep=epochs",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "model=lenet",
    "data.image_size=28",
    "train.average=0.9",
    "train.evaluate_every=2",
    "noise=dropout",
)


@pytest.fixture(scope="module")
def kept(digits_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("kept") / "run"
    return tw.train(digits_folder, *KEEP, out=out, reporter=Quiet())


def digests(run):
    files = [*sorted((run / "epochs").iterdir()), run / "model.safetensors"]
    return {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def test_each_epoch_is_kept_and_the_last_is_the_last_evaluation(kept):
    names = [f"{epoch:03d}.safetensors" for epoch in (1, 2, 3, 4)]
    assert [p.name for p in sorted((kept.path / "epochs").iterdir())] == names
    best = int(kept.summary["best_epoch"])
    final, _ = load_tensors(kept.path / "model.safetensors")
    same, _ = load_tensors(kept.path / "epochs" / f"{best:03d}.safetensors")
    assert all(torch.equal(final[name], same[name]) for name in final)


def test_nothing_more_is_kept_by_default(finished):
    assert not (finished.path / "epochs").exists()


def test_what_is_kept_changes_nothing_else(kept, digits_folder, tmp_path):
    without = [o for o in KEEP if o != "train.keep=epochs"]
    run = tw.train(digits_folder, *without, out=tmp_path / "r", reporter=Quiet())
    name = "model.safetensors"
    assert (run.path / name).read_bytes() == (kept.path / name).read_bytes()


def test_a_resumed_run_keeps_the_same(kept, digits_folder, tmp_path):
    class Kill(Hook):
        def after_step(self, state, batch, loss):
            if state.progress > 0.6:
                signal.raise_signal(signal.SIGTERM)

    out = tmp_path / "run"
    with pytest.raises(Interrupted):
        tw.train(digits_folder, *KEEP, out=out, hooks=[Kill()], reporter=Quiet())
    assert not (out / "epochs" / "004.safetensors").exists()
    run = tw.train(digits_folder, *KEEP, out=out, resume=True, reporter=Quiet())
    assert digests(run.path) == digests(kept.path)


def test_an_epoch_is_evaluated_predicted_with_and_exported(
    kept, digits_folder, tmp_path
):
    one = load_predictor(kept, epoch=1)
    image = next((digits_folder / "test").rglob("*.png"))
    expected = one.predict(image).probabilities
    np.testing.assert_array_equal(
        tw.predict(kept, image, epoch=1).probabilities, expected
    )
    scores = tw.evaluate(kept, digits_folder, epoch=1)
    again = tw.evaluate(one, digits_folder)
    assert scores.accuracy == again.accuracy
    assert scores.loss != tw.evaluate(kept, digits_folder, epoch=4).loss
    run = shutil.copytree(kept.path, tmp_path / "copy")
    path, agreement = tw.export(run, epoch=1, reporter=Quiet())
    assert (path.name, agreement.largest < 1e-4) == ("epoch-001.onnx", True)


def test_a_soup_of_epochs_is_the_mean_of_their_weights(kept, tmp_path):
    soup = tw.ensemble(
        kept, epochs="3-4", soup=True, out=tmp_path / "soup", reporter=Quiet()
    )
    taken = [3 + i for i in soup.summary["ensemble"]["taken"]]
    parts = [
        load_tensors(kept.path / "epochs" / f"{epoch:03d}.safetensors")[0]
        for epoch in taken
    ]
    made, _ = load_tensors(soup.path / "model.safetensors")
    for name in made:
        mean = torch.stack([part[name].double() for part in parts]).mean(0)
        torch.testing.assert_close(made[name].double(), mean, rtol=1e-6, atol=1e-7)
    assert soup.summary["members"] == [f"{kept.path} epoch {e}" for e in (3, 4)]


def test_predictions_of_epochs_are_averaged(kept, digits_folder, tmp_path):
    both = tw.ensemble(kept, epochs=[2, 4], out=tmp_path / "both", reporter=Quiet())
    image = next((digits_folder / "test").rglob("*.png"))
    alone = [tw.predict(kept, image, epoch=e).probabilities for e in (2, 4)]
    cold = tw.predict(both, image).probabilities ** both.summary["temperature"]
    np.testing.assert_allclose(cold / cold.sum(), np.mean(alone, 0), atol=1e-6)


@pytest.mark.parametrize(
    ("epochs", "error", "message"),
    [
        ("7-5", ArgumentError, "must be numbers and spans, such as 5-10"),
        ("all", ArgumentError, "must be numbers and spans"),
        ("1-99999999", ArgumentError, "must be numbers and spans"),
        ("2", RunError, "give two epochs or more"),
        ("2,9", RunError, "has no weights of epoch 9; it kept epochs 1 to 4"),
        ([0, 1], ArgumentError, "whole numbers above 0"),
    ],
)
def test_epochs_that_cannot_be(kept, tmp_path, epochs, error, message):
    with pytest.raises(error, match=message):
        tw.ensemble(kept, epochs=epochs, out=tmp_path / "e", reporter=Quiet())
    assert not (tmp_path / "e").exists()


def test_lists_and_spans_are_the_same(kept):
    for epochs in ("1,3-4", " 3-4, 1", [4, 1, 3], range(1, 5, 1)):
        found = [m.epoch for m in members_of([kept], epochs)]
        assert found == ([1, 2, 3, 4] if isinstance(epochs, range) else [1, 3, 4])


def test_epochs_are_of_one_run(kept):
    with pytest.raises(RunError, match="give one run"):
        members_of([kept, kept], "1-2")
