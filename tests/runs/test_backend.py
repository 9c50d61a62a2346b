"""A training by tensors, on the CPU: the same weights, also after an interruption."""

import json
from contextlib import contextmanager

import pytest

from trainwell.core.errors import Interrupted
from trainwell.runs import Quiet, train
from trainwell.training import Hook
from trainwell.training import _render_settings as rendering

ARGS = (
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.epochs=2",
    "train.evaluate_every=1",
    "train.batch_size=16",
    "augment=randaugment",
    "augment.flip=true",
    "augment.cutout=0.5",
    "augment.mix=cutmix",
)


@pytest.fixture(scope="module")
def runs(digits_folder, tmp_path_factory):
    """One by each engine, and how often tensors were rendered in either."""
    out, calls = tmp_path_factory.mktemp("backends"), []

    def counted(*args, **kwargs):
        calls.append(args)
        return original(*args, **kwargs)

    original, numbers = rendering.render_batched, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "render_batched", counted)
        for name in ("numba", "torch"):
            how = (*ARGS, f"augment.backend={name}")
            train(digits_folder, *how, out=out / name, reporter=Quiet())
            numbers.append(len(calls))
    return out, numbers


def weights(run):
    return (run / "model.safetensors").read_bytes()


def losses(run):
    lines = (run / "metrics.jsonl").read_text().splitlines()
    return [line.get("val_loss") for line in map(json.loads, lines)]


def test_training_by_tensors_is_training(runs):
    """The levels are equal, and so is everything behind them."""
    out, (before, after) = runs
    assert before == 0
    assert after > 30  # steps and evaluations
    assert weights(out / "torch") == weights(out / "numba")
    assert losses(out / "torch") == losses(out / "numba")
    assert "backend: torch" in (out / "torch" / "recipe.yaml").read_text()


class _StopEarly(Hook):
    def after_step(self, state, batch, loss):
        if state.step == 25:  # in the middle of the second epoch
            state.stop = "signal"


class _Impatient(Quiet):
    @contextmanager
    def training(self, per_epoch):
        assert per_epoch < 25 < 2 * per_epoch
        yield _StopEarly()


def test_it_resumes_exactly(runs, digits_folder, tmp_path):
    how = (*ARGS, "augment.backend=torch")
    with pytest.raises(Interrupted):
        train(digits_folder, *how, out=tmp_path / "a", reporter=_Impatient())
    train(digits_folder, *how, out=tmp_path / "a", resume=True, reporter=Quiet())
    assert weights(tmp_path / "a") == weights(runs[0] / "torch")
