"""The four cases, one by one."""

import pytest

from trainwell.transfer import Probe, advise

CASES = [
    (30, (0.5, 0.7, 0.9), "linear on top", 1.0),
    (30, (0.5, 0.9, 0.7), "linear on earlier", 2 / 3),
    (300, (0.5, 0.7, 0.9), "tune a few", 0.7),
    (300, (0.5, 0.9, 0.7), "tune many", 0.0),
    (30, (0.5, 0.9, 0.89), "linear on top", 1.0),
]


@pytest.mark.parametrize(("per_class", "accuracy", "case", "freeze"), CASES)
def test_the_four_cases(per_class, accuracy, case, freeze):
    probes = [Probe(f"b{i}", a, 0.02) for i, a in enumerate(accuracy)]
    advice = advise(probes, per_class)
    assert advice.case == case
    assert advice.freeze == pytest.approx(freeze)
    assert f"{per_class} images per class" in advice.text
