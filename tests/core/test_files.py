"""Files are complete or not there at all."""

import errno
import os
from pathlib import Path

import pytest

from trainwell.core.errors import RunError, UserError
from trainwell.core.files import read_regular, refuse_irregular, write_atomically


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


def test_pipes_and_devices_are_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")):
        for read in (read_regular, refuse_irregular):
            with pytest.raises(UserError, match=f"^{path} is a pipe or a device, not"):
                read(path)


def test_regular_files_and_links_are_read(tmp_path):
    (tmp_path / "a").write_bytes(b"all\r\n of it")
    (tmp_path / "b").symlink_to("a")
    assert read_regular(tmp_path / "b") == b"all\r\n of it"
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "none")
