import os
import time

import numpy as np
import pytest

from trainwell.core.progress import silent
from trainwell.data import _probe, _scan


def test_results_keep_the_order_and_name_the_bad(tmp_path, write):
    paths = [write(f"{i}.png", i) for i in range(40)]
    paths[7].write_bytes(b"")
    paths[9].unlink()
    results = _scan.scan_files(tmp_path, paths, silent)
    want = [None if i in (7, 9) else _probe.probe(p.read_bytes()) for i, p in
            enumerate(paths)]  # fmt: skip
    assert [None if isinstance(x, _scan.BadImage) else x for x in results] == want
    assert results[7] == _scan.BadImage(str(paths[7]), "the file is empty")
    assert results[9].reason == "no such file or directory"


def test_a_second_scan_decodes_nothing_and_sees_changes(tmp_path, write, monkeypatch):
    paths = [write(f"{i}.png", i) for i in range(5)]
    time.sleep(0.03)  # what was written just now is not kept, see is_settled
    first = _scan.scan_files(tmp_path, paths, silent)
    read = []
    original = _scan.read
    monkeypatch.setattr(_scan, "read", lambda p: read.append(p.name) or original(p))
    assert _scan.scan_files(tmp_path, paths, silent) == first
    assert read == []
    write("3.png", 77, width=30)
    (paths[4]).write_bytes(paths[4].read_bytes())
    os.utime(paths[4], ns=(1, 1))
    again = _scan.scan_files(tmp_path, paths, silent)
    assert sorted(read) == ["3.png", "4.png"]
    assert again[3].width == 30
    assert again[4] == first[4]


def test_bad_images_are_looked_at_again(tmp_path, write, encoded, picture):
    path = write("a.png", 1)
    good = path.read_bytes()
    path.write_bytes(good[:40])
    assert isinstance(_scan.scan_files(tmp_path, [path], silent)[0], _scan.BadImage)
    path.write_bytes(good)
    assert isinstance(_scan.scan_files(tmp_path, [path], silent)[0], _probe.Probe)


def test_progress_counts_every_file(tmp_path, write):
    from contextlib import contextmanager

    seen = []

    @contextmanager
    def progress(description, total):
        seen.append(total)
        yield seen.append

    paths = [write(f"{i}.png", i) for i in range(40)]
    for _ in range(2):
        seen.clear()
        _scan.scan_files(tmp_path, paths, progress)
        assert seen[0] == sum(seen[1:]) == 40


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_arrays_are_seen_as_the_same_pictures_in_files(channels, picture, encoded):
    images = np.stack([picture(i, channels=channels) for i in range(9)])
    probes = _scan.scan_arrays(images, silent)
    assert len({p.key for p in probes}) == 9
    assert {(p.height, p.width) for p in probes} == {(24, 20)}
    if channels != 4:
        files = [_probe.probe(encoded(image)) for image in images]
        assert [p.thumb for p in probes] == [p.thumb for p in files]
    assert all(p.grey == (channels == 1) for p in probes)


def test_array_keys_depend_on_shape_and_content(picture):
    image = picture(0)
    key = _probe.probe_arrays(image[None])[0].key
    assert _probe.probe_arrays(image[None].copy())[0].key == key
    assert _probe.probe_arrays(image.reshape(1, 20, 24, 3))[0].key != key


def test_another_file_of_the_same_size_and_time_is_another(tmp_path, encoded, picture):
    path = tmp_path / "a.bmp"
    path.write_bytes(encoded(picture(1), "BMP"))
    os.utime(path, ns=(1, 1))
    time.sleep(0.03)
    (first,) = _scan.scan_files(tmp_path, [path], silent)
    path.write_bytes(encoded(picture(2), "BMP"))
    os.utime(path, ns=(1, 1))
    (second,) = _scan.scan_files(tmp_path, [path], silent)
    assert first.key != second.key
    (tmp_path / "b.bmp").write_bytes(encoded(picture(3), "BMP"))
    os.utime(tmp_path / "b.bmp", ns=(1, 1))
    (tmp_path / "b.bmp").rename(path)
    (third,) = _scan.scan_files(tmp_path, [path], silent)
    assert third == _probe.probe(path.read_bytes())
