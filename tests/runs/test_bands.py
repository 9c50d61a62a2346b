"""Runs on images of many bands and of 16 bits, from the files to the export."""

import json

import numpy as np
import onnxruntime
import pytest
import tifffile

from trainwell.core.errors import DataError, RecipeError
from trainwell.data import load, open_store
from trainwell.infer import load_predictor
from trainwell.runs import Quiet, evaluate, export, predict, train

QUICK = ("train.epochs=12", "train.threads=1", "train.batch_size=8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Classes that differ in the lower 8 of 16 bits, in the fifth of six bands."""
    root, draw = tmp_path_factory.mktemp("bands"), np.random.default_rng(0)
    for name, level in (("crop", 0), ("water", 180)):
        (root / name).mkdir()
        for i in range(30):
            values = np.full((12, 12, 6), 40_002) + draw.integers(0, 20, (12, 12, 6))
            values[..., 4] += level
            tifffile.imwrite(
                root / name / f"{i}.tif",
                values.astype(np.uint16),
                photometric="minisblack",
                planarconfig="contig",
            )
    return root


@pytest.fixture(scope="module")
def run(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("runs") / "deep"
    return train(
        folder, "data.bits=16", "augment.cutout=0.2", *QUICK, model="softmax", out=out,
        reporter=Quiet(),
    )  # fmt: skip


def test_what_differs_in_the_lower_bits_is_learned(run, folder):
    assert run.summary["test_accuracy"] == 1
    assert evaluate(run, folder).accuracy == 1
    kept = json.loads((run.path / "model.json").read_text("utf-8"))["preprocessing"]
    assert (kept["bits"], kept["channels"], kept["white_level"]) == (16, 6, 65535)


def test_8_bits_lose_it(folder, tmp_path):
    shallow = train(
        folder, *QUICK, model="softmax", out=tmp_path / "run", reporter=Quiet()
    )
    assert len(set(shallow_levels(folder))) == 1
    assert shallow.summary["test_accuracy"] < 1


def shallow_levels(folder):
    train_split = load(folder).train
    return [int(train_split.sample(i)[0][..., 4].mean()) for i in range(10)]


def test_streamed_and_resident_values_are_the_same(run, folder, tmp_path):
    streamed = train(
        folder, "data.bits=16", "augment.cutout=0.2", "data.memory_gb=1e-9", *QUICK,
        model="softmax", out=tmp_path / "run", reporter=Quiet(),
    )  # fmt: skip
    first, second = (
        (r.path / "predictions" / "test.npz").read_bytes() for r in (run, streamed)
    )
    assert first == second


def test_files_arrays_and_the_export_give_the_same(run, folder):
    files = sorted((folder / "water").iterdir())[:5]
    arrays = [tifffile.imread(file) for file in files]
    answers = predict(run, files)
    expected = np.stack([answer.probabilities for answer in answers])
    found = np.stack([answer.probabilities for answer in predict(run, arrays)])
    np.testing.assert_array_equal(found, expected)
    path, agreement = export(run, reporter=Quiet())
    assert agreement.largest < 1e-4
    prepared = load_predictor(run.path).prepared(files)
    assert prepared.dtype == np.uint16
    (onnx,) = onnxruntime.InferenceSession(path).run(None, {"images": prepared})
    np.testing.assert_allclose(onnx, expected, atol=1e-4)


def test_a_picture_is_no_input(run):
    with pytest.raises(DataError, match="reads 6 channels, the image has 3"):
        predict(run, np.zeros((9, 9, 3), np.uint8))


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("augment.name=trivialaugment", "keeps values that `augment.name`"),
        ("augment.backend=torch", "augment.backend=torch reads 8 bits"),
    ],
)
def test_what_reads_8_bits_is_refused(field, message, folder, tmp_path):
    with pytest.raises(RecipeError, match=message):
        train(folder, "data.bits=16", field, *QUICK, out=tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_memory_is_counted_in_bytes(folder):
    from trainwell.data import Reading, ResidentStore, StreamingStore

    deep = load(folder, reading=Reading(bits=16)).train
    need = len(deep) * 12 * 12 * 6 * 2
    for limit, kind in ((need, ResidentStore), (need - 1, StreamingStore)):
        store = open_store(deep, short_side=None, memory_limit=limit, threads=1)
        assert isinstance(store, kind)
