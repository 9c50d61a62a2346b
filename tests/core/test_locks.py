"""Locks of folders: one process, also where the file system knows no locks."""

import errno
import multiprocessing
import os

import pytest

from trainwell.core.errors import RunError
from trainwell.core.locks import InUseError, held


def _hold(folder, ready, done):
    with held(folder):
        ready.set()
        done.wait(30)


def test_another_process_is_told_who_holds_it(tmp_path):
    fork = multiprocessing.get_context("fork")
    ready, done = fork.Event(), fork.Event()
    other = fork.Process(target=_hold, args=(tmp_path, ready, done))
    other.start()
    assert ready.wait(30)
    with pytest.raises(InUseError, match="in use by another process"), held(tmp_path):
        pass
    done.set()
    other.join()
    with held(tmp_path):
        pass


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_without_locks_it_warns_and_goes_on(tmp_path, monkeypatch, code):
    def refuse(*_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("fcntl.flock", refuse)
    messages = []
    with held(tmp_path, messages.append):
        pass
    assert code == errno.ENOSYS or "cannot be locked" in messages[0]


def test_a_folder_that_cannot_be_written(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(RunError, match="cannot be written to"), held(file):
        pass
