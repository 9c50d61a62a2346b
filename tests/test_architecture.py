"""The map of the package, read by people and enforced here."""

import ast
import importlib
import inspect
import re
from pathlib import Path

SRC = Path(__file__).parents[1] / "src" / "trainwell"
TESTS = Path(__file__).parent

LAYERS = [  # a package may import only from lines above its own
    {"core"},
    {
        "layers",
        "init",
        "losses",
        "optim",
        "schedules",
        "prune",
        "preprocess",
        "metrics",
        "augment.ops",
    },
    {"augment.policies", "models", "data"},
    {"augment"},
    {"tasks"},
    {"training"},
    {"infer", "diagnose", "transfer", "explain"},
    {"tuning"},
    {"recipes"},
    {"report", "exporting"},
    {"runs"},
    {"experiments"},
    {"cli"},
]
TECHNIQUES = LAYERS[1] | {"augment.policies"}
NO_TECHNIQUE = {"__init__.py", "_types.py", "functional.py"}
LEVEL = {name: i for i, line in enumerate(LAYERS) for name in line}
LONGEST = 200


def dotted(path):
    return ".".join(path.relative_to(SRC.parent).with_suffix("").parts)


def package(module):
    """The longest name in LEVEL that module starts with."""
    parts = module.removeprefix("trainwell.").split(".")
    names = [".".join(parts[: i + 1]) for i in range(len(parts))]
    return next((n for n in reversed(names) if n in LEVEL), None)


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def modules():
    return [p for p in SRC.rglob("*.py") if p.parent != SRC]


def techniques():
    return [
        p
        for p in modules()
        if p.name not in NO_TECHNIQUE and package(dotted(p)) in TECHNIQUES
    ]


def test_every_package_is_on_the_map():
    folders = {p.parent.name for p in SRC.glob("*/__init__.py")}
    assert folders == {name.split(".")[0] for name in LEVEL}


def test_imports_point_one_way():
    wrong = [
        f"{dotted(path)} -> {name}"
        for path in modules()
        for name in imports(path)
        if name.startswith("trainwell.")
        and package(name) not in (None, package(dotted(path)))
        and LEVEL[package(name)] >= LEVEL[package(dotted(path))]
    ]
    assert wrong == []


def test_private_files_are_private():
    wrong = [
        f"{dotted(path)} -> {name}"
        for path in modules()
        for name in imports(path)
        if name.startswith("trainwell.")
        and name != "trainwell.__version__"
        and any(part.startswith("_") for part in name.split(".")[1:])
        and ".".join(name.split(".")[:2]) != ".".join(dotted(path).split(".")[:2])
    ]
    assert wrong == []


def test_every_technique_has_its_test():
    missing = [
        dotted(p)
        for p in techniques()
        if not (TESTS / p.relative_to(SRC).parent / f"test{p.name}").exists()
    ]
    assert missing == []


MIRRORED = {  # packages whose every file has a test of its own name
    "cli",
    "diagnose",
    "experiments",
    "explain",
    "exporting",
    "infer",
    "init",
    "losses",
    "metrics",
    "optim",
    "preprocess",
    "prune",
    "recipes",
    "report",
    "runs",
    "schedules",
    "tasks",
    "training",
    "transfer",
    "tuning",
}


def test_every_file_has_its_test():
    missing = [
        dotted(p)
        for p in modules()
        if package(dotted(p)) in MIRRORED
        and p.name not in NO_TECHNIQUE
        and p.parent.name != "claims"  # tests/experiments/test_claims.py runs them all
        and not (TESTS / p.relative_to(SRC).parent / f"test{p.name}").exists()
    ]
    assert missing == []


def test_every_technique_states_its_source():
    silent = [
        dotted(p)
        for p in techniques()
        if "Source:" not in (ast.get_docstring(ast.parse(p.read_text())) or "")
    ]
    assert silent == []


def test_files_stay_small():
    lengths = {dotted(p): len(p.read_text().splitlines()) for p in SRC.rglob("*.py")}
    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_every_public_name_has_a_docstring():
    for init in SRC.rglob("__init__.py"):
        module = importlib.import_module(dotted(init.parent))
        assert module.__doc__, module.__name__
        for name, value in vars(module).items():
            documented = inspect.isroutine(value) or inspect.isclass(value)
            if documented and not name.startswith("_"):
                assert (value.__doc__ or "").strip(), f"{module.__name__}.{name}"


def test_nothing_unpickles_what_a_user_could_have_been_sent():
    """Names of modules and calls that run code found in a file."""
    risky = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal"}
    imported = {(dotted(p), n) for p in modules() for n in imports(p)}
    bad = {(p, n) for p, n in imported if n.split(".")[0] in risky}
    assert {(p, n) for p, n in bad if not n.endswith("Error")} == set()
    safe = {"load": {"weights_only=True", "allow_pickle=False"}}
    calls = [
        f"{dotted(path)}: {ast.unparse(node)}"
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("torch.load", "np.load", "yaml.load", "eval")
        and not any(word in ast.unparse(node) for word in safe["load"])
    ]
    assert calls == []


PRIVATE_WORDS = {  # words of our own, replaced by the terms of the field
    "Attempt",
    "Bench",
    "Draw",
    "Draws",
    "Facts",
    "Glance",
    "Job",
    "Judged",
    "Lab",
    "Look",
    "Marginalised",
    "ModelCard",
    "Prepared",
    "Proposal",
    "Said",
    "Steps",
    "Story",
    "Trainee",
    "Tried",
    "View",
    "bare",
    "brewed",
    "glance",
    "keep_lower",
    "settle",
    "slow_down",
    "telling",
    "told",
}
PRIVATE_PHRASES = ["anew", "by heart", "flatter", "likewise", "mend", "nobody", "told"]


def named_in(tree):
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name)
            ):
                yield name.strip("_")
            case ast.Name(id=name, ctx=ast.Store()):
                yield name.strip("_")


def test_names_are_the_terms_of_the_field():
    found = {
        f"{dotted(p)}: {name}"
        for p in SRC.rglob("*.py")
        for name in named_in(ast.parse(p.read_text()))
        if name in PRIVATE_WORDS
    }
    assert found == set()


def test_texts_use_plain_words():
    root = SRC.parents[1]
    texts = [*SRC.rglob("*.py"), *root.glob("*.md"), *root.glob("docs/**/*.md")]
    pattern = re.compile(rf"\b({'|'.join(PRIVATE_PHRASES)})\b", re.IGNORECASE)
    found = {
        f"{p.relative_to(root)}: {match[0]}"
        for p in texts
        for match in pattern.finditer(p.read_text())
    }
    assert found == set()
