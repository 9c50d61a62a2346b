"""The default shows nothing, and is what functions ask for."""

import pytest

from trainwell.core.progress import Progress, silent


def test_silence(capfd):
    with silent("Working", 3) as advance:
        assert advance(1) is None
        advance(2)
    assert capfd.readouterr() == ("", "")


def test_it_is_a_progress():
    assert isinstance(silent, Progress)


def test_errors_pass_through():
    with pytest.raises(KeyError), silent("Working", 1):
        raise KeyError
