import pytest

from trainwell.core import checks


def test_between_accepts_its_ends():
    checks.between("rate", 0, 0, 1)
    checks.between("rate", 1, 0, 1)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_between_states_rule_name_and_value(value):
    with pytest.raises(ValueError, match=rf"`rate` must be in \[0, 1\], got {value}"):
        checks.between("rate", value, 0, 1)


@pytest.mark.parametrize("value", [0, -1, float("nan")])
def test_positive(value):
    with pytest.raises(ValueError, match="`size` must be positive"):
        checks.positive("size", value)


def test_one_of_suggests_the_nearest():
    with pytest.raises(ValueError, match="got 'strech'. Did you mean `stretch`?"):
        checks.one_of("fit", "strech", ["pad", "stretch"])


def test_nothing_is_suggested_for_something_quite_else():
    assert checks.did_you_mean("xyzzy", ["pad", "stretch"]) == ""
