"""Claims that compare recipes: what is trained, and by what it is judged."""

import pytest

from trainwell.experiments import _recipe_claim as module
from trainwell.experiments import recipe_claim


@pytest.fixture
def claim():
    return recipe_claim(
        title="T",
        source="deck 1",
        claim="C.",
        criterion="K.",
        variants={"plain": (), "with": ("augment.flip=true",)},
        common=("model=mlp",),
        num_images=70,
        epochs=9,
        better="with",
        than="plain",
        by=0.02,
        seeds=4,
    )


@pytest.mark.parametrize(
    ("quick", "name", "count", "epochs"),
    [(True, *module.QUICK), (False, "cifar10", 70, 9)],
)
def test_every_variant_is_trained_alike(claim, quick, name, count, epochs, monkeypatch):
    calls = []

    def train(*words, seed):
        calls.append((*words, seed))
        return {"test_accuracy": len(calls)}

    monkeypatch.setattr(module, "train_briefly", train)
    assert claim.measure(3, quick=quick) == {"plain": 1, "with": 2}
    same = (name, count, "model=mlp", f"train.epochs={epochs}")
    assert calls == [(*same, 3), (*same, "augment.flip=true", 3)]


@pytest.mark.parametrize(
    ("gains", "word"),
    [
        ((0.05, 0.0501), "held"),
        ((0.015, 0.0151), "not held"),
        ((0.0, 0.1), "undecided"),
    ],
)
def test_the_difference_decides(claim, gains, word):
    runs = [
        {"plain": 0.5 + i / 10, "with": 0.5 + i / 10 + g} for i, g in enumerate(gains)
    ]
    verdict = claim.judge(runs)
    assert verdict.word == word
    assert verdict.numbers.startswith("Test accuracy: plain 0.550 ± 0.071, with 0.")
