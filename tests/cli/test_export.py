"""Export from the command line."""

import numpy as np
import onnx
import onnxruntime


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
    assert "x.onnx cannot be written: its folder does not exist" in said


def test_flips_are_inside(trained, invoke, refused, tmp_path):
    plain, flipped = tmp_path / "plain.onnx", tmp_path / "flipped.onnx"
    invoke("export", trained[1], "--out", plain)
    assert (
        invoke("export", trained[1], "--views", "flip", "--out", flipped).exit_code == 0
    )
    images = np.random.default_rng(0).integers(0, 256, (3, 24, 24, 1), dtype=np.uint8)

    def answers(path, x):
        return onnxruntime.InferenceSession(path).run(None, {"images": x})[0]

    mirrored = np.ascontiguousarray(images[:, :, ::-1])
    expected = (answers(plain, images) + answers(plain, mirrored)) / 2
    np.testing.assert_allclose(answers(flipped, images), expected, atol=1e-5)
    said = refused("export", trained[1], "--views", "ten_crop", "--out", plain)
    assert "an export supports no test-time augmentation but `flip`" in said


def test_eight_bits_beside_float(trained, invoke, tmp_path):
    path = tmp_path / "digits.onnx"
    result = invoke("export", trained[1], "--format", "onnx-int8", "--out", path)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{path}\n"
    said = " ".join(result.stderr.split())
    assert "int8 gives the same answer as float for" in said
    assert "images/s (float" in said
    assert path.with_suffix(".json").exists()
