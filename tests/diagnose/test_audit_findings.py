"""Findings from audits made by hand."""

from dataclasses import replace

import pytest

from trainwell.data import load
from trainwell.diagnose import audit_findings


@pytest.fixture(scope="module")
def splits():
    return load("digits")


def of(splits, **changes):
    changed = replace(splits, audit=replace(splits.audit, **changes))
    return {finding.name: finding for finding in audit_findings(changed)}


def test_digits_pass(splits):
    found = audit_findings(splits)
    untested = [f.name for f in found if f.level == "untested"]
    assert untested == ["near copies", "mirror"]  # of 8 px; digits never mirror
    assert {f.level for f in found} == {"pass", "untested"}
    assert [f.name for f in found] == [
        "files",
        "classes",
        "balance",
        "leak",
        "near copies",
        "repeats",
        "conflicts",
        "mirror",
    ]


def test_classes_that_are_missing_or_small(splits):
    counts = {name: dict(c) for name, c in splits.audit.counts.items()}
    counts["train"]["3"], counts["train"]["4"] = 0, 9
    counts["val"]["5"] = 0
    found = audit_findings(replace(splits, audit=replace(splits.audit, counts=counts)))
    classes = [(f.name, f.level, f.what) for f in found[1:4]]
    assert classes == [
        ("class missing", "fail", "train has no image of 3."),
        ("class missing", "warn", "val has no image of 5."),
        ("few images", "warn", "Fewer than 10 training images of 4."),
    ]


@pytest.mark.parametrize(("ratio", "level"), [(4.9, "pass"), (5.0, "warn")])
def test_imbalance(splits, ratio, level):
    found = of(splits, imbalance=ratio)
    assert found["balance" if level == "pass" else "class imbalance"].level == level


def test_copies_fail_from_one_percent_of_the_held_out_images_on(splits):
    audit = splits.audit
    held_out = sum(sum(c.values()) for n, c in audit.counts.items() if n != "train")
    pair = type("Pair", (), {"first": "a.png", "second": "b.png"})
    for count, level in ((1, "warn"), (held_out // 100 + 1, "fail")):
        copies = replace(audit.exact_duplicates, count=count, pairs=(pair,))
        found = of(splits, exact_duplicates=copies)["leaked images"]
        assert (found.level, found.numbers["copies"]) == (level, count)
        assert "first b.png of a.png" in found.what


def test_repetitions_and_contradictory_labels(splits):
    found = of(
        splits,
        repeated=90,  # of 1797, 5.008 %
        num_label_conflicts=2,
        label_conflicts=(("a.png", "b.png"),),
    )
    assert found["repeated images"].level == "warn"
    assert "first a.png and b.png" in found["labels contradict"].what
    assert "repeats" in of(splits, repeated=89)
