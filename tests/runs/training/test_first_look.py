"""`train` warns of what one forward pass shows, and leaves the network as it was."""

import numpy as np
import pytest
import torch

from trainwell.runs import Quiet, train

KEYS = (
    "train.epochs=1",
    "data.image_size=8",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "train.threads=1",
)


class Soft(torch.nn.Module):
    def __init__(self, classes=2, soft=True):
        super().__init__()
        self.map, self.soft = torch.nn.Linear(192, classes), soft

    def forward(self, x):
        logits = self.map(x.flatten(1))
        return logits.softmax(1) if self.soft else logits


class Told(Quiet):
    def __init__(self):
        self.warnings = []

    def warn(self, text):
        self.warnings.append(text)


@pytest.fixture
def arrays():
    images = np.random.default_rng(0).integers(0, 256, (80, 8, 8, 3), np.uint8)
    return images, np.arange(80) % 2


@pytest.mark.parametrize("soft", [True, False])
def test_a_softmax_in_the_network_is_said(arrays, tmp_path, soft):
    reporter = Told()
    run = train(
        arrays, *KEYS, model=Soft(soft=soft), out=tmp_path / "r", reporter=reporter
    )
    said = [w for w in reporter.warnings if "probabilities already" in w]
    assert len(said) == int(soft)
    assert any("return logits" in note for note in run.summary["faults"]) == soft


class Ending(torch.nn.Module):
    def __init__(self, kind):
        super().__init__()
        self.map, self.kind = torch.nn.Linear(192, 2), kind

    def forward(self, x):
        logits = self.map(x.flatten(1))
        return {"zero": logits * 0, "relu": logits.relu(), "plain": logits}[self.kind]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("zero", "images get the same outputs, and no weight can change that"),
        ("relu", "the network ends in a ReLU, and an output that it cuts off"),
        ("plain", ""),
    ],
)
def test_outputs_that_cannot_learn_are_said(arrays, tmp_path, kind, words):
    reporter = Told()
    run = train(
        arrays, *KEYS, model=Ending(kind), out=tmp_path / "r", reporter=reporter
    )
    said = [w for w in reporter.warnings if "outputs" in w or "ReLU" in w]
    assert len(said) == bool(words)
    assert not words or words in said[0]
    assert run.summary


@pytest.mark.parametrize("start", ["model=lenet", "model=airbench", "init=fixup"])
def test_networks_of_ours_are_not_warned_of(arrays, tmp_path, start):
    more = ("model=cifar_resnet20",) if start == "init=fixup" else ()
    keys = [k for k in KEYS if not k.startswith("data.image_size")]
    reporter = Told()
    size = "data.image_size=32"
    train(arrays, *keys, size, start, *more, out=tmp_path / "r", reporter=reporter)
    assert not [w for w in reporter.warnings if "output" in w.lower()]


def test_blank_inputs_are_said(arrays, tmp_path, monkeypatch):
    """As a broken decoder or preprocessing would leave them."""
    from dataclasses import replace

    from trainwell.runs.training import _first_look

    whole = _first_look.plain_batch

    def blank(*arguments):
        batch = whole(*arguments)
        return replace(batch, images=torch.zeros_like(batch.images))

    monkeypatch.setattr(_first_look, "plain_batch", blank)
    reporter = Told()
    train(arrays, *KEYS, "model=softmax", out=tmp_path / "r", reporter=reporter)
    assert any("All training images are the same" in w for w in reporter.warnings)


def test_the_weights_do_not_depend_on_the_look(arrays, tmp_path, monkeypatch):
    from trainwell.runs.training import _train_run

    keys = (
        "train.epochs=1",
        "train.precision=float32",
        "train.memory_format=contiguous",
        "train.threads=1",
        "model=lenet",
        "noise=dropout",
        "data.image_size=32",
    )
    seen = train(arrays, *keys, out=tmp_path / "a", reporter=Quiet())
    monkeypatch.setattr(_train_run, "first_look", lambda setup: [])
    unseen = train(arrays, *keys, out=tmp_path / "b", reporter=Quiet())
    a, b = ((r.path / "model.safetensors").read_bytes() for r in (seen, unseen))
    assert a == b


@pytest.mark.parametrize(("side", "count"), [(12, 64), (160, 40), (300, 16)])
def test_fewer_images_are_looked_at_where_they_are_large(
    opened, monkeypatch, side, count
):
    from trainwell.runs.setup._setup import build_setup
    from trainwell.runs.training import _first_look

    asked = []

    def noted(dataset, store, settings, indices):
        asked.append(len(indices))
        return original(dataset, store, settings, indices)

    original = _first_look.plain_batch
    monkeypatch.setattr(_first_look, "plain_batch", noted)
    setup = build_setup(opened("model=softmax", f"data.image_size={side}"))
    _first_look.first_look(setup)
    assert asked == [count]
