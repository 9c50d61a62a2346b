"""The folder of a run: one process to a folder."""

import pytest

from trainwell.core.errors import RunError
from trainwell.runs.folder._folder import RunFolder
from trainwell.runs.folder._new_folder import open_folder
from trainwell.training import previous_of


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fail_within(folder, action):
    def work():
        with folder.locked():
            action()
            raise ValueError("late")

    with pytest.raises(ValueError, match="late"):
        work()


def test_a_start_that_failed_leaves_no_folder(here):
    folder = open_folder("mine", "photos", resume=False)
    fail_within(folder, lambda: folder.write_json(folder.origin, {}))
    assert not folder.path.exists()


def test_what_can_be_resumed_stays(here):
    folder = open_folder("mine", "photos", resume=False)
    folder.path.mkdir()
    folder.recipe.write_text("seed: 3")
    fail_within(folder, lambda: folder.last.write_bytes(b"state"))
    assert folder.started
    assert open_folder("mine", "photos", resume=True) == folder
    with pytest.raises(RunError, match="holds a run; add `resume`"):
        open_folder("mine", "photos", resume=False)


def test_an_error_beside_a_held_folder_leaves_it(here):
    folder = RunFolder(here / "mine")
    with folder.locked():
        with pytest.raises(RunError, match="in use"), folder.locked():
            pass
        assert folder.path.exists()


def test_what_killed_processes_left_is_removed_by_the_next(here):
    folder = RunFolder(here / "mine")
    kept = [folder.path / "metrics.jsonl", folder.path / "notes.v1.tmp"]
    left = [
        folder.path / ".recipe.yaml.12.tmp",
        folder.path / "checkpoints" / ".last.safetensors.4711.tmp",
    ]
    (folder.path / "checkpoints").mkdir(parents=True)
    for path in kept + left:
        path.touch()
    with folder.locked():
        assert [path.exists() for path in kept + left] == [True, True, False, False]


def test_the_state_before_is_enough_to_go_on(here):
    folder = RunFolder(here)
    folder.recipe.write_text("seed: 3")
    folder.last.parent.mkdir()
    assert not folder.started
    previous_of(folder.last).touch()
    assert folder.started
