"""Every field of a recipe changes something measurable in every command, or is refused.

There is no list of exceptions: FIELDS holds a value for every field of every section,
and what each command does with it is measured on small real files, with and without.
`python -m tests.contracts.test_recipe_fields` prints the table, sections x commands.
"""

import hashlib
import math
import tempfile
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch
import yaml
from PIL import Image
from safetensors.torch import save_file
from sklearn.datasets import load_digits

from trainwell import models
from trainwell.core.errors import DataError, RecipeError, UserError
from trainwell.recipes import Recipe, Scope, read_recipe, refuse_out_of_scope
from trainwell.recipes._section import Section
from trainwell.runs import Quiet, RunFolder, train
from trainwell.runs._clock import Clock
from trainwell.runs.augment_search import _search as policy_search
from trainwell.runs.augment_search._population import _Trainer
from trainwell.runs.augment_search._setups import loss_under, network_setup
from trainwell.runs.augment_search._timing import TimingEstimate
from trainwell.runs.augment_search._types import PolicySearch
from trainwell.runs.checks import _data as data_check
from trainwell.runs.checks import _init_subject as init_check
from trainwell.runs.checks import _pixels as pixels
from trainwell.runs.checks import _transfer as transfer_check
from trainwell.runs.checks._pixels import pixel_findings
from trainwell.runs.preview import _samples as preview
from trainwell.runs.session._open_session import open_data, open_session
from trainwell.runs.session._search_session import SearchSession
from trainwell.runs.setup._own_parts import OwnParts
from trainwell.runs.setup._setup import float32_setup
from trainwell.runs.training import _finish as finishing
from trainwell.runs.tuning import _open as tuning
from trainwell.runs.tuning._plan import Plan
from trainwell.runs.tuning._population import _Population
from trainwell.runs.tuning._trainer import NetworkTrainer
from trainwell.runs.tuning._trial import train_trial
from trainwell.runs.tuning._winner import winner_recipe
from trainwell.tasks import Metric
from trainwell.training import StopOnSignal, evaluate, plain_batches
from trainwell.tuning import (
    FastAutoAugment,
    Member,
    PopulationAugment,
    TrialSpec,
    initial_policy,
    random_sub_policies,
)

BASE = {
    "model.name": "mlp",
    "data.image_size": "12",
    "train.epochs": "2",
    "train.batch_size": "8",
    "train.threads": "1",
    "train.precision": "float32",
    "train.memory_format": "contiguous",
}
PRETRAINED = {"model.name": "cifar_resnet20", "model.pretrained": "WEIGHTS"}
PAD, RESIZED = {"augment.crop": "pad_crop"}, {"augment.crop": "resized_crop"}
CONV = {"model.name": "lenet", "data.image_size": "28", "data.channels": "3"}

