import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import Reading, load
from trainwell.data._pattern import read_by_pattern


@pytest.fixture
def photos(tmp_path):
    draw = np.random.default_rng(0)
    for split, count in (("train", 24), ("test", 8)):
        (tmp_path / split).mkdir()
        for i in range(count):
            name = f"p{i // 4}_{'cat' if i % 2 else 'dog'}_{i}.png"
            pixels = draw.integers(0, 256, (8, 8, 3)).astype(np.uint8)
            Image.fromarray(pixels).save(tmp_path / split / name)
    (tmp_path / "train" / "other.png").write_bytes(b"x")
    return tmp_path


def test_labels_groups_and_splits(photos):
    pattern = r"(?P<split>train|test)/(?P<group>p\d+)_(?P<label>[a-z]+)_"
    source = read_by_pattern(photos, pattern)
    assert {s: len(p.paths) for s, p in source.splits.items()} == {
        "train": 24,
        "test": 8,
    }
    part = source.splits["train"]
    assert part.labels[:4] == ["cat", "cat", "dog", "dog"]
    assert part.groups[:5] == ["p0"] * 4 + ["p1"]
    assert source.notes == (
        "1 image not matched by data.pattern and not used, first train/other.png.",
    )
    splits = load(str(photos), reading=Reading(pattern=pattern))
    sides = [{n.split("_")[0] for n in s.names} for s in (splits.train, splits.val)]
    assert not sides[0] & sides[1]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("(?P<label>", "is no regular expression"),
        ("(cat|dog)", "must name the group label"),
        ("(?P<label>.)(?P<kind>.)", "must name the group label, and perhaps group"),
        ("(?P<label>bird)", "matches none of the 33 images .* the first is "),
    ],
)
def test_messages(photos, pattern, message):
    with pytest.raises(DataError, match=message):
        load(str(photos), reading=Reading(pattern=pattern))
