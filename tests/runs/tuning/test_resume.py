"""`trainwell tune`, killed twice with no warning, ends as one that was not killed."""

import shutil
import sqlite3
import time

import pytest

from trainwell.core.errors import UserError
from trainwell.recipes import read_recipe
from trainwell.runs import Quiet, tune
from trainwell.runs.tuning.storage._study import Store

WORDS = (
    "digits",
    "model.name=softmax",
    "train.threads=1",
    "train.precision=float32",
    "train.memory_format=contiguous",
)
PLAN = {
    "coarse": 6,
    "coarse_epochs": 1.0,
    "refine": 3,
    "rounds": 2,
    "refine_epochs": 2.0,
    "seeds": 2,
    "repeat_epochs": 2.0,
    "final_epochs": 2.0,
    "seconds": 10.0,
}
HOW = {"budget": "5m"}


def finished(folder):
    """Count finished trials, as another process sees them."""
    try:
        with sqlite3.connect(f"file:{folder / 'study.db'}?mode=ro", uri=True) as link:
            query = "SELECT count(*) FROM trials WHERE state = 'COMPLETE'"
            found = link.execute(query).fetchone()[0]
        link.close()
    except sqlite3.OperationalError:
        return 0
    return found


def kill_after(command, folder, count):
    """Start, and kill the process once so many trials are finished."""
    process = command("tune", *WORDS, "--budget", "5m", "--out", folder, "--resume")
    while finished(folder) < count:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.02)
    process.kill()
    process.wait()


def resumed(folder):
    return tune(*WORDS, **HOW, out=folder, resume=True, reporter=Quiet())


@pytest.fixture(scope="module")
def twice(command, tmp_path_factory):
    """A study killed twice, and the same, killed once, before it went on."""
    root = tmp_path_factory.mktemp("tune")
    kill_after(command, root / "a", 2)
    with (store := Store(f"sqlite:///{root / 'a' / 'study.db'}", "tune")).open():
        store.note("plan", PLAN)
    shutil.copytree(root / "a", root / "b")
    kill_after(command, root / "a", 7)
    return resumed(root / "a"), resumed(root / "b")


def test_it_ends_with_the_same_trials(twice):
    killed, whole = twice
    assert len(whole.trials) >= 6 + 2 * 3
    assert killed.trials == whole.trials
    assert [t.number for t in killed.trials] == list(range(len(killed.trials)))
    assert killed.steps.verdict.winner == whole.steps.verdict.winner
    assert [s.text for s in killed.steps.reports] == [
        s.text for s in whole.steps.reports
    ]


def test_trial_one_is_the_recipe_as_it_is(twice):
    found, _ = twice
    first = found.trials[0].spec
    assert (first.origin, first.stage) == ("default", "coarse")
    assert first.point == found.steps.verdict.points["default"]
    assert first.point["optimizer.lr"] == 0.05


def test_repeats_have_seeds_that_chose_nothing(twice):
    found, _ = twice
    verdict = found.steps.verdict
    repeats = [t for t in found.trials if t.spec.stage == "repeat"]
    assert len(repeats) == 2 * len(verdict.points) * (len(verdict.points) > 1)
    assert {t.spec.seed for t in repeats} <= {1, 2}
    assert {t.spec.seed for t in found.trials[:12]} == {0}
    assert all(t.spec.decays for t in repeats)


def test_the_recipe_is_a_file_that_train_takes(twice):
    found, _ = twice
    recipe = read_recipe(found.recipe)
    verdict = found.steps.verdict
    best = verdict.points[verdict.winner]
    assert recipe.optimizer.lr == best["optimizer.lr"]
    assert recipe.train.epochs > PLAN["final_epochs"]
    assert found.run.name == "run"
    assert found.summary["epochs"] == pytest.approx(2.0, abs=0.1)
    ran = read_recipe(found.run / "recipe.yaml")
    assert ran.optimizer.lr == best["optimizer.lr"]


def test_a_finished_study_is_only_told_again(twice):
    found, _ = twice
    before = (found.path / "study.db").read_bytes()
    again = resumed(found.path)
    assert again.trials == found.trials
    assert again.summary == found.summary
    assert (found.path / "study.db").read_bytes() == before


def test_another_question_needs_another_folder(twice):
    found, _ = twice
    for words, how in (
        (("seed=1",), HOW),
        ((), {**HOW, "sampler": "tpe"}),
    ):
        with pytest.raises(UserError, match="was begun with another"):
            tune(*WORDS, *words, **how, out=found.path, resume=True, reporter=Quiet())
    with pytest.raises(UserError, match="holds a run; add `resume`"):
        tune(*WORDS, **HOW, out=found.path, reporter=Quiet())


def test_the_page_shows_all_seven_steps(twice):
    found, _ = twice
    page = found.page.read_text()
    for number in range(1, 8):
        assert f"<h2>{number}. " in page
    assert page.count('<svg class="plot"') >= 6
    assert "://" not in page.replace("http://www.w3.org", "")
    assert str(found.recipe) in page


@pytest.mark.parametrize(
    ("words", "how", "message"),
    [
        (["train.time=3m"], HOW, "`train.time` changes nothing in"),
        (["optimizer=lbfgs"], HOW, "`optimizer.name=lbfgs` changes nothing in"),
        ([], {"sampler": "gird"}, "Did you mean `grid`"),
        ([], {"pruner": "medain"}, "Did you mean `median`"),
        ([], {"budget": "soon"}, "`budget` must be a time"),
    ],
)
def test_messages(tmp_path, words, how, message):
    with pytest.raises(ValueError, match=message):
        tune(*WORDS, *words, **how, out=tmp_path / "x", reporter=Quiet())
    assert not (tmp_path / "x").exists()


def values(folder):
    """Return the table, key and id of every value that a study keeps as JSON."""
    with sqlite3.connect(folder / "study.db") as link:
        for table, owner in (("study", "study_id"), ("trial", "trial_id")):
            name = f"{table}_user_attributes"
            query = f"SELECT key, min({owner}) FROM {name} GROUP BY key"
            for key, number in link.execute(query).fetchall():
                yield name, key, owner, number
    link.close()


def refusal(folder):
    """Return why a study is not resumed; nothing if it is."""
    try:
        resumed(folder)
    except UserError as error:
        return str(error)
    return ""


def test_values_of_wrong_types_are_one_line(twice, tmp_path):
    found, _ = twice
    tried = 0
    for i, (table, key, owner, number) in enumerate(values(found.path)):
        if key.startswith("no time"):  # only whether it is there counts
            continue
        for j in range(2):
            folder = tmp_path / f"{i} {j}"
            shutil.copytree(found.path, folder)
            wrong = ("5", "[]", '"x"', "{}", '{"recipe": 3}')[(i + 2 * j) % 5]
            with sqlite3.connect(folder / "study.db") as link:
                where = f"key = ? AND {owner} = ?"
                link.execute(
                    f"UPDATE {table} SET value_json = ? WHERE {where}",
                    (wrong, key, number),
                )
            link.close()
            if (key, wrong) == ("question", "{}"):  # as if noted by an earlier version
                continue
            said = refusal(folder)
            assert said, (key, wrong)
            assert "\n" not in said, (key, wrong)
            tried += 1
            shutil.rmtree(folder)
    assert tried >= 12
