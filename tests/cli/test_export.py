"""Export from the command line."""

import onnx


def test_it_writes_and_checks(trained, invoke, tmp_path):
    path = tmp_path / "digits.onnx"
    result = invoke("export", trained[1], "--out", path)
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    said = " ".join(result.stderr.split())
    assert "Agrees with the model on" in said
    onnx.checker.check_model(onnx.load(path))


def test_a_folder_that_is_not_there(trained, refused, tmp_path):
    said = refused("export", trained[1], "--out", tmp_path / "no" / "x.onnx")
    assert "x.onnx could not be written: No such file or directory" in said
