import numpy as np
import pytest

from trainwell.report._curves import moving_average, panels


def train(count, loss=1.0):
    return [
        {"event": "train", "epoch": i / 10, "loss": loss + i % 2, "lr": 0.1}
        for i in range(1, count + 1)
    ]


def judged(*accuracies):
    return [
        {
            "event": "evaluate",
            "epoch": float(i),
            "val_accuracy": accuracy,
            "val_loss": 1 - accuracy,
            "train_accuracy": accuracy + 0.01,
            "train_loss": 0.9 - accuracy,
        }
        for i, accuracy in enumerate(accuracies, start=1)
    ]


def test_moving_average_by_hand():
    mean = moving_average([1, 2, 6, 4, 0], 3)
    assert mean == pytest.approx([1.5, 3, 4, 10 / 3, 2])


def test_moving_average_is_the_mean_of_the_window():
    values = np.random.default_rng(0).normal(size=50)
    expected = [values[max(0, i - 3) : i + 4].mean() for i in range(50)]
    assert moving_average(values, 7) == pytest.approx(expected)


def test_moving_average_at_its_ends():
    values = [3.0, 1.0, 2.0]
    assert moving_average(values, 1) == pytest.approx(values)
    assert moving_average(values, 99) == pytest.approx([2.0, 2.0, 2.0])
    assert len(moving_average([], 3)) == 0


def test_the_best_epoch_is_said_and_drawn():
    accuracy, loss, *_ = panels(judged(0.3, 0.8, 0.7) + train(3), best_epoch=2.0)
    assert accuracy.keys[-1] == loss.keys[-1] == ("best", "best epoch, 2")
    assert "best epoch, 2: validation 0.800, training 0.810" in accuracy.svg
    assert "validation 0.200, training 0.100" in loss.svg


def test_the_best_epoch_is_the_nearest_evaluation():
    accuracy, *_ = panels(judged(0.3, 0.8, 0.7), best_epoch=2.004)
    assert accuracy.keys[-1] == ("best", "best epoch, 2")


def test_only_what_was_measured_is_drawn():
    assert [p.title for p in panels(train(3), 1.0)] == [
        "Loss of the steps",
        "Learning rate",
    ]
    assert [p.title for p in panels(judged(0.5), 1.0)] == ["Accuracy", "Loss"]
    assert panels([], 1.0) == []


@pytest.mark.parametrize(("steps", "window"), [(2, 2), (29, 3), (50, 5), (400, 41)])
def test_the_window_grows_with_the_run(steps, window):
    step_loss = panels(train(steps), 1.0)[0]
    assert step_loss.keys[1] == ("mean", f"moving average of {window}")


def test_a_long_run_is_thinned():
    short, long = (len(panels(train(n), 1.0)[0].svg) for n in (400, 40_000))
    assert long < 1.5 * short


@pytest.mark.parametrize(("peak", "logarithmic"), [(19.9, False), (1e7, True)])
def test_a_leap_does_not_hide_the_rest(peak, logarithmic):
    lines = train(40)
    for line in lines:
        line["loss"] = 1.0
    lines[7]["loss"] = peak
    svg = panels(lines, 1.0)[0].svg
    assert ("the scale is logarithmic." in svg) is logarithmic
    assert ("It leaps to 1e+07; " in svg) is logarithmic
    assert ("<!-- $\\mathdefault{10^{4}}$ -->" in svg) is logarithmic


def test_losses_below_zero_stay_on_a_linear_scale():
    lines = train(40)
    for i, line in enumerate(lines):
        line["loss"] = -1.0 if i else 50.0
    assert "logarithmic" not in panels(lines, 1.0)[0].svg


def test_an_infinite_loss_of_an_evaluation_is_left_out():
    lines = judged(0.3, 0.8)
    lines[0]["val_loss"] = float("inf")
    accuracy, loss, *_ = panels(lines, 2.0)
    assert "validation 0.200" in loss.svg


def test_losses_of_zero_are_drawn_without_a_warning():
    """Warnings are errors in tests."""
    lines = [{**line, "val_loss": 0.0, "train_loss": 0.0} for line in judged(1.0, 1.0)]
    assert [p.title for p in panels(lines, 1.0)] == ["Accuracy", "Loss"]


def test_a_run_without_a_step_has_its_panels():
    """One point at epoch 0; the axis is from 0 to 1, without a warning."""
    (line,) = judged(0.5)
    assert panels([line | {"epoch": 0.0}], best_epoch=0.0)
