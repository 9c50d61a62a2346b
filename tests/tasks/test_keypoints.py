"""Points in pixels of the source, whatever the network is shown."""

import math

import numpy as np
import pytest
import torch

from trainwell.augment import ops
from trainwell.augment.policies import Compose, Operations, PadCrop, Plain
from trainwell.core.errors import ArgumentError
from trainwell.data import array_dataset, open_store
from trainwell.preprocess import Standardize
from trainwell.tasks import Keypoints, whole_frames
from trainwell.training import KeyedBatches, RenderSettings, plain_batches

RNG = np.random.default_rng(0)
NAMES = ("left_eye", "right_eye", "nose")
SIZES = np.array([[50, 100], [100, 50], [64, 64]])
SIZE = (48, 32)
FITS = ("pad", "stretch", "crop")


def made(targets, sizes=SIZES, **settings):
    settings = {"image_size": SIZE, "fit": "pad", "sizes": sizes} | settings
    return Keypoints.made(NAMES, targets, settings)


@pytest.fixture
def targets():
    found = RNG.uniform(0, 1, (3, 3, 2)) * SIZES[:, None, ::-1]
    found[1, 0] = np.nan
    return found


@pytest.mark.parametrize("fit", FITS)
def test_the_mean_shape_is_that_of_what_is_shown(targets, fit):
    task = made(targets, fit=fit)
    frames = whole_frames(SIZES, fit, SIZE)
    for point in range(3):
        for axis in range(2):
            shares = [
                (t[point][axis] - f[axis]) / f[2 + axis]
                for t, f in zip(targets, frames, strict=True)
                if not math.isnan(t[point][axis])
            ]
            found = task.mean[2 * point + axis]
            assert found == pytest.approx(sum(shares) / len(shares))
    assert task.swaps == ((0, 1),)
    found = task.placed(np.tile(np.array(task.mean) * (SIZE[::-1] * 3), (3, 1)), frames)
    assert task.mean_error == pytest.approx(task.scores(found, targets)["nme"])
    assert task.scores(found, targets)["explained"] == pytest.approx(0)


@pytest.mark.parametrize("fit", FITS)
def test_placed_is_the_inverse_of_moved(targets, fit):
    task = made(targets, fit=fit)
    boxes = ops.fit(*SIZES.T, mode=fit, size=SIZE)
    moved = task.moved(targets, ops.crop_only(boxes), SIZES, SIZE)
    frames = whole_frames(SIZES, fit, SIZE)
    np.testing.assert_allclose(task.placed(moved, frames), targets, atol=1e-9)
    flat = task.placed(moved.reshape(3, 6).astype(np.float32), frames)
    assert flat.shape == (3, 6)
    assert flat.dtype == np.float32
    np.testing.assert_allclose(flat.reshape(3, 3, 2), targets, atol=1e-4)


def test_outputs_are_deviations_from_the_mean_shape(targets):
    task = made(targets)
    points = torch.from_numpy(RNG.uniform(0, 48, (5, 3, 2)))
    vectors = task.vectors(points)
    assert vectors.dtype == torch.float32
    back = task.predictions(vectors.double()).reshape(5, 3, 2)
    torch.testing.assert_close(back, points, atol=1e-5, rtol=0)
    zero = task.predictions(torch.zeros(1, 6)).reshape(3, 2)
    expected = np.array(task.mean).reshape(3, 2) * SIZE[::-1]
    np.testing.assert_allclose(zero, expected, rtol=1e-6)


def test_losses_see_points_and_which_are_visible(targets):
    task = made(targets)
    outputs = torch.zeros(3, 6, dtype=torch.float64)
    found, wanted, options = task.loss_inputs(outputs, torch.from_numpy(targets))
    assert found.shape == wanted.shape == (3, 3, 2)
    assert wanted.dtype == torch.float64
    assert options["visible"].tolist() == [[True] * 3, [False, True, True], [True] * 3]


def test_mirrored_twice_is_the_same():
    task = made(RNG.uniform(0, 50, (3, 3, 2)))
    points = RNG.uniform(0, 30, (4, 6))
    np.testing.assert_allclose(task.mirrored(task.mirrored(points)), points)
    once = task.mirrored(points).reshape(4, 3, 2)
    expected = points.reshape(4, 3, 2)[:, [1, 0, 2]]
    np.testing.assert_allclose(once[..., 0], 32 - expected[..., 0])
    np.testing.assert_allclose(once[..., 1], expected[..., 1])
    np.testing.assert_allclose(
        task.mirrored(torch.from_numpy(points)).numpy(), once.reshape(4, 6)
    )


def test_a_flip_without_known_sides_is_refused(targets):
    with pytest.raises(ArgumentError, match=r"`augment.flip` needs to know which"):
        Keypoints.made(("a", "b", "c"), targets, {"flip": True, "sizes": SIZES})
    assert made(targets, flip=True).mirrors
    assert not Keypoints.made(("a", "b", "c"), targets, {"sizes": SIZES}).mirrors


def test_the_same_points_in_all_images_have_a_scale_and_an_error():
    same = np.tile([[10.0, 20.0], [30.0, 20.0], [20.0, 40.0]], (3, 1, 1))
    task = made(same, sizes=np.full((3, 2), 64))
    task.check(6)
    found = task.scores(same.reshape(3, 6) + 1, same)
    assert all(map(math.isfinite, found.values()))


