"""Names of images that are predicted."""

from pathlib import Path

from trainwell.infer import image_name


def test_files_keep_their_names_and_others_have_numbers():
    assert image_name("a.png", 3) == "a.png"
    assert image_name(Path("b") / "a.png", 3) == "b/a.png"
    assert image_name(b"", 3) == "image 3"
