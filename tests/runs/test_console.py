"""What people see in a terminal, or in a file."""

import errno
import sys
from types import SimpleNamespace

import pytest

from trainwell.runs import Console


def test_text_is_shown_as_it_is_and_on_the_error_stream(capsys):
    console = Console()
    console.say("a [b] c.yaml")
    console.warn("[red]x")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "a [b] c.yaml" in captured.err
    assert "warning: [red]x" in captured.err


def test_progress_counts():
    console = Console()
    with console.progress("Decoding", 4) as advance:
        advance(3)
        advance(1)


def test_a_log_gets_whole_lines_and_no_bars(capsys, monkeypatch):
    from trainwell.runs import _console

    monkeypatch.setattr(_console, "_APART", 0.0)
    console = Console()
    console.say("word " * 40 + "end")
    with console.progress("Reading", 3) as advance:
        advance(2)
        advance(1)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["word " * 40 + "end", "Reading: 2 of 3", "Reading: 3 of 3"]


def test_names_do_not_act(capsys):
    Console().say("a\x1b[2Jb")
    assert "a\\x1b[2Jb" in capsys.readouterr().err


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EIO])
def test_where_nobody_reads_the_work_goes_on(number, monkeypatch):
    def gone(*text):
        raise OSError(number, "gone")

    monkeypatch.setattr(sys, "stderr", SimpleNamespace(write=gone, flush=gone))
    console = Console()
    console.say("hello")
    with console.progress("Decoding", 4) as advance:
        advance(3)
