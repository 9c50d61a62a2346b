"""A search that is killed or stopped ends as one that was not."""

import signal

import pytest

from trainwell.core.errors import Interrupted, UserError
from trainwell.recipes import read_recipe
from trainwell.runs import _clock as clocks
from trainwell.runs.augment_search import _density_matching as density
from trainwell.runs.augment_search import _population as population


class Stopped(BaseException):
    """As sudden as a kill."""


def stopping(patch, module, name, calls):
    """Let a function end the process, as it were, at one of its calls."""
    original, count = getattr(module, name), iter(range(calls))

    def stopped(*words, **more):
        if next(count, None) is None:
            raise Stopped
        return original(*words, **more)

    patch.setattr(module, name, stopped)


@pytest.mark.parametrize("calls", [3, 22, 35])
def test_a_killed_search_goes_on_as_if_nothing_had_happened(
    found, tmp_path, calls, small
):
    """Killed at a training step: in the first network or round, and later ones."""
    method, result, _ = found
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, clocks.StopAt, "after_step", calls)
        with pytest.raises(Stopped):
            small.search(out, method)
    assert not out.exists()
    again = small.search(out, method, resume=True)
    assert (again.policy, small.tried(again)) == (result.policy, small.tried(result))


def test_a_search_killed_among_trials_drops_a_torn_line(found, tmp_path, small):
    method, result, _ = found
    module, name = (
        (density, "loss_under")
        if method is small.DENSITY
        else (population, "evaluate_val")
    )
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, module, name, 6)
        with pytest.raises(Stopped):
            small.search(out, method)
    if method is small.DENSITY:
        lines = out.with_suffix(".search") / "trials.jsonl"
        assert len(lines.read_text().splitlines()) == 6
        lines.write_text(lines.read_text() + '{"fold": 0, "rou')
    again = small.search(out, method, resume=True)
    assert (again.policy, small.tried(again)) == (result.policy, small.tried(result))


def test_a_signal_saves_and_says_how_to_go_on(found, tmp_path, monkeypatch, small):
    method, result, _ = found
    steps = iter(range(1000))
    original = clocks.StopAt.after_step

    def signalled(hook, *words):
        original(hook, *words)
        if next(steps) == 12:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(clocks.StopAt, "after_step", signalled)
    out = tmp_path / "policy.yaml"
    with pytest.raises(Interrupted, match=rf"--resume --out {out}"):
        small.search(out, method)
    again = small.search(out, method, resume=True)
    assert (again.policy, small.tried(again)) == (result.policy, small.tried(result))


def test_the_recipe_of_a_resumed_search_stays(tmp_path, small):
    out = tmp_path / "policy.yaml"
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, clocks.StopAt, "after_step", 3)
        with pytest.raises(Stopped):
            small.search(out, small.DENSITY)
    saved = read_recipe(out.with_suffix(".search") / "recipe.yaml")
    assert (saved.seed, saved.train.epochs) == (0, 4)
    with pytest.raises(UserError, match="`seed`=1 differs from the run's 0"):
        small.search(out, small.DENSITY, "seed=1", resume=True)
    with pytest.raises(UserError, match="begun with another method"):
        small.search(out, small.PBA, resume=True)
    with pytest.raises(UserError, match=r"holds a search; add `resume`"):
        small.search(out, small.DENSITY)


def test_what_was_done_is_not_done_again(found, tmp_path, small):
    """Killed at step 35: in the second round of 32, or in the second network's 20."""
    method = found[0]
    out, steps = tmp_path / "policy.yaml", []
    with pytest.MonkeyPatch.context() as patch:
        stopping(patch, clocks.StopAt, "after_step", 35)
        with pytest.raises(Stopped):
            small.search(out, method)
        patch.undo()
        original = clocks.StopAt.after_step

        def counted(hook, *words):
            steps.append(hook)
            original(hook, *words)

        patch.setattr(clocks.StopAt, "after_step", counted)
        small.search(out, method, resume=True)
    assert len(steps) <= (20 if method is small.DENSITY else 96)
