"""`trainwell check DATA [MODEL]`: table, JSON, exit codes, and the names beside it."""

import json
import re
import shutil

import pytest
from PIL import Image

from trainwell.runs import Quiet


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    monkeypatch.setattr("trainwell.runs.checks._data.Console", Quiet)
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def leaked(pictures, tmp_path):
    """Half of the test images are training images."""
    root = tmp_path / "leaked"
    for folder in sorted(pictures.iterdir()):
        for split, part in (("train", slice(0, 20)), ("test", slice(15, 20))):
            (root / split / folder.name).mkdir(parents=True)
            for path in sorted(folder.iterdir())[part]:
                shutil.copy(path, root / split / folder.name)
    return root


def test_a_table_with_a_line_per_check(invoke, pictures):
    done = invoke("check", pictures)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["check", "found"]
    starts = ("pass", "warn", "untested", "     ")
    assert all(line.startswith(starts) for line in lines[1:-2])
    assert lines[-1].startswith("checks    ")
    assert " 0 failed, " in lines[-1]
    assert " 4 not tested: near copies, preprocessing alike, " in lines[-1]
    assert "All 60 images can be read." in done.stdout


def test_a_fail_is_exit_code_1(invoke, leaked):
    done = invoke("check", leaked, "mlp")
    assert done.exit_code == 1
    assert re.search("fail +leaked images", done.stdout)
    assert "try: remove them from one side" in done.stdout


def test_json(invoke, leaked):
    done = invoke("check", "--json", leaked)
    assert done.exit_code == 1
    content = json.loads(done.stdout)
    assert content["data"] == str(leaked)
    assert content["model"] is None
    assert content["failed"] is True
    assert content["skipped"] == []
    found = next(f for f in content["findings"] if f["level"] == "fail")
    assert found["name"] == "leaked images"
    assert found["numbers"] == {"copies": 15, "share": pytest.approx(15 / 24, abs=0.3)}
    assert found.keys() == {"name", "level", "what", "numbers", "try_next"}


def test_what_is_skipped_is_said(capsys):
    from trainwell.cli._findings_table import show_findings
    from trainwell.diagnose import Finding
    from trainwell.runs import DataCheck

    show_findings(
        DataCheck((Finding("n", "fail", "[b]w"),), ("steps", "learning"), "m")
    )
    out = capsys.readouterr().out
    assert "skipped   steps, learning: fix the first failure" in out
    assert "[b]w" in out, "what looks like markup is text"


def test_a_recipe_field_in_place_of_a_model(invoke, pictures):
    done = invoke("check", pictures, "data.val_share=0.4")
    assert done.exit_code == 0
    assert "checks" in done.stdout


def test_data_called_like_a_command(invoke, monkeypatch, tmp_path):
    """`check init` is a command; a folder of that name goes behind `data`."""
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        folder = tmp_path / "init" / name
        folder.mkdir(parents=True)
        for i in range(6):
            Image.new("L", (8, 8), 20 * i + ord(name)).save(folder / f"{i}.png")
    assert "constant images" in invoke("check", "data", "init").stdout
    assert "MODEL" in invoke("check", "init").output


def test_help(invoke):
    both = invoke("check", "--help").stdout
    assert "init" in both
    assert "data" in both
    words = " ".join(invoke("check", "data", "--help").stdout.split())
    assert "Exit code: 0 if no check failed, 1 if one did" in words
    assert invoke("check").exit_code == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["no/such"], "no such folder or file: no/such"),
        (["digits", "lenett"], "Did you mean `lenet`?"),
        (["digits", "optimiser.lr=3"], "Did you mean"),
    ],
)
def test_users_errors_are_one_line(refused, words, message):
    assert message in refused("check", *words)
