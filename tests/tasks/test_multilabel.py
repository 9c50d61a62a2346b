"""Probabilities of labels, thresholds chosen on validation, metrics of sets."""

import numpy as np
import pytest
import torch
from sklearn import metrics as peer

from trainwell.tasks import Multilabel

RNG = np.random.default_rng(0)
TASK = Multilabel(("cat", "dog", "fox"))
TARGETS = (RNG.random((80, 3)) < [0.5, 0.2, 0.3]).astype(np.float32)
P = np.clip(0.5 * TARGETS + RNG.random((80, 3)) * 0.6, 0.01, 0.99)


def test_outputs_become_probabilities():
    outputs = torch.tensor([[0.0, 2.0, -800.0]])
    expected = torch.tensor([[0.5, float(1 / (1 + np.exp(-2.0))), 0.0]])
    torch.testing.assert_close(TASK.predictions(outputs), expected)
    assert TASK.vectors(torch.ones(1, 3, dtype=torch.float64)).dtype == torch.float32


def test_metrics_are_those_of_scikit_learn():
    task = Multilabel(TASK.names, thresholds=(0.6, 0.4, 0.7))
    found, said = task.scores(P, TARGETS), P >= [0.6, 0.4, 0.7]
    expected = {
        "map": peer.average_precision_score(TARGETS, P),
        "map_micro": peer.average_precision_score(TARGETS, P, average="micro"),
        "f1": peer.f1_score(TARGETS, said, average="macro"),
        "f1_micro": peer.f1_score(TARGETS, said, average="micro"),
        "exact_match": peer.accuracy_score(TARGETS, said),
        "hamming_loss": peer.hamming_loss(TARGETS, said),
        "loss": np.mean([peer.log_loss(TARGETS[:, i], P[:, i]) for i in range(3)]),
    }
    assert found == pytest.approx(expected)
    assert {k for k, m in task.metrics.items() if m.lower_is_better} == {
        "hamming_loss", "loss",
    }  # fmt: skip


def test_thresholds_give_each_label_its_best_f1():
    fitted = TASK.fitted(P, TARGETS)
    for i, threshold in enumerate(fitted.thresholds):
        best = max(peer.f1_score(TARGETS[:, i], P[:, i] >= c) for c in P[:, i])
        said = P[:, i] >= threshold
        assert peer.f1_score(TARGETS[:, i], said) == pytest.approx(best)
    assert fitted.scores(P, TARGETS)["f1"] > TASK.scores(P, TARGETS)["f1"]


def test_the_temperature_makes_labels_likeliest():
    logits = 6 * (TARGETS - 0.5) + RNG.normal(size=TARGETS.shape) * 6

    def nll(temperature):
        z = logits / temperature
        cost = np.logaddexp(0, np.where(TARGETS > 0, -z, z)).sum()
        return cost + np.log(temperature) ** 2 / 2  # the prior of `fit_temperature`

    grid = np.geomspace(0.1, 10, 2000)
    expected = grid[np.argmin([nll(t) for t in grid])]
    assert TASK.fit_temperature(logits, TARGETS) == pytest.approx(expected, rel=0.01)


def test_chance_is_the_map_of_equal_answers():
    equal = np.full_like(P, 0.5)
    assert TASK.chance(TARGETS) == pytest.approx(TASK.scores(equal, TARGETS)["map"])
    lacking = TARGETS * [1, 0, 1]
    assert TASK.chance(lacking) == pytest.approx(TASK.scores(equal, lacking)["map"])
    assert TASK.chance(np.zeros((4, 3))) == 0.0
    assert TASK.counts(TARGETS).tolist() == TARGETS.sum(0).tolist()


def test_breakdown_has_the_labels_that_occur():
    rows = TASK.breakdown(P, TARGETS * np.array([1, 0, 1], np.float32))
    assert [row["label"] for row in rows] == ["cat", "fox"]
    expected = peer.average_precision_score(TARGETS[:, 0], P[:, 0])
    assert rows[0]["average_precision"] == pytest.approx(expected)
    assert rows[0]["f1"] == pytest.approx(peer.f1_score(TARGETS[:, 0], P[:, 0] >= 0.5))
    assert rows[0]["num_images"] == int(TARGETS[:, 0].sum())
    assert rows[0]["threshold"] == 0.5


def test_the_worst_are_shown_in_their_order():
    targets = np.zeros((5, 3), np.float32)
    p = np.full((5, 3), 0.1)
    p[3, 2], p[1, 0] = 0.95, 0.9
    assert TASK.informative(p, targets, 2).tolist() == [1, 3]


@pytest.mark.parametrize(
    ("names", "thresholds", "outputs", "text"),
    [
        (("a", "a"), (), 2, "2 labels for 2 outputs"),
        (("a", "b"), (), 3, "2 labels for 3 outputs"),
        ((), (), 0, "0 labels for 0 outputs"),
        (("a", "b"), (0.5,), 2, "another number of thresholds"),
    ],
)
def test_fields_that_do_not_fit(names, thresholds, outputs, text):
    TASK.check(3)
    with pytest.raises(ValueError, match=text):
        Multilabel(names, thresholds).check(outputs)
