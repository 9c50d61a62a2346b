"""Which weights are kept: the best, within the noise of few validation images."""

import math

import numpy as np
import pytest

from trainwell.training._choose_weights import is_kept, noise, note_first


def kept(scores, losses, count, first=False):
    """Return the index of the weights that are kept of evaluations in order."""
    memory = {}
    for step, (score, loss) in enumerate(zip(scores, losses, strict=True)):
        best = memory.get("best_score", -math.inf)
        if is_kept(memory, score, loss, noise(max(best, 0.0), count)):
            memory["best_step"] = step + (not first)
        if step == 0 and first:
            note_first(memory, score)
        memory["best_score"] = max(score, best)
    return int(memory["best_step"]) - (not first)


def test_noise_is_a_standard_error_and_never_zero():
    assert noise(0.5, 98) == pytest.approx(math.sqrt(0.25 / 98))
    assert noise(1.0, 36) == pytest.approx(math.sqrt(37 * 1 / 38**2 / 36))
    assert noise(0.8, 400) == pytest.approx(noise(0.8, 100) / 2, rel=0.01)


def test_later_weights_within_the_noise_are_kept_if_the_loss_is_no_higher():
    assert kept([0.80, 0.75], [0.7, 0.6], 36) == 1
    assert kept([0.80, 0.75], [0.7, 0.8], 36) == 0
    assert kept([0.80, 0.70], [0.7, 0.6], 36) == 0, "0.069 is the noise"
    assert kept([0.80, 0.75], [0.7, 0.6], 3600) == 0
    assert kept([0.80, 0.80], [0.7, 0.9], 36) == 1, "the later of equals"
    assert kept([0.80, 0.81], [0.7, 0.9], 36) == 1


def test_the_noise_is_counted_from_the_highest_score_and_does_not_add_up():
    assert kept([0.80, 0.76, 0.72, 0.68], [0.7, 0.6, 0.5, 0.4], 36) == 1


def test_first_weights_are_kept_until_better_ones_come():
    assert kept([0.80, 0.80, 0.78], [0.7, 0.9, 0.1], 36, first=True) == 0
    assert kept([0.80, 0.80], [0.7, 0.6], 36, first=True) == 1
    assert kept([0.80, 0.81, 0.79], [0.7, 0.6, 0.5], 36, first=True) == 1
    assert kept([0.80, 0.90, 0.85], [0.7, 0.6, 0.5], 36, first=True) == 2


@pytest.mark.parametrize(("count", "gain"), [(36, 0.002), (300, 0.0005)])
def test_in_rising_runs_better_weights_are_kept_than_by_the_highest_score(count, gain):
    """True accuracies rise and jitter; the same images are answered every time."""
    rng = np.random.default_rng(0)
    of_rule, of_highest = [], []
    for _ in range(600):
        time = np.linspace(0, 1, 8)
        margin = 0.2 + 0.8 * (1 - np.exp(-4 * time)) + rng.normal(0, 0.08, 8)
        own = 0.8 * rng.normal(size=(1, count))
        answers = margin[:, None] - own - 0.6 * rng.normal(size=(8, count))
        scores = (answers > 0).mean(1)
        losses = np.logaddexp(0, -1.7 * answers).mean(1)
        truth = [0.5 + 0.5 * math.erf(m / math.sqrt(2)) for m in margin]
        of_rule.append(truth[kept(scores, losses, count)])
        of_highest.append(truth[7 - int(np.argmax(scores[::-1]))])
    assert np.mean(of_rule) > np.mean(of_highest) + gain


def test_where_a_run_overfits_the_loss_forbids_later_weights():
    scores, losses = [0.6, 0.85, 0.83, 0.82, 0.80], [1.0, 0.5, 0.6, 0.7, 0.8]
    assert kept(scores, losses, 36) == 1
