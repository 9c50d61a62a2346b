"""A session on some of its images."""

import numpy as np

from trainwell.data import source_place
from trainwell.runs.session._session import place_of


def test_fewer_training_images(opened):
    session = opened()
    rows = np.array([4, 0, 9])
    fewer = session.subset(rows)
    assert len(fewer.splits.train) == len(fewer.stores.train) == 3
    assert fewer.splits.train.names[0] == session.splits.train.names[4]
    assert fewer.splits.val is session.splits.val
    pack, place = fewer.stores.train.fetch(np.array([1]))
    expected = session.splits.train.sample(0)[0]
    np.testing.assert_array_equal(pack.image(int(place[0])), expected)


def test_validation_images_cut_from_training(opened):
    session = opened()
    held = session.hold_out(np.arange(10, 30), np.arange(10))
    names = session.splits.train.names
    assert list(held.splits.val.names) == list(names[:10])
    assert list(held.splits.train.names) == list(names[10:30])
    assert held.splits.test is held.stores.test is None


def test_what_a_run_keeps_of_its_origin(opened):
    origin = opened().origin
    assert set(origin) == {"source", "place", "fingerprint", "fingerprints", "chosen"}
    assert origin["fingerprints"]["train"] == origin["fingerprint"]
    assert origin["source"].startswith("synthetic:shapes")
    assert "mlp at" in origin["chosen"]


def test_a_run_knows_the_place_of_its_data_from_any_folder(tmp_path, monkeypatch):
    (tmp_path / "photos").mkdir()
    monkeypatch.chdir(tmp_path)
    place = str((tmp_path / "photos").resolve())
    assert source_place("photos/") == source_place("./photos") == place
    assert source_place("digits") == "digits"
    assert place_of({"source": "photos", "place": place}) == place
    assert place_of({"source": "photos", "place": "/moved"}) == "photos"
