"""What a recipe is completed from is computed once for the data."""

import numpy as np

from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet
from trainwell.runs.session import _data_stats
from trainwell.runs.session._data_stats import say_random_start
from trainwell.runs.session._open_session import complete_session, open_data


def opened(*keys):
    recipe = read_recipe(None, ["train.threads=1", *keys])
    source = "synthetic:shapes,size=12,count=90,seed=3"
    return open_data(source, recipe, Scope("test"), Quiet())


def test_stats_are_computed_once(monkeypatch):
    calls, describe = [], _data_stats.describe_mirrored

    def counted(splits):
        calls.append(splits)
        return describe(splits)

    monkeypatch.setattr(_data_stats, "describe_mirrored", counted)
    data = opened("augment.flip=true")
    complete_session(data)
    say_random_start(data.stats, data.requested, Quiet())
    assert len(calls) == 1


def test_part_of_the_images_has_stats_of_its_own():
    data = opened()
    part = data.training_session(np.arange(40))
    assert len(part.splits.train) == 40
    assert data.stats.num_train > 40
    assert part.summary.startswith("40 ")
    assert data.completed()[1].startswith(f"{data.stats.num_train} ")
