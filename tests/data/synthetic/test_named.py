"""Named: options, splits, files, and what is refused."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import load
from trainwell.data.synthetic import digits, shapes


def test_the_images_are_those_of_the_generator():
    splits = load("synthetic:shapes,count=40,size=20,seed=2")
    made = shapes(40, size=20, seed=2)
    assert splits.classes == made.classes
    assert splits.mirror is True
    everything = [splits.train, splits.val, splits.test]
    assert sum(len(split) for split in everything) == 40
    images = {made.sample(i)[0].tobytes(): int(made.targets[i]) for i in range(40)}
    for split in everything:
        for i in range(len(split)):
            image, target = split.sample(i)
            assert images[np.ascontiguousarray(image).tobytes()] == target


def test_defaults_are_those_of_the_generator():
    splits = load("synthetic:digits,count=30")
    assert splits.channels == 1
    assert splits.mirror is False
    assert splits.heights.low == splits.heights.high == digits(1).sizes[0, 0]


def test_pasted_objects_from_folders(tmp_path, objects):
    for number, (pixels, target) in enumerate(
        zip(objects.pixels, objects.targets, strict=True)
    ):
        folder = tmp_path / objects.classes[target]
        folder.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    splits = load(f"synthetic:paste,objects={tmp_path},count=20,size=24,most=2")
    assert splits.classes == ("ball", "bar")
    assert splits.mirror is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("synthetic:shape", "no synthetic:shape. Did you mean `shapes`"),
        ("synthetic:shapes,sice=3", "'sice=3' is no option. Did you mean `size`"),
        ("synthetic:shapes,size", "'size' is no option"),
        ("synthetic:shapes,most=3", "'most=3' is no option"),
        ("synthetic:shapes,size=0", "`size` must be a whole number from 1, got '0'"),
        ("synthetic:shapes,count=1e3", "`count` must be a whole number from 1"),
        ("synthetic:paste", "give objects=FOLDER"),
        ("synthetic", "generated: synthetic:digits, synthetic:paste, synthetic:shapes"),
    ],
)
def test_messages(name, message):
    with pytest.raises(DataError) as raised:
        load(name)
    assert message in str(raised.value)
