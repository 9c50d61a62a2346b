"""Every command that prints a table prints it as CSV and as JSON, too."""

import csv
import io
import json

import pytest
import typer.main

from trainwell.cli._main import app
from trainwell.cli._tables import as_json, print_rows

NO_TABLE = {
    "train",
    "tune",
    "explain",
    "export",
    "finish",
    "report",
    "search augment",
}
TABLES = {  # words of each command, and where its JSON holds the rows
    "check data": (["PICTURES"], "findings"),
    "check init": (["lenet", "--out", "TMP/init.html"], "layers"),
    "check transfer": (
        ["PICTURES", "lenet", "data.image_size=16", "--weights", "WEIGHTS"],
        "probes",
    ),
    "evaluate": (["RUN", "PICTURES"], "per_class"),
    "predict": (["RUN", "PICTURES"], None),
    "ensemble": (["RUN", "SECOND", "--out", "TMP/ensemble"], "members"),
    "experiment": ([], None),
    "show models": ([], None),
    "show presets": ([], None),
    "show techniques": (["losses"], None),
    "show recipe": (["loss"], None),
    "show schedule": (["cosine"], None),
    "show augment": (["PICTURES", "--images", "1", "--out", "TMP/a.png"], None),
}


def commands(group, *before):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, *before, name)
        else:
            yield " ".join([*before, name]), command


ALL = dict(commands(typer.main.get_command(app)))


def test_each_command_is_listed_here():
    assert ALL.keys() == NO_TABLE | TABLES.keys()


@pytest.mark.parametrize("name", TABLES)
def test_both_options_exist(name):
    options = {word for parameter in ALL[name].params for word in parameter.opts}
    assert {"--csv", "--json"} <= options


@pytest.fixture(scope="module")
def second(trained, pictures, trainwell, fast, tmp_path_factory):
    out = tmp_path_factory.mktemp("second") / "run"
    trainwell("train", pictures, *fast, "seed=1", "--out", out)
    return out


@pytest.mark.parametrize("name", TABLES)
def test_both_formats_hold_the_same_rows(
    name, invoke, pictures, trained, second, tmp_path
):
    words, key = TABLES[name]
    weights = trained[1] / "model.safetensors"
    if name == "check transfer":
        weights = tmp_path / "lenet.safetensors"
        _save_lenet(weights)
    places = {"PICTURES": pictures, "RUN": trained[1], "WEIGHTS": weights}
    places["SECOND"] = second

    def run(option):
        folder = tmp_path / option
        folder.mkdir()
        filled = [str(places.get(w, w)).replace("TMP", str(folder)) for w in words]
        return invoke(*name.split(), *filled, option)

    shown, listed = run("--csv"), run("--json")
    assert shown.exit_code == listed.exit_code == 0, (shown.stderr, listed.stderr)
    table = list(csv.DictReader(io.StringIO(shown.stdout)))
    content = json.loads(listed.stdout)
    rows = content if key is None else content[key]
    assert len(table) == len(rows) > 0
    if name == "evaluate":
        rows = [{"class": cls, **row} for cls, row in rows.items()]
    if name == "predict":
        rows = [{"path": row["path"], "class_1": row["label"]} for row in rows]
    for cells, row in zip(table, rows, strict=True):
        assert row.keys() <= cells.keys()
        for column, value in row.items():
            if isinstance(value, str):
                assert cells[column].removeprefix("'") == value
            elif isinstance(value, bool):
                assert cells[column] == str(value)
            elif isinstance(value, int | float) and name != "check data":
                assert float(cells[column]) == pytest.approx(value, rel=0.5, abs=0.1)


def _save_lenet(path):
    from safetensors.torch import save_file

    from trainwell.models import create

    created = create("lenet", num_classes=3, in_channels=1, image_size=16)
    save_file(created.model.state_dict(), path)


@pytest.mark.parametrize("name", TABLES)
def test_both_at_once_are_refused(name, refused):
    words = [] if name.startswith(("show m", "show p", "exp")) else ["x", "y"]
    said = refused(
        *name.split(), *words[: 1 if "show" in name else 2], "--csv", "--json"
    )
    assert said == "give `--json` or `--csv`, not both."


def test_json_prints_harmlessly_and_keeps_its_meaning():
    content = [{"name": 'a\x1b[31m"\u202e\x9b\U000f0000é', "n": float("nan")}]
    text = as_json(content)
    assert not set("\x1b\u202e\x9b\U000f0000") & set(text)
    assert "é" in text
    assert json.loads(text) == [{"name": content[0]["name"], "n": None}]


def test_cells_do_not_act(capsys):
    row = {
        "name": "=1+1",
        "list": ["a", "b"],
        "numbers": {"n": 2},
        "none": None,
        "x": -1.5,
    }
    assert print_rows([row], csv=True, json=False)
    assert capsys.readouterr().out.splitlines() == [
        "name,list,numbers,none,x",
        '\'=1+1,"a, b",n=2,,-1.5',
    ]


def test_no_format(capsys):
    assert not print_rows([{"a": 1}], csv=False, json=False)
    assert capsys.readouterr().out == ""
