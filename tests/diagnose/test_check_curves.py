"""Curves made by hand, on both sides of every threshold."""

import pytest

from trainwell.diagnose import ClassScore, check_curves


def curve(val, train=None, loss=None):
    train = train or [v + 0.05 for v in val]
    loss = loss or [1.0] * len(val)
    rows = zip(train, val, loss, strict=True)
    return [
        {"train_accuracy": t, "val_accuracy": v, "val_loss": x, "epoch": i}
        for i, (t, v, x) in enumerate(rows)
    ]


def kind(*args, classes=10, **kwargs):
    return check_curves(curve(*args, **kwargs), classes).kind


FLAT = [0.5, 0.7, 0.8, 0.8]


@pytest.mark.parametrize("val", [[], [0.5]])
def test_too_short(val):
    assert kind(val) == "too short"
    assert kind([0.9, 0.9]) == "fits well"


def test_chance():
    assert kind([0.10, 0.149], train=[0.10, 0.149]) == "chance"
    assert kind([0.10, 0.151], train=[0.10, 0.149]) != "chance"
    assert kind([0.10, 0.149], train=[0.10, 0.151]) != "chance"
    assert kind([0.5, 0.6], train=[0.5, 0.6], classes=2) == "chance"
    text = check_curves(curve([0.1, 0.1], train=[0.1, 0.1]), 10).text
    assert "chance is 0.100" in text
    assert "labels" in text


def test_without_a_step_the_labels_are_not_to_blame():
    lines = curve([0.1], train=[0.1])
    never = [ClassScore("a", 0, 12), ClassScore("b", 3, 18)]
    verdict = check_curves([lines[0] | {"step": 0}], 10, classes=never)
    assert verdict.kind == "too short"
    assert "never answered" not in verdict.text
    assert "No step was taken in this time (training 0.100" in verdict.text
    assert check_curves([lines[0] | {"step": 5}], 10).kind == "chance"


def test_overfitting():
    assert kind(FLAT, train=[0.6, 0.8, 0.9, 0.951]) == "overfitting"
    assert kind(FLAT, train=[0.6, 0.8, 0.9, 0.949]) == "fits well"


def test_an_untrained_gap_is_named_before_a_rise():
    assert kind([0.5, 0.6, 0.7, 0.8], train=[1.0] * 4) == "overfitting"


@pytest.mark.parametrize(("last", "said"), [(1.09, False), (1.11, True)])
def test_a_rising_loss_is_said(last, said):
    curves = curve(FLAT, train=[1.0] * 4, loss=[2.0, 1.0, 1.05, last])
    text = check_curves(curves, 10).text
    assert ("the validation loss is rising" in text) is said
    assert "a gap of 0.200" in text


def test_still_rising():
    assert kind([0.5, 0.7, 0.8, 0.811]) == "still rising"
    assert kind([0.5, 0.7, 0.8, 0.809]) == "underfitting"


@pytest.mark.parametrize(
    ("images", "expected"), [(52, "fits well"), (104, "still rising")]
)
def test_one_image_more_is_no_rise(images, expected):
    """0.019 of 52 images is one."""
    val, right = [0.92, 0.93, 0.942, 0.961], round(0.961 * images)
    scores = [ClassScore("a", right, images)]
    verdict = check_curves(curve(val, train=[0.95] * 4), 10, classes=scores)
    assert verdict.kind == expected


def test_a_way_back_is_no_rise():
    """First weights that were solved for are better than what came later."""
    lines = curve([0.96, 0.94, 0.92, 0.94], train=[1.0] * 4)
    assert check_curves(lines, 10, kept=0).kind == "fits well"
    assert check_curves(lines[1:] + lines[:1], 10).kind == "still rising"


def test_the_rise_is_that_of_the_last_quarter():
    settled = [0.5, 0.6, 0.7, 0.75, 0.78, 0.8, 0.8, 0.8]
    assert kind(settled) == "underfitting"
    late = [0.5, 0.6, 0.7, 0.75, 0.78, 0.785, 0.79, 0.8]
    assert kind(late) == "still rising"
    text = check_curves(curve(late), 10).text
    assert "+0.015 over the last quarter" in text


def test_underfitting():
    """Training images are not learned; or nearly, and validation is as low."""
    assert kind(FLAT, train=[0.8] * 3 + [0.899]) == "underfitting"
    assert kind(FLAT, train=[0.8] * 3 + [0.901]) == "fits well"
    near = [0.86, 0.88, 0.89, 0.89]
    assert kind(near, train=[0.919] * 4) == "underfitting"
    assert kind(near, train=[0.921] * 4) == "fits well"
    high = [0.89, 0.9, 0.9, 0.9]
    assert kind(high, train=high) == "fits well"
    assert kind([0.899] * 4, train=[0.899] * 4) == "underfitting"


