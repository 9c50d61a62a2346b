"""The reporter that shows nothing fits where one is wanted."""

from trainwell.runs import Console, Quiet, Reporter
from trainwell.training import Hook


def test_both_are_reporters():
    assert isinstance(Quiet(), Reporter)
    assert isinstance(Console(), Reporter)


def test_nothing_is_shown(capsys):
    quiet = Quiet()
    quiet.say("a")
    quiet.warn("b")
    with quiet.progress("c", 3) as advance, quiet.training(5) as hook:
        advance(1)
        assert type(hook) is Hook
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""
