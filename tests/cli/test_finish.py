"""`trainwell finish`: of a run that is finished, and of none."""


def test_a_finished_run_is_told_again(trained, invoke):
    result = invoke("finish", trained[1])
    assert result.exit_code == 0
    assert "use it    trainwell predict" in result.stdout


def test_no_run(refused, tmp_path):
    assert "is not the folder of a run" in refused("finish", tmp_path)


def test_images_that_moved(trained, pictures, invoke, refused, tmp_path):
    result = invoke("finish", trained[1], "--data", pictures)
    assert result.exit_code == 0, result.output
    said = refused("finish", trained[1], "--data", tmp_path / "nowhere")
    assert said.startswith("no such folder or file")
    assert "images of digits, or their labels, are not those" in refused(
        "finish", trained[1], "--data", "digits"
    )
