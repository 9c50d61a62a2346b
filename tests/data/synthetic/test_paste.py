"""Paste: edges, order, backgrounds, labels; objects from arrays and from files."""

import numpy as np
import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data.synthetic import cut_outs, paste, read_cut_outs, shapes

GREY = np.full((50, 70, 3), 128, np.uint8)


def test_pixels_are_background_object_or_a_mixture(objects):
    made = paste(objects, [GREY], num_images=20, size=48)
    for i in range(20):
        drawn = made.labelled(i)
        levels = drawn.image.astype(int)
        assert np.abs(levels[drawn.mask == 0] - 128).max() <= 65  # at most half covered
        far = levels[:2, :2].reshape(-1, 3)
        assert (far == 128).all() or drawn.mask[:4, :4].any()
        colour = np.argmax(levels[drawn.mask > 0].sum(0))
        assert (colour == 2) == (made.classes[drawn.target] == "bar")


def test_what_lay_under_transparency_never_shows(objects):
    made = paste(objects, [np.zeros_like(GREY)], num_images=20, size=48)
    for i in range(20):
        levels = made.sample(i)[0]
        assert (np.sort(levels, axis=2)[..., :2] <= 2).all()  # one colour at a time


def test_the_last_object_is_on_top_and_gives_the_class(objects):
    made = paste(objects, [GREY], num_images=60, size=48, most=4)
    counts = set()
    for i in range(60):
        drawn = made.labelled(i)
        assert drawn.visible[0]
        x, y = drawn.points[0].astype(int)
        assert drawn.mask[y, x] == drawn.target + 1
        counts.add(int(drawn.visible.sum()))
    assert counts >= {1, 2, 3}


def test_covered_objects_are_not_visible(objects):
    made = paste(objects, [GREY], num_images=80, size=48, most=2)
    covered = 0
    for i in range(80):
        drawn = made.labelled(i)
        two = not np.array_equal(drawn.points[1], [24, 24])
        if two and not drawn.visible[1]:
            x, y = drawn.points[1].astype(int)
            assert drawn.mask[y, x] == drawn.target + 1
            covered += 1
    assert covered > 5


def test_an_object_keeps_its_area(objects):
    """The ball is as wide as its size says, so its area follows from its extent."""
    made = paste(objects, [GREY], num_images=30, size=64)
    for i in np.flatnonzero(made.targets == 0):
        mask = made.labelled(int(i)).mask > 0
        if mask[[0, -1]].any() or mask[:, [0, -1]].any():
            continue
        across = np.ptp(np.flatnonzero(mask.any(0))) + 1
        assert mask.sum() == pytest.approx(np.pi / 4 * across**2, rel=0.1)


def test_backgrounds_are_cut_mirrored_and_enlarged_to_fit(objects):
    wide = np.repeat(np.tile(np.arange(90, dtype=np.uint8), (40, 1))[..., None], 3, 2)
    small = np.full((8, 12, 3), 77, np.uint8)
    made = paste(objects, [wide], num_images=30, size=32)
    steps = set()
    for i in range(30):
        drawn = made.labelled(i)
        row = drawn.image[0].astype(int)
        if not drawn.mask[:3].any():
            steps |= set(np.diff(row[:, 0]).tolist())
    assert steps == {-1, 1}
    drawn = paste(objects, [small], num_images=1, size=32).labelled(0)
    assert (drawn.image[drawn.mask == 0] == 77).any()


def test_textures_without_backgrounds(objects):
    drawn = paste(objects, num_images=1, size=32).labelled(0)
    assert drawn.image[drawn.mask == 0].std() > 3


def test_files(tmp_path, objects):
    for number, (pixels, target) in enumerate(
        zip(objects.pixels, objects.targets, strict=True)
    ):
        folder = tmp_path / "objects" / objects.classes[target]
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    (tmp_path / "photos").mkdir()
    Image.fromarray(GREY).save(tmp_path / "photos" / "a.png")
    found = read_cut_outs(tmp_path / "objects")
    assert found.classes == objects.classes
    np.testing.assert_array_equal(found.targets, objects.targets)
    for a, b in zip(found.pixels, objects.pixels, strict=True):
        np.testing.assert_array_equal(a, b)
    made = paste(found, tmp_path / "photos", num_images=3)
    assert made.fingerprint == paste(objects, [GREY], num_images=3).fingerprint
    np.testing.assert_array_equal(
        made.sample(2)[0], paste(objects, [GREY], num_images=3).sample(2)[0]
    )


def test_other_pixels_are_another_dataset(objects):
    a = paste(objects, [GREY], num_images=3)
    assert a.fingerprint != paste(objects, [GREY + 1], num_images=3).fingerprint
    assert a.fingerprint != paste(objects, num_images=3).fingerprint


def test_drawn_shapes_can_be_pasted():
    drawn = [shapes(6, size=40).labelled(i) for i in range(6)]
    found = cut_outs(
        [d.image for d in drawn],
        [255 * (d.mask > 0).astype(np.uint8) for d in drawn],
        [shapes(6).classes[d.target] for d in drawn],
    )
    assert found.classes == shapes(1).classes
    assert all(p[..., 3].any(0).all() and p[..., 3].any(1).all() for p in found.pixels)


def test_messages(tmp_path):
    one, full = np.zeros((4, 4, 3), np.uint8), np.full((4, 4), 255, np.uint8)
    with pytest.raises(DataError, match="as many images as masks and labels"):
        cut_outs([one], [full], [])
    with pytest.raises(DataError, match="transparent everywhere"):
        cut_outs([one], [0 * full], ["a"])
    with pytest.raises(DataError, match="and its mask"):
        cut_outs([one], [full[:2]], ["a"])
    with pytest.raises(DataError, match="no such folder"):
        read_cut_outs(tmp_path / "none")
    (tmp_path / "a").mkdir()
    Image.fromarray(one).save(tmp_path / "a" / "0.png")
    with pytest.raises(DataError, match="cannot use the cut-out .*no transparency"):
        read_cut_outs(tmp_path)
    with pytest.raises(DataError, match="backgrounds must have the shape"):
        paste(cut_outs([one], [full], ["a"]), [one[..., 0]])
    with pytest.raises(ValueError, match="`most` must be"):
        paste(cut_outs([one], [full], ["a"]), most=0)