def test_low_on_both_is_no_good_fit_whatever_the_gap():
    text = check_curves(curve([0.2] * 4, train=[0.25] * 4), 10).text
    assert text == (
        "It underfits (training 0.250, validation 0.200): train longer, at a higher "
        "learning rate, or with a larger network."
    )
    text = check_curves(curve([0.8] * 4, train=[0.82] * 4), 10).text
    assert "validation 0.800: almost no gap)" in text


def test_the_numbers_are_those_of_the_last_evaluation():
    verdict = check_curves(curve(FLAT, train=[0.6, 0.8, 0.9, 0.9]), 10)
    assert "training 0.900, validation 0.800" in verdict.text
    assert "a gap of 0.100" in verdict.text


def test_leakage():
    assert check_curves(curve(FLAT), 10, leaked=0.011).kind == "leakage"
    assert check_curves(curve(FLAT), 10, leaked=0.009).kind == "underfitting"
    assert "1.1%" in check_curves(curve(FLAT), 10, leaked=0.011).text
    assert kind(FLAT, train=[0.69] * 4) == "leakage"
    assert kind(FLAT, train=[0.71] * 4) != "leakage"


def test_the_gap_and_its_trend():
    wider = check_curves(curve(FLAT, train=[0.6, 0.8, 0.9, 1.0]), 10).text
    assert "a gap of 0.200, 0.100 wider than halfway)" in wider
    assert "wider" not in check_curves(curve(FLAT, train=[0.7, 0.9, 1.0, 1.0]), 10).text


def test_the_losses_of_the_steps_are_read():
    slow = [2.3 - 0.01 * i for i in range(40)]
    verdict = check_curves(curve(FLAT), 10, losses=slow)
    assert verdict.kind == "learning rate too low"
    assert verdict.text.startswith(
        "Learning rate too low (training 0.850, validation 0.800): "
    )
    assert verdict.numbers["first"] == 2.3
    wild = [1.0] * 10 + [9.0] * 3
    assert check_curves(curve(FLAT), 10, losses=wild).kind == "learning rate too high"


def test_chance_with_a_cause():
    nothing = curve([0.1, 0.1], train=[0.1, 0.1])
    verdict = check_curves(nothing, 10, losses=[2.3] * 4 + [9.0] * 4)
    assert verdict.kind == "learning rate too high"
    assert "almost nothing" in verdict.text
    assert check_curves(nothing, 10, losses=[2.3] * 8).kind == "chance"


def test_overfitting_is_named_before_the_rate():
    wild = [1.0] * 10 + [9.0] * 3
    verdict = check_curves(curve(FLAT, train=[1.0] * 4), 10, losses=wild)
    assert verdict.kind == "overfitting"


def test_the_numbers_are_kept():
    numbers = check_curves(curve(FLAT), 10).numbers
    assert numbers == pytest.approx(
        {"train": 0.85, "val": 0.8, "gap": 0.05, "gain": 0.0}
    )


def test_the_model_that_is_kept_is_judged():
    """The second of four evaluations is kept; the last one has lost its accuracy."""
    lines = curve([0.6, 0.8, 0.7, 0.5], train=[0.6, 0.82, 0.9, 0.99])
    verdict = check_curves(lines, 10, kept=1)
    assert "training 0.820, validation 0.800" in verdict.text
    assert verdict.kind == "underfitting"
    assert check_curves(lines, 10).kind == "overfitting"


def test_the_final_evaluation_of_the_kept_model_is_its_number():
    scores = [ClassScore("a", 81, 100), ClassScore("b", 80, 100)]
    verdict = check_curves(curve([0.6, 0.8], train=[0.6, 0.82]), 2, classes=scores)
    assert "validation 0.805" in verdict.text
    assert verdict.numbers["val"] == 0.805


def test_the_first_weights_alone():
    line = {"step": 0, "epoch": 0.0, "val_loss": 0.5, "train_loss": 0.2}
    line |= {f"{k}_accuracy": 0.9 for k in ("train", "val")}
    verdict = check_curves([line], 10)
    assert verdict.text.startswith("These are the first weights (training 0.900, ")
    assert "train.time" in verdict.text
    later = check_curves([line | {"step": 5, "epoch": 1.0}], 10)
    assert later.text.startswith("Evaluated once")


def test_other_tasks_are_judged_by_their_own_number():
    lines = [
        {"train_r2": t, "val_r2": v, "val_loss": 1.0, "step": i + 1}
        for i, (t, v) in enumerate(
            zip((-0.4, -0.2, -0.16), (0.0, 0.02, 0.04), strict=True)
        )
    ]
    verdict = check_curves(lines, quality="r2", chance=0.0)
    assert verdict.kind == "chance"  # no copies: nothing was learned yet
    assert "R2: training -0.160, validation 0.040" in verdict.text
    good = [line | {"train_r2": 0.97, "val_r2": 0.95} for line in lines]
    assert check_curves(good, quality="r2", chance=0.0).kind == "fits well"
