"""A task in one file: no other package knows it, and each gives what it gives others.

The toy predicts where the bright corner of an image is, as two numbers. Its data come
as indices of four corners, or as words in a table. It goes through the pieces (batches,
loss, fit, the choice of weights, the log, model.json), and through the commands: train,
resume, evaluate, predict, report, export, ensembles, folds, tune.
"""

import csv
import io
import json
from dataclasses import asdict, dataclass

import numpy as np
import pytest
import torch
from PIL import Image

import trainwell as tw
from trainwell import models, schedules
from trainwell.augment.policies import Plain
from trainwell.cli._prediction_tables import as_csv, as_json, as_lines
from trainwell.cli._train import summary_text
from trainwell.core.errors import DataError, RecipeError, RunError
from trainwell.data import ReadLabels, array_dataset, open_store
from trainwell.infer import (
    ModelMetadata,
    Preprocessing,
    load_predictor,
    read_metadata,
    write_metadata,
)
from trainwell.preprocess import Standardize
from trainwell.recipes import make_loss, read_recipe
from trainwell.runs import Quiet
from trainwell.tasks import TASKS, Metric, Task
from trainwell.training import (
    EvaluateRegularly,
    Hook,
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


WORDS = ("top left", "top right", "bottom left", "bottom right")


class CornerTargets:
    """Corners in words."""

    name = "corner"
    has_classes = False
    may_lack = False
    needs = "corners in words"

    def columns(self, names, head):
        return ()

    def reads(self, cells):
        (values, *more) = cells.values()
        return not more and set(values) <= {*WORDS}

    def labels(self, cells, where):
        (values,) = cells.values()
        for i, value in enumerate(values):
            if value not in WORDS:
                raise DataError(f"{where(i)}: no corner: {value}")
        return ReadLabels([WORDS.index(value) for value in values], ("x", "y"))

    def names(self, labels):
        return ("x", "y")

    def targets(self, labels, names, where):
        return np.array(labels, np.int64)

    def strata(self, targets):
        return targets

    def counts(self, targets, names):
        return dict.fromkeys(names, len(targets))

    def check(self, labels, names, where):
        if len(set(labels)) < 2:
            raise DataError(f"{where}: one corner only")


@dataclass(frozen=True)
class Corner(Task):
    """Where the bright corner is."""

    name = "corner"
    headline = "error"
    logged = ("loss", "error", "found")
    quality = "found"
    reader = CornerTargets()
    losses = ("l2", "l1")
    linear = "numbers"
    unit: str = "corner"

    @classmethod
    def made(cls, names, targets, settings):
        assert tuple(names) == ("x", "y")
        return cls()

    def chance(self, targets):
        return 0.0

    def breakdown(self, predictions, targets):
        errors = np.abs(predictions - at_corner(targets)).mean(0)
        rows = zip("xy", errors, strict=True)
        return [
            {"axis": a, "error": float(e), "num_images": len(targets)} for a, e in rows
        ]

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
            "found": Metric(lambda p, y: 1 - 2 * error(p, y)),
            "loss": Metric(loss, lower_is_better=True),
        }

    def caption(self, target):
        return WORDS[target]

    def prediction(self, name, values):
        return Place(name, *map(float, values))

    def table(self, found, top, *, all_outputs):
        return ["x", "y"], [one.words(top) for one in found]

    def informative(self, predictions, targets, count):
        errors = np.abs(predictions - at_corner(targets)).sum(1)
        return np.sort(np.argsort(-errors)[:count])


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
    with pytest.raises(RunError, match="'corner' is none of multilabel"):
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


