"""Chains as named values, by hand."""

from trainwell.tuning._chains import chain_space, chains_of, values_of

CHAINS = ((("invert", 0.1, 0.2), ("rotate", 0.3, 0.4)),)


def test_names_and_values():
    assert values_of(CHAINS) == {
        "operation 0 0": "invert",
        "probability 0 0": 0.1,
        "strength 0 0": 0.2,
        "operation 0 1": "rotate",
        "probability 0 1": 0.3,
        "strength 0 1": 0.4,
    }


def test_there_and_back():
    assert chains_of(values_of(CHAINS), chains=1, length=2) == CHAINS
    longer = (*CHAINS, (("equalize", 0.5, 0.6), ("solarize", 0.7, 0.8)))
    assert chains_of(values_of(longer), chains=2, length=2) == longer


def test_the_space_has_a_choice_and_two_numbers_per_operation():
    space = chain_space(2, 3, ["gamma", "rotate"])
    assert len(space) == 18
    assert space["operation 1 2"] == ("gamma", "rotate")
    assert space["probability 1 2"] is None
