"""What people are shown is what training draws."""

import json

import numpy as np
import pytest
import torch

from trainwell.augment._tables import normalization_table
from trainwell.core import keyed
from trainwell.core.errors import UserError
from trainwell.infer import read_metadata
from trainwell.recipes import read_recipe
from trainwell.runs import preview_augmentation, preview_run, train
from trainwell.runs._reporter import Quiet
from trainwell.runs.setup import _setup_steps as prepared

SOURCE = "synthetic:shapes,size=16,count=90,seed=3"
POLICY = ("augment=randaugment", "augment.cutout=0.3", "augment.crop=resized_crop")
FAST = (
    "train.epochs=2",
    "train.batch_size=16",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "model.name=softmax",
)
SHOWN = ("train.epochs=2",)  # what the pictures depend on


@pytest.fixture(scope="module")
def drawn():
    """Train two runs, plain and mixed; return their folders and their batches."""

    def start(out, *more):
        kept = []
        make = prepared.make_batches
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                prepared, "make_batches", lambda *a: kept.append(make(*a)) or kept[-1]
            )
            train(SOURCE, *FAST, *POLICY, *more, out=out, reporter=Quiet())
        return out, kept[0]

    return start


@pytest.fixture(scope="module")
def plain(drawn, tmp_path_factory):
    return drawn(tmp_path_factory.mktemp("runs") / "plain")


def levels(run, image):
    """Return the level of every number of a normalised image, exactly."""
    table = normalization_table(
        read_metadata(run / "model.json").preprocessing.standardize
    )
    found = np.stack([np.searchsorted(t, c) for t, c in zip(table, image, strict=True)])
    assert (
        np.take_along_axis(table[..., None], found.reshape(3, -1)[..., None], 1)[..., 0]
        == image.reshape(3, -1)
    ).all()
    return found.transpose(1, 2, 0)


@pytest.mark.parametrize("epoch", [0, 1])
def test_a_look_back_shows_the_pixels_that_training_drew(plain, epoch):
    run, batches = plain
    steps = range(batches.per_epoch * epoch, batches.per_epoch * (epoch + 1))
    for batch in batches.stream(steps[0], steps[-1] + 1):
        index = int(batch.indices[3])
        ((original, seen),) = preview_run(run, str(index), epoch)
        expected = levels(run, batch.images[3].numpy())
        np.testing.assert_array_equal(seen.image, expected)
        np.testing.assert_array_equal(original.image, batches.dataset.sample(index)[0])


def test_a_sample_can_be_named(plain):
    run, batches = plain
    order = keyed.order(0, 1, batches.dataset.keys)
    name = batches.dataset.names[order[0]]
    ((original, seen),) = preview_run(run, name, 1)
    assert original.captions[0] == name
    ((_, same),) = preview_run(run, str(order[0]), 1)
    np.testing.assert_array_equal(seen.image, same.image)


def test_a_mixed_look_is_that_of_its_batch(drawn, tmp_path):
    run, batches = drawn(tmp_path / "mixed", "augment.mix=mixup", "augment.alpha=1")
    batch = next(batches.stream(2, 3))
    ((_, seen),) = preview_run(run, str(int(batch.indices[5])))
    options = read_metadata(run / "model.json").preprocessing.standardize
    image = batch.images[5].double().permute(1, 2, 0)
    expected = 255 * (image * torch.tensor(options.std) + torch.tensor(options.mean))
    assert np.abs(seen.image - expected.numpy()).max() <= 0.5 + 1e-4
    assert " + " in seen.captions[-1]


def test_looking_ahead_shows_what_the_run_will_draw(plain):
    run, batches = plain
    rows = preview_augmentation(SOURCE, *SHOWN, *POLICY, images=3, draws=2)
    assert [len(row) for row in rows] == [3, 3, 3]
    index = batches.dataset.names.index(rows[1][0].captions[0])
    for epoch in (0, 1):
        batch = batches.batch(np.array([index]), epoch)
        expected = levels(run, batch.images[0].numpy())
        np.testing.assert_array_equal(rows[1][1 + epoch].image, expected)
    other = preview_augmentation(SOURCE, *SHOWN, *POLICY, images=1, draws=1, seed=5)
    assert (other[0][1].image != rows[0][1].image).any()


