"""The images that can be read are answered; the others are named."""

from pathlib import Path

import numpy as np
import pytest

from trainwell.core.errors import DataError
from trainwell.core.progress import silent
from trainwell.infer import load_predictor
from trainwell.runs import predict, predict_readable


@pytest.fixture
def files(digits_folder, tmp_path):
    good = sorted((digits_folder / "test").rglob("*.png"))[:70]
    broken = tmp_path / "broken.png"
    broken.write_bytes(good[0].read_bytes()[:60])
    return [*good[:3], broken, *good[3:]]


def test_the_others_are_answered_as_alone(finished, files):
    predictor, bad = load_predictor(finished.path), []
    found = predict_readable(
        predictor, files, silent, lambda name, error: bad.append((name, str(error)))
    )
    good = [f for f in files if f.name != "broken.png"]
    assert [p.name for p in found] == [str(f) for f in good]
    expected = predictor.predict(good)
    assert [p.label for p in found] == [p.label for p in expected]
    np.testing.assert_allclose(
        [p.probability for p in found], [p.probability for p in expected], atol=1e-5
    )
    assert [name for name, _ in bad] == [str(files[3])]
    assert "broken.png" in bad[0][1]


def test_stop_and_skip(finished, files):
    with pytest.raises(DataError, match="broken.png"):
        predict(finished.path, files)
    assert len(predict(finished.path, files, bad_images="skip")) == len(files) - 1
    with pytest.raises(ValueError, match="`bad_images` must be `stop` or `skip`"):
        predict(finished.path, files, bad_images="ignore")


def test_arrays_keep_their_numbers(finished):
    arrays = [np.zeros((8, 8), np.uint8)] * 70
    arrays[5] = np.zeros((0, 8), np.uint8)
    found = predict(finished.path, arrays, bad_images="skip")
    assert [p.name for p in found][4:6] == ["image 4", "image 6"]
    assert found[-1].name == "image 69"


def test_a_threshold(finished, files):
    answers = predict(finished.path, files[:3], threshold=1.0)
    assert {a.label for a in answers} == {"unknown"}
    assert predict(finished.path, files[0], threshold=0.0).label != "unknown"
    with pytest.raises(ValueError, match="`threshold` must be in"):
        predict(finished.path, files[0], threshold=2)


def test_a_file_called_image_keeps_its_name(finished, files, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    named = Path("image of a cat.png")
    named.write_bytes(files[0].read_bytes())
    found = predict(finished.path, [files[1], named])
    assert [p.name for p in found] == [str(files[1]), str(named)]
