import io
from pathlib import Path

import pytest
from PIL import Image

from trainwell.core.errors import DataError
from trainwell.data import _pillow, decode, find_images, load
from trainwell.diagnose import audit_findings

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)


@pytest.fixture
def without_heic(monkeypatch):
    monkeypatch.setattr(_pillow, "_add_heif", lambda: None)
    for cached in (_pillow.extensions, _pillow._formats):
        cached.cache_clear()
    for suffix in (".heic", ".heif", ".hif", ".heics", ".heifs"):
        monkeypatch.delitem(Image.EXTENSION, suffix, raising=False)
    monkeypatch.delitem(Image.OPEN, "HEIF", raising=False)
    yield
    for cached in (_pillow.extensions, _pillow._formats):
        cached.cache_clear()


def _photos(put):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 12)
    Path("photos/bird").mkdir()
    put("photos/deer", 5)
    for file in Path("photos/deer").iterdir():
        file.rename(file.with_suffix(""))
    Path("photos/frog").mkdir()
    Path("photos/frog/IMG_1.HEIC").write_bytes(HEIC)


def test_they_are_named_with_the_reason(put, without_heic):
    _photos(put)
    splits = load("photos")
    assert splits.classes == ("cat", "dog")
    want = (
        "bird, deer and frog hold no image that can be read and are no classes: 5 files "
        "without an ending, 1 HEIC (pip install 'trainwell[heic]' reads it, or save it "
        "as JPEG)."
    )
    assert splits.audit.notes == (want,)
    assert want in splits.audit.warnings
    assert want in [finding.what for finding in audit_findings(splits)]


def test_without_the_extra_a_heic_is_never_passed_over(put, without_heic):
    _photos(put)
    with pytest.raises(
        DataError, match=r"HEIC is not read here: pip install 'trainwell"
    ):
        decode(Path("photos/frog/IMG_1.HEIC"), channels=3)
    put("photos/frog", 2)
    assert len(find_images(["photos/frog"])) == 3
    assert load("photos").audit.notes[1] == (
        "Not read: 1 HEIC (pip install 'trainwell[heic]' reads it, or save it as JPEG), "
        "first frog/IMG_1.HEIC."
    )


def test_with_the_extra_heic_is_read():
    pytest.importorskip("pillow_heif", reason="pillow-heif is not installed")
    _pillow.extensions()
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(stream, "HEIF", quality=90)
    image = decode(stream.getvalue(), channels=3)
    assert image.shape == (30, 40, 3)
    assert image[10, 10, 0] > 240
    assert image[10, 10, 1] < 20
    with pytest.raises(DataError, match="a damaged HEIC file|damaged image"):
        decode(HEIC, channels=3)


def test_other_formats_are_named_as_well(put):
    for name in ("cat", "dog"):
        put(f"photos/train/{name}", 12)
    for name in ("a.nef", "b.psd", "c.mp4", "d.xyz"):
        Path("photos/train/raw").mkdir(exist_ok=True)
        Path("photos/train/raw", name).write_bytes(b"x")
    (note,) = load("photos").audit.notes
    assert note.startswith("raw holds no image that can be read and is no class in tr")
    for kind in ("camera raw", "layered", "video", "1 file ending in .xyz"):
        assert kind in note


def test_a_bad_image_does_not_hide_the_reasons(put):
    _photos(put)
    Path("photos/cat/0.png").write_bytes(b"")
    with pytest.raises(DataError, match=r"cat/0\.png: the file is empty.*bird.*deer"):
        load("photos")
