"""Verdicts name the classes that are never answered, and the class that is half of all."""

import pytest

from trainwell.diagnose import ClassScore, check_curves
from trainwell.diagnose._missed_classes import below_largest, largest_class


def lines(train, val, balanced=None, count=6):
    line = {"train_accuracy": train, "val_accuracy": val, "val_loss": 0.3}
    if balanced is not None:
        line |= {"val_balanced_accuracy": balanced, "train_balanced_accuracy": balanced}
    return [line] * count


def test_a_class_that_is_never_answered_is_no_good_fit():
    classes = [ClassScore(n, 20, 20) for n in "abcdefg"] + [ClassScore("sick", 0, 6)]
    verdict = check_curves(lines(0.97, 0.96, 0.875), 8, classes=classes)
    assert verdict.kind == "class missed"
    assert (
        "A class is never answered right: sick (0 of 6 right); the balanced accuracy is 0.875."
        in verdict.text
    )
    assert "loss.class_weights=balanced" in verdict.text


def test_two_images_are_too_few_to_say_so():
    classes = [ClassScore("a", 20, 20), ClassScore("b", 0, 2)]
    assert check_curves(lines(0.97, 0.96), 2, classes=classes).kind == "fits well"


def test_it_is_said_beside_a_worse_verdict():
    classes = [ClassScore("a", 200, 200), ClassScore("b", 0, 90)]
    verdict = check_curves(lines(0.99, 0.7), 2, classes=classes)
    assert verdict.kind == "overfitting"
    assert verdict.text.endswith("the balanced accuracy is 0.500.")


def test_the_share_of_the_largest_class_is_nothing_learned():
    classes = [ClassScore("healthy", 60, 60), ClassScore("sick", 0, 4)]
    verdict = check_curves(lines(0.94, 0.94, 0.5), 2, classes=classes)
    assert verdict.kind == "chance"
    assert "always answering healthy would give 0.938" in verdict.text
    assert "A class is never answered right: sick (0 of 4 right)" in verdict.text


@pytest.mark.parametrize(
    ("counts", "words"),
    [((10, 10), ""), ((15, 5), "; always answering a would give 0.750"), ((), "")],
)
def test_the_largest_class_is_named_where_it_stands_out(counts, words):
    assert (
        largest_class([ClassScore(n, 1, c) for n, c in zip("ab", counts, strict=False)])
        == words
    )


def test_one_evaluation_compares_training_with_validation():
    good = check_curves(lines(0.9, 0.88, count=1), 4)
    assert good.kind == "too short"
    assert good.text.startswith("Evaluated once (training 0.900, validation 0.880)")
    assert check_curves(lines(0.99, 0.5, count=1), 4).kind == "overfitting"
    assert check_curves(lines(0.25, 0.25, count=1), 4).kind == "chance"
    assert check_curves([], 4).kind == "too short"


def test_two_evaluations_say_nothing_of_a_rate_too_low():
    slow = [2.3 - 0.002 * i for i in range(40)]
    rising = lines(0.5, 0.48, count=2)
    assert check_curves(rising, 4, losses=slow).kind != "learning rate too low"
    assert check_curves(lines(0.5, 0.48), 4, losses=slow).kind in (
        "learning rate too low",
        "underfitting",
    )


def test_few_images_prove_neither_leakage_nor_overfitting():
    few = [ClassScore("a", 3, 4), ClassScore("b", 2, 3)]
    many = [ClassScore("a", 280, 400), ClassScore("b", 210, 300)]
    assert check_curves(lines(0.5, 0.7), 2, classes=many).kind == "leakage"
    assert check_curves(lines(0.5, 0.7), 2, classes=few).kind != "leakage"
    assert check_curves(lines(0.99, 0.7), 2, classes=many).kind == "overfitting"
    assert check_curves(lines(0.99, 0.7), 2, classes=few).kind != "overfitting"


def test_weights_are_not_advised_where_they_are_on():
    classes = [ClassScore("a", 400, 400), ClassScore("b", 0, 9)]
    said = check_curves(lines(0.97, 0.96), 2, classes=classes, weighted=True)
    assert said.kind == "class missed"
    assert "class_weights" not in said.text


def test_less_than_the_largest_class_is_said_with_its_remedy():
    """Right at 0.45 of 100 images where the largest class has 60 of them."""
    classes = [
        ClassScore("a", 20, 60),
        ClassScore("b", 15, 25),
        ClassScore("c", 10, 15),
    ]
    verdict = check_curves(lines(0.5, 0.45, 0.53), 3, classes=classes, weighted=True)
    assert verdict.text.endswith(
        " Always answering a would be right more often, 0.600 of the time; "
        "loss.class_weights=none is better for accuracy."
    )
    unweighted = check_curves(lines(0.5, 0.45, 0.53), 3, classes=classes)
    assert unweighted.text.endswith("more often, 0.600 of the time.")
    better = [ClassScore("a", 45, 60), ClassScore("b", 15, 40)]
    assert below_largest(better) == ""
    assert below_largest([ClassScore("a", 3, 10), ClassScore("b", 3, 10)]) == ""
    assert below_largest([]) == ""
