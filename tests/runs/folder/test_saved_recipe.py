"""A run keeps the policy that it began with, whatever becomes of the user's file."""

import numpy as np
import pytest

from trainwell.augment.policies import RandAugment, SubPolicies, write_policy
from trainwell.core.errors import UserError
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, RunFolder, preview_run, train
from trainwell.runs.training import _train_run as fitting

SOURCE = "synthetic:shapes,size=16,count=90,seed=3"
FAST = (
    "train.epochs=3",
    "train.batch_size=16",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.checkpoint_seconds=0.01",
    "model.name=softmax",
)
INVERT = SubPolicies(((("invert", 0.5, 0.0),),))


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("# by hand\n" + write_policy(INVERT))
    return path


def start(mine, out, *keys, **more):
    asked = f"augment.file={mine}"
    return train(SOURCE, *FAST, asked, *keys, out=out, reporter=Quiet(), **more)


def seen(run):
    return preview_run(run, "3", 1)[0][1]


def test_what_a_run_saw_does_not_need_the_file(mine, tmp_path):
    run = start(mine, tmp_path / "run").path
    assert (run / "policy.yaml").read_text() == mine.read_text()
    assert read_recipe(run / "recipe.yaml").augment.file == str(mine)
    before = seen(run)
    mine.write_text(write_policy(RandAugment()))
    np.testing.assert_array_equal(seen(run).image, before.image)
    mine.unlink()
    np.testing.assert_array_equal(seen(run).image, before.image)
    (run / "policy.yaml").write_text(write_policy(RandAugment(magnitude=30)))
    assert seen(run).captions != before.captions


def test_a_run_goes_on_without_the_file(mine, tmp_path):
    whole = start(mine, tmp_path / "whole").path
    out, steps = tmp_path / "run", iter(range(6))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            fitting.StopOnSignal,
            "after_step",
            lambda hook, state, batch, loss: next(steps),
        )
        with pytest.raises(StopIteration):
            start(mine, out)
    mine.unlink()
    start(mine, out, resume=True)
    weights = [(run / "model.safetensors").read_bytes() for run in (whole, out)]
    assert weights[0] == weights[1]


def test_a_file_that_is_not_there_is_refused(mine, tmp_path):
    mine.unlink()
    with pytest.raises(UserError, match=r"augment.file=.*mine.yaml: there is no such"):
        start(mine, tmp_path / "run")
    assert not (tmp_path / "run" / "recipe.yaml").exists()


def test_a_policy_of_an_earlier_start_does_not_win(mine, tmp_path):
    out, other = tmp_path / "run", tmp_path / "other.yaml"
    other.write_text(write_policy(RandAugment(magnitude=30)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "_train", lambda *parts: 1 / 0)
        patch.setattr(RunFolder, "_holds_only", lambda folder, names: False)  # killed
        with pytest.raises(ZeroDivisionError):
            start(other, out)
    assert (out / "policy.yaml").read_text() == other.read_text()
    run = start(mine, out, resume=True).path
    assert (run / "policy.yaml").read_text() == mine.read_text()
    whole = start(mine, tmp_path / "whole").path
    weights = [(each / "model.safetensors").read_bytes() for each in (whole, run)]
    assert weights[0] == weights[1]


def test_all_networks_of_an_ensemble_have_the_same_policy(mine, tmp_path):
    before, first = mine.read_text(), fitting.finish

    def change(*parts):
        summary = first(*parts)
        mine.write_text(write_policy(RandAugment(magnitude=30)))
        return summary

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "finish", change)
        run = start(mine, tmp_path / "run", "ensemble=2").path
    kept = [run / "policy.yaml", *run.glob("members/*/policy.yaml")]
    assert [path.read_text() for path in kept] == 3 * [before]
