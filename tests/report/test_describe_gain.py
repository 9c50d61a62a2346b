"""The last verdict of a search in words."""

import pytest

from trainwell.report import describe_gain
from trainwell.tuning import Gain


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (1e-9, "beyond seed noise (p < 0.001)."),
        (0.0123, "beyond seed noise (p = 0.012)."),
        (0.4, "not beyond seed noise (p = 0.40)."),
    ],
)
def test_a_gain_in_words(chance, said):
    gain = Gain(0.25, 0.01, 0.02, chance, beyond_noise=chance < 0.05)
    words = describe_gain("coarse best", [0.74, 0.76], [0.49, 0.51], gain)
    assert words.startswith("Coarse best: 0.7500 ± 0.0141 (n = 2) against 0.5000 ± ")
    assert "of the default: +0.2500 ± 0.0100, " in words
    assert words.endswith(said)
    assert ("not beyond" in words) == (chance > 0.05)
