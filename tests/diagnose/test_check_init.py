"""Verdicts from rows whose numbers are given."""

import math

import pytest

from trainwell.diagnose import Layer
from trainwell.diagnose._check_init import check_init


def rows(stds, *, kind="ReLU", gradients=None, **shares):
    """A hidden layer with an activation per deviation, and a head."""
    gradients = gradients or [0.01] * len(stds)
    shown = {"saturated": None, "dead": None, "counts": (1,), "edges": (0.0, 1.0)}
    found = []
    for i, (std, norm) in enumerate(zip(stds, gradients, strict=True)):
        common = {"depth": i + 1, "shape": (4,), "mean": 0.0, "std": std}
        found.append(
            Layer(
                f"{i}.linear", "Linear", "weight", gradient_norm=norm, **common, **shown
            )
        )
        found.append(
            Layer(
                f"{i}.act",
                kind,
                "activation",
                gradient_norm=None,
                **common,
                **shown | shares,
            )
        )
    head = {"depth": len(stds) + 1, "shape": (2,), "mean": 0.0, "std": 1.0}
    found.append(Layer("head", "Linear", "weight", gradient_norm=0.1, **head, **shown))
    return found


def test_the_words_have_the_numbers():
    verdict = check_init(rows([0.5 * 0.6**i for i in range(30)], gradients=[3e-7] * 30))
    assert verdict.kind == "vanishing"
    assert verdict.text == (
        "Activations shrink from a standard deviation of 0.5 at layer 1 to 1.8e-07 at "
        "layer 30: gradients vanish (3e-07 of the weight in the first layer); try "
        "init=kaiming_normal."
    )


@pytest.mark.parametrize(
    ("stds", "kind"),
    [
        ([1.0, 0.5, 0.26], "starts well"),  # a quarter is not left: 0.26
        ([1.0, 0.5, 0.24], "vanishing"),  # a quarter, by 0.49 a layer
        ([0.81**i for i in range(16)], "starts well"),  # 0.04, but 0.81 a layer
        ([0.79**i for i in range(16)], "vanishing"),  # 0.03, by 0.79 a layer
        ([0.9**i for i in range(44)], "starts well"),  # 0.011
        ([0.9**i for i in range(46)], "vanishing"),  # 0.0087: a hundredth is too little
        ([1.0, 2.0, 3.9], "starts well"),
        ([1.0, 2.0, 4.1], "exploding"),
        ([1.0, 0.0, 0.0], "vanishing"),
        ([0.0, 0.0, 0.0], "starts well"),
    ],
)
def test_growing_and_shrinking(stds, kind):
    assert check_init(rows(stds)).kind == kind


@pytest.mark.parametrize(
    ("kind", "given", "advice"),
    [
        ("ReLU", None, "kaiming_normal"),
        ("ReLU", "xavier_normal", "kaiming_normal"),
        ("ReLU", "kaiming_normal", "lsuv"),
        ("Tanh", "small_normal", "xavier_normal"),
        ("Sigmoid", None, "xavier_normal"),
        ("SELU", "kaiming_normal", "lecun_normal"),
        ("SiLU", None, "kaiming_normal"),
    ],
)
def test_the_advice_suits_the_activation(kind, given, advice):
    text = check_init(rows([1.0, 0.1, 0.01], kind=kind), init=given).text
    assert text.endswith(f"try init={advice}.")


def test_saturated_and_dead():
    level = [1.0, 1.0, 1.0]
    assert check_init(rows(level, kind="Tanh", saturated=0.25)).kind == "starts well"
    verdict = check_init(rows(level, kind="Tanh", saturated=0.26))
    assert verdict.kind == "saturated"
    assert verdict.text.startswith("26 % of the outputs of the Tanh of layer 1")
    assert check_init(rows(level, dead=0.25)).kind == "starts well"
    verdict = check_init(rows(level, dead=0.5))
    assert verdict.kind == "dead"
    assert "50 % of the units of the ReLU of layer 1 are dead" in verdict.text


@pytest.mark.parametrize(
    ("gradients", "kind"),
    [
        ([2e-5, 1e-3, 1e-2], "vanishing"),  # a 500th, by 0.045 a layer
        ([3e-4, 1e-3, 1e-2], "starts well"),  # a 33rd
        ([0.6 ** (20 - i) for i in range(21)], "vanishing"),  # under a thousandth
        ([0.6 ** (12 - i) for i in range(13)], "starts well"),  # 0.002, by 0.6 a layer
        ([1.0, 0.1, 0.01], "exploding"),
    ],
)
def test_gradients_where_activations_keep_their_scale(gradients, kind):
    verdict = check_init(rows([1.0] * len(gradients), gradients=gradients))
    assert verdict.kind == kind
    assert ("on the way back" in verdict.text) == (kind != "starts well")


def test_gates_are_not_judged():
    """The sigmoid of squeeze and excitation may be as saturated as it likes."""
    plain = rows([1.0, 1.0])
    gate = rows([0.001], kind="Sigmoid", saturated=1.0)[1]
    assert check_init([*plain, gate]).kind == "starts well"


def test_what_is_not_finite():
    verdict = check_init(rows([1.0, math.inf, math.nan]))
    assert verdict.kind == "not finite"
    assert "1.linear" in verdict.text


def test_without_activations_the_layers_are_judged():
    linear = [row for row in rows([1.0, 0.1, 0.01]) if row.role == "weight"]
    verdict = check_init(linear)
    assert verdict.kind == "vanishing"
    assert "xavier_normal" in verdict.text


def test_one_layer_goes_nowhere():
    head = rows([])
    text = "It starts well: the only layer puts out a standard deviation of 1."
    assert check_init(head).text == text
