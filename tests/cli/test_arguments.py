"""Tab-completion of what several commands share."""

from trainwell.cli._arguments import complete_key, complete_model


def test_keys_and_models_are_completed():
    assert "augment.cutout=" in complete_key("augment.cu")
    assert complete_key("nothing.like") == []
    assert "mobilenet_v2" in complete_model("mob")
    assert complete_model("zzz") == []
