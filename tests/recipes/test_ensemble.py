"""Sizes and cycles of ensembles."""

from trainwell.recipes import num_members, read_recipe
from trainwell.recipes._ensemble import num_cycles


def test_five_by_default():
    assert num_members(read_recipe(None, ["ensemble=seeds"])) == 5
    assert num_members(read_recipe(None, ["ensemble=3"])) == 3


def test_only_moments_of_a_restarted_schedule_cycle():
    assert num_cycles(read_recipe(None, ["ensemble=snapshots"])) == 5
    assert num_cycles(read_recipe(None, ["ensemble=soup", "ensemble.size=2"])) == 2
    for text in ("ensemble=3", "ensemble=swa"):
        assert num_cycles(read_recipe(None, [text])) is None
