import os

import pytest

from trainwell.core.errors import DataError
from trainwell.data._listing import files_below, images_below, list_folder, subfolders


def test_folders_and_files_in_natural_order(tmp_path, write):
    for name in ("b10/1.png", "b2/1.png", "10.png", "2.jpg", ".git/1.png"):
        write(name, 1)
    write("__MACOSX/b2/._1.png", 1)
    (tmp_path / "notes.txt").touch()
    os.mkfifo(tmp_path / "pipe.png")
    os.symlink(tmp_path / "gone", tmp_path / "gone.png")
    top = list_folder(tmp_path)
    assert [path.name for path in top.folders] == ["b2", "b10"]
    assert top.folders == subfolders(tmp_path)
    files = ["2.jpg", "10.png", "gone.png", "notes.txt", "pipe.png"]
    assert [path.name for path in top.files] == files
    assert [path.name for path in top.images] == [f for f in files if "txt" not in f]
    below = [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)]
    assert below == [*files, "b2/1.png", "b10/1.png"]
    assert len(list(images_below(tmp_path))) == 6


def test_a_folder_that_is_not_there(tmp_path):
    for read in (list_folder, subfolders, lambda path: list(files_below(path))):
        with pytest.raises(DataError, match="cannot read .*none: no such file or dir"):
            read(tmp_path / "none")


def test_a_loop_of_links_ends(tmp_path, write):
    write("a/1.png", 1)
    os.symlink(tmp_path, tmp_path / "a" / "up")
    assert len(list(files_below(tmp_path))) == 1


@pytest.mark.parametrize(
    "name", ["@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found", "__MACOSX"]
)
def test_folders_that_systems_add_are_no_classes(class_folders, tmp_path, name):
    from trainwell.data import load

    class_folders("a", "b", name, count=8)
    assert load(tmp_path).classes == ("a", "b")
