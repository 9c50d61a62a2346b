"""Every task through every command: a table of tasks by capabilities."""

import csv
import io
import json

import numpy as np
import pytest
from PIL import Image

import trainwell as tw
from trainwell.cli._prediction_tables import as_csv, as_json, as_lines
from trainwell.core.headline import headline
from trainwell.runs import Quiet
from trainwell.tasks import read_task
from trainwell.training import Hook

QUICK = (
    "train.epochs=3", "train.device=cpu", "train.precision=float32", "train.threads=1",
    "train.memory_format=contiguous", "data.image_size=16", "model=mlp",
    "optimizer=adamw", "augment.crop=none", "train.batch_size=16",
)  # fmt: skip
COUNT = 300


def grounds(rng):
    return rng.integers(0, 40, (COUNT, 16, 16)).astype(np.float64)


def classes(rng):
    """Return images with one bright half, and which."""
    images, sides = grounds(rng), rng.integers(0, 2, COUNT)
    for image, side in zip(images, sides, strict=True):
        image[8 * side : 8 * side + 8] += 150
    return images, "side", [("top", "bottom")[side] for side in sides]


def label_sets(rng):
    """Return images with bright quarters, and which."""
    images, on = grounds(rng), rng.random((COUNT, 4)) < 0.5
    for image, own in zip(images, on, strict=True):
        for i in np.flatnonzero(own):
            image[8 * (i // 2) :, 8 * (i % 2) :][:8, :8] += 150
    names = np.array(["a", "b", "c", "d"])
    return images, "tags", ["|".join(names[own]) for own in on]


def numbers(rng):
    """Return images of different light, and how light the halves are."""
    light = rng.uniform(0, 200, (COUNT, 2))
    images = grounds(rng) + np.repeat(light, 8, 1)[:, :, None]
    return images, '"upper (%)",lower', [f"{a / 2:.3f},{b:.3f}" for a, b in light]


def grades(rng):
    """Return images of four steps of light, and the steps."""
    steps = rng.integers(0, 4, COUNT)
    return (
        grounds(rng) + 50.0 * steps[:, None, None],
        "grade",
        [f"{x}.5" for x in steps],
    )


def eyes(rng):
    """Return images with a bright square at one eye and a darker one at the other."""
    images, cells = grounds(rng), []
    for image, (x, y) in zip(images, rng.integers(4, 11, (COUNT, 2)), strict=True):
        image[y - 3 : y, x - 2 : x + 2] += 200
        image[y + 1 : y + 4, x : x + 4] += 100
        cells.append(f"{x},{y - 1.5},{x + 2},{y + 2.5}")
    return images, "left_eye_x,left_eye_y,right_eye_x,right_eye_y", cells


OF_MAPS = ("model=airbench", "model.arguments={widths: [16, 16]}", "train.epochs=5")
TABLE = {  # made by, needed to say, chance of the headline, lower is better
    "classification": (classes, (), 0.8),
    "multilabel": (label_sets, ("loss=asymmetric",), 0.7),
    "regression": (numbers, ("data.target_column=[upper (%), lower]",), 30.0),
    "ordinal": (grades, ("task=ordinal",), 0.8),
    "keypoints": (eyes, (), 0.7),
    "keypoints by soft_argmax": (eyes, ("model.head=soft_argmax", *OF_MAPS), 0.7),
    "keypoints by heatmap": (eyes, ("model.head=heatmap", *OF_MAPS), 0.7),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Folders of every task: a table and its images."""
    root = tmp_path_factory.mktemp("tasks")
    for name, (make, *_) in TABLE.items():
        images, head, cells = make(np.random.default_rng(0))
        (root / name).mkdir()
        rows = [f"path,{head}"]
        for i, (image, cell) in enumerate(zip(images, cells, strict=True)):
            Image.fromarray(image.clip(0, 255).astype(np.uint8)).save(
                root / name / f"{i}.png"
            )
            rows.append(f"{i}.png,{cell}")
        (root / name / "t.csv").write_text("\n".join(rows))
    return root


@pytest.fixture(scope="module", params=TABLE)
def task(request):
    return request.param


@pytest.fixture(scope="module")
def train(task, place):
    """Train on the table of the task."""

    def trained(out, *more, **options):
        said = (*QUICK, *TABLE[task][1], *more)
        table = place / task / "t.csv"
        return tw.train(table, *said, out=out, reporter=Quiet(), **options)

    return trained


@pytest.fixture(scope="module")
def run(train, tmp_path_factory):
    return train(tmp_path_factory.mktemp("runs") / "r")


@pytest.fixture
def images(place, task):
    return [str(place / task / f"{i}.png") for i in range(5)]


def rows(predictor, images):
    return predictor.probabilities(predictor.packed(images))


def better(task, value):
    limit = TABLE[task][2]
    lower = task.partition(" ")[0] in LOWER
    return value < limit if lower else value > limit


LOWER = ("regression", "ordinal", "keypoints")


def test_train_recognises_it_and_learns(task, run):
    assert run.summary["task"] == task.partition(" ")[0]
    for split in ("val", "test"):
        assert better(task, headline(run.summary, split)), run.summary
    kept = json.loads((run.path / "model.json").read_text())
    assert kept["task"] == run.summary["task"]
    fitted = {"multilabel": "thresholds", "regression": "widths"}.get(task, "task")
    assert kept[fitted]
    assert "<h2>Curves</h2>" in run.report.read_text()


def test_resume_gives_the_same_weights(run, train, tmp_path):
    class Stop(Exception):
        pass

    class StopAtFive(Hook):
        def after_step(self, state, batch, loss):
            if state.step == 5:
                raise Stop

    often = "train.checkpoint_seconds=0.001"
    with pytest.raises(Stop):
        train(tmp_path, often, hooks=[StopAtFive()])
    again = train(tmp_path, often, resume=True)
    kept = [r.path / "model.safetensors" for r in (run, again)]
    assert kept[0].read_bytes() == kept[1].read_bytes()


def test_evaluate_finds_what_training_said(task, run, place):
    scores = tw.evaluate(run, place / task / "t.csv")
    said = run.summary["metrics"]["test"]
    assert {k: v for k, v in scores.metrics.items() if k in said} == pytest.approx(
        said, rel=1e-5, abs=2e-6
    )
    assert scores.rows
    json.dumps(scores.numbers())


def test_predict_prints_every_form(run, images, tmp_path, capsys):
    predictor = tw.load(run)
    found = predictor.predict(images)
    assert [one.name for one in found] == images
    for one in found:
        assert one.words(2)
        json.dumps(one.tree())
    names, kind = [one.name for one in found], predictor.metadata.task
    assert [line.split("  ")[0] for line in as_lines(found, 2)] == names
    assert [row["path"] for row in json.loads(as_json(found))] == names
    for every in (False, True):
        as_csv(found, kind, 2, all_outputs=every)
        table = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert [row["path"] for row in table] == names


def test_an_export_answers_the_same(run, images, tmp_path):
    pytest.importorskip("onnxscript")
    import onnxruntime

    predictor = tw.load(run)
    path, _ = tw.export(run, out=tmp_path / "model.onnx", reporter=Quiet())
    session = onnxruntime.InferenceSession(path)
    (found,) = session.run(None, {"images": predictor.prepared(images)})
    expected = predictor.exported(images)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4)
    about = session.get_modelmeta().custom_metadata_map
    tree = {"task": about["task"], **json.loads(about["about"])}
    assert read_task(tree) == predictor.metadata.task


def test_views_average_over_mirrors(task, run, images):
    predictor = tw.load(run)
    pair = predictor.with_views("flip", None, "probability")
    pixels = [np.asarray(Image.open(image)) for image in images]
    plain = rows(predictor, pixels)
    turned = predictor.metadata.task.mirrored(
        rows(predictor, [np.ascontiguousarray(x[:, ::-1]) for x in pixels])
    )
    np.testing.assert_allclose(
        rows(pair, pixels), (plain + turned) / 2, rtol=1e-4, atol=1e-4
    )


@pytest.mark.parametrize("more", ["ensemble=2", "data.folds=2"])
def test_several_networks(task, train, images, tmp_path, more):
    made = train(tmp_path / "r", more)
    assert better(task, headline(made.summary, "val")), made.summary
    if more == "ensemble=2":
        assert len(tw.load(made).predict(images)) == len(images)
