"""A task in one file: no other package knows it, and each gives what it gives others.

The toy predicts where the bright corner of an image is, as two numbers. Its data come
as indices of four corners. It goes through batches, loss, fit, the choice of weights,
the log, model.json, predictions in every form, test-time views and ONNX.
"""

import csv
import io
import json
from dataclasses import asdict, dataclass

import numpy as np
import pytest
import torch

from trainwell import models, schedules
from trainwell.augment.policies import Plain
from trainwell.cli._prediction_tables import as_csv, as_json, as_lines
from trainwell.core.errors import RunError
from trainwell.data import array_dataset, open_store
from trainwell.infer import (
    ModelMetadata,
    Preprocessing,
    load_predictor,
    read_metadata,
    write_metadata,
)
from trainwell.preprocess import Standardize
from trainwell.recipes import make_loss, read_recipe
from trainwell.tasks import TASKS, Metric, Task
from trainwell.training import (
    EvaluateRegularly,
    KeyedBatches,
    MetricsLog,
    RenderSettings,
    TrainState,
    evaluate,
    fit,
    plain_batches,
    read_metrics,
)

GRAY = Standardize((0.5,), (0.25,))


def at_corner(targets):
    """Return x and y of corners by their index."""
    return np.stack([targets % 2, targets // 2], 1).astype(np.float32)


@dataclass(frozen=True)
class Place:
    name: str
    x: float
    y: float

    def words(self, top):
        return [f"{self.x:.2f}", f"{self.y:.2f}"]

    def tree(self):
        return {"x": round(self.x, 2), "y": round(self.y, 2)}


@dataclass(frozen=True)
class Corner(Task):
    """Where the bright corner is."""

    name = "corner"
    headline = "error"
    logged = ("loss", "error")
    unit: str = "corner"

    @property
    def labels(self):
        return ("x", "y")

    @property
    def num_outputs(self):
        return 2

    def check(self, num_outputs):
        if num_outputs != 2:
            raise ValueError(f"a corner has 2 outputs, not {num_outputs}")

    def counts(self, targets):
        raise AssertionError("no loss of the toy weighs by counts")

    def vectors(self, targets):
        return torch.from_numpy(at_corner(targets.cpu().numpy()))

    def loss_arguments(self):
        return {}

    def predictions(self, outputs):
        return outputs

    @property
    def metrics(self):
        def error(predictions, targets):
            return float(np.abs(predictions - at_corner(targets)).mean())

        def loss(predictions, targets):
            return float(((predictions - at_corner(targets)) ** 2).mean())

        return {
            "error": Metric(error, lower_is_better=True),
            "loss": Metric(loss, lower_is_better=True),
        }

    def scores(self, predictions, targets):
        return {k: m.value(predictions, targets) for k, m in self.metrics.items()}

    def fit_temperature(self, outputs, targets):
        return 1.0

    def prediction(self, name, values):
        return Place(name, *map(float, values))

    def table(self, found, top, *, all_outputs):
        return ["x", "y"], [one.words(top) for one in found]

    def informative(self, predictions, targets, count):
        errors = np.abs(predictions - at_corner(targets)).sum(1)
        return np.sort(np.argsort(-errors)[:count])

    @property
    def mirrors(self):
        return False


TASK = Corner()


def corners(count):
    """Return images with one bright corner each, and its index."""
    rng = np.random.default_rng(0)
    targets = np.arange(count) % 4
    images = rng.integers(0, 60, (count, 8, 8, 1)).astype(np.uint8)
    for image, (x, y) in zip(images, at_corner(targets).astype(int), strict=True):
        image[4 * y : 4 * y + 4, 4 * x : 4 * x + 4] += 180
    return images, targets


@pytest.fixture(scope="module")
def data():
    images, targets = corners(120)
    dataset = array_dataset(images, targets, ["a", "b", "c", "d"])
    store = open_store(dataset, short_side=None, memory_limit=10**6, threads=1)
    settings = RenderSettings(
        size=8, fit="pad", border="mean", device=torch.device("cpu"), standardize=GRAY
    )
    return dataset, store, settings


@pytest.fixture(scope="module")
def run(data, tmp_path_factory):
    """The folder of a training made of the pieces."""
    dataset, store, settings = data
    folder = tmp_path_factory.mktemp("run")
    torch.manual_seed(0)
    made = models.create("mlp", num_classes=2, in_channels=1, image_size=8)
    batches = KeyedBatches(
        dataset=dataset,
        store=store,
        policy=Plain(fit="pad"),
        settings=settings,
        batch_size=20,
        seed=0,
    )
    recipe = read_recipe({"loss": "l2"})
    loss_fn = make_loss(recipe, TASK, dataset.targets, torch.device("cpu"))
    log = MetricsLog(folder, batches.per_epoch, 6)

    def both(model):
        found = evaluate(model, plain_batches(*data, 50), TASK)
        return found, found

    regularly = EvaluateRegularly(
        both,
        lambda state: state.model,
        log,
        best=folder / "model.safetensors",
        every=30,
        select=TASK.metrics["error"],
    )
    optimizer = torch.optim.AdamW(made.model.parameters(), lr=3e-3)
    state = TrainState(model=made.model, optimizer=optimizer, total_steps=120)
    fit(state, batches, loss_fn, schedule=schedules.cosine(), hooks=[regularly, log])
    metadata = ModelMetadata(
        task=TASK,
        model=made.spec,
        preprocessing=Preprocessing(
            image_size=8,
            channels=1,
            short_side=None,
            fit="pad",
            border="mean",
            standardize=GRAY,
        ),
    )
    (folder / "model.json").write_text(write_metadata(metadata))
    return folder


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(TASKS, "corner", Corner)


def test_its_metrics_are_logged_and_the_lowest_error_is_kept(run):
    lines = read_metrics(run / "metrics.jsonl", TASK.headline)
    found = [line for line in lines if line["event"] == "evaluate"]
    errors = [line["val_error"] for line in found]
    assert len(errors) == 4
    assert errors[0] > 2 * errors[-1]
    assert not any("accuracy" in name for line in found for name in line)
    with pytest.raises(RunError, match="holds a line that is none of a run"):
        read_metrics(run / "metrics.jsonl", "accuracy")


def test_it_comes_back_from_the_metadata(run, monkeypatch):
    assert read_metadata(run / "model.json").task == TASK
    kept = json.loads((run / "model.json").read_text())
    assert kept | {"task": "corner", **asdict(TASK)} == kept
    assert "classes" not in kept
    monkeypatch.delitem(TASKS, "corner")
    with pytest.raises(RunError, match="'corner' is none of classification"):
        read_metadata(run / "model.json")


@pytest.fixture
def predictor(run):
    return load_predictor(run)


def test_it_evaluates_by_its_own_metrics(predictor, data):
    found = predictor.evaluate(data[0])
    assert found.headline == found.metric("error") < 0.1
    assert found.logged == TASK.scores(found.probabilities, found.targets) | {
        "loss": found.loss
    }


def test_its_answers_are_printed_in_every_form(predictor, capsys):
    images, targets = corners(4)
    found = predictor.predict(images)
    places = np.array([[one.x, one.y] for one in found])
    assert np.abs(places - at_corner(targets)).max() < 0.3
    first = places[0]
    assert as_lines(found, 1)[0] == f"image 0  {first[0]:.2f}  {first[1]:.2f}"
    assert json.loads(as_json(found))[0] == {"path": "image 0", **found[0].tree()}
    as_csv(found, TASK, 1, all_outputs=False)
    (row, *_) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert list(row) == ["path", "x", "y"]


def test_views_average_its_numbers(predictor):
    images = corners(4)[0]
    pair = [predictor.predict(x) for x in (images, images[:, :, ::-1].copy())]
    both = predictor.with_views("flip", None, "probability").predict(images)
    for one, mirrored, mean in zip(*pair, both, strict=True):
        assert mean.x == pytest.approx((one.x + mirrored.x) / 2, abs=1e-5)


def test_an_export_answers_with_its_numbers(predictor, tmp_path):
    pytest.importorskip("onnxscript")
    import onnx
    import onnxruntime

    from trainwell.exporting import write_onnx

    path = write_onnx(predictor, tmp_path / "model.onnx")
    about = {p.key: p.value for p in onnx.load(path).metadata_props}
    assert about["task"] == "corner"
    images = corners(6)[0]
    (found,) = onnxruntime.InferenceSession(path).run(None, {"images": images})
    expected = [[one.x, one.y] for one in predictor.predict(images)]
    np.testing.assert_allclose(found, expected, atol=1e-5)