QUICK = (
    "task=corner", "train.epochs=12", "train.device=cpu", "train.precision=float32",
    "train.memory_format=contiguous", "train.threads=1", "data.image_size=8",
    "model=mlp", "optimizer=adamw", "augment.flip=false", "augment.crop=none",
)  # fmt: skip


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of images and corners."""
    root = tmp_path_factory.mktemp("corners")
    images, targets = corners(160)
    rows = ["path,where"]
    for i, (image, target) in enumerate(zip(images, targets, strict=True)):
        Image.fromarray(image[..., 0]).save(root / f"{i}.png")
        rows.append(f"{i}.png,{WORDS[target]}")
    (root / "corners.csv").write_text("\n".join(rows))
    return root / "corners.csv"


@pytest.fixture(scope="module")
def trained(table, tmp_path_factory):
    """A run of the command."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(TASKS, "corner", Corner)
        out = tmp_path_factory.mktemp("trained") / "run"
        return tw.train(table, *QUICK, out=out, reporter=Quiet())


def test_train_says_its_numbers(trained):
    summary = trained.summary
    assert summary["task"] == "corner"
    assert summary["val_error"] < 0.25
    assert summary["metrics"]["test"]["error"] == summary["test_error"] < 0.25
    assert not any("accuracy" in key for key in summary)
    assert summary["verdict"].startswith(("It fits well (found", "Validation "))
    assert f"val_error={summary['val_error']:.4f}" in repr(trained)
    text = summary_text(summary)
    assert "error 0." in text
    assert "accuracy" not in text


def test_its_report_has_the_parts_that_every_task_has(trained):
    page = trained.report.read_text()
    assert "test error" in page
    assert "<h2>Curves</h2>" in page
    assert "Confusions" not in page


def test_resuming_it_gives_the_same_weights(trained, table, tmp_path):
    class Stop(Exception):
        pass

    class StopAtFive(Hook):
        def after_step(self, state, batch, loss):
            if state.step == 5:
                raise Stop

    often = (*QUICK, "train.checkpoint_seconds=0.001")
    with pytest.raises(Stop):
        tw.train(table, *often, out=tmp_path, hooks=[StopAtFive()], reporter=Quiet())
    again = tw.train(table, *often, out=tmp_path, resume=True, reporter=Quiet())
    kept = [run / "model.safetensors" for run in (trained.path, again.path)]
    assert kept[0].read_bytes() == kept[1].read_bytes()


def test_evaluate_shows_its_rows(trained, table):
    scores = tw.evaluate(trained, table)
    assert scores.metrics["error"] == pytest.approx(
        trained.summary["test_error"], abs=1e-6
    )
    assert [row["axis"] for row in scores.rows] == ["x", "y"]
    assert "confusion" not in scores.numbers()


def test_predict_and_export_answer_with_its_numbers(trained, table, tmp_path):
    pytest.importorskip("onnxscript")
    import onnxruntime

    predictor = tw.load(trained)
    images = [str(table.parent / f"{i}.png") for i in range(4)]
    found = [(one.x, one.y) for one in predictor.predict(images)]
    path, _ = tw.export(trained, out=tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(path)
    (said,) = session.run(None, {"images": predictor.prepared(images)})
    np.testing.assert_allclose(said, found, atol=1e-5)


@pytest.mark.parametrize("more", [("ensemble=2",), ("data.folds=2",)])
def test_several_networks_are_judged_by_its_number(table, tmp_path, more):
    run = tw.train(table, *QUICK, *more, out=tmp_path / "r", reporter=Quiet())
    assert run.summary["val_error"] < 0.3
    assert "val_error" in repr(run)


def test_tune_compares_trials_by_it(table, tmp_path):
    found = tw.tune(
        table, *QUICK, budget="15s", over="optimizer.lr", out=tmp_path, reporter=Quiet()
    )
    assert found.path == tmp_path


def test_what_does_not_fit_it_is_refused(table, tmp_path):
    with pytest.raises(RecipeError, match="loss.name`=focal does not fit the task"):
        tw.train(table, *QUICK, "loss=focal", out=tmp_path / "a")
    with pytest.raises(RecipeError, match="`train.select` must be one of error, found"):
        tw.train(table, *QUICK, "train.select=accuracy", out=tmp_path / "b")
    with pytest.raises(DataError, match="`data.classes` names classes"):
        tw.train(table, *QUICK, "data.classes=[x]", out=tmp_path / "c")
