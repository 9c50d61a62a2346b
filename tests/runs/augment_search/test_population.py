"""A member's policy stands directly after the crop."""

from trainwell.augment.policies import SEARCHED, Compose, Cutout, Plain
from trainwell.runs.augment_search._population import _with
from trainwell.tuning import first_policies


def test_after_the_crop_and_before_the_rest():
    tenths, crop, cutout = first_policies(2, 0)[1], Plain(fit="pad"), Cutout(side=0.5)
    alone = _with(crop, tenths, SEARCHED)
    assert alone.crop is crop
    assert len(alone.transforms) == 1
    both = _with(Compose(crop, (cutout,)), tenths, SEARCHED)
    assert both.transforms[1] is cutout
    assert both.transforms[0] == alone.transforms[0]
