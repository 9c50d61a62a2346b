"""One folder per label, with links: an image has the labels of all its folders."""

import numpy as np
from PIL import Image

from trainwell.data import Reading, load
from trainwell.tasks import readers


def test_links_to_one_file_are_one_image_with_several_labels(tmp_path):
    rng = np.random.default_rng(0)
    (tmp_path / "all").mkdir()
    root = tmp_path / "labels"
    for i in range(30):
        path = tmp_path / "all" / f"{i}.png"
        Image.fromarray(rng.integers(0, 256, (8, 8, 3), np.uint8)).save(path)
        for name, step in (("cat", 1), ("dog", 2), ("fox", 3)):
            if i % step == 0:
                (root / name).mkdir(parents=True, exist_ok=True)
                (root / name / f"{i}.png").symlink_to(path)
    splits = load(root, reading=Reading(readers=readers("multilabel")))
    assert splits.classes == ("cat", "dog", "fox")
    whole = [d for d in (splits.train, splits.val, splits.test) if d is not None]
    assert sum(map(len, whole)) == 30
    for part in whole:
        for name, target in zip(part.names, part.targets, strict=True):
            i = int(name.split("/")[-1].removesuffix(".png"))
            assert target.tolist() == [1, i % 2 == 0, i % 3 == 0]
