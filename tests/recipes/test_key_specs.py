"""Defaults, ranges and choices are those of the fields and signatures."""

from typing import Annotated, Literal

from pydantic import Field

from trainwell.recipes import key_specs
from trainwell.recipes._key_specs import _in_words, _unfolded

SPECS = {spec.key: spec for spec in key_specs()}


def test_a_field_by_hand():
    fraction = SPECS["data.val_share"]
    assert (fraction.default, fraction.allowed) == ("0.1", "number >= 0, < 1")
    assert SPECS["data.fit"].choices == ("pad", "stretch", "crop")
    assert SPECS["penalty.proximal"].choices == ("true", "false")
    assert SPECS["train.batch_size"].allowed == "whole number >= 1"


def test_an_argument_by_hand():
    eps = SPECS["norm.eps"]
    assert eps.default == "1e-05"
    assert {"batch_norm", "group_norm"} <= set(eps.users)


def test_annotations_are_taken_apart():
    hint = Annotated[float, Field(ge=0, le=1)] | Literal["auto"] | None
    choices, kinds, bounds = _unfolded(hint)
    assert (choices, kinds) == (["auto"], [float])
    assert _in_words(kinds, bounds) == "number >= 0, <= 1"
