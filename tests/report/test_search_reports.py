"""The reports on searches, made by hand."""

from trainwell.report import (
    ScoredBy,
    report_coarse_search,
    report_curves,
    report_refined_search,
)
from trainwell.tuning import FAILED, Coarse, Reading, Refined, Round, Trial, TrialSpec


def trial(number, score, state="complete", origin="random"):
    spec = TrialSpec("coarse", origin, {"optimizer.lr": 0.1 * (number + 1)}, 2.0)
    return Trial(number, spec, score, (), state)


def test_searches_name_their_best_trial():
    trials = (trial(0, 0.5, origin="default"), trial(1, 0.7), trial(2, 0.0, "failed"))
    text = report_coarse_search(Coarse(trials)).text
    assert "3 trials of 2 epochs" in text
    assert "Best: optimizer.lr=0.2 with 0.700. 1 failed" in text
    best = report_coarse_search(Coarse(trials[:1])).text
    assert "The recipe as it is was best." in best
    report = report_refined_search(Refined({}, ()), rounds=[1])
    assert (report.number, report.passed) == (5, False)


def test_rounds_and_curves():
    trials = (trial(3, 0.7), trial(4, 0.8), trial(5, 0.6, "pruned"))
    refined = Refined({}, (Round({}, trials),))
    text = report_refined_search(refined, rounds=[1]).text
    assert (
        "3 trials of 2 epochs at a constant learning rate, 1 of them given up early"
        in text
    )
    assert "round 1. Best: optimizer.lr=0.5 with 0.800." in text
    assert report_refined_search(refined, rounds=[2]).number == 7
    report = report_curves(Reading(trials[0], "overfitting", "It overfits."))
    assert (report.passed, report.text) == (False, "It overfits.")


def test_errors_are_shown_as_they_are():
    trials = (trial(0, -0.5, origin="default"), trial(1, -0.25), trial(2, FAILED))
    by = ScoredBy("mae", lower_is_better=True)
    text = report_coarse_search(Coarse(trials), by).text
    assert "reached 0.500. Best: optimizer.lr=0.2 with 0.250" in text


def test_a_recipe_that_failed_is_said_to():
    trials = (trial(0, FAILED, "failed", origin="default"), trial(1, 0.5))
    assert (
        "the recipe as it is failed. Best" in report_coarse_search(Coarse(trials)).text
    )
