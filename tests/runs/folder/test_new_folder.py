"""The folder of a run: named after the data, one process to a name."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._new_folder import make_folder, new_folder, open_folder


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_name_is_free_words_of_the_data_and_a_number(here):
    assert new_folder("my photos/set 1.csv").path.name == "set-1-1"
    assert new_folder("...").path.name == "run-1"
    (here / "runs" / "photos-1").mkdir(parents=True)
    (here / "runs" / "photos-3").mkdir()
    assert new_folder("photos").path.name == "photos-2"
    assert not (here / "runs" / "photos-2").exists()


def test_of_two_that_were_given_the_same_name_one_takes_the_next(here):
    first, second = (open_folder(None, "photos", resume=False) for _ in range(2))
    assert first == second
    first = make_folder(first, None, "photos")
    second = make_folder(second, None, "photos")
    assert (first.path.name, second.path.name) == ("photos-1", "photos-2")
    with first.locked(), second.locked():
        pass


def test_a_folder_that_was_given_is_left_to_its_lock(here):
    given = open_folder("mine", "photos", resume=False)
    assert make_folder(given, "mine", "photos") is given
    assert not given.path.exists()
    with (
        given.locked(),
        pytest.raises(RunError, match="mine is in use by another process"),
        RunFolder(given.path).locked(),
    ):
        pass


def test_where_nothing_can_be_made_the_lock_says_so(here):
    (here / "runs").write_text("a file")
    folder = open_folder(None, "photos", resume=False)
    folder = make_folder(folder, None, "photos")
    with pytest.raises(RunError, match="cannot be written to"), folder.locked():
        pass


@pytest.mark.parametrize("resume", [True, False])
def test_a_folder_of_the_user_is_never_written_into(here, resume):
    (here / "mine").mkdir()
    (here / "mine" / "model.safetensors").write_bytes(b"precious")
    with pytest.raises(RunError, match="not empty and holds no run"):
        open_folder("mine", "photos", resume=resume)
    assert [p.name for p in (here / "mine").iterdir()] == ["model.safetensors"]
