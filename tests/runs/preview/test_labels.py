"""Points and masks are known of drawn images alone."""

from types import SimpleNamespace

from trainwell.runs.preview._labels import labelled


def batches(name):
    return SimpleNamespace(dataset=SimpleNamespace(names=[name]))


def test_files_have_none():
    assert labelled(batches("cat/1.png"), "photos", 0) is None
    source = "synthetic:shapes,size=16,count=9"
    assert labelled(batches("extra/train[3]"), source, 0) is None


def test_drawn_images_have_them():
    source = "synthetic:shapes,size=16,count=9"
    known = labelled(batches("train[3]"), source, 0)
    assert known.mask.shape == (16, 16)
    assert known.points.shape[1] == 2