def test_words_say_what_was_drawn():
    rows = preview_augmentation(
        SOURCE, "augment=randaugment", "augment.crop=none", images=2
    )
    recipe = "augment.cutout=0.25", "augment.crop=none", "augment.flip=false"
    assert all(len(s.captions) >= 1 for row in rows for s in row)
    for row in preview_augmentation(SOURCE, *recipe, images=2, draws=2):
        assert [seen.captions for seen in row[1:]] == [("cutout 0.25",)] * 2
    for row in preview_augmentation(SOURCE, *recipe[1:], images=1, draws=1):
        assert row[1].captions == ("unchanged",)


def test_points_and_masks_follow(plain):
    """On a flipped image both are the mirror of the original's."""
    recipe = ("augment.crop=none", "augment.flip=true")
    ((original, *params),) = preview_augmentation(SOURCE, *recipe, images=1, draws=2)
    (flipped,) = (seen for seen in params if seen.captions == ("flip",))
    side, size = original.image.shape[0], flipped.image.shape[0]
    expected = original.points * size / side
    expected[:, 0] = size - expected[:, 0]
    np.testing.assert_allclose(flipped.points, expected)
    whole = np.kron(original.mask, np.ones((size // side,) * 2, np.uint8))
    np.testing.assert_array_equal(flipped.mask, whole[:, ::-1])


def test_what_is_not_synthetic_has_neither():
    ((original, seen),) = preview_augmentation("digits", images=1, draws=1)
    assert original.mask is None
    assert seen.mask is None
    assert len(original.points) == len(seen.points) == 0


def test_a_run_that_is_not_finished_looks_the_same(plain, tmp_path):
    run, batches = plain
    for name in ("recipe.yaml", "origin.json"):
        (tmp_path / name).write_bytes((run / name).read_bytes())
    index = str(keyed.order(0, 0, batches.dataset.keys)[0])
    ((_, expected),) = preview_run(run, index)
    ((_, seen),) = preview_run(tmp_path, index)
    np.testing.assert_array_equal(seen.image, expected.image)


def test_messages(plain, tmp_path):
    run, batches = plain
    with pytest.raises(UserError, match="is not the folder of a run"):
        preview_run(tmp_path, "1")
    with pytest.raises(UserError, match="has 2 epochs, counted from 0; .* number 2"):
        preview_run(run, "1", 2)
    with pytest.raises(UserError, match=r"must be below \d+, the number of training"):
        preview_run(run, "90")
    with pytest.raises(UserError, match=r"no training image 'al\[1\]'. Did you mean"):
        preview_run(run, "al[1]")
    left = keyed.order(0, 0, batches.dataset.keys)[-1]
    with pytest.raises(UserError, match="left .* out of epoch 0: an epoch ends"):
        preview_run(run, str(left))


def test_a_run_whose_data_changed_or_that_learned(plain, tmp_path):
    run, _ = plain
    origin = json.loads((run / "origin.json").read_text())
    (tmp_path / "recipe.yaml").write_text((run / "recipe.yaml").read_text())
    (tmp_path / "model.json").write_text((run / "model.json").read_text())
    changed = {**origin, "fingerprint": "0"}
    (tmp_path / "origin.json").write_text(json.dumps(changed))
    with pytest.raises(UserError, match="are not those that"):
        preview_run(tmp_path, "1")
    (tmp_path / "origin.json").write_text(json.dumps(origin))
    text = (run / "recipe.yaml").read_text()
    assert read_recipe(run / "recipe.yaml").augment.name == "randaugment"
    lines = [
        line
        for line in text.replace("name: randaugment", "name: ctaugment").splitlines()
        if "magnitude" not in line and "num_ops" not in line
    ]
    (tmp_path / "recipe.yaml").write_text("\n".join(lines))
    with pytest.raises(UserError, match="learned its augmentation while training"):
        preview_run(tmp_path, "1")