# key -> (value, what stands beside it in both runs); None: without the base's own value
FIELDS: dict[str, tuple[str, dict[str, str | None]]] = {
    "name": ("mine", {}),
    "task": ("regression", {}),  # whose targets these classes are not
    "seed": ("5", {}),
    "data.image_size": ("16", {}),
    "data.fit": ("stretch", {}),
    "data.bad_images": ("skip", {"source": "broken"}),
    "data.image_column": ("other", {"source": "table"}),
    "data.target_column": ("coarse", {"source": "table"}),
    "data.points_origin": ("centre", {}),  # for there are no points
    "data.group_column": ("ward", {"source": "table"}),
    "data.image_folder": ("dim", {"source": "table"}),
    "data.image_suffix": (".png", {"source": "ids"}),
    "data.pattern": (r"(?P<label>\d)\.png", {}),
    "data.classes": ("[class0, class1, class3]", {}),
    "data.merge": ("{both: [class0, class1]}", {}),
    "data.split": ("stratified", {}),
    "data.folds": ("3", {}),
    "data.fold": ("1", {"data.folds": "3"}),
    "data.sampling": ("balanced", {}),
    "data.val_share": ("0.3", {}),
    "data.test_share": ("0.35", {}),
    "data.split_seed": ("3", {}),
    "data.per_class": ("5", {}),
    "data.channels": ("3", {"data.channels": "1"}),
    "data.bits": ("16", {"source": "deep"}),
    "data.extra": ("EXTRA", {}),
    "data.memory_gb": ("1e-9", {}),
    "preprocess.name": ("zca_whiten", {}),
    "model.name": ("softmax", {}),
    "model.pretrained": ("WEIGHTS", {"model.name": "cifar_resnet20"}),
    "model.head": ("heatmap", {"model.name": "cifar_resnet20", "source": "points"}),
    "model.arguments": ("{width: 24}", {}),
    "transfer.plan": ("auto", PRETRAINED),
    "transfer.depths": ("all", PRETRAINED),
    "transfer.looks": (
        "2",
        PRETRAINED
        | {"transfer.solve": "true", "transfer.depths": "cells", "source": "points"},
    ),
    "transfer.solve": ("true", PRETRAINED),
    "transfer.cut": ("0.5", PRETRAINED),
    "transfer.freeze": ("0.6", PRETRAINED),
    "transfer.rate": ("0.1", PRETRAINED),
    "transfer.unfreeze_every": ("0.4", PRETRAINED),
    "activation.name": ("tanh", {}),
    "activation.per_channel": ("true", {"activation.name": "prelu"}),
    "norm.name": ("layer_norm", {"model.name": "cifar_resnet20"}),
    "init.name": ("orthogonal", {}),
    "init.bias": ("0.1", {"init.name": "kaiming_normal"}),
    "noise.name": ("dropout", {}),
    "noise.passes": ("4", {"noise.name": "dropout"}),
    "loss.name": ("hinge", {"loss.label_smoothing": None}),
    "loss.label_smoothing": ("0.3", {}),
    "loss.class_weights": ("balanced", {}),
    "penalty.name": ("l2", {}),
    "penalty.weight": ("0.05", {"penalty.name": "l2"}),
    "penalty.proximal": ("true", {"penalty.name": "l1", "penalty.weight": "0.01"}),
    "optimizer.name": ("sgd", {}),
    "optimizer.lr": ("0.013", {}),
    "optimizer.weight_decay": ("0.3", {}),
    "optimizer.base_batch_size": ("16", {}),
    "optimizer.lookahead": ("2", {}),
    "gradients.name": ("clip_norm", {"gradients.limit": None}),
    "schedule.name": ("constant", {}),
    "schedule.warmup": ("0.5", {}),
    "prune.name": ("magnitude", {}),
    "augment.name": ("randaugment", {}),
    "augment.file": ("POLICY", {}),
    "augment.operations": ("[vertical_flip, gamma]", {}),
    "augment.crop": ("none", PAD),
    "augment.flip": ("true", {"augment.flip": "false"}),
    "augment.pixels": ("4", PAD),
    "augment.min_area": ("0.2", RESIZED),
    "augment.border": ("black", {}),
    "augment.interpolation": ("linear", {"augment.name": "randaugment"}),
    "augment.backend": ("torch", {}),
    "augment.cutout": ("0.5", {}),
    "augment.mix": ("mixup", {}),
    "augment.alpha": ("3", {"augment.mix": "mixup"}),
    "distill.teacher": ("TEACHER", {}),
    "distill.temperature": ("1.5", {"distill.teacher": "TEACHER"}),
    "distill.weight": ("0.5", {"distill.teacher": "TEACHER"}),
    "ensemble.kind": ("snapshots", {}),
    "ensemble.size": ("3", {"ensemble.kind": "snapshots"}),
    "ensemble.start": ("0.2", {"ensemble.kind": "swa"}),
    "train.epochs": ("3", {"augment.file": "POPULATION"}),
    "train.time": ("0.1s", {"train.epochs": None}),
    "train.batch_size": ("12", {}),
    "train.precision": ("bfloat16", {}),
    "train.memory_format": ("channels_last", CONV),
    "train.average": ("0.5", {}),
    "train.patience": ("1", {"optimizer.lr": "1e-9", "train.evaluate_every": "0.3"}),
    "train.select": ("kappa", {"optimizer.lr": "1e-9"}),
    "train.evaluate_every": ("0.5", {}),
    "train.keep": ("epochs", {}),
    "train.calibrate": ("false", {"data.val_share": "0.4"}),
    "train.checkpoint_seconds": ("1e-6", {}),
    "train.device": ("cuda:99", {}),
    "train.threads": ("2", {}),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Real digits as files, and what fields may name."""
    return make_files(tmp_path_factory.mktemp("fields"))


def make_files(root: Path) -> dict[str, str]:
    """Write 48 digits of four classes, 11 x 8 px, flat; further ones; weights; a policy."""
    digits = load_digits()
    for name, first in (("photos", 0), ("extra", 24)):
        for target in range(4):
            rows = np.flatnonzero(digits.target == target)[first : first + 24]
            chosen = rows[: 24 - 4 * target if name == "photos" else 4]
            for i in chosen:
                path = root / name / f"class{target}" / f"{i}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                pixels = np.pad(digits.images[i], ((0, 3), (0, 0)), mode="edge")
                Image.fromarray((pixels * 15).astype(np.uint8)).save(path)
    broken = root / "broken"
    for path in (root / "photos").rglob("*.png"):
        copy = broken / path.relative_to(root / "photos")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (broken / "class0" / "torn.png").write_bytes(b"\x89PNG torn")
    for path in (root / "photos").rglob("*.png"):
        copy = root / "deep" / path.relative_to(root / "photos")
        copy.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.asarray(Image.open(path)).astype(np.uint16)
        Image.fromarray(pixels * 257 + 100).save(copy)
    _write_tables(root)
    torch.manual_seed(7)
    created = models.create(
        "cifar_resnet20", num_classes=4, in_channels=1, image_size=12
    )
    save_file(created.model.state_dict(), root / "weights.safetensors")
    recipe = ["model=softmax", *(f"{k}={v}" for k, v in list(BASE.items())[1:])]
    train(str(root / "photos"), *recipe, out=root / "teacher", reporter=Quiet())
    (root / "policy.yaml").write_text("name: color_jitter\nbrightness: 0.5\n")
    rows = [[0.0] * 30, [1.0] * 30]  # nothing at first, then everything
    schedule = {"name": "population", "probabilities": rows, "strengths": rows}
    schedule["epochs"] = [1.0, 1.0]
    (root / "population.yaml").write_text(yaml.safe_dump(schedule))
    return {
        "source": str(root / "photos"),
        "broken": str(broken),
        "deep": str(root / "deep"),
        "table": str(root / "tables" / "table.csv"),
        "ids": str(root / "tables" / "ids.csv"),
        "points": str(root / "tables" / "points.csv"),
        "EXTRA": str(root / "extra"),
        "WEIGHTS": str(root / "weights.safetensors"),
        "TEACHER": str(root / "teacher"),
        "POLICY": str(root / "policy.yaml"),
        "POPULATION": str(root / "population.yaml"),
    }


def _write_tables(root: Path) -> None:
    """Write tables of the same images, and a darker copy of these."""
    names = []
    for path in sorted((root / "photos").rglob("*.png")):
        names.append(path.relative_to(root / "photos").as_posix())
        for folder, factor in (("tables", 1), ("tables/dim", 2)):
            copy = root / folder / names[-1]
            copy.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(np.asarray(Image.open(path)) // factor).save(copy)
    lines, ids = ["path,target,other,coarse,ward"], ["path,target"]
    points = ["path,left_x,left_y,right_x,right_y"]
    for i, (name, other) in enumerate(zip(names, names[::-1], strict=True)):
        target = name[5]
        lines.append(f"{name},{target},{other},{int(target) % 2},p{i // 2}")
        ids.append(f"{name.removesuffix('.png')},{target}")
        at = 1 + i % 3 + 0.1 * (i % 7)
        points.append(f"{name},{at},{2 * at},{at + 3},{2 * at + 1}")
    (root / "tables" / "table.csv").write_text("\n".join(lines))
    (root / "tables" / "ids.csv").write_text("\n".join(ids))
    (root / "tables" / "points.csv").write_text("\n".join(points))


def digest(*values) -> str:
    """Return a hash of arrays, tensors and anything with a repr."""
    found = hashlib.sha256()
    for value in values:
        if isinstance(value, torch.nn.Module):
            parts = [v for _, v in sorted(value.state_dict().items())]
            found.update(digest(*parts).encode())
            continue
        if isinstance(value, torch.Tensor):
            value = value.detach().float().contiguous().numpy()
        if isinstance(value, np.ndarray):
            found.update(str(value.shape).encode() + value.tobytes())
        else:
            found.update(repr(value).encode())
    return found.hexdigest()


def first_batch(setup) -> str:
    batch = next(setup.batches.stream(0, 1))
    images, last = batch.images, torch.channels_last
    layout = images.is_contiguous(memory_format=last), images.is_contiguous()
    return digest(images, batch.targets, layout)


def predictions(setup) -> str:
    batches = plain_batches(
        setup.splits.val, setup.stores.val, setup.batches.settings, 64
    )
    return digest(evaluate(setup.model, batches, setup.metadata.task).probabilities)


def surroundings(session) -> str:
    """What is set around a training: data, threads, how pixels are held."""
    names = [
        tuple(split.names)
        for split in (session.splits.train, session.splits.val, session.splits.test)
        if split is not None
    ]
    held = type(session.stores.train).__name__
    return digest(names, session.splits.channels, held, torch.get_num_threads())


def by_train(source, recipe, tmp: Path):
    from trainwell.training import _checkpoint_hook as saver
    from trainwell.training import _render_settings as viewing

    def scored(*found):
        scores.append(score(*found))
        return scores[-1]

    saves, backends, scores, score = [], [], [], Metric.score
    save, backend = saver.save_checkpoint, viewing.chosen_backend
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saver, "save_checkpoint", lambda *a: saves.append(1) or save(*a))
        patch.setattr(
            viewing,
            "chosen_backend",
            lambda *a: backends.append(backend(*a)) or backends[-1],
        )
        patch.setattr(finishing, "write_report", lambda *_: None)
        patch.setattr(Metric, "score", scored)
        run = train(source, *recipe, out=tmp / "run", reporter=Quiet())
    lines = (run.path / "metrics.jsonl").read_text().count('"evaluate"')
    saved = read_recipe(run.path / "recipe.yaml")
    predicted = np.load(run.path / "predictions" / "val.npz")
    weights = sorted(run.path.rglob("model.safetensors"))
    kept = saved.train.memory_format, saved.train.precision
    return digest(
        [path.read_bytes() for path in weights],
        sorted(path.name for path in run.path.rglob("epochs/*")),
        predicted["probabilities"],
        [run.summary[k] for k in ("num_train", "num_val", "num_test", "epochs")],
        scores,
        (lines, len(saves), backends[0], saved.name, kept),
        (torch.get_num_threads(), _held(weights[0].parent)),
    )


def _held(path: Path) -> str:
    from trainwell.runs.session._reopen_session import reopen_session

    session = reopen_session(RunFolder(path), Quiet(), decode="ahead")
    return type(session.stores.train).__name__


def searching(source, recipe, scope, tmp):
    requested = read_recipe(None, recipe)
    session = open_session(source, requested, scope, Quiet(), announce=False)
    return SearchSession(session, Clock(math.inf), StopOnSignal(), tmp), requested


def backend_of(session) -> str:
    from trainwell.runs.setup._batches import fit_colors, render_settings
    from trainwell.training._render_settings import chosen_backend

    colors = fit_colors(session.recipe, session.splits, session.stores.train)
    settings = render_settings(session.recipe, colors, session.device)
    return chosen_backend(settings, session.stores.train)


def by_trial(source, recipe, tmp: Path):
    """What trials, steps 1 to 3 and the recipe of the winner make of it."""
    search, requested = searching(source, recipe, tuning.SCOPE, tmp)
    setup = search.setup(search.recipe)
    stepped = NetworkTrainer(search, setup)
    losses = [stepped.step(0.01) for _ in range(2)]
    spec = TrialSpec("coarse", "default", {}, search.recipe.train.epochs)
    trials = train_trial(search, 0, spec, [], "none")
    curve = [{k: v for k, v in line.items()} for line in trials.curve]
    winner = winner_recipe(search, {}, requested)
    kept = winner.train.keep, winner.train.evaluate_every, winner.train.calibrate
    final = winner.name, kept, winner.train.checkpoint_seconds
    ends = (losses, curve, first_batch(setup), predictions(setup), stepped.state.model)
    return digest(
        *ends, final, surroundings(search.session), backend_of(search.session)
    )


class Written:
    """A study that keeps nothing."""

    rows = property(lambda self: self)

    def finished(self):
        return []

    def begun(self, number):
        return None

    def begin(self, *_):
        pass

    def finish(self, trials):
        self.trials = trials


def by_population(source, recipe, tmp: Path):
    search, requested = searching(source, recipe, tuning.SCOPE, tmp)
    plan = Plan(4, 1, 4, 2, search.recipe.train.epochs, 2, 1, 1, 1)
    study = Written()
    population = _Population(search, study, {}, plan)
    start = population._begun({}).members[0]
    ended = population._train(1, start, search.recipe.train.epochs)
    weights = [v for k, v in sorted(ended[0].items()) if k.startswith("model.")]
    return digest(*weights, study.trials.curve, by_trial(source, recipe, tmp))


def policy_searching(source, recipe, scope, tmp):
    opened = open_data(source, read_recipe(None, recipe), scope, Quiet())
    session = opened.training_session(np.arange(len(opened.splits.train)))
    timing = TimingEstimate(1.0, 1.0, 1.0)
    folder, clock = RunFolder(tmp), Clock(math.inf)
    return PolicySearch(session, clock, StopOnSignal(), tmp, timing, folder, tmp)


def halves(session):
    rows = np.arange(len(session.splits.train))
    return rows[rows % 3 > 0], rows[rows % 3 == 0]


def by_density(source, recipe, tmp: Path):
    from trainwell.runs.augment_search import _density_matching as density
    from trainwell.training import _checkpoint_hook as saver

    search, saves = policy_searching(source, recipe, policy_search.SCOPE, tmp), []
    (tmp / "checkpoints").mkdir(parents=True)
    parts = np.arange(len(search.session.splits.train)) % 3
    save = saver.save_checkpoint
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(saver, "save_checkpoint", lambda *a: saves.append(1) or save(*a))
        setup = density._trained(search, (0, 50), parts, math.inf)
    policy = random_sub_policies(FastAutoAugment(), seed=0)
    ends = setup.model, loss_under(setup, policy, 0), first_batch(setup)
    more = predictions(setup), len(saves), setup.recipe.name
    session = search.session
    return digest(*ends, more, surroundings(session), backend_of(session))


def by_pba(source, recipe, tmp: Path):
    search = policy_searching(source, recipe, policy_search.PBA_SCOPE, tmp)
    setup = network_setup(search.session, *halves(search.session), number=0)
    from trainwell.runs.folder._population_files import snapshot
    from trainwell.runs.training._fit import new_state

    trainer = _Trainer(search, setup, PopulationAugment(members=2))
    start = snapshot(new_state(setup, 1))
    epochs = search.recipe.train.epochs
    tensors, _ = trainer.train(
        Member(0, start, tuple(5 for _ in initial_policy())), epochs
    )
    weights = [v for k, v in sorted(tensors.items()) if k.startswith("model.")]
    ends = first_batch(setup), predictions(setup), setup.recipe.name
    session = search.session
    return digest(*weights, *ends, surroundings(session), backend_of(session))


def by_check_model(source, recipe, tmp: Path):
    requested = read_recipe(None, recipe)
    session = open_session(
        source, requested, data_check.WITH_MODEL, Quiet(), decode="on demand"
    )
    setup = float32_setup(session)
    loop = data_check.loop_of(setup)
    start, loss = digest(setup.model), []
    for pair in loop.batches[:3]:
        loss.append(loop.loss_fn(loop.model(pair[0]), pair[1]).mean().item())
        loop.run(loop.model, loop.optimizer, pair)
    ends = start, loss, loop.model, loop.warm_up, loop.batches[0][0]
    held = loop.predict(loop.model, loop.validation[0][0])
    return digest(*ends, held, surroundings(session), backend_of(session))


def by_check_data(source, recipe, tmp: Path):
    requested = read_recipe(None, recipe)
    session = open_session(
        source, requested, data_check.WITHOUT_MODEL, Quiet(), decode="on demand"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pixels, "_MOST", 20)  # of a split, as of 2000 in larger data
        found = [(f.what, f.numbers) for f in pixel_findings(session)]
    return digest(found, surroundings(session))


def by_check_init(source, recipe, tmp: Path):
    requested = read_recipe(None, recipe)
    _, network, images, targets = init_check.on_data(
        requested, OwnParts(), source, Quiet()
    )
    return digest(*reaction(network, images), targets, torch.get_num_threads())


def by_check_init_noise(source, recipe, tmp: Path):
    requested = read_recipe(None, recipe)
    _, network, images = init_check.on_noise(requested, OwnParts(), Quiet())
    return digest(*reaction(network, images))


def reaction(network, images):
    torch.manual_seed(0)
    training = network.train()(images[:8])
    return network, images, training, network.eval()(images[:8])


def by_check_transfer(source, recipe, tmp: Path):
    requested = read_recipe(None, recipe)
    session = open_session(source, requested, transfer_check.SCOPE, Quiet())
    setup = float32_setup(session)
    images = next(plain_batches(
        session.splits.train, session.stores.train, setup.batches.settings, 64
    )).images  # fmt: skip
    held = surroundings(session)
    return digest(setup.model, images, setup.model.eval()(images), held)


def by_show_augment(source, recipe, tmp: Path):
    rows = preview.preview_augmentation(source, *recipe, images=8, draws=3, epoch=0)
    session = open_session(
        source, read_recipe(None, recipe), preview.SCOPE, Quiet(), decode="on demand"
    )
    drawn = [(s.image, s.captions) for row in rows for s in row]
    threads = torch.get_num_threads(), backend_of(session)
    return digest(*[part for pair in drawn for part in pair], threads)


COMMANDS = {
    "train": (by_train, Scope("trainwell train")),
    "tune": (by_trial, tuning.SCOPE),
    "tune population": (by_population, tuning.SCOPE),
    "search augment": (by_density, policy_search.SCOPE),
    "search augment pba": (by_pba, policy_search.PBA_SCOPE),
    "check DATA": (by_check_data, data_check.WITHOUT_MODEL),
    "check DATA MODEL": (by_check_model, data_check.WITH_MODEL),
    "check init": (by_check_init, init_check.ON_DATA),
    "check init (noise)": (by_check_init_noise, init_check.ON_NOISE),
    "check transfer": (by_check_transfer, transfer_check.SCOPE),
    "show augment": (by_show_augment, preview.SCOPE),
}


def overrides(files, settings: dict[str, str | None]) -> list[str]:
    return [
        f"{key}={files.get(value, value)}"
        for key, value in settings.items()
        if value is not None
    ]


def outcome(command: str, key: str, files) -> str:
    """Return `used` or `refused`; fail if the field changes nothing without a word."""
    scope = COMMANDS[command][1]
    value, beside = FIELDS[key]
    beside = dict(beside)
    source = files[beside.pop("source", "source")]
    if scope.why_not(key) is not None:
        requested = read_recipe(None, overrides(files, {**beside, key: value}))
        with pytest.raises(RecipeError, match="changes nothing in"):
            refuse_out_of_scope(requested, scope)
        with pytest.raises(RecipeError) as refusal:
            COMMANDS[command][0](
                source, overrides(files, {key: value}), Path("nowhere")
            )
        assert "\n" not in str(refusal.value)
        return "refused"
    used = {k: v for k, v in {**BASE, **beside}.items() if scope.why_not(k) is None}
    without, within = (
        measured(command, source, tuple(overrides(files, settings)))
        for settings in (used, {**used, key: value})
    )
    assert without != within, f"{key}={value} changes nothing in {command}"
    return "used"


@cache
def measured(command: str, source: str, recipe: tuple[str, ...]) -> str:
    """Return what a command makes of a recipe; of bad data and devices, the message."""
    threads = torch.get_num_threads()
    with tempfile.TemporaryDirectory() as folder:
        try:
            return COMMANDS[command][0](source, list(recipe), Path(folder))
        except (DataError, UserError) as error:
            if isinstance(error, RecipeError):
                raise
            return str(error)
        finally:
            torch.set_num_threads(threads)


def fields(section: type[Section] = Recipe, prefix: str = ""):
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Section):
            yield from fields(kind, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_the_table_holds_every_field():
    assert list(FIELDS) == list(fields())


@pytest.mark.parametrize("key", FIELDS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_field_is_used_or_refused(command, key, files):
    assert outcome(command, key, files) in ("used", "refused")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_measured_repeats(command, files):
    """Else chance would pass for a change."""
    scope = COMMANDS[command][1]
    used = {k: v for k, v in BASE.items() if scope.why_not(k) is None}
    recipe = tuple(overrides(files, used))
    again = measured.__wrapped__(command, files["source"], recipe)
    assert measured(command, files["source"], recipe) == again


def main() -> None:
    """Print sections x commands: fields that are used / fields that are refused."""
    with tempfile.TemporaryDirectory() as folder:
        files = make_files(Path(folder))
        counts: dict[tuple[str, str], Counter[str]] = {}
        for command in COMMANDS:
            for key in FIELDS:
                place = key.partition(".")[0] if "." in key else "(top)"
                found = outcome(command, key, files)
                counts.setdefault((place, command), Counter())[found] += 1
    print("| section |", " | ".join(COMMANDS), "|")
    print("|---|" + "---|" * len(COMMANDS))
    for place in dict.fromkeys(place for place, _ in counts):
        cells = [counts[place, c] for c in COMMANDS]
        shown = [f"{n['used']} / {n['refused']}" for n in cells]
        print(f"| {place} |", " | ".join(shown), "|")


if __name__ == "__main__":
    main()
