"""The section `train` of a recipe."""

import pytest

from trainwell.core.errors import RecipeError
from trainwell.recipes import read_recipe


def test_calibration_is_on_until_it_is_switched_off():
    assert read_recipe(None).train.calibrate is True
    assert read_recipe(None, ["train.calibrate=false"]).train.calibrate is False
    with pytest.raises(RecipeError, match="calibrate"):
        read_recipe(None, ["train.calibrate=maybe"])


def test_a_time_that_cannot_be_read():
    with pytest.raises(RecipeError, match="time"):
        read_recipe(None, ["train.time=soon"])
