import numpy as np

from trainwell.data import _duplicates as D
from trainwell.data import _thumbnail as T


def _words(*values: int) -> np.ndarray:
    return np.array(values, np.uint64)


def test_same_keys_names_one_partner_for_each():
    pairs = D.same_keys(_words(9, 3, 2**64 - 1, 3), _words(3, 5, 9, 3, 2**64 - 1))
    assert pairs.tolist() == [[1, 0], [0, 2], [1, 3], [2, 4]]


def test_same_keys_of_nothing():
    assert len(D.same_keys(_words(), _words(1))) == 0
    assert len(D.same_keys(_words(1), _words())) == 0


def slow_near(first: np.ndarray, second: np.ndarray) -> set[int]:
    hash_a, hash_b = T.difference_hash(first), T.difference_hash(second)
    near = set()
    for j in range(len(second)):
        for i in range(len(first)):
            bits = (int(hash_a[i]) ^ int(hash_b[j])).bit_count()
            likeness = np.corrcoef(first[i].astype(float), second[j].astype(float))
            if (
                bits <= 3
                and likeness[0, 1] >= 0.995
                and T.structure(first[i : i + 1])[0] >= 24
                and T.structure(second[j : j + 1])[0] >= 24
            ):
                near.add(j)
    return near


def _noisy(thumbs: np.ndarray, amount: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    noise = rng.integers(-amount, amount + 1, thumbs.shape)
    return np.clip(thumbs.astype(int) + noise, 0, 255).astype(np.uint8)


def test_near_pairs_equal_comparing_all(picture):
    images = np.stack([picture(i) for i in range(60)])
    thumbs = T.thumbnails(images)
    second = np.concatenate(
        [_noisy(thumbs[k : k + 10], k // 5, k) for k in range(0, 60, 10)]
    )
    pairs = D.near_pairs(thumbs, second)
    want = slow_near(thumbs, second)
    assert set(pairs[:, 1].tolist()) == want
    assert 10 <= len(want) < 60
    assert (pairs[:, 0] == pairs[:, 1]).all()


def test_near_pairs_across_batches(picture, monkeypatch):
    thumbs = T.thumbnails(np.stack([picture(i) for i in range(30)]))
    many = np.concatenate([thumbs, thumbs, thumbs])
    want = D.near_pairs(many, thumbs)
    monkeypatch.setattr(D, "_AT_ONCE", 5)
    np.testing.assert_array_equal(D.near_pairs(many, thumbs)[:, 1], want[:, 1])
    assert want[:, 1].tolist() == list(range(30))


def test_the_likest_is_named(picture):
    thumb = T.thumbnails(picture(3)[None])
    first = np.concatenate([_noisy(thumb, 4, 1), thumb, _noisy(thumb, 3, 2)])
    assert D.near_pairs(first, thumb).tolist() == [[1, 0]]


def test_images_without_structure_are_left_out():
    blank = np.full((3, 72), 200, np.uint8)
    assert len(D.near_pairs(blank, blank)) == 0
    assert len(D.near_pairs(blank[:0], blank)) == 0


def test_resaved_photographs_are_found(shared_data, encoded):
    from PIL import Image

    from trainwell.data import decode

    paths = sorted((shared_data / "clothing/test").glob("*/*"))[::10]
    images = [decode(path, channels=3) for path in paths]
    first = np.concatenate([T.thumbnails(image[None]) for image in images])
    saved = [
        decode(encoded(Image.fromarray(i).resize((128, 150)), "JPEG"), channels=3)
        for i in images
    ]
    second = np.concatenate([T.thumbnails(image[None]) for image in saved])
    structured = (T.structure(first) >= 24).sum()
    pairs = D.near_pairs(first, second)
    assert (pairs[:, 0] == pairs[:, 1]).all()
    assert len(pairs) >= 0.8 * structured
