"""A claim is data and three functions."""

from dataclasses import FrozenInstanceError

import pytest

from trainwell.experiments import Claim, Verdict


def test_a_claim_cannot_be_changed_after_it_was_measured():
    claim = Claim("t", "deck 0", "c.", "k.", None, None, None)
    assert claim.seeds == 3
    for frozen, field in ((claim, "criterion"), (Verdict("held", ""), "word")):
        with pytest.raises(FrozenInstanceError):
            setattr(frozen, field, "other")
