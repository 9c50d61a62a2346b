"""Every command, option and key that a message or a page suggests exists."""

import ast
import re
import shlex
from pathlib import Path

import pytest
import typer.main

import trainwell
from trainwell.cli._main import app
from trainwell.core.recipe_keys import recipe_keys

ROOT = Path(trainwell.__file__).parent
DOCS = Path(__file__).parents[2] / "docs"
GROUP = typer.main.get_command(app)
KEYS = {spec.key for spec in recipe_keys()}
SECTIONS = {key.partition(".")[0] for key in KEYS}
FILLED = "X"  # what an f-string fills in


def texts(path: Path):
    """Every text of a module, f-strings with X for what is filled in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else FILLED
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def suggested():
    """(where, command) of every command in backticks or on a line of its own."""
    for path in ROOT.rglob("*.py"):
        for text in texts(path):
            joined = " ".join(text.split())
            for command in re.findall(r"`(trainwell [^`]+)`", joined):
                yield path.name, command
            for line in text.splitlines():
                if re.match(r" *trainwell [a-z]", line) and not line.endswith("."):
                    yield path.name, re.split(r"  +", line.strip())[0]
    for page in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]:
        text = page.read_text("utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.S):
            for line in block.splitlines():
                if line.startswith("trainwell "):
                    yield page.name, line
        for command in re.findall(r"`(trainwell [a-z][^`\n]+)`", text):
            yield page.name, command


def problem(command: str) -> str | None:
    """Return what of a command does not exist."""
    command = command.split(" #")[0].split(" > ")[0].split(" | ")[0].split(" < ")[0]
    try:
        words = shlex.split(command.rstrip("\\&. "))[1:]
    except ValueError:
        return None  # a part of a sentence that a quote interrupts
    here, path = GROUP, []
    while words and hasattr(here, "commands"):
        if words[0].startswith("-") or words[0] in ("COMMAND", FILLED, "..."):
            return None
        if words[0] not in here.commands:
            if path == ["check"]:
                here = here.commands["data"]
                break
            return f"there is no command {' '.join([*path, words[0]])}"
        path.append(words[0])
        here = here.commands[words.pop(0)]
    options = {o for p in here.params for o in (*p.opts, *p.secondary_opts)}
    for word in words:
        name, equals, _ = word.partition("=")
        if word.startswith("--") and name not in {*options, "--help", "--debug"}:
            return f"{' '.join(path)} has no option {name}"
        key = re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)*", name)
        if equals and key and not known(name) and path[:2] != ["show", "schedule"]:
            return f"there is no key {name}"
    return None


def known(key: str) -> bool:
    section, _, rest = key.partition(".")
    if key.startswith("model.arguments."):
        return True
    return key in KEYS or (
        section in SECTIONS and (not rest or rest in ("policy", "name"))
    )


COMMANDS = sorted({(where, command) for where, command in suggested()})


def test_there_are_many():
    assert len(COMMANDS) > 100


@pytest.mark.parametrize(("where", "command"), COMMANDS)
def test_a_suggested_command_exists(where, command):
    assert problem(command) is None, f"{where}: {command}"


@pytest.mark.parametrize(
    "wrong",
    [
        "trainwell trian photos/",
        "trainwell train photos/ --epochs 3",
        "trainwell train photos/ loss.balance=true",
        "trainwell check transfers photos/ --weight x",
    ],
)
def test_what_does_not_exist_is_found(wrong):
    assert problem(wrong) is not None


def test_every_key_that_a_message_sets_exists():
    """Such as `try loss.class_weights=balanced`."""
    wrong = {
        (path.name, key)
        for path in ROOT.rglob("*.py")
        for text in texts(path)
        for key in re.findall(r"\b([a-z_]+\.[a-z_]+)=[A-Za-z0-9]", text)
        if key.partition(".")[0] in SECTIONS and not known(key)
    }
    assert wrong == set()
