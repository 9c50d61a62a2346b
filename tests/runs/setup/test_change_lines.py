"""Changes of many layers are a line per kind."""

from trainwell.runs.setup._change_lines import change_lines


def test_few_layers_are_named():
    messages = ("bn1: BatchNorm2d(16) removed", "bn2: BatchNorm2d(16) removed", "done")
    assert change_lines(messages) == list(messages)


def test_many_layers_are_counted():
    norms = [f"b.{i}.bn: BatchNorm2d({16 * i}) removed" for i in range(1, 6)]
    biases = [f"b.{i}.conv: bias added" for i in range(1, 5)]
    assert change_lines([*norms, *biases, "fc: new for 7 classes"]) == [
        "b.1.bn to b.5.bn (5 layers): BatchNorm2d removed",
        "b.1.conv to b.4.conv (4 layers): bias added",
        "fc: new for 7 classes",
    ]


def test_the_same_change_keeps_its_arguments():
    messages = [f"{i}: BatchNorm2d(8) -> GroupNorm(2, 8); kept weight" for i in "abcd"]
    assert change_lines(messages) == [
        "a to d (4 layers): BatchNorm2d(8) -> GroupNorm(2, 8); kept weight"
    ]
