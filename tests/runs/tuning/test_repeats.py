"""The verdict by repeats, by hand."""

from trainwell.report import ScoredBy
from trainwell.runs.tuning._repeats import reach_verdict, scores_of
from trainwell.tuning import FAILED, Trial, TrialSpec

POINTS = {"default": {"optimizer.lr": 0.1}, "finer best": {"optimizer.lr": 0.2}}


def repeats(**scores):
    return [
        Trial(
            i, TrialSpec("repeat", name.replace("_", " "), {}, 1.0), s, (), "complete"
        )
        for name, found in scores.items()
        for i, s in enumerate(found)
    ]


def test_a_gain_beyond_the_noise_wins():
    trials = repeats(default=(0.50, 0.51, 0.49), finer_best=(0.80, 0.81, 0.79))
    verdict = reach_verdict(POINTS, trials)
    assert verdict.winner == "finer best"
    assert verdict.report.passed
    assert verdict.report.text.startswith("Use the finer best")
    assert verdict.scores("default") == (0.50, 0.51, 0.49)


def test_what_is_within_the_noise_keeps_the_default():
    trials = repeats(default=(0.50, 0.60, 0.40), finer_best=(0.55, 0.65, 0.42))
    verdict = reach_verdict(POINTS, trials)
    assert verdict.winner == "default"
    assert not verdict.report.passed


def test_no_time_for_repeats():
    verdict = reach_verdict(POINTS, repeats(default=(0.5,)))
    assert (verdict.winner, verdict.gains) == ("default", {})
    assert "no time for repeats" in verdict.report.text
    assert scores_of(verdict.trials, "finer best") == ()


def test_an_error_is_shown_as_it_is_and_a_failure_is_the_worst():
    by = ScoredBy("mae", lower_is_better=True)
    trials = repeats(default=(-0.5, -0.52), finer_best=(-0.2, -0.22))
    text = reach_verdict(POINTS, trials, by).report.text
    assert "0.2100 ± 0.0141 (n = 2) against 0.5100" in text
    assert ": -0.3000 ±" in text
    failed = Trial(9, trials[2].spec, FAILED, (), "failed")
    assert scores_of([*trials, failed], "finer best") == (-0.2, -0.22, -1.04)
    good = repeats(default=(0.5,))
    assert (
        scores_of([*good, Trial(9, good[0].spec, FAILED, (), "failed")], "default")[1]
        == 0
    )
