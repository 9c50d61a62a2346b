"""`trainwell ensemble`: what is refused."""


def test_two_runs_or_more(refused, trained, tmp_path):
    said = refused("ensemble", trained[1], "--out", tmp_path / "e")
    assert "give two runs or more" in said


def test_a_run_with_itself(trained, refused, tmp_path):
    said = refused("ensemble", trained[1], trained[1], "--out", tmp_path / "both")
    assert said == "a run is named twice; give runs that differ."
    assert not (tmp_path / "both").exists()
