"""`check PHOTOS` is short for `check data PHOTOS`."""


def test_data_may_be_left_out(refused):
    assert "no such folder or file: nowhere" in refused("check", "nowhere")
    assert "no such folder or file: nowhere" in refused("check", "data", "nowhere")


def test_help_is_help(invoke):
    assert "Usage" in invoke("check", "--help").stdout
