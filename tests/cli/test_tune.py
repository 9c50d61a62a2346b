"""`trainwell tune` as a user meets it."""

import pytest


def test_help_teaches_the_steps_by_examples(invoke):
    text = invoke("tune", "--help").stdout
    assert "trainwell tune photos/ --budget 30m" in text
    assert "--resume" in text
    for number in range(1, 8):
        assert f"{number}. " in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["digits", "--sampler", "gird"], "Did you mean `grid`?"),
        (["digits", "--budget", "soon"], "`budget` must be a time such as 40s"),
        (["digits", "--storage", "mysql://a/b"], "`storage` must be postgresql://"),
        (["digits", "--over", "optimizer.lrr"], "Did you mean `optimizer.lr`?"),
        (["digits", "--resume"], "`resume` needs `out`"),
        (["nowhere"], "no such folder or file: nowhere"),
    ],
)
def test_user_errors(refused, monkeypatch, tmp_path, words, message):
    monkeypatch.chdir(tmp_path)
    assert message in refused("tune", *words)
    assert not (tmp_path / "runs").exists()


def test_an_interrupted_search_does_not_suggest_what_is_for_runs(tmp_path):
    from trainwell.core.errors import Interrupted

    assert "trainwell finish" in str(Interrupted(tmp_path, 1, 2))
    assert "trainwell finish" not in str(Interrupted(tmp_path, 1, 2, "trial step"))