def test_breakdown_is_in_pixels_and_leaves_out_what_nobody_shows(targets):
    task = made(targets)
    targets[:, 2] = np.nan
    points = np.nan_to_num(targets) + [3.0, 4.0]
    rows = task.breakdown(points.reshape(3, 6), targets)
    assert rows == [
        {"point": n, "error_in_pixels": pytest.approx(5.0), "num_images": count}
        for n, count in (("left_eye", 2), ("right_eye", 3))
    ]
    assert task.counts(targets).tolist() == [2, 3, 0]


def test_the_worst_are_shown_in_their_order(targets):
    task = made(targets)
    sizes = np.nanmax(targets, 1) - np.nanmin(targets, 1)  # what errors are in
    shares = np.array([0.3, 0.05, 0.9])[:, None, None]
    points = np.nan_to_num(targets) + shares * sizes.prod(1)[:, None, None] ** 0.5
    assert task.informative(points.reshape(3, 6), targets, 2).tolist() == [0, 2]
    targets[2] = np.nan
    assert task.informative(points.reshape(3, 6), targets, 2).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("change", "outputs", "text"),
    [
        ({}, 4, "3 points for 4 outputs"),
        ({"mean": (0.5,)}, 6, "3 points for 6 outputs"),
        ({"mean": (math.nan,) * 6}, 6, "that is no positive number"),
        ({"scale": 0.0}, 6, "that is no positive number"),
        ({"scale": math.inf}, 6, "that is no positive number"),
        ({"size": (0, 4)}, 6, "that is no positive number"),
        ({"swaps": ((0, 1), (1, 2))}, 6, "swapped points that are not pairs"),
        ({"swaps": ((0, 3),)}, 6, "swapped points that are not pairs"),
        ({"mean_error": 0.0}, 6, "that is no positive number"),
    ],
)
def test_fields_that_do_not_fit(change, outputs, text):
    fields = {"names": NAMES, "size": SIZE, "mean": (0.5,) * 6, "scale": 0.1}
    Keypoints(**fields).check(6)
    with pytest.raises(ValueError, match=text):
        Keypoints(**(fields | change)).check(outputs)


def dots(count, height, width):
    """Return images of three dots of different gray, and where they are."""
    rows, columns = np.mgrid[:height, :width] + 0.5
    images = np.zeros((count, height, width, 3), np.uint8)
    points = RNG.uniform(0.25, 0.75, (count, 3, 2)) * [width, height]
    for image, own in zip(images, points, strict=True):
        for channel, (x, y) in enumerate(own):
            squares = (columns - x) ** 2 + (rows - y) ** 2
            image[..., channel] = 255 * np.exp(-squares / (2 * 2.5**2))
    return images, points


def centres(batch):
    """Return where the dot of each channel is in rendered images, (n, 3, 2)."""
    light = batch.images.double() - batch.images.double().amin((2, 3), keepdim=True)
    light = light.clamp(min=0) ** 2
    rows, columns = (torch.arange(n) + 0.5 for n in light.shape[2:])
    x = (light.sum(2) * columns).sum(-1) / light.sum((2, 3))
    y = (light.sum(3) * rows).sum(-1) / light.sum((2, 3))
    return torch.stack([x, y], -1)


POLICIES = {
    "plain": lambda fit: Plain(fit=fit),
    "flip": lambda fit: Plain(fit=fit, flip=True),
    "crop": lambda fit: PadCrop(SIZE, 3, fit=fit, flip=True),
    "turned": lambda fit: Compose(
        Plain(fit=fit, flip=True),
        (Operations([{"op": "shift_scale_rotate", "p": 1}]),),
    ),
}


@pytest.mark.parametrize("fit", FITS)
@pytest.mark.parametrize("policy", POLICIES)
def test_targets_are_where_the_dots_are_drawn(policy, fit):
    images, points = dots(8, 60, 72)
    data = array_dataset(images, np.zeros(8, int), ["a", "b"])
    data.targets = points
    task = Keypoints.made(
        NAMES, points, {"image_size": SIZE, "fit": fit, "sizes": data.sizes}
    )
    store = open_store(data, short_side=None, memory_limit=10**7, threads=1)
    settings = RenderSettings(
        size=SIZE, fit=fit, border="black", device=torch.device("cpu"),
        standardize=Standardize((0.0,) * 3, (1.0,) * 3), located=task,
    )  # fmt: skip
    batches = KeyedBatches(
        dataset=data, store=store, policy=POLICIES[policy](fit), settings=settings,
        batch_size=8, seed=0,
    )  # fmt: skip
    mirrored = 0
    for batch in batches.stream(0, 3):
        shown, found = batch.targets, centres(batch)
        turned = (shown[:, 0] - found[:, 0]).norm(dim=-1) > 1
        found[turned] = found[turned][:, [1, 0, 2]]  # the left eye is now the right
        inside = ((shown > 4) & (shown < torch.tensor(SIZE[::-1]) - 4)).all(-1)
        assert inside.sum() > 8
        assert ((shown - found).norm(dim=-1)[inside] < 0.5).all()
        mirrored += int(turned.sum())
    assert (mirrored > 0) == (policy != "plain")
    (whole,) = plain_batches(data, store, settings, 8)
    placed = task.placed(whole.targets.numpy(), whole.frames.numpy())
    np.testing.assert_allclose(placed, points, atol=1e-6)
