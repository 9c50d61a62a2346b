"""The head that a setup begins with: solved for on what the network itself computes."""

import time

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from trainwell import models
from trainwell.models import AllDepths
from trainwell.runs import Quiet
from trainwell.runs.setup._head_inputs import HeadInputs
from trainwell.runs.setup._network import build_network
from trainwell.runs.setup._setup import build_setup
from trainwell.runs.setup._setup_steps import build_batches
from trainwell.runs.setup._solve_head import solve_for_head
from trainwell.runs.training._evaluation import evaluate_now, first_evaluations
from trainwell.training import plain_batch
from trainwell.transfer import solve_head

FLOAT = "train.precision=float32"


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    torch.manual_seed(0)
    path = tmp_path_factory.mktemp("weights") / "w.safetensors"
    made = models.create("cifar_resnet20", num_classes=4, image_size=12)
    save_file(made.model.state_dict(), path)
    return path


def solved(opened, weights, *more, reporter=None):
    session = opened("model=cifar_resnet20", f"model.pretrained={weights}", *more)
    network = build_network(session, session.recipe)
    batches = build_batches(session, session.recipe, network)
    reporter = reporter or Quiet()
    solve_for_head(session, session.recipe, network, batches, reporter)
    return session, network.model.eval(), batches


def whole(session, batches):
    rows = np.arange(len(session.splits.train))
    stores = session.stores
    return plain_batch(session.splits.train, stores.train, batches.settings, rows)


def inputs_of(layer, model, images):
    kept = []
    handle = layer.register_forward_pre_hook(lambda _, args: kept.append(args[0]))
    with torch.no_grad():
        logits = model(images)
    handle.remove()
    return kept[0], logits


@pytest.mark.parametrize("depths", ["all", None])
def test_the_network_answers_as_the_solution(opened, weights, depths):
    keys = (FLOAT, "augment.flip=false", "transfer.solve=true")
    more = [] if depths is None else ["transfer.depths=all"]
    session, model, batches = solved(opened, weights, *keys, *more)
    batch = whole(session, batches)
    heads = [m for m in model.modules() if isinstance(m, AllDepths)]
    layer = heads[0].standardized if heads else model.fc
    features, logits = inputs_of(layer, model, batch.images)
    count = len(session.splits.classes)
    expected = solve_head(features, batch.targets, count).logits(features)
    inside = (features - features.mean(0)).abs() <= 5 * features.std(0)
    kept = torch.ones(len(features), dtype=bool) if heads else inside.all(1)
    assert kept.sum() > 20, "without a head on all depths nothing is clipped"
    torch.testing.assert_close(logits[kept], expected[kept], atol=0.05, rtol=0.05)
    agree = (logits.argmax(1) == expected.argmax(1)).float().mean()
    assert agree > 0.97


def test_mirror_images_count(opened, weights):
    keys = (FLOAT, "transfer.solve=true")
    _, plain, _ = solved(opened, weights, *keys, "augment.flip=false")
    _, both, _ = solved(opened, weights, *keys, "augment.flip=true")
    assert not torch.equal(plain.fc.weight, both.fc.weight)


def test_a_short_time_takes_some_of_the_images(opened, weights):
    said = []

    class Saying(Quiet):
        def say(self, message):
            said.append(message)

    keys = (FLOAT, "transfer.solve=true", "train.time=0.01s", "train.epochs=null")
    solved(opened, weights, *keys, reporter=Saying())
    assert "on the features of 32 images" in said[-1]


def test_statistics_stay_and_weights_learn(opened, weights):
    keys = (f"model.pretrained={weights}", "transfer=auto", FLOAT)
    setup = build_setup(opened("model=cifar_resnet20", *keys))
    assert all(p.requires_grad for p in setup.model.parameters())
    norms = [m for m in setup.model.modules() if isinstance(m, torch.nn.BatchNorm2d)]
    before = [norm.running_mean.clone() for norm in norms]
    setup.model.train()
    setup.model(torch.randn(8, 3, 12, 12))
    after = [norm.running_mean for norm in norms]
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))


def test_saved_weights_need_no_solution(opened, weights):
    keys = (f"model.pretrained={weights}", "transfer=auto", FLOAT)
    session = opened("model=cifar_resnet20", *keys)
    assert build_setup(session).model.fc.standardized.std.ne(1).any()
    assert build_setup(session, fresh=False).model.fc.standardized.std.eq(1).all()


def test_what_is_known_of_the_first_weights_is_what_they_answer(opened, weights):
    """So that these images need not pass through the network once more."""
    keys = (f"model.pretrained={weights}", "transfer=auto", FLOAT)
    setup = build_setup(opened("model=cifar_resnet20", *keys))
    known, found = first_evaluations(setup), evaluate_now(setup, setup.model)
    for one, other in zip(known, found, strict=True):
        np.testing.assert_array_equal(one.targets, other.targets)
        near = np.isclose(one.probabilities, other.probabilities, atol=1e-3).all(1)
        assert near.mean() > 0.97
    assert first_evaluations(build_setup(setup.session, fresh=False)) is None


def test_of_some_of_the_images_nothing_is_known(opened, weights):
    keys = (FLOAT, "transfer=auto", "train.time=0.01s", "train.epochs=null")
    session = opened("model=cifar_resnet20", f"model.pretrained={weights}", *keys)
    setup = build_setup(session)
    assert setup.first is None
    assert setup.idle, "there is no time to train"
    assert setup.timings == {}
    assert setup.recipe.train.precision == "float32"


@pytest.mark.parametrize(
    ("limit", "passes"), [("60s", 9 + 2 * 70), ("40s", 9 + 70), ("15s", 9 + 32)]
)
def test_stages_without_room_are_not_begun(opened, weights, monkeypatch, limit, passes):
    """A pass takes 0.2 s per image; there are 70 to train on, 9 to validate, 11 to test.

    The evaluations take 5.8 s, and 4 s are kept for the rest. In 40 s there is room for
    all images and not for their mirror images, in 15 s for one batch of 32.
    """
    clock, seen = [1000.0], []
    monkeypatch.setattr(time, "perf_counter", lambda: clock[0])
    read = HeadInputs.__call__

    def slowly(self, images):
        clock[0] += 0.2 * len(images)
        seen.append(len(images))
        return read(self, images)

    monkeypatch.setattr(HeadInputs, "__call__", slowly)
    keys = (FLOAT, "transfer.solve=true", "augment.flip=true", "train.epochs=null")
    session, _, _ = solved(opened, weights, *keys, f"train.time={limit}")
    splits = session.splits
    assert (len(splits.train), len(splits.val), len(splits.test)) == (70, 9, 11)
    assert sum(seen) == passes
