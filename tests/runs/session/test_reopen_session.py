"""A run whose images moved: known by content, refused where they changed."""

import shutil

import pytest

import trainwell as tw
from trainwell.core.errors import DataError, Interrupted, RunError
from trainwell.runs import Quiet, RunFolder, finish_run, train
from trainwell.training import Hook

KEYS = ("model=softmax", "train.threads=1", "train.epochs=20")
FIXED = ("train.precision=float32", "train.memory_format=contiguous")


class StopAt(Hook):
    def after_step(self, state, batch, loss):
        if state.step == 60:
            state.stop = "signal"


@pytest.fixture
def moved(digits_folder, tmp_path):
    """An interrupted run, and where its images lie now."""
    shutil.copytree(digits_folder, tmp_path / "first")
    out = tmp_path / "run"
    with pytest.raises(Interrupted):
        train(
            tmp_path / "first",
            *KEYS,
            *FIXED,
            out=out,
            hooks=[StopAt()],
            reporter=Quiet(),
        )
    (tmp_path / "first").rename(tmp_path / "second")
    return out, tmp_path / "second"


def test_the_message_says_how_to_go_on(moved):
    run, place = moved
    with pytest.raises(DataError) as caught:
        finish_run(run, reporter=Quiet())
    assert f"`trainwell finish {run} --data PLACE`" in str(caught.value)
    assert finish_run(run, data=place, reporter=Quiet()).summary["val_accuracy"] > 0.2


def test_the_new_place_is_remembered(moved, tmp_path):
    run, place = moved
    finish_run(run, data=place, reporter=Quiet())
    assert RunFolder(run).read_origin()["place"] == str(place)
    assert tw.evaluate(run, place).split == "test"
    place.rename(tmp_path / "third")
    finish_run(run, data=str(tmp_path / "third"), reporter=Quiet())
    assert RunFolder(run).read_origin()["source"] == str(tmp_path / "third")


@pytest.mark.parametrize("split", ["train", "test"])
def test_other_images_are_refused(moved, split):
    run, place = moved
    before = RunFolder(run).read_origin()
    first = sorted((place / split / "class 3").iterdir())[0]
    first.rename(place / split / "class 4" / first.name)
    called = {"train": "training", "test": "test"}[split]
    with pytest.raises(RunError, match=f"the {called} images of .*second, or their"):
        finish_run(run, data=place, reporter=Quiet())
    assert RunFolder(run).read_origin() == before
    assert not RunFolder(run).finished
