"""One network in a run folder."""

import numpy as np
import pytest

from trainwell.core.errors import RunError
from trainwell.runs import RunFolder
from trainwell.runs._setup import build_setup
from trainwell.runs._train_run import _planned_epochs, begin


def test_the_plan_under_a_time_limit_by_hand(opened):
    from dataclasses import replace

    session = opened("train.time=11s", "train.epochs=null")
    setup = replace(build_setup(session), seconds=1.0, timings={"float32": 160.0})
    images = setup.batches.per_epoch * setup.batches.batch_size
    assert _planned_epochs(setup) == pytest.approx(160 * 10 / images)
    assert _planned_epochs(replace(setup, timings={})) == 20


def test_a_run_goes_on_with_its_own_images_only(opened, tmp_path):
    session, folder = opened(), RunFolder(tmp_path)
    begin(folder, session.recipe, session)
    assert folder.read_json(folder.origin) == session.origin
    folder.last.parent.mkdir()
    folder.last.touch()
    begin(folder, session.recipe, session)
    other = session.subset(np.arange(10))
    with pytest.raises(RunError, match="the training images of .* are not those that"):
        begin(folder, session.recipe, other)
