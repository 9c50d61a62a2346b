"""Notes of a summary: each fault is a sentence with what to try."""

from types import SimpleNamespace

from trainwell.diagnose import Finding
from trainwell.runs.training._run_notes import busy, leaked, texts


def test_a_finding_is_a_sentence_with_its_remedy():
    found = texts([Finding.fail("x", "It fails.", {}, "another one")])
    assert found == ["It fails. Try another one."]


def test_the_share_of_copies_counts_what_is_held_out():
    def splits(test):
        copies = SimpleNamespace(exact_duplicates=SimpleNamespace(count=3))
        return SimpleNamespace(val=range(10), test=test, audit=copies)

    assert leaked(splits(range(20))) == 0.1
    assert leaked(splits(None)) == 0.3


def test_the_processor_is_as_busy_as_on_average():
    assert busy([]) is None
    assert busy([{"busy": 0.5}, {"busy": 1.0}]) == 0.75
