"""Images that are no squares: every network, and a run from training to its export."""

import inspect
import shutil
from contextlib import contextmanager

import numpy as np
import pytest
import torch
from PIL import Image

import trainwell as tw
from trainwell import models
from trainwell.core.errors import Interrupted, ModelError
from trainwell.models._catalogue import CATALOGUE
from trainwell.runs import Quiet, finish_run
from trainwell.training import Hook

SIZE = (48, 80)
HEAVY = {"pyramidnet272", "wide_resnet28_10", "vgg16", "vgg19", "alexnet"}
KEYS = (
    "data.image_size=[48,80]",
    "model=lenet",
    "train.epochs=4",
    "train.batch_size=8",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)


@pytest.mark.parametrize("name", models.names())
def test_every_network_takes_a_step(name):
    torch.manual_seed(0)
    if name in HEAVY:
        with torch.device("meta"):
            created = models.create(name, num_classes=3, image_size=SIZE)
            assert created.model(torch.zeros(4, 3, *SIZE)).shape == (4, 3)
        return
    created = models.create(name, num_classes=3, image_size=SIZE)
    assert created.spec.image_size == SIZE
    images, targets = torch.randn(4, 3, *SIZE), torch.tensor([0, 1, 2, 0])
    models.show_images(created.model, images, targets)
    loss = torch.nn.functional.cross_entropy(created.model.train()(images), targets)
    loss.backward()
    assert loss.isfinite()
    again = models.build(created.spec)
    again.load_state_dict(created.model.state_dict())


SIZED = [
    name
    for name, entry in CATALOGUE.items()
    if "image_size" in inspect.signature(entry.factory).parameters
]


@pytest.mark.parametrize("name", SIZED)
@pytest.mark.parametrize("size", [(16, 200), (200, 16)])
def test_a_long_image_is_read_or_refused_in_a_line(name, size):
    with torch.device("meta"):
        if name.startswith("vgg"):
            with pytest.raises(ModelError, match="must be 32 or more for vgg.., got"):
                models.create(name, num_classes=3, image_size=size)
        else:
            created = models.create(name, num_classes=3, image_size=size)
            assert created.model(torch.zeros(2, 3, *size)).shape == (2, 3)


@pytest.fixture(scope="module")
def wide(tmp_path_factory):
    """A hundred wide images: a bright bar that lies, or stands."""
    root, rng = tmp_path_factory.mktemp("wide"), np.random.default_rng(0)
    for i in range(100):
        folder = root / ("lies", "stands")[i % 2]
        folder.mkdir(exist_ok=True)
        height, width = rng.integers(60, 100), rng.integers(110, 180)
        image = rng.integers(0, 60, (height, width, 3)).astype(np.uint8)
        rows, columns = slice(height // 3, -height // 3), slice(width // 3, -width // 3)
        image[(rows, slice(None)) if i % 2 == 0 else (slice(None), columns)] += 150
        Image.fromarray(image).save(folder / f"{i}.{('png', 'jpg')[i // 2 % 2]}")
    return root


@pytest.fixture(scope="module")
def run(wide, tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "a"
    return tw.train(wide, *KEYS, out=out, reporter=Quiet())


def weights(run):
    return tw.load(run.path).model.state_dict()


def test_what_was_trained_evaluates_and_predicts_alike(run, wide):
    assert run.summary["test_accuracy"] > 0.8
    assert tw.evaluate(run.path, wide).accuracy == run.summary["test_accuracy"]
    predictor = tw.load(run.path)
    assert predictor.metadata.preprocessing.image_size == SIZE
    assert predictor.metadata.preprocessing.short_side == 120
    assert "48x80 px" in repr(predictor)
    stored = np.load(run.path / "predictions" / "test.npz")
    files = [wide / name for name in stored["names"]]
    found = [p.probabilities for p in predictor.predict(files)]
    np.testing.assert_allclose(found, stored["probabilities"], atol=1e-6)
    assert np.load(run.path / "examples.npz")["images"].shape[1:] == (48, 80, 3)
    assert "48x80 px" in (run.path / "report.html").read_text()


@pytest.mark.parametrize("views", ["flip", "ten_crop", "five_scales"])
def test_views_keep_the_proportions(run, wide, views):
    scores = tw.evaluate(run.path, wide, views=views)
    assert scores.accuracy > 0.8


def test_an_export_agrees(run):
    onnxruntime = pytest.importorskip("onnxruntime", reason="it is not installed")
    path, agreement = tw.export(run.path, reporter=Quiet())
    assert agreement.largest < 1e-5
    session = onnxruntime.InferenceSession(path)
    assert session.get_inputs()[0].shape[1:] == [48, 80, 3]


def test_streamed_images_are_those_in_memory(run, wide, tmp_path):
    """Whole images, for a JPEG that is decoded at a reduced scale differs a little."""
    keys = (*KEYS, "augment.crop=none", "data.memory_gb=1e-9")
    streamed = tw.train(wide, *keys, out=tmp_path / "s", reporter=Quiet())
    assert streamed.summary["test_accuracy"] > 0.8


class StopAt(Hook):
    def after_step(self, state, batch, loss):
        if state.step == 7:
            state.stop = "signal"


class Impatient(Quiet):
    @contextmanager
    def training(self, per_epoch):
        yield StopAt()


@pytest.fixture(scope="module")
def interrupted(wide, tmp_path_factory):
    out = tmp_path_factory.mktemp("interrupted") / "a"
    with pytest.raises(Interrupted):
        tw.train(wide, *KEYS, out=out, reporter=Impatient())
    return out


def test_a_resumed_run_ends_with_the_same_weights(run, wide, interrupted, tmp_path):
    out = shutil.copytree(interrupted, tmp_path / "r")
    resumed = tw.train(wide, out=out, resume=True, reporter=Quiet())
    for name, expected in weights(run).items():
        assert torch.equal(weights(resumed)[name], expected)


def test_an_interrupted_run_is_finished(interrupted, tmp_path):
    out = shutil.copytree(interrupted, tmp_path / "r")
    assert finish_run(out, reporter=Quiet()).summary["stopped_by"] == "finish"
    assert tw.load(out).metadata.preprocessing.image_size == SIZE


def test_a_run_starts_from_it_and_is_combined_with_it(run, wide, tmp_path):
    keys = (f"model.pretrained={run.path}", "train.epochs=2")
    second = tw.train(wide, *keys, out=tmp_path / "b", reporter=Quiet())
    assert tw.load(second.path).metadata.model.image_size == SIZE
    both = tw.ensemble([run, second], out=tmp_path / "c", reporter=Quiet())
    assert both.summary["test_accuracy"] > 0.8
