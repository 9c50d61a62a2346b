"""Findings of every level."""

import dataclasses
import json

from trainwell.diagnose import Finding, Verdict, failed, faults

GOOD = Finding.passed("loss", "The loss falls.")
DOUBTFUL = Finding.warn("few images", "3 images.", {"images": 3}, "add more")
BAD = Finding.fail("zero start", "All weights are zero.", {"zero": 2}, "draw them")


def test_the_constructors_set_the_level_and_nothing_else():
    assert Finding("loss", "pass", "The loss falls.") == GOOD
    assert (
        Finding("few images", "warn", "3 images.", {"images": 3}, "add more")
        == DOUBTFUL
    )
    assert (BAD.level, BAD.try_next, BAD.numbers) == ("fail", "draw them", {"zero": 2})
    assert Finding.passed("a", "b", {"c": 1.0}).numbers == {"c": 1.0}


def test_faults_are_all_but_passes_in_order():
    assert faults([BAD, GOOD, DOUBTFUL]) == [BAD, DOUBTFUL]
    assert failed([GOOD, DOUBTFUL]) is False
    assert failed([DOUBTFUL, BAD]) is True
    assert failed([]) is False


def test_json_can_hold_them():
    tree = json.loads(json.dumps(dataclasses.asdict(BAD)))
    assert Finding(**tree) == BAD
    assert Verdict("chance", "text") == Verdict("chance", "text", {})
