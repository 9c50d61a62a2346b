"""`trainwell ensemble`: what is refused."""


def test_two_runs_or_more(refused, trained, tmp_path):
    said = refused("ensemble", trained[1], "--out", tmp_path / "e")
    assert "give two runs or more" in said
