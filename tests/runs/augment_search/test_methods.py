import pytest

from trainwell.core.errors import ArgumentError
from trainwell.runs.augment_search._methods import METHODS, method_of
from trainwell.tuning import FastAutoAugment


def test_a_method_by_name_or_as_it_is():
    assert method_of("pba", None) is METHODS["pba"]
    mine = FastAutoAugment(folds=2)
    assert method_of(mine, None) is mine


@pytest.mark.parametrize("ops", ["gamma, rotate", ["gamma", "rotate"]])
def test_chosen_operations(ops):
    assert method_of("pba", ops).operations == ("gamma", "rotate")
    mine = method_of(FastAutoAugment(folds=2), ops)
    assert (mine.folds, mine.operations) == (2, ("gamma", "rotate"))


def test_messages():
    with pytest.raises(ValueError, match="`method` must be one of"):
        method_of("pbaa", None)
    with pytest.raises(ArgumentError, match="`ops` .* Did you mean `gamma`"):
        method_of("pba", "gama")
    with pytest.raises(ArgumentError, match="one name or more"):
        method_of("pba", [])
