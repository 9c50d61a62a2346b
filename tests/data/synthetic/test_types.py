"""Every generator: a dataset, decided by seed and index, in any order and process."""

import itertools
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from trainwell.data import Dataset, open_store, synthetic
from trainwell.data.synthetic._named import GENERATORS

KINDS = pytest.mark.parametrize("kind", GENERATORS)


def same(a, b):
    return a.target == b.target and all(
        np.array_equal(getattr(a, field), getattr(b, field))
        for field in ("image", "mask", "points", "visible")
    )


@KINDS
def test_it_is_a_dataset(make, kind):
    made = make(kind, 12, size=20)
    assert isinstance(made, Dataset)
    assert len(made) == len(made.targets) == len(set(made.keys.tolist())) == 12
    assert made.names[11] == f"{kind}[11]"
    np.testing.assert_array_equal(made.sizes, np.full((12, 2), 20))
    for i in range(12):
        image, target = made.sample(i)
        assert image.dtype == np.uint8
        assert image.shape == (20, 20, made.channels)
        assert target == made.targets[i]
    assert made.sample(3, short_side=10)[0].shape == (10, 10, made.channels)


@KINDS
def test_labels_masks_and_points_belong_together(make, kind):
    made = make(kind, 30, size=40)
    for i in range(30):
        drawn = made.labelled(i)
        labels = set(np.unique(drawn.mask).tolist())
        assert drawn.target + 1 in labels
        assert labels <= set(range(len(made.classes) + 1))
        assert drawn.points.shape == (len(drawn.visible), 2)
        seen = drawn.points[drawn.visible]
        assert len(seen)
        assert ((seen >= 0) & (seen <= 40)).all()


@KINDS
def test_a_sample_depends_on_seed_and_index_alone(make, kind):
    made = make(kind, 12)
    backwards = [made.labelled(i) for i in reversed(range(12))][::-1]
    other, short = make(kind, 500), make(kind, 5)
    for i in (4, 0, 3):
        assert same(backwards[i], other.labelled(i))
        assert same(backwards[i], short.labelled(i))
    np.testing.assert_array_equal(made.targets, other.targets[:12])
    np.testing.assert_array_equal(made.keys, other.keys[:12])
    assert not same(make(kind, 12, seed=1).labelled(0), made.labelled(0))
    assert not np.array_equal(make(kind, 12, seed=1).keys, made.keys)


@KINDS
def test_another_look_has_other_keys(make, kind):
    assert make(kind, size=20).fingerprint != make(kind, size=21).fingerprint
    assert make(kind, size=20).fingerprint == make(kind, size=20).fingerprint


@KINDS
def test_no_two_samples_look_alike(make, kind):
    made = make(kind, 40)
    images = {made.sample(i)[0].tobytes() for i in range(40)}
    assert len(images) == 40


@KINDS
def test_threads_draw_the_same(make, kind):
    made = make(kind, 24)
    alone = [made.labelled(i) for i in range(24)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(made.labelled, range(24)))
    assert all(same(a, b) for a, b in zip(alone, together, strict=True))


_PRINT = """
import hashlib
from trainwell.data import synthetic
for kind in (synthetic.shapes, synthetic.digits):
    made = kind(9, seed=3)
    print(made.fingerprint)
    for drawn in (made.labelled(7), made.labelled(2)):
        parts = (drawn.image, drawn.mask, drawn.points, drawn.visible)
        print(hashlib.md5(b"".join(part.tobytes() for part in parts)).hexdigest())
"""


def test_another_process_draws_the_same(capsys):
    exec(_PRINT, {})
    here = capsys.readouterr().out
    done = subprocess.run(
        [sys.executable, "-c", _PRINT],
        env=os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(here.split()) == 6
    assert done.stdout == here


@KINDS
def test_endless_goes_on_where_the_dataset_ends(make, kind):
    made = make(kind, 3)
    drawn = list(itertools.islice(made.endless(2), 4))
    longer = make(kind, 6)
    assert all(same(d, longer.labelled(i)) for i, d in enumerate(drawn, 2))
    assert made.labelled(10**9).image.shape == drawn[0].image.shape


@pytest.mark.parametrize("count", [1, 5, 6, 7, 20])
def test_every_round_holds_each_class_once(count):
    made = synthetic.shapes(count)
    full = count - count % 6
    rounds = made.targets[:full].reshape(-1, 6)
    np.testing.assert_array_equal(
        np.sort(rounds, 1), np.tile(np.arange(6), (full // 6, 1))
    )
    assert len(set(made.targets[full:].tolist())) == count % 6
    assert [made.labelled(i).target for i in range(count)] == made.targets.tolist()


def test_rounds_differ():
    rounds = synthetic.shapes(60).targets.reshape(-1, 6)
    assert len({tuple(r) for r in rounds.tolist()}) > 5


def test_a_store_serves_it(make):
    made = make("shapes", 6)
    store = open_store(made, short_side=None, memory_limit=1 << 20, threads=2)
    pack, rows = store.fetch(np.array([4, 1]))
    np.testing.assert_array_equal(pack.image(int(rows[0])), made.sample(4)[0])


def test_messages(make):
    made = make("shapes", 3)
    with pytest.raises(IndexError, match="shapes has 3 images, got 3"):
        made.sample(3)
    with pytest.raises(IndexError, match="begins at 0"):
        made.labelled(-1)
    with pytest.raises(ValueError, match="`num_images` must be"):
        synthetic.digits(0)
