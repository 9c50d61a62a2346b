"""The network that is looked at is the one that a training would start from."""

import shlex

import numpy as np
import pytest
import torch
from torch import nn

from trainwell import models
from trainwell.core.errors import ModelError, RecipeError
from trainwell.diagnose import init_report
from trainwell.recipes import Scope, read_recipe
from trainwell.runs import Quiet, check_init
from trainwell.runs.checks import _init as module
from trainwell.runs.checks._init_subject import _num_images
from trainwell.runs.session._open_session import open_session
from trainwell.runs.setup._setup import build_setup

QUIET = Quiet()
FIXED = ("train.precision=float32", "train.memory_format=contiguous")


@pytest.fixture
def looked_at(monkeypatch):
    """Run a check; return the network, images and targets that were measured."""
    seen = {}

    def measured(network, images, targets, **rest):
        seen.update(network=network, images=images, targets=targets)
        return init_report(network, images, targets, **rest)

    monkeypatch.setattr(module, "init_report", measured)

    def look(*words, **options):
        check_init(*words, reporter=QUIET, **options)
        return seen["network"], seen["images"], seen["targets"]

    return look


def as_trained(source, *overrides):
    """The network as `train` prepares it, by the same steps."""
    recipe = read_recipe(None, [*overrides, *FIXED])
    session = open_session(source, recipe, Scope("test"), QUIET)
    return build_setup(session).model


def same(one, other):
    a, b = one.state_dict(), other.state_dict()
    assert a.keys() == b.keys()
    assert [name for name in a if not torch.equal(a[name], b[name])] == []


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("lenet", {}),
        ("lenet", {"init": "lsuv"}),
        ("lenet", {"init": "kaiming_normal", "activation": "leaky_relu"}),
        ("airbench", {"norm": "batch_renorm"}),
    ],
)
def test_on_data_it_is_the_network_that_training_starts_from(looked_at, name, options):
    seed = "seed=3"
    network, images, targets = looked_at(name, seed, data="digits", **options)
    sections = [f"{section}.name={value}" for section, value in options.items()]
    trained = as_trained("digits", seed, f"model.name={name}", *sections)
    same(network, trained)
    assert images.shape[0] == len(targets) == 256
    assert images.mean().abs() < 0.2


def test_on_noise_it_is_the_network_that_is_created(looked_at):
    network, images, targets = looked_at("lenet", "seed=5", "data.image_size=12")
    torch.manual_seed(5)
    same(network, models.create("lenet", num_classes=10, image_size=12).model)
    assert targets is None
    assert images.shape == (256, 3, 12, 12)
    assert images.std().item() == pytest.approx(1, abs=0.01)


def test_a_stage_is_fitted_as_in_training(looked_at):
    words = ("preprocess.name=zca_whiten", "model.arguments.hidden=[8]")
    network, *_ = looked_at("mlp", *words, data="digits")
    trained = as_trained("digits", "model.name=mlp", *words)
    assert trained.stage.get_buffer("mean").any()
    same(network, trained)


def test_another_seed_is_another_start(looked_at):
    first = looked_at("lenet", "data.image_size=12")
    second = looked_at("lenet", "seed=1", "data.image_size=12")
    assert not torch.equal(first[0][0].weight, second[0][0].weight)
    assert not torch.equal(first[1], second[1])


@pytest.mark.parametrize(
    ("size", "count"), [(8, 256), (64, 256), (128, 64), (256, 16), (512, 16)]
)
def test_larger_images_are_fewer(size, count):
    assert _num_images(size) == count


def test_six_layers_have_their_own_activation_and_size(looked_at):
    small = ("model.arguments.width=8",)
    network, images, _ = looked_at("six_layers", *small)
    assert images.shape == (256, 1, 64, 64)
    assert sum(isinstance(m, nn.Tanh) for m in network.modules()) == 6
    network, *_ = looked_at("six_layers", *small, norm="batch_norm")
    assert sum(isinstance(m, nn.BatchNorm1d) for m in network.modules()) == 6


def test_the_gain_is_that_of_the_activation(looked_at):
    def scale(**options):
        words = ("model.arguments.width=64", "data.image_size=8")
        network, *_ = looked_at("six_layers", *words, init="xavier_normal", **options)
        return next(m for m in network.modules() if isinstance(m, nn.Linear)).weight

    assert torch.equal(scale(), scale(activation="tanh"))
    ratio = scale().std() / scale(activation="sigmoid").std()
    assert ratio.item() == pytest.approx(5 / 3, rel=1e-5)


def test_without_out_nothing_is_written(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    check_init("lenet", "data.image_size=12", reporter=QUIET)
    assert list(tmp_path.iterdir()) == []


def command_in(page):
    text = page.read_text().split('<pre class="command"><code>')[1]
    return text.split("</code>")[0].replace("&#39;", "'")


def test_the_command_on_the_page_measures_the_same(tmp_path, digits_folder):
    page = tmp_path / "a.html"
    options = {"init": "small_normal", "activation": "tanh", "data": digits_folder}
    words = ("lenet", "init.std=0.3", "data.image_size=12", "seed=2")
    report = check_init(*words, **options, out=page, reporter=QUIET)
    program, *rest = shlex.split(command_in(page))
    assert [program, *rest[:3]] == ["trainwell", "check", "init", "lenet"]
    at = rest.index("--init")
    names, values = rest[at::2], rest[at + 1 :: 2]
    given = {n.removeprefix("--"): v for n, v in zip(names, values, strict=True)}
    assert given.keys() == options.keys()
    assert check_init(*rest[2:at], **given, reporter=QUIET) == report


def test_arrays_are_not_put_into_words(tmp_path):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60, 12, 12, 1), np.uint8)
    page = tmp_path / "a.html"
    check_init("lenet", data=(images, np.arange(60) % 3), out=page, reporter=QUIET)
    assert command_in(page) == "trainwell check init lenet --data arrays"
    assert "images of the arrays given, " in page.read_text()


def test_the_verdict_knows_the_rule():
    words = ("six_layers", "model.arguments.width=32", "data.image_size=8")
    report = check_init(
        *words, "init.gain=0.1", init="xavier_normal", activation="tanh", reporter=QUIET
    )
    assert report.verdict.kind == "vanishing"
    assert report.verdict.text.endswith("try init=lsuv.")


@pytest.mark.parametrize(
    ("words", "options", "message"),
    [
        (("nothing",), {}, "there is no model `nothing`"),
        (("k_nearest",), {"data": "digits"}, "k_nearest cannot be measured"),
        (("lenet", "init.std=1"), {}, "needs `init.name` beside it"),
        (("lenet", "init.std=1"), {"data": "digits"}, "needs `init.name` beside it"),
        (("lenet", "preprocess=zca_whiten"), {}, "changes nothing in"),
        (("lenet", "optimizer.lr=1"), {"data": "digits"}, "changes nothing in"),
    ],
)
def test_messages(words, options, message):
    with pytest.raises((ModelError, RecipeError), match=message):
        check_init(*words, **options, reporter=QUIET)
