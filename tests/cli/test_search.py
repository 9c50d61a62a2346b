"""`trainwell search augment` as a user runs it."""

import pytest

from trainwell.augment.policies import Population, read_policy


def test_a_search_ends_by_saying_what_to_do_next(trainwell, pictures, fast, tmp_path):
    done = trainwell(
        "search", "augment", pictures, *fast, "model.name=softmax", "--method", "pba",
        "--out", "p.yaml", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Plan: 8 members (softmax)" in done.stderr
    last = done.stdout.splitlines()[-4:]
    assert last == [
        "policy    p.yaml",
        "tried     p.search/search.json",
        f"look      trainwell show augment '{pictures}' augment.file=p.yaml",
        f"use it    trainwell train '{pictures}' augment.file=p.yaml",
    ]
    assert isinstance(read_policy(tmp_path / "p.yaml"), Population)
    look = trainwell("show", "augment", pictures, "augment.file=p.yaml", cwd=tmp_path)
    assert look.returncode == 0, look.stderr
    again = trainwell("search", "augment", pictures, "--out", "p.yaml", cwd=tmp_path)
    assert again.returncode == 2
    assert again.stderr.startswith("error: p.yaml exists already")


def test_help_teaches_by_examples(invoke):
    text = invoke("search", "augment", "--help").stdout
    assert "trainwell search augment photos/ --budget 30m" in text
    lines = [x.strip() for x in text[text.index("Examples") :].splitlines()[1:]]
    commands = [x for x in lines if x.startswith("trainwell ")]
    assert len(commands) == 6


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["digits", "--ops", "gamma,gama"], "Did you mean `gamma`?"),
        (["digits", "--method", "pbaa"], "Did you mean `pba`?"),
        (["digits", "--budget", "soon"], "`budget` must be a time such as 40s"),
        (["digits", "--out", "p.txt"], "`out` must end in .yaml, got p.txt."),
        (["nowhere"], "no such folder or file: nowhere"),
    ],
)
def test_user_errors(refused, monkeypatch, tmp_path, words, message):
    monkeypatch.chdir(tmp_path)
    assert message in refused("search", "augment", *words)
    assert list(tmp_path.iterdir()) == []


def test_code_of_a_resumed_search_is_allowed_by_name(refused, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.search").mkdir()
    (tmp_path / "p.search" / "recipe.yaml").write_text("model: {name: 'nothere:Net'}\n")
    words = ("search", "augment", "digits", "--out", "p.yaml", "--resume")
    assert "add `allow_import` (`--allow-import`)" in refused(*words)
    assert "allow" not in refused(*words, "--allow-import")
