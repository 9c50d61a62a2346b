"""Every key has a meaning, and an argument says whose it is."""

from trainwell.recipes import keys


def test_every_key_says_what_it_means():
    assert [key for key, meaning in keys().items() if not meaning.strip(" ()")] == []


def test_arguments_name_their_techniques():
    assert keys()["norm.groups"].endswith("(group_norm)")
    assert "momentum" in keys()["optimizer.momentum"]
