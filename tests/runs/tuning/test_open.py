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
