import numpy as np
import pytest

from trainwell.core.errors import RunError
from trainwell.report._run_files import read_run


def test_reads_the_split_that_the_examples_are_of(write_run):
    run, _ = write_run(n=30, split="test")
    files = read_run(run)
    assert files.split == "test"
    assert files.probabilities.shape == (30, 3)
    assert files.names[7] == "7.png"
    assert files.metadata.classes == ("cat", "dog", "owl")


def test_without_a_test_split_it_is_validation(write_run):
    run, _ = write_run(split="val")
    assert not (run / "predictions" / "test.npz").exists()
    assert read_run(run).split == "val"


@pytest.mark.parametrize(
    "name", ["audit.json", "recipe.yaml", "examples.npz", "predictions/test.npz"]
)
@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe{"])
def test_a_missing_or_damaged_file_is_one_clear_line(write_run, name, content):
    run, _ = write_run()
    (run / name).unlink()
    if content is not None:
        (run / name).write_bytes(content)
    if name == "recipe.yaml" and content == b"":
        return
    with pytest.raises(RunError, match=name) as error:
        read_run(run)
    assert "\n" not in str(error.value)


def test_nothing_is_unpickled(write_run):
    run, _ = write_run()
    objects = np.array([{"a": 1}], dtype=object)
    np.savez(run / "examples.npz", images=objects, indices=objects, split=objects)
    with pytest.raises(RunError, match="allow_pickle=False"):
        read_run(run)


def test_arrays_that_lack_a_part_are_refused(write_run):
    run, _ = write_run()
    np.savez(run / "examples.npz", images=np.zeros(1), split=np.array("test"))
    with pytest.raises(RunError, match="indices"):
        read_run(run)
