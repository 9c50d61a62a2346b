"""Files are complete or not there at all."""

import errno
import os

import pytest

from trainwell.core.errors import RunError
from trainwell.core.files import write_atomically


def test_a_full_disk_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "a.bin"
    write_atomically(path, b"old")

    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RunError, match="No space left on device. Free some space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(RunError, match="could not be written: No such file"):
        write_atomically(tmp_path / "no" / "a.bin", b"")


def test_the_file_before_is_kept_where_it_was_asked_for(tmp_path):
    path, before = tmp_path / "a.bin", tmp_path / "b.bin"
    for content in (b"1", b"2", b"3"):
        write_atomically(path, content, previous=before)
    assert (path.read_bytes(), before.read_bytes()) == (b"3", b"2")


def test_a_folder_that_cannot_be_synced_is_no_error(tmp_path, monkeypatch):
    """SMB and some FUSE mounts answer EINVAL; the file itself is synced."""
    import errno
    import os
    import stat

    synced, sync = [], os.fsync

    def fsync(handle):
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        synced.append(handle)
        sync(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    write_atomically(tmp_path / "a.txt", b"all")
    assert (tmp_path / "a.txt").read_bytes() == b"all"
    assert len(synced) == 1
