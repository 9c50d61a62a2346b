"""Errors of points: by hand, written out, and those of the mean shape of real faces."""

import csv
import math

import numpy as np
import pytest

from trainwell.metrics import (
    box_size,
    cumulative_error_auc,
    eye_distance,
    failure_rate,
    nme,
    pck,
    points_mse,
)


@pytest.fixture
def faces():
    rng = np.random.default_rng(0)
    targets = rng.uniform(0, 90, (6, 5, 2))
    points = targets + rng.normal(0, 4, targets.shape)
    visible = rng.random((6, 5)) < 0.7
    visible[3] = False
    targets[~visible] = np.nan
    return points, targets, visible


def errors_of(points, targets, visible, i):
    return [
        math.dist(points[i, k], targets[i, k])
        for k in range(visible.shape[1])
        if visible[i, k]
    ]


def test_written_out(faces):
    points, targets, visible = faces
    sizes = np.array([20.0, 31.0, 7.0, np.nan, 50.0, 11.0])
    found = nme(points, targets, visible, sizes)
    every, squares, right = [], [], []
    for i in range(6):
        errors = errors_of(points, targets, visible, i)
        every += errors
        squares += [e * e / 2 for e in errors]
        right += [e <= 0.2 * sizes[i] for e in errors]
        if errors:
            assert found[i] == pytest.approx(sum(errors) / len(errors) / sizes[i])
    assert np.isnan(found[3])
    assert points_mse(points, targets, visible) == pytest.approx(np.mean(squares))
    expected = np.mean([e <= 5 for e in every])
    assert pck(points, targets, visible, 5.0) == pytest.approx(expected)
    assert pck(points, targets, visible, 0.2 * sizes) == pytest.approx(np.mean(right))
    assert 0.2 < expected < 0.9


def test_one_normaliser_for_all(faces):
    same = nme(*faces, np.full(6, 12.0))
    np.testing.assert_array_equal(nme(*faces, 12.0), same)


def test_a_point_on_the_circle_is_correct():
    points, visible = np.array([[[3.0, 4.0]]]), np.ones((1, 1), bool)
    assert pck(points, np.zeros((1, 1, 2)), visible, 5.0) == 1
    assert pck(points, np.zeros((1, 1, 2)), visible, np.nextafter(5, 4)) == 0


def test_nothing_is_visible(faces):
    points, targets, visible = faces
    none = np.zeros_like(visible)
    assert np.isnan(nme(points, targets, none, np.zeros(6))).all()
    assert np.isnan(pck(points, targets, none, 1.0))
    assert np.isnan(points_mse(points, targets, none))


def test_an_answer_that_is_no_number_is_infinitely_wrong(faces):
    points, targets, visible = faces
    visible = visible.copy()
    visible[0] = [True, True, False, False, False]
    targets = np.where(visible[..., None], np.nan_to_num(targets), np.nan)
    before = nme(points, targets, visible, 10.0)
    points[0, 1, 0] = np.nan
    found = nme(points, targets, visible, 10.0)
    assert found[0] == np.inf
    np.testing.assert_array_equal(found[1:], before[1:])
    assert points_mse(points, targets, visible) == np.inf
    assert pck(points, targets, visible, 1e9) == 1 - 1 / visible.sum()
    points[0, 4] = np.nan  # hidden
    np.testing.assert_array_equal(nme(points, targets, visible, 10.0), found)


def test_distances_of_groups():
    points = np.array([[[0.0, 0.0], [2.0, 0.0], [4.0, 1.0], [4.0, 7.0]]])
    assert eye_distance(points, 0, 3).tolist() == [math.hypot(4, 7)]
    assert eye_distance(points, [0, 1], [2, 3]).tolist() == [5.0]
    assert np.isnan(eye_distance(np.full((1, 2, 2), np.nan), 0, 1)).all()


def test_box_of_the_visible(faces):
    _, targets, visible = faces
    found = box_size(targets, visible)
    for i in (0, 1, 2, 4, 5):
        x, y = targets[i, visible[i]].T
        expected = math.sqrt((max(x) - min(x)) * (max(y) - min(y)))
        assert found[i] == pytest.approx(expected)
    assert found[3] == 0
    assert box_size(np.array([[[0.0, 0.0], [4.0, 9.0]]])).tolist() == [6.0]


def test_refusals(faces):
    points, targets, visible = faces
    with pytest.raises(ValueError, match=r"must have the shape \(n, k, 2\)"):
        nme(points[:, :4], targets, visible, 1.0)
    with pytest.raises(ValueError, match=r"must have the shape \(n, k, 2\)"):
        points_mse(points, targets, visible[:, :4])
    seen = visible.copy()
    seen[3, 2] = True
    with pytest.raises(ValueError, match="numbers where visible.* point 2 of image 3"):
        pck(points, targets, seen, 1.0)
    sizes = np.array([1.0, 0.0, 1.0, 0.0, 1.0, 1.0])
    with pytest.raises(ValueError, match="must be positive, got 0.0 for image 1"):
        nme(points, targets, visible, sizes)
    sizes[1] = np.inf
    with pytest.raises(ValueError, match="must be positive, got inf for image 1"):
        nme(points, targets, visible, sizes)


def test_the_mean_shape_of_real_faces(shared_data):
    path = shared_data / "faces68" / "points.csv"
    if not path.is_file():
        pytest.skip("needs faces68 beside the checkout")
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    points = np.array([row[3:] for row in rows], np.float64).reshape(-1, 68, 2)
    train = np.array([row[1] == "train" for row in rows])
    targets = points[~train]
    answers = np.broadcast_to(points[train].mean(0), targets.shape)
    visible = np.ones(targets.shape[:2], bool)
    errors = nme(answers, targets, visible, eye_distance(targets, 36, 45))
    assert len(errors) == 986
    assert errors.mean() == pytest.approx(0.2116, abs=5e-5)
    assert failure_rate(errors, 0.08) == pytest.approx(0.924, abs=5e-4)
    assert cumulative_error_auc(errors, 0.08) == pytest.approx(0.01, abs=5e-3)
    assert points_mse(answers, targets, visible) == pytest.approx(82.3, abs=0.05)
