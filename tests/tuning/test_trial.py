"""The best of trials, finished or not."""

from tests.tuning.hill import DEFAULT, SPACE, Hill

from trainwell.tuning import Stage, Trial, best_of, coarse_search


def test_failed_and_pruned_trials_are_not_the_best():
    trials = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 3, 1.0, 5)).trials
    bad = [
        Trial(7 + i, trials[0].spec, 9.0, (), s)
        for i, s in enumerate(("failed", "pruned"))
    ]
    assert best_of([*bad, *trials]).score < 9
    assert best_of(bad) is None
    tie = [Trial(n, trials[0].spec, 0.5, (), "complete") for n in (4, 2, 3)]
    assert best_of(tie).number == 2


def test_scores_are_read_from_the_curve():
    spec = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 1, 1.0, 5)).default.spec
    curve = ({"val_accuracy": 0.2}, {"val_accuracy": 0.5})
    assert Trial(0, spec, 0.5, curve, "complete").scores == (0.2, 0.5)
