"""Answers for people and for scripts."""

import csv
import io
import shutil

import pytest

import trainwell


@pytest.fixture
def files(pictures, tmp_path):
    """Four digits in two folders, one name with a comma."""
    places = ["new/a.png", "new/deep/b, c.png", "new/deep/d10.png", "new/deep/d9.png"]
    sources = sorted(pictures.rglob("*.png"))
    for place, source in zip(places, sources, strict=False):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, tmp_path / place)
    return [tmp_path / place for place in places]


def test_a_line_per_image(trained, invoke, files):
    result = invoke("predict", trained[1], *files)
    assert result.exit_code == 0
    predictions = trainwell.load(trained[1]).predict(files)
    assert result.stdout.splitlines() == [
        f"{p.name}  {p.label}  {p.probability:.4f}" for p in predictions
    ]


def test_top(trained, invoke, files):
    result = invoke("predict", trained[1], files[0], "--top", 2)
    ((first, second),) = [
        p.top(2) for p in trainwell.load(trained[1]).predict(files[:1])
    ]
    assert result.stdout == (
        f"{files[0]}  {first[0]}  {first[1]:.4f}  {second[0]}  {second[1]:.4f}\n"
    )


def test_csv(trained, invoke, files):
    result = invoke("predict", trained[1], *files, "--csv", "--top", 2)
    table = list(csv.DictReader(io.StringIO(result.stdout)))
    assert list(table[0]) == [
        "path",
        "class_1",
        "probability_1",
        "class_2",
        "probability_2",
    ]
    assert [row["path"] for row in table] == [str(path) for path in files]
    for row in table:
        assert row["class_1"] != row["class_2"]
        assert float(row["probability_1"]) >= float(row["probability_2"])


def test_more_than_there_is(trained, invoke, files):
    result = invoke("predict", trained[1], files[0], "--csv", "--top", 9)
    (row,) = csv.DictReader(io.StringIO(result.stdout))
    assert {row[f"class_{i}"] for i in (1, 2, 3)} == {"0", "1", "7"}
    assert "class_4" not in row


def names(result):
    return [line.split("  ")[0] for line in result.stdout.splitlines()]


def test_folders_and_globs(trained, invoke, files):
    root = files[0].parent
    everything = names(invoke("predict", trained[1], root))
    assert sorted(everything) == sorted(map(str, files))
    ordered = names(invoke("predict", trained[1], f"{root}/**/d*.png"))
    assert ordered == [str(files[3]), str(files[2])]  # d9 before d10
    once = names(invoke("predict", trained[1], files[0], root / "*.png"))
    assert once == [str(files[0])]


def test_no_image(trained, refused, tmp_path):
    path = tmp_path / "gone.jpg"
    assert refused("predict", trained[1], path) == f"no image found at {path}."


def test_no_class_to_show(trained, invoke, files):
    assert invoke("predict", trained[1], files[0], "--top", 0).exit_code == 2


def test_a_broken_file_does_not_hide_the_others(trained, invoke, files):
    bad = files[0].with_name("broken.png")
    bad.write_bytes(files[0].read_bytes()[:60])
    result = invoke("predict", trained[1], *files, bad, "--csv")
    assert result.exit_code == 2
    assert len(result.stdout.splitlines()) == 1 + len(files)
    assert "broken.png" in result.stderr
    assert "1 of 5 images were not answered" in result.stderr
    skipped = invoke(
        "predict", trained[1], *files, bad, "--csv", "--bad-images", "skip"
    )
    assert (skipped.exit_code, skipped.stdout) == (0, result.stdout)


def test_a_broken_file_may_stop(trained, refused, files):
    bad = files[0].with_name("broken.png")
    bad.write_bytes(b"nothing")
    assert "broken.png" in refused(
        "predict", trained[1], files[0], bad, "--bad-images", "stop"
    )
    assert "must be one of stop, skip" in refused(
        "predict", trained[1], bad, "--bad-images", "x"
    )
