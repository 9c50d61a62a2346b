from pathlib import Path

import numpy as np
from PIL import Image

from trainwell.runs import evaluate


def test_a_source_is_known_by_content(put, quick, monkeypatch):
    for name in ("cat", "dog", "ship"):
        put(f"photos/{name}", 30)
        put(f"other/photos/{name}", 30, seed=7)
    run = quick("photos")
    for spelled in ("photos", "photos/", Path("photos").resolve()):
        scores = evaluate("run", spelled)
        assert scores.split == "test"
        assert len(scores.evaluation.targets) == run.summary["num_test"]
        assert round(scores.accuracy, 6) == run.summary["test_accuracy"]
    monkeypatch.chdir("other")
    scores = evaluate("../run", "photos")
    assert (scores.split, len(scores.evaluation.targets)) == ("all", 90)
    assert scores.notes == ()


def test_learned_images_are_found_in_arrays_as_well(put, quick):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 20)
    quick("photos")
    files = sorted(Path("photos/cat").iterdir())
    images = np.stack([np.asarray(Image.open(file)) for file in files])
    scores = evaluate("run", (images, ["cat"] * len(images)))
    assert "like one of training by thumbnail, perhaps copies" in scores.notes[0]


def test_arrays_that_were_trained_on_are_left_out(put, quick):
    draw = np.random.default_rng(0)
    images = draw.integers(0, 256, (60, 16, 16, 3)).astype(np.uint8)
    labels = np.array(["a", "b"] * 30)
    run = quick((images, labels))
    scores = evaluate("run", (images[::-1].copy(), labels[::-1].copy()))
    assert scores.split == "test"
    assert len(scores.evaluation.targets) == run.summary["num_test"]
    np.savez("again.npz", images=images, targets=labels)
    assert evaluate("run", "again.npz").accuracy == scores.accuracy
