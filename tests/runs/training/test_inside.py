"""What a run keeps of the inside of its network."""

import numpy as np
import pytest

from trainwell.infer import load_predictor, network_inputs
from trainwell.runs import Quiet, train
from trainwell.runs.training import _finish as finish
from trainwell.runs.training._inside_room import Room

QUICK = (
    "model=lenet", "train.epochs=2", "train.threads=1", "train.precision=float32",
    "train.memory_format=contiguous",
)  # fmt: skip
SOURCE = "synthetic:shapes,size=16,count=240,seed=3"


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    out = tmp_path_factory.mktemp("inside") / "run"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finish, "room_of", lambda *_: Room(60.0))
        return train(SOURCE, *QUICK, out=out, reporter=Quiet())


@pytest.fixture(scope="module")
def kept(run):
    with np.load(run.path / "inside.npz") as file:
        return dict(file)


def test_maps_are_those_of_explain(run, kept):
    from trainwell.explain import grad_cam

    predictor = load_predictor(run.path)
    with np.load(run.path / "examples.npz") as examples:
        images = examples["images"]
    x, _ = network_inputs(predictor, list(images))
    expected = grad_cam(predictor.model, x).numpy()
    assert kept["maps"].shape == expected.shape
    # images are kept in 8 bits, maps in 16
    np.testing.assert_allclose(kept["maps"], expected, atol=0.05 * expected.max())


def test_mistakes_have_neighbours_and_places(run, kept):
    with np.load(run.path / "examples.npz") as examples:
        indices, split = examples["indices"], str(examples["split"])
    with np.load(run.path / "predictions" / f"{split}.npz") as found:
        wrong = found["probabilities"].argmax(1) != found["targets"]
        of_true = found["probabilities"][np.arange(len(wrong)), found["targets"]]
    rows = indices[kept["near_rows"]]
    assert wrong[rows].all()
    assert (np.diff(of_true[rows]) >= 0).all()  # the worst first
    assert kept["near_captions"].shape == (len(rows), 4)
    assert (np.diff(kept["near_distances"]) >= 0).all()
    np.testing.assert_array_equal(kept["right"], ~wrong)
    assert kept["places"].shape == (len(wrong), 2)


def test_filters_and_the_page(run, kept):
    assert kept["filters"].shape[1] == 3
    text = (run.path / "report.html").read_text()
    assert 'id="inside"' in text
    assert "Filters of the first layer" in text


def test_without_room_only_the_filters_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(finish, "room_of", lambda *_: Room(-1.0))
    run = train(SOURCE, *QUICK, out=tmp_path / "run", reporter=Quiet())
    with np.load(run.path / "inside.npz") as file:
        assert set(file) == {"filters"}


def test_a_network_without_maps(tmp_path, monkeypatch):
    monkeypatch.setattr(finish, "room_of", lambda *_: Room(60.0))
    words = ("model=mlp", *QUICK[1:])
    run = train(SOURCE, *words, out=tmp_path / "run", reporter=Quiet())
    with np.load(run.path / "inside.npz") as file:
        assert "maps" not in file
        assert "places" in file
