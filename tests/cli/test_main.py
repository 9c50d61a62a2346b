"""Help, errors, exit codes, completion: the manners of the whole command line."""

import subprocess
import sys

import pytest

from trainwell import __version__

COMMANDS = {
    "train": "trainwell train digits",
    "evaluate": "trainwell evaluate runs/photos-1 photos/",
    "predict": "trainwell predict runs/photos-1 cat.jpg dog.png",
    "export": "trainwell export runs/photos-1",
    "report": "trainwell report runs/photos-1",
}


def test_version(invoke):
    assert invoke("--version").stdout == f"{__version__}\n"


@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_help_lists_the_commands(invoke, flag):
    result = invoke(flag)
    assert result.exit_code == 0
    for name in (*COMMANDS, "search", "show"):
        assert f" {name} " in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_examples(invoke, command):
    result = invoke(command, "--help")
    assert result.exit_code == 0
    assert COMMANDS[command] in result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_no_example_is_broken_over_lines(invoke, command):
    """At 80 columns, each example stands on one line of its own."""
    lines = invoke(command, "--help").stdout.splitlines()
    begin = next(
        i for i, line in enumerate(lines) if line.strip().startswith("Example")
    )
    examples = [line.strip() for line in lines[begin + 1 :] if line.strip()]
    assert all(line.startswith(("trainwell ", "`trainwell")) for line in examples)


@pytest.mark.parametrize("command", ["recipe", "models", "presets"])
def test_help_of_show(invoke, command):
    assert invoke("show", command, "--help").exit_code == 0


@pytest.mark.parametrize(
    "words",
    [["--help"], ["train", "--help"], ["search", "augment", "-h"], ["--version"]],
)
def test_help_imports_nothing_heavy(words):
    code = (
        "import sys; from trainwell.cli import main; sys.argv[1:] = sys.argv[1:]\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'numpy', 'PIL', 'numba', 'matplotlib', 'sklearn'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "HEAVY []"


USER_ERRORS = [
    (["train", "nowhere"], "no such folder or file: nowhere"),
    (["train", "digits", "optimizr.lr=1"], "Did you mean `optimizer.lr`?"),
    (["train", "digits", "--recipe", "resnt"], "Did you mean `resnet`?"),
    (["train", "digits", "--resume"], "`resume` needs `out`"),
    (["train", "digits", "train.time=soon"], "`train.time` must be a time"),
    (["evaluate", "nowhere", "digits"], "nowhere is not a folder"),
    (["predict", "nowhere", "a.png"], "nowhere is not a folder"),
    (["export", "nowhere"], "nowhere is not a folder"),
    (["export", "nowhere", "--format", "onyx"], "Did you mean `onnx`?"),
]


@pytest.mark.parametrize(("words", "message"), USER_ERRORS)
def test_a_user_error_is_one_line_and_exit_code_2(
    refused, monkeypatch, tmp_path, words, message
):
    monkeypatch.chdir(tmp_path)
    assert message in refused(*words)
    assert list(tmp_path.iterdir()) == [], "an error leaves nothing behind"


def test_the_process_ends_with_2(trainwell, tmp_path):
    done = trainwell("train", "nowhere", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: no such folder or file: nowhere")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words", [["--debug", "train", "nowhere"], ["train", "nowhere", "--debug"]]
)
def test_debug_shows_where(monkeypatch, words):
    from trainwell.cli import main
    from trainwell.core.errors import DataError

    monkeypatch.setattr(sys, "argv", ["trainwell", *words])
    with pytest.raises(DataError):
        main()


@pytest.mark.parametrize(
    "words", [["nonsense"], ["train"], ["train", "digits", "--nonsense"], ["show", "x"]]
)
def test_misuse_is_exit_code_2(invoke, words):
    result = invoke(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert "Usage: " in result.stderr


def test_a_bug_is_not_hidden(monkeypatch):
    from trainwell.cli import _main

    def broken(words, **_):
        raise KeyError("a defect")

    monkeypatch.setattr(_main, "app", broken)
    with pytest.raises(KeyError):
        _main.main()


def test_a_stopped_run_ends_with_130(monkeypatch, capsys, tmp_path):
    from trainwell.cli import _main
    from trainwell.core.errors import Interrupted

    def stopped(words, **_):
        raise Interrupted(tmp_path, 3, 10)

    monkeypatch.setattr(_main, "app", stopped)
    with pytest.raises(SystemExit) as caught:
        _main.main()
    assert caught.value.code == 130
    err = capsys.readouterr().err
    assert err.startswith("stopped at step 3 of 10; everything is saved.")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script(trainwell, shell):
    done = trainwell(_TRAINWELL_COMPLETE=f"source_{shell}")
    assert done.returncode == 0
    assert "_TRAINWELL_COMPLETE" in done.stdout


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["tr"], ["train"]),
        (["train", "digits", "optimizer.lr"], ["optimizer.lr="]),
        (["train", "digits", "--recipe", "air"], ["airbench"]),
        (["search", "aug"], ["augment"]),
        (["search", "augment", "digits", "optimizer.lr"], ["optimizer.lr="]),
        (["search", "augment", "digits", "--method", "p"], ["pba"]),
    ],
)
def test_completion_in_bash(trainwell, typed, expected):
    words = " ".join(["trainwell", *typed])
    done = trainwell(
        _TRAINWELL_COMPLETE="complete_bash",
        COMP_WORDS=words,
        COMP_CWORD=str(len(typed)),
    )
    assert done.stdout.split() == expected
