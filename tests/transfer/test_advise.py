"""The four cases, one by one."""

import pytest

from trainwell.transfer import Probe, advise

CASES = [
    (30, (0.5, 0.7, 0.9), "linear on top", 1.0, None),
    (30, (0.5, 0.9, 0.7), "linear on earlier", 1.0, 2 / 3),
    (300, (0.5, 0.7, 0.9), "tune a few", 0.7, None),
    (300, (0.5, 0.9, 0.7), "tune many", 0.0, None),
    (30, (0.5, 0.9, 0.89), "linear on top", 1.0, None),
]


@pytest.mark.parametrize(("per_class", "accuracy", "case", "freeze", "cut"), CASES)
def test_the_four_cases(per_class, accuracy, case, freeze, cut):
    probes = [Probe(f"b{i}", a, 0.02) for i, a in enumerate(accuracy)]
    advice = advise(probes, per_class)
    assert advice.case == case
    assert advice.freeze == pytest.approx(freeze)
    assert advice.cut == (None if cut is None else pytest.approx(cut))
    assert f"{per_class} images per class" in advice.text


def test_the_cut_is_where_the_best_block_is_if_not_all_were_probed():
    probes = [Probe(f"b{i}", a, 0.02) for i, a in enumerate((0.5, 0.9, 0.7))]
    advice = advise(probes, 30, shares=(0.1, 0.4, 1.0))
    assert advice.cut == 0.4
    assert "a new head on b1, and remove the blocks after" in advice.text
