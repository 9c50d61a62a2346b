"""The reports on the steps of tuning, made by hand."""

import math

from trainwell.diagnose import InitialLoss
from trainwell.report import (
    StepReport,
    report_initial_loss,
    report_lr,
    report_overfit,
)
from trainwell.tuning import (
    ChosenLr,
    LrRangeTest,
    LrTrial,
    Overfit,
    OverfitTrial,
)


def test_lines_for_a_terminal():
    assert StepReport(2, "title", True, "text.").line == "Step 2 pass  title: text."
    assert StepReport(2, "title", False, "text.").line == "Step 2 FAIL  title: text."
    assert StepReport(8, "gain", True, "text.").line == "Gain shown: text."
    assert StepReport(8, "gain", False, "text.").line == "Gain not shown: text."


def test_every_cause_of_a_first_loss_has_its_remedy():
    expected = math.log(10)
    for loss, with_decay, remedy in (
        (2.3, 2.4, ""),
        (3.0, 3.1, "overconfident"),
        (9.0, 9.1, "confident wrong predictions"),
        (0.1, 0.2, "before training"),
        (math.inf, math.inf, "trainwell check"),
        (2.3, 2.3, "no weight is decayed"),
    ):
        found = InitialLoss.compare(loss, with_decay, expected)
        report = report_initial_loss(found, 10)
        assert report.passed == found.passed
        assert remedy in report.text
        assert "log 10 is 2.303" in report.text
    assert (
        "no expected value"
        in report_initial_loss(InitialLoss.compare(4.0, 4.1, None), 10).text
    )


def test_overfitting_at_the_second_rate():
    first = OverfitTrial(1.0, (2.0, 1.9), (0.1, 0.2), "stuck")
    second = OverfitTrial(0.1, (2.0, 0.1), (0.5, 1.0), "learned")
    report = report_overfit(Overfit((first, second)), batches=5, images=160)
    assert report.passed
    assert "5 batches (160 images) learned to 100 % in 2 passes" in report.text
    assert "learning rate 1 was not enough" in report.text
    assert "hardly moved" in report_overfit(Overfit((first,)), 5, 160).text


def test_a_learning_rate_that_lowers_the_loss_and_none_that_does():
    test = LrRangeTest((), (), False)
    good = LrTrial(("steepest",), 0.01, 2.3, 1.0, 30, True)
    found = ChosenLr(test, {"steepest": 0.01}, (good,), 0.01)
    assert "0.01 lowers the loss first: from 2.30 to 1.00" in report_lr(found, 0.1).text
    bad = LrTrial(("recipe",), 0.1, 2.3, 2.3, 100, False)
    report = report_lr(ChosenLr(test, {}, (bad,), 0.1), 0.1)
    assert not report.passed
    assert "The range test shows no fall. None of these learning rates" in report.text


def test_a_quality_that_is_no_share_is_named():
    learned = OverfitTrial(0.1, (2.0, 0.1), (0.5, 0.971), "learned")
    text = report_overfit(Overfit((learned,)), 5, 160, "r2").text
    assert "learned to R2 0.971 in 2 passes" in text
