"""Pixels in memory as far as they fit, or decoded when they are fetched."""

import numpy as np
import pytest

from trainwell.data import ResidentStore, StreamingStore
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet
from trainwell.runs.session._open_session import open_session
from trainwell.runs.session._stores import short_side


def test_room_for_crops():
    assert [short_side(size) for size in (32, 33, 224)] == [48, 49, 336]
    assert short_side((96, 160)) == short_side((160, 96)) == 240


@pytest.fixture
def stores(digits_folder):
    def open_with(decode, *overrides):
        recipe = read_recipe(None, ("train.threads=1", *overrides))
        scope, quiet = Scope("test"), Quiet()
        return open_session(digits_folder, recipe, scope, quiet, decode=decode).stores

    return open_with


def test_ahead_or_on_demand_show_the_same_pixels(stores):
    ahead, lazy = stores("ahead"), stores("on demand")
    assert isinstance(ahead.train, ResidentStore)
    assert isinstance(lazy.train, StreamingStore)
    for i in (0, 5):
        packs = [s.train.fetch(np.array([i])) for s in (ahead, lazy)]
        images = [pack.image(int(rows[0])) for pack, rows in packs]
        np.testing.assert_array_equal(*images)


def test_what_does_not_fit_into_memory_is_decoded_on_demand(stores):
    few = stores("ahead", "data.memory_gb=1e-9")
    assert isinstance(few.train, StreamingStore)
    assert isinstance(few.test, StreamingStore)
