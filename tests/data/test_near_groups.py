"""Groups of near copies, and folds that keep them together."""

import numpy as np
import pytest
import torch

from trainwell.data import _near_groups as N
from trainwell.data import (
    grouped_folds,
    groups_per_class,
    load,
    near_groups,
    near_image_groups,
    near_keys,
)
from trainwell.data._thumbnail import difference_hash, standardised, structure


def scenes(count, copies, seed=0, size=96):
    """Photographs of scenes, each taken several times: shifted, darker, with noise."""
    rng = np.random.default_rng(seed)
    coarse = torch.from_numpy(rng.random((count, 3, 6, 6)).astype(np.float32))
    large = torch.nn.functional.interpolate(coarse, (size, size), mode="bicubic")
    shots = [
        large.roll(i % 2, 3) * (1 - 0.05 * i) + 0.01 * torch.randn_like(large)
        for i in range(copies)
    ]
    return torch.stack(shots, 1).flatten(0, 1), np.repeat(np.arange(count), copies)


def as_partition(groups):
    return {tuple(np.flatnonzero(groups == g).tolist()) for g in np.unique(groups)}


def test_burst_photographs_are_one_group_and_others_stand_alone():
    torch.manual_seed(0)
    images, scene = scenes(40, 3)
    assert as_partition(near_image_groups(images)) == as_partition(scene)
    assert as_partition(near_image_groups(images * 2 - 5)) == as_partition(scene)


def test_links_are_those_of_the_definition():
    rng = np.random.default_rng(1)
    base = rng.integers(0, 256, (30, 72))
    noisy = [np.clip(base + rng.normal(0, s, base.shape), 0, 255) for s in (2, 12, 25)]
    thumbs = np.concatenate([base, *noisy]).astype(np.uint8)
    words, unit = difference_hash(thumbs), standardised(thumbs)
    usable = structure(thumbs) >= 24
    linked = (
        (np.bitwise_count(words[:, None] ^ words[None]) <= 7)
        & (unit @ unit.T >= 0.98)
        & np.outer(usable, usable)
    ) | np.eye(len(thumbs), dtype=bool)
    reach = np.linalg.matrix_power(linked.astype(float), 8) > 0
    found = near_groups(thumbs)
    np.testing.assert_array_equal(found[:, None] == found[None], reach)
    assert 30 < len(np.unique(found)) < 120, "some are linked and some are not"


def test_what_is_no_photograph_stands_alone():
    assert near_image_groups(torch.zeros(4, 3, 32, 32)).tolist() == [0, 1, 2, 3]
    assert near_image_groups(torch.ones(3, 5)).tolist() == [0, 1, 2]
    tiny, _ = scenes(2, 2, size=8)
    assert near_image_groups(tiny).tolist() == [0, 1, 2, 3]
    assert near_groups(np.empty((0, 72), np.uint8)).tolist() == []


def test_large_sets_use_the_narrow_limits(monkeypatch):
    images, _ = scenes(10, 1)
    monkeypatch.setattr(N, "_MOST", 5)
    both = torch.cat([images, images * 0.9])
    assert as_partition(near_image_groups(both)) == {(i, i + 10) for i in range(10)}


def test_keys_are_kept_where_nothing_is_known_of_the_images():
    keys = np.array([3, 1, 2], np.uint64)
    assert near_keys(keys, np.empty((0, 72), np.uint8)).tolist() == [3, 1, 2]


def test_a_fold_holds_whole_groups_and_its_share_of_every_class():
    groups = np.repeat(np.arange(30), 4)
    targets = groups % 3
    fold = grouped_folds(targets, groups, folds=5)
    assert all(len(set(fold[groups == g])) == 1 for g in range(30))
    for target in range(3):
        assert np.bincount(fold[targets == target]).tolist() == [8] * 5
    assert groups_per_class(targets, groups).tolist() == [10] * 3


def test_without_groups_folds_are_those_of_scikit_learn():
    from sklearn.model_selection import StratifiedKFold

    targets = np.arange(50) % 4
    fold = grouped_folds(targets, np.arange(50), folds=3, seed=7)
    deal = StratifiedKFold(3, shuffle=True, random_state=7)
    for number, (_, held) in enumerate(deal.split(targets, targets)):
        np.testing.assert_array_equal(np.flatnonzero(fold == number), held)


@pytest.mark.parametrize("fold", range(3))
def test_the_folds_of_a_source_keep_near_copies_together(fold):
    torch.manual_seed(0)
    images, scene = scenes(30, 4)
    pixels = (images.clamp(0, 1) * 255).byte().permute(0, 2, 3, 1).numpy()
    source = (pixels, scene % 2)
    splits = load(source, folds=3, fold=fold, test_fraction=0)
    seen = {int(name.split("[")[-1].rstrip("]")) for name in splits.val.names}
    assert len({scene[i] for i in seen}) * 4 == len(seen)
    assert splits.audit.near_duplicates.count == 0
