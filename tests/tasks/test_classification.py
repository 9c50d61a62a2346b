"""Classification: its predictions, and what is kept and asked of it."""

import math

import numpy as np
import pytest
import torch

from trainwell import metrics
from trainwell.tasks import Classification

P = np.array([0.2, 0.5, 0.2, 0.1], np.float32)
CLASSES = ("ant", "bee", "cat", "dog")
TASK = Classification(CLASSES)


def test_a_prediction_names_the_most_probable_class():
    found = TASK.prediction("a.png", P)
    assert (found.name, found.label, found.probability) == ("a.png", "bee", 0.5)
    assert found.classes == CLASSES
    assert found.mean is None


def test_classes_with_values_answer_with_their_mean():
    found = Classification(("20", "30"), (20.0, 30.0)).prediction(
        "a", np.array([0.25, 0.75], np.float32)
    )
    assert (found.label, found.mean) == ("30", 27.5)


def test_outputs_are_one_per_class():
    assert TASK.labels == CLASSES
    assert TASK.num_outputs == 4
    TASK.check(4)


@pytest.mark.parametrize(
    ("task", "message"),
    [
        (Classification(("a", "b")), "2 class names for 3 outputs"),
        (Classification(("a", "b", "a")), "3 class names for 3 outputs"),
        (Classification(("a", "b", "c"), (1.0, 2.0)), "another number of values"),
    ],
)
def test_what_fits_no_network_of_three_outputs(task, message):
    with pytest.raises(ValueError, match=message):
        task.check(3)


def test_images_per_class_those_without_any_too():
    assert TASK.counts(np.array([1, 0, 1])).tolist() == [1, 2, 0, 0]


def test_targets_as_vectors_are_distributions():
    indices = torch.tensor([2, 0])
    expected = torch.tensor([[0.0, 0, 1, 0], [1, 0, 0, 0]])
    assert torch.equal(TASK.vectors(indices), expected)
    assert torch.equal(TASK.vectors(expected * 0.5), expected * 0.5)


def test_predictions_are_probabilities():
    found = TASK.predictions(torch.tensor([[0.0, math.log(3), -math.inf, -math.inf]]))
    torch.testing.assert_close(found, torch.tensor([[0.25, 0.75, 0.0, 0.0]]))


def test_losses_get_the_values_alone():
    assert TASK.loss_arguments() == {}
    valued = Classification(("1", "3"), (1.0, 3.0))
    assert valued.loss_arguments() == {"values": (1.0, 3.0)}


@pytest.mark.parametrize("name", metrics.METRICS)
def test_every_metric_scores_the_better_predictions_higher(name):
    y = np.array([0, 1, 2, 3, 4, 5] * 2)
    good = np.eye(6)[y] * 0.9 + 0.01
    bad = np.roll(good, 1, 1)
    metric = Classification(tuple("abcdef")).metrics[name]
    assert metric.value(good, y) == metrics.METRICS[name](good, y)
    assert metric.score(good, y) > metric.score(bad, y)


def test_accuracies_alone_have_the_noise_of_a_fraction():
    found = [name for name, metric in TASK.metrics.items() if metric.is_fraction]
    assert found == ["accuracy", "balanced_accuracy"]


def test_scores_are_those_of_the_metrics_and_the_mean_error_of_values():
    p, y = np.array([[0.9, 0.1], [0.6, 0.4]]), np.array([0, 1])
    plain, valued = Classification(("1", "3")), Classification(("1", "3"), (1.0, 3.0))
    assert plain.scores(p, y) == metrics.scores(p, y)
    assert valued.scores(p, y) == plain.scores(p, y) | {"mae": pytest.approx(0.7)}


def test_the_temperature_is_fitted_unless_a_spread_was_learned():
    z, y = np.array([[0.2, 0.0], [0.1, 0.0], [0.0, 0.3]]), np.array([0, 0, 1])
    assert Classification(("1", "3")).fit_temperature(z, y) < 0.75
    assert Classification(("1", "3"), (1.0, 3.0)).fit_temperature(z, y) == 1.0


def test_worst_mistakes_and_least_certain_are_informative():
    rows = np.full((40, 2), [0.9, 0.1])
    rows[3] = [0.999, 0.001]  # the worst mistake: its class is 1
    rows[7] = [0.51, 0.49]  # the least certain
    targets = np.zeros(40, np.int64)
    targets[[3, 30]] = 1
    found = Classification(("a", "b")).informative(rows, targets, 1)
    assert found.tolist() == [3, 7]
    found = Classification(("a", "b")).informative(rows, targets, 12)
    assert {3, 7, 30} <= set(found.tolist())
    assert found.tolist() == sorted(found.tolist())
