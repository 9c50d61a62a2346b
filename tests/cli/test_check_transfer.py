"""`trainwell check transfer`: what is refused."""


def test_weights_that_are_not_there(trainwell, pictures):
    done = trainwell("check", "transfer", pictures, "lenet", "--weights", "none.pth")
    assert done.returncode == 2
    assert "error: no weights at none.pth" in done.stderr
    assert done.stdout == ""
