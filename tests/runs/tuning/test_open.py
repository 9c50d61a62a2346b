"""What tuning refuses before it reads anything."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.runs.tuning._open import read_request
from trainwell.runs.tuning._types import TuneOptions


def test_a_request_is_a_recipe():
    recipe = read_request(None, ("optimizer.lr=0.1",), TuneOptions())
    assert recipe.optimizer.lr == 0.1


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("train.time=5m", "the budget decides"),
        ("ensemble=3", "a single network"),
        ("prune=magnitude", "a single network"),
        ("train.average=0.9", "a single network"),
        (
            "schedule=reduce_on_plateau",
            "`schedule.name=reduce_on_plateau` changes nothing in `trainwell tune`",
        ),
    ],
)
def test_what_trials_would_leave_out(key, message):
    with pytest.raises(RecipeError, match=message):
        read_request(None, (key,), TuneOptions())


def test_warm_up_of_a_population():
    options = TuneOptions(sampler="population", keys=("schedule.warmup",))
    with pytest.raises(RecipeError, match="constant learning rate"):
        read_request(None, (), options)


def test_a_resumed_study_keeps_the_defaults_it_chose(tmp_path, monkeypatch):
    from trainwell.runs import Quiet
    from trainwell.runs._clock import Clock
    from trainwell.runs.folder._folder import RunFolder
    from trainwell.runs.session import _opened_data
    from trainwell.runs.tuning._open import open_search, open_store, settle_step

    class Said(Quiet):
        def __init__(self):
            self.lines = []

        def say(self, text):
            self.lines.append(text)

    fixed = ("train.threads=1", "train.precision=float32", "model=softmax")
    requested = read_request(None, fixed, TuneOptions())
    folder, options, said = RunFolder(tmp_path), TuneOptions(), Said()

    def opened():
        clock = Clock(60.0)
        return open_search("digits", requested, folder, options, clock, said)

    first = opened()
    store = open_store(first, requested, options)
    with store.open():
        chosen = settle_step(first, store)[0].recipe

    def choose(recipe, stats):
        other = recipe.train.model_copy(update={"batch_size": 7})
        return recipe.model_copy(update={"train": other}), "chosen again"

    monkeypatch.setattr(_opened_data, "choose", choose)
    again = opened()
    assert again.recipe == chosen
    assert again.recipe.train.batch_size != 7
    assert said.lines[-1] == "The recipe is the one that was chosen at the start."


def test_a_search_over_nothing_leaves_no_folder(tmp_path):
    from trainwell.runs import Quiet, tune

    out = tmp_path / "study"
    with pytest.raises(RecipeError, match="`penalty.weight` cannot be searched"):
        tune("digits", over="penalty.weight", out=out, reporter=Quiet())
    assert not out.exists()
