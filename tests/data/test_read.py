import pytest

from trainwell.core.errors import DataError
from trainwell.core.progress import silent
from trainwell.data._read import read_source


def test_a_name_is_the_set_and_a_path_the_folder(class_folders, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    class_folders("digits/a", "digits/b", count=1)
    assert read_source("digits", silent).name == "digits"
    assert read_source("./digits", silent).splits["all"].labels == ["a", "b"]
    assert read_source(tmp_path / "digits", silent).root == tmp_path / "digits"


def test_missing_and_unknown_sources(tmp_path):
    with pytest.raises(DataError, match="no such folder or file: cifr10. Did you mean"):
        read_source("cifr10", silent)
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(DataError, match=r"is no source of images; .* \.csv"):
        read_source(tmp_path / "a.txt", silent)


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_path_is_not_the_current_folder(
    class_folders, tmp_path, monkeypatch, empty
):
    class_folders("a", "b", count=1)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError, match="the path of the data is empty"):
        read_source(empty, silent)
    assert read_source(".", silent).splits["all"].labels == ["a", "b"]
