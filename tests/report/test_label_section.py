"""What a report shows of labels, by hand."""

from trainwell.report._label_section import content
from trainwell.tasks import Multilabel

TARGETS = [[1, 0], [1, 1], [0, 0], [0, 1]]
PREDICTIONS = [[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.1, 0.7]]


def test_labels_that_come_together_are_counted(files_of):
    found = content(files_of(Multilabel(("cat", "dog")), PREDICTIONS, TARGETS))
    assert found["together"] == [[2, 1], [1, 2]]
    assert found["note"] == (
        "4 images with 1.00 of 2 labels on average. Saying nothing of the image would "
        "give 0.500."
    )
    assert "the first the darkest" in found["label_curves"]


def test_what_is_missed_and_what_is_wrong_is_said(files_of):
    files = files_of(Multilabel(("cat", "dog")), PREDICTIONS, TARGETS)
    right, missed, wrong, _ = content(files)["mislabelled"]
    assert (right.right, right.missed, right.wrong) == (("cat",), (), ())
    assert (missed.right, missed.missed) == (("cat",), ("dog",))
    assert wrong.wrong == ("cat",)
    assert missed.words == "1.png: right cat; missed dog"


def test_thresholds_decide_what_is_said(files_of):
    task = Multilabel(("cat", "dog"), thresholds=(0.7, 0.15))
    found = content(files_of(task, PREDICTIONS, TARGETS))["mislabelled"]
    assert (found[1].right, found[1].missed) == (("cat", "dog"), ())
    assert found[2].wrong == ("dog",)


def test_many_labels_have_no_table_and_no_curves(files_of):
    names = tuple(f"l{i}" for i in range(30))
    targets = [[i == j for j in range(30)] for i in range(30)]
    found = content(files_of(Multilabel(names), targets, targets))
    assert not found["together_shown"]
    assert found["label_curves"] is None
