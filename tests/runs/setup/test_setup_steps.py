"""The steps that build a setup, one by one."""

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from trainwell import models
from trainwell.runs import Quiet
from trainwell.runs.setup import _setup_steps
from trainwell.runs.setup._network import build_network
from trainwell.runs.setup._setup_steps import (
    apply_transfer,
    build_batches,
    build_loss,
    choose_step,
    initialize,
)


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    path = tmp_path_factory.mktemp("weights") / "w.safetensors"
    made = models.create("cifar_resnet20", num_classes=4, image_size=12)
    save_file(made.model.state_dict(), path)
    return path


def test_the_loss_counts_classes(opened):
    session = opened("loss.class_weights=balanced")
    network = build_network(session, session.recipe)
    loss = build_loss(session, session.recipe, network)
    counts = np.bincount(session.splits.train.targets)
    classes = torch.arange(len(counts))
    values = loss(torch.zeros(len(counts), len(counts)), classes)
    assert values.shape == (len(counts),)
    assert int(values.argmax()) == int(counts.argmin())


def test_fresh_weights_have_no_blocks_to_distinguish(opened):
    session = opened()
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    assert not apply_transfer(session, session.recipe, network, batches, Quiet())


def test_lower_blocks_are_frozen(opened, weights):
    session = opened(
        "model=cifar_resnet20", f"model.pretrained={weights}", "transfer.freeze=0.5"
    )
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    blocks = apply_transfer(session, session.recipe, network, batches, Quiet())
    frozen = [not any(p.requires_grad for p in b.parameters()) for b in blocks]
    assert sum(frozen) == round(0.5 * (len(blocks) - 1))
    assert frozen == sorted(frozen, reverse=True)


def test_weights_start_as_the_recipe_says(opened):
    session = opened("init=small_normal", "init.std=1e-9", "init.bias=0.25")
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    initialize(session, session.recipe, network, batches)
    for module in network.model.modules():
        if isinstance(module, torch.nn.Linear):
            assert module.weight.abs().max() < 1e-7
            assert (module.bias == 0.25).all()


@pytest.mark.parametrize(("limit", "times"), [("10s", 0), ("10m", 4), (None, 4)])
def test_steps_are_not_timed_where_that_takes_too_much_of_a_limit(
    opened, monkeypatch, tmp_path, limit, times
):
    monkeypatch.setenv("TRAINWELL_STEPS", str(tmp_path / "steps.json"))
    monkeypatch.setattr(_setup_steps, "timing_seconds", lambda model, batch: 0.4)
    more = [] if limit is None else [f"train.time={limit}", "train.epochs=null"]
    session = opened("train.precision=auto", "train.memory_format=auto", *more)
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    loss = build_loss(session, session.recipe, network)
    recipe, batches, timings = choose_step(
        session.recipe, network, batches, loss, Quiet(), spent=4.0
    )
    assert len(timings) == times
    assert recipe.train.precision != "auto"
    assert batches.settings.memory_format == recipe.train.memory_format != "auto"


def test_times_of_an_earlier_run_are_taken_under_any_limit(
    opened, monkeypatch, tmp_path
):
    monkeypatch.setenv("TRAINWELL_STEPS", str(tmp_path / "steps.json"))
    session = opened("train.precision=auto", "train.epochs=null", "train.time=10s")
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    loss = build_loss(session, session.recipe, network)
    monkeypatch.setattr(_setup_steps, "timing_seconds", lambda model, batch: 0.0)
    timed = choose_step(session.recipe, network, batches, loss, Quiet())[2]
    monkeypatch.setattr(_setup_steps, "timing_seconds", lambda model, batch: 1e9)
    again = choose_step(session.recipe, network, batches, loss, Quiet())[2]
    assert len(timed) == 2
    assert again == timed
