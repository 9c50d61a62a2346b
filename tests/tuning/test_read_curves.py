"""Curves of trials made by hand."""

from tests.tuning.hill import DEFAULT, SPACE, Hill

from trainwell.tuning import Stage, Trial, coarse_search, read_curves


def test_curves_are_read_in_words():
    spec = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 1, 1.0, 5)).default.spec

    def reading(train, val):
        lines = [
            {"train_accuracy": t, "val_accuracy": v, "val_loss": 1.0}
            for t, v in zip(train, val, strict=True)
        ]
        return read_curves(Trial(0, spec, val[-1], tuple(lines), "complete"), 10)

    assert reading([0.2, 0.5], [0.2, 0.5]).kind == "still rising"
    assert reading([0.2, 0.5], [0.2, 0.5]).passed
    assert reading([0.5, 0.99], [0.5, 0.6]).kind == "overfitting"
    assert not reading([0.5, 0.99], [0.5, 0.6]).passed
    assert reading([0.1, 0.1], [0.1, 0.1]).kind == "chance"


def test_other_numbers_are_read_against_their_own_chance():
    spec = coarse_search(Hill(), DEFAULT, SPACE, Stage(0, 1, 1.0, 5)).default.spec
    lines = [{"train_r2": x, "val_r2": x, "val_loss": 1.0} for x in (0.0, 0.01)]
    trial = Trial(0, spec, 0.0, tuple(lines), "complete")
    found = read_curves(trial, None, quality="r2", chance=0.0)
    assert found.kind == "chance"
    assert "R2: training 0.010" in found.text
