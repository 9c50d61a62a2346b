"""Batches are rendered as the recipe says."""

import numpy as np
import pytest
import torch

from trainwell.runs.setup._batches import fit_colors, make_batches, render_settings


def test_statistics_by_hand(opened):
    session = opened()
    train = session.splits.train
    pixels = np.concatenate(
        [train.sample(i)[0].reshape(-1, 3) for i in range(len(train))]
    )
    colors = fit_colors(session.recipe, session.splits, session.stores.train)
    np.testing.assert_allclose(colors.mean, pixels.mean(0) / 255, rtol=1e-6)
    np.testing.assert_allclose(colors.std, pixels.std(0) / 255, rtol=1e-5)


@pytest.mark.parametrize(
    ("format", "found"),
    [("auto", "contiguous"), ("channels_last", "channels_last")],
)
def test_an_open_memory_format_is_contiguous_at_first(opened, format, found):
    session = opened(f"train.memory_format={format}", "data.fit=stretch")
    colors = fit_colors(session.recipe, session.splits, session.stores.train)
    settings = render_settings(session.recipe, colors, torch.device("cpu"))
    assert settings.memory_format == found
    assert (settings.size, settings.fit) == (session.recipe.data.image_size, "stretch")


def test_the_seed_and_the_length_are_the_recipes(opened):
    session = opened("seed=7")
    colors = fit_colors(session.recipe, session.splits, session.stores.train)
    settings = render_settings(session.recipe, colors, torch.device("cpu"))
    batches = make_batches(
        session.recipe, session.splits, session.stores.train, settings
    )
    assert (batches.seed, batches.epochs, batches.batch_size) == (7, 4, 16)
    assert batches.mixing is None


def test_a_batch_is_no_larger_than_the_data(opened):
    session = opened("train.batch_size=99999")
    colors = fit_colors(session.recipe, session.splits, session.stores.train)
    settings = render_settings(session.recipe, colors, torch.device("cpu"))
    batches = make_batches(
        session.recipe, session.splits, session.stores.train, settings
    )
    assert batches.batch_size == len(session.splits.train)
    assert batches.per_epoch == 1
