"""What is said of the weights that a run or a search starts from."""

import pytest

from trainwell.recipes import choose, random_start_line, read_recipe, start_line


@pytest.mark.parametrize(
    ("asked", "changed", "words"),
    [
        ([], {}, "Starting from published weights of efficientnet_lite0"),
        (["model.pretrained=none"], {}, ""),
        (["model=resnet18"], {}, ""),
        (["model.head=heatmap"], {}, "Starting from published weights"),
        ([], {"weights": False}, "No published weights are here"),
        ([], {"median_height": 8, "median_width": 8, "weights": False}, ""),
    ],
)
def test_what_is_said_of_the_start(asked, changed, words, photographs):
    requested, stats = read_recipe(None, asked), photographs(**changed)
    line = start_line(choose(requested, stats)[0], stats, requested)
    assert line.startswith(words)
    assert bool(line) == bool(words)


def test_what_a_search_says_of_its_start(photographs):
    line = random_start_line(read_recipe(None), photographs())
    assert "model.pretrained=efficientnet_lite0 transfer=auto" in line
    asked = read_recipe(None, ["model.pretrained=efficientnet_lite0", "transfer=auto"])
    assert not random_start_line(asked, photographs()), "the suggestion is followed"
    assert choose(asked, photographs())[0].transfer.solve
    assert not random_start_line(read_recipe(None), photographs(weights=False))
