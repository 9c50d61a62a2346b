import dataclasses

import numpy as np

from trainwell.report._examples import least_certain, worst_mistakes
from trainwell.report._run_files import read_run


def files_of(write_run, probabilities, targets, **changes):
    run, _ = write_run(("cat", "dog"), n=4)
    n = len(targets)
    given = {
        "probabilities": np.array(probabilities, np.float32),
        "targets": np.array(targets),
        "names": np.array([f"{i}.png" for i in range(n)]),
        "images": np.zeros((n, 4, 4, 3), np.uint8),
        "indices": np.arange(n),
    }
    return dataclasses.replace(read_run(run), **given | changes)


PROBABILITIES = [[0.9, 0.1], [0.45, 0.55], [0.2, 0.8], [0.52, 0.48], [0.7, 0.3]]
TARGETS = [0, 0, 0, 1, 1]  # wrong: 1 (.45 of truth), 2 (.2), 3 (.48), 4 (.3)


def test_the_worst_mistake_comes_first(write_run):
    worst = worst_mistakes(files_of(write_run, PROBABILITIES, TARGETS))
    assert [e.name for e in worst] == ["2.png", "4.png", "1.png", "3.png"]
    first = worst[0]
    assert (first.true, first.prediction, first.right) == ("cat", "dog", False)
    assert round(first.probability, 6) == 0.8
    assert round(first.of_true, 6) == 0.2
    assert first.words == "2.png: cat, predicted dog with probability 0.80"


def test_the_least_certain_comes_first_right_or_wrong(write_run):
    certain = least_certain(files_of(write_run, PROBABILITIES, TARGETS))
    assert [e.name for e in certain] == ["3.png", "1.png", "4.png", "2.png", "0.png"]
    assert [e.right for e in certain] == [False, False, False, False, True]


def test_images_belong_to_their_indices(write_run):
    images = np.zeros((2, 4, 4, 3), np.uint8)
    images[1] = 255
    chosen = {"indices": np.array([2, 4]), "images": images}
    files = files_of(write_run, PROBABILITIES, TARGETS, **chosen)
    plain = files_of_one_image(write_run, files, 255)
    worst = worst_mistakes(files)
    assert [e.name for e in worst] == ["2.png", "4.png"]
    assert worst[1].uri == plain
    assert worst[0].uri != plain


def files_of_one_image(write_run, files, value):
    image = np.full((1, 4, 4, 3), value, np.uint8)
    one = dataclasses.replace(files, images=image, indices=np.array([1]))
    return least_certain(one)[0].uri


def test_at_most_twelve_of_each(write_run):
    rng = np.random.default_rng(0)
    p = rng.uniform(0.5, 1, 40)
    files = files_of(write_run, np.stack([p, 1 - p], 1), np.ones(40, int))
    worst = worst_mistakes(files)
    assert [e.probability for e in worst] == sorted(p.astype(np.float32))[:-13:-1]
    certain = least_certain(files)
    assert [e.probability for e in certain] == sorted(p.astype(np.float32))[:12]


def test_without_mistakes_there_is_no_worst(write_run):
    assert worst_mistakes(files_of(write_run, [[0.9, 0.1]], [0])) == []


def test_tiny_images_are_enlarged_as_squares(write_run):
    small, large = (np.zeros((1, side, side, 1), np.uint8) for side in (64, 65))
    files = files_of(write_run, [[0.9, 0.1]], [0], images=small)
    assert least_certain(files)[0].tiny
    assert not least_certain(dataclasses.replace(files, images=large))[0].tiny
