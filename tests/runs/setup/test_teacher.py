"""Students of runs, modules and ensembles: what is learned, refused and resumed."""

import json
import signal

import numpy as np
import pytest
import torch
from torch import nn

import trainwell as tw
from trainwell.core.errors import Interrupted, ModelError, RecipeError, RunError
from trainwell.runs import Quiet
from trainwell.training import Hook

SMALL = (
    "train.epochs=6",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
    "data.image_size=16",
    "augment.crop=none",
)


def learn(data, out, *more, **parts):
    return tw.train(data, *SMALL, *more, out=out, reporter=Quiet(), **parts)


def weights(run):
    return (run.path / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def teacher(digits_folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("teacher") / "run"
    return learn(digits_folder, out, "model=lenet", "data.image_size=28")


@pytest.fixture(scope="module")
def student(digits_folder, teacher, tmp_path_factory):
    out = tmp_path_factory.mktemp("student") / "run"
    return learn(digits_folder, out, "model=mlp", f"distill={teacher.path}")


def test_a_student_of_a_run_is_not_worse(digits_folder, student, tmp_path):
    alone = learn(digits_folder, tmp_path / "alone", "model=mlp")
    assert student.summary["test_accuracy"] >= alone.summary["test_accuracy"] - 0.02
    assert weights(student) != weights(alone)


def test_it_answers_like_its_teacher(digits_folder, teacher, student, tmp_path):
    """Its probabilities are nearer to the teacher's than without one."""
    alone = learn(digits_folder, tmp_path / "alone", "model=mlp")
    files = sorted((digits_folder / "test").rglob("*.png"))

    def answers(run):
        found = [p.probabilities for p in tw.predict(run, files)]
        return np.log(np.stack(found).clip(1e-9))

    def divergence(run):
        log_q = answers(teacher)
        return (np.exp(log_q) * (log_q - answers(run))).sum(1).mean()

    assert divergence(student) < divergence(alone)


def test_predictors_and_runs_are_the_same_teacher(
    digits_folder, teacher, student, tmp_path
):
    for i, given in enumerate((teacher, tw.load(teacher))):
        again = learn(digits_folder, tmp_path / str(i), "model=mlp", teacher=given)
        assert weights(again) == weights(student)
        recipe = (again.path / "recipe.yaml").read_text()
        assert f"teacher: {teacher.path}" in recipe


def test_an_ensemble_teaches(digits_folder, teacher, student, tmp_path):
    both = tw.ensemble(
        teacher,
        learn(digits_folder, tmp_path / "b", "model=lenet", "data.image_size=28", "seed=3"),
        out=tmp_path / "both",
        reporter=Quiet(),
    )  # fmt: skip
    run = learn(digits_folder, tmp_path / "run", "model=mlp", teacher=both)
    assert weights(run) != weights(student)
    assert run.summary["test_accuracy"] > 0.5


def test_a_module_reads_the_tensors_of_the_student(digits_folder, tmp_path):
    seen = []

    class Constant(nn.Module):
        def __init__(self):
            super().__init__()
            self.row = nn.Parameter(torch.arange(10.0))

        def forward(self, images):
            seen.append(tuple(images.shape[1:]))
            return self.row.expand(len(images), 10)

    module = Constant().train()
    run = learn(
        digits_folder,
        tmp_path / "r",
        "model=softmax",
        "distill.weight=1",
        "distill.temperature=1",
        "train.calibrate=false",
        teacher=module,
    )
    assert set(seen) == {(1, 16, 16)}
    assert module.training
    assert module.row.grad is None
    files = sorted((digits_folder / "test").rglob("*.png"))[:8]
    found = np.mean([p.probabilities for p in tw.predict(run, files)], 0)
    expected = torch.arange(10.0).softmax(0).numpy()
    np.testing.assert_allclose(found, expected, atol=0.1)
    assert "Constant" in (run.path / "recipe.yaml").read_text()
    assert json.loads((run.path / "origin.json").read_text())


def test_a_resumed_student_is_the_same(digits_folder, teacher, student, tmp_path):
    class Stop(Hook):
        def after_step(self, state, batch, loss):
            if state.progress > 0.5:
                signal.raise_signal(signal.SIGTERM)

    words = (digits_folder, tmp_path / "r", "model=mlp", f"distill={teacher.path}")
    with pytest.raises(Interrupted):
        learn(*words, hooks=[Stop()])
    assert weights(learn(*words, resume=True)) == weights(student)


@pytest.mark.parametrize(
    ("more", "error", "message"),
    [
        (["distill=nowhere"], RunError, "nowhere is not a folder"),
        (["distill.weight=0.5"], RecipeError, "need `distill.teacher`"),
        (["distill=TEACHER", "distill.weight=2"], RecipeError, "weight"),
        (["distill=TEACHER", "distill.temperature=0"], RecipeError, "temperature"),
        (
            ["distill=TEACHER", "distill.weight=0", "distill.temperature=2"],
            RecipeError,
            "not used by distill.weight=0",
        ),
        (
            ["distill=TEACHER", "data.merge={low: [class 0, class 1]}"],
            RecipeError,
            "does not know the class 'low'",
        ),
    ],
)
def test_what_cannot_teach(digits_folder, teacher, tmp_path, more, error, message):
    words = [word.replace("TEACHER", str(teacher.path)) for word in more]
    with pytest.raises(error, match=message) as caught:
        learn(digits_folder, tmp_path / "r", "model=mlp", *words)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "r").exists()


def test_a_module_with_other_outputs(digits_folder, tmp_path):
    module = nn.Sequential(nn.Flatten(), nn.Linear(256, 3))
    with pytest.raises(ModelError, match="must return logits of shape"):
        learn(digits_folder, tmp_path / "r", "model=mlp", teacher=module)


def test_a_teacher_that_is_given_twice(digits_folder, teacher, tmp_path):
    with pytest.raises(RecipeError, match="given as an object"):
        learn(
            digits_folder,
            tmp_path / "r",
            f"distill={teacher.path}",
            teacher=tw.load(teacher),
        )
