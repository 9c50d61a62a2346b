"""`trainwell ensemble`: what is refused."""


def test_two_runs_or_more(refused, trained, tmp_path):
    said = refused("ensemble", trained[1], "--out", tmp_path / "e")
    assert "give two runs or more" in said


def test_a_run_with_itself(trained, refused, tmp_path):
    said = refused("ensemble", trained[1], trained[1], "--out", tmp_path / "both")
    assert said == "a run is named twice; give runs that differ."
    assert not (tmp_path / "both").exists()


def test_epochs_of_one_run(invoke, pictures, fast, refused, tmp_path):
    run, out = tmp_path / "run", tmp_path / "soup"
    keep = ("train.epochs=2", "train.keep=epochs")
    assert invoke("train", pictures, *fast, *keep, "--out", run).exit_code == 0
    said = invoke("ensemble", run, "--epochs", "1-2", "--soup", "--out", out)
    assert said.exit_code == 0, said.output
    assert f"{run} epoch 1  validation" in said.stdout
    assert "in the soup: " in said.stdout
    found = invoke("evaluate", run, pictures, "--epoch", "1", "--json")
    assert found.exit_code == 0, found.output
    said = refused("predict", run, "x.png", "--epoch", "3")
    assert said.endswith("no weights of epoch 3; it kept epochs 1 to 2.")
    assert invoke("export", run, "--epoch", "1").exit_code == 0
    assert (run / "epoch-001.onnx").exists()
