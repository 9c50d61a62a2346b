"""The verdict by repeats, by hand."""

from trainwell.runs.tuning._repeats import reach_verdict, scores_of
from trainwell.tuning import Trial, TrialSpec

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
