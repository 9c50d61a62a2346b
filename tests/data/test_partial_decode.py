"""A part of a file shows what the whole file shows in the same crop box."""

import io

import numpy as np
import pytest
from PIL import Image
from sklearn.datasets import load_sample_images

from trainwell.augment import render_uint8
from trainwell.augment.ops import TransformParams
from trainwell.augment.ops._op_sequence import no_ops
from trainwell.core.errors import DataError
from trainwell.data import load, subset
from trainwell.data._pack_images import pack_of_one
from trainwell.data._partial_decode import decode_crop
from trainwell.preprocess import Standardize

HALF = Standardize((0.5, 0.5, 0.5), (0.25, 0.25, 0.25))


@pytest.fixture(scope="module")
def photo():
    """640 x 427 pixels."""
    return Image.fromarray(load_sample_images().images[0])


def written(photo, path, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    photo.save(path, quality=90, **options)


@pytest.fixture
def dataset(photo, tmp_path):
    def make(suffix="jpg", **options):
        for name in ("a", "b"):
            written(photo, tmp_path / name / f"1.{suffix}", **options)
            written(photo.rotate(9), tmp_path / name / f"2.{suffix}", **options)
        return load(tmp_path).train

    return make


def shown(image, crop_box, size):
    crop_box = np.array([crop_box])
    params = TransformParams(crop_box, no_ops(1))
    return render_uint8(
        pack_of_one(image), np.zeros(1, int), params, size=size, standardize=HALF
    )[0].astype(int)


def by_part(dataset, crop_box, size):
    part = decode_crop(dataset, 0, crop_box, size)
    height, width = part.image.shape[:2]
    x, y = part.width / width, part.height / height
    x0, y0, x1, y1 = crop_box
    return part, shown(part.image, [x0 * x, y0 * y, x1 * x, y1 * y], size)


@pytest.mark.parametrize("subsampling", [0, 1, 2])
@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("crop_box", [[0.1, 0.05, 0.9, 0.41], [0.9, 0.6, 0.2, 0.3]])
@pytest.mark.parametrize("size", [90, (90, 300), (100, 40)])
def test_rows_below_the_window_are_left_out_and_none_is_missed(
    dataset, subsampling, progressive, crop_box, size
):
    data = dataset(subsampling=subsampling, progressive=progressive)
    whole, _ = data.sample(0)
    part, seen = by_part(data, crop_box, size)
    assert part.image.shape[0] < 0.75 * whole.shape[0]
    assert np.array_equal(seen, shown(whole, crop_box, size))


@pytest.mark.parametrize(("size", "factor"), [(40, 8), (70, 4), (150, 2), (300, 1)])
def test_large_windows_are_decoded_at_a_reduced_scale(dataset, size, factor):
    data = dataset()
    whole, _ = data.sample(0)
    crop_box = [0.0, 0.0, 1.0, 1.0]
    part, seen = by_part(data, crop_box, size)
    assert part.image.shape[:2] == (-(-427 // factor), 640 // factor)
    assert (part.height, part.width) == (427 / factor, 640 / factor)
    assert np.abs(seen - shown(whole, crop_box, size)).mean() < 2.5


def test_a_reduced_part_of_odd_height_is_where_the_whole_is(dataset):
    data = dataset()
    whole, _ = data.sample(0)
    crop_box = [0.13, 0.21, 0.87, 0.77]
    part, seen = by_part(data, crop_box, 100)
    assert part.width == 320
    assert part.image.shape[0] < 0.9 * part.height
    near = np.abs(seen - shown(whole, crop_box, 100)).mean()
    moved = [w + 0.01 for w in crop_box]  # one pixel of the output would be seen
    assert near < 0.5 * np.abs(seen - shown(whole, moved, 100)).mean()


@pytest.mark.parametrize("crop_box", [[-0.1, 0.1, 0.5, 0.4], [0.1, 0.1, 0.5, 1.2]])
def test_all_rows_are_there_where_a_window_leaves_the_image(dataset, crop_box):
    data = dataset()
    part, seen = by_part(data, crop_box, 300)
    assert part.image.shape[0] == 427
    assert np.array_equal(seen, shown(data.sample(0)[0], crop_box, 300))


def test_other_files_and_turned_ones_are_decoded_in_full(dataset, photo):
    crop_box = [0.1, 0.1, 0.5, 0.4]
    exif = Image.Exif()
    exif[274] = 6
    for options in ({"suffix": "png"}, {"exif": exif}):
        data = dataset(**options)
        part, seen = by_part(data, crop_box, 60)
        whole, _ = data.sample(0)
        assert part.image.shape == whole.shape
        assert np.array_equal(seen, shown(whole, crop_box, 60))


def test_subsets_find_their_file_and_damage_is_reported(dataset, tmp_path):
    data = subset(dataset(), [1])
    part, _ = by_part(data, [0.1, 0.05, 0.5, 0.4], 200)
    upper = data.sample(0)[0][: len(part.image)]
    assert np.array_equal(part.image[:-2], upper[:-2]), "but for its last chroma"
    path = tmp_path / data.names[0]
    path.write_bytes(path.read_bytes()[:200])
    with pytest.raises(DataError, match=data.names[0].split("/")[-1]):
        decode_crop(data, 0, [0.1, 0.05, 0.5, 0.4], 200)


def test_files_cut_short_within_the_part_are_damaged(photo, dataset, tmp_path):
    data = dataset()
    path = tmp_path / data.names[0]
    buffer = io.BytesIO()
    photo.save(buffer, "JPEG", quality=90)
    path.write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 4])
    with pytest.raises(DataError):
        decode_crop(data, 0, [0.1, 0.05, 0.5, 0.9], 200)
