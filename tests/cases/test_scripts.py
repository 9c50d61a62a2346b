"""The scripts of faults that outsiders met: what they print is right.

Each script in `scripts` ends with a comment that says what is right.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cases.warm import write_command

pytestmark = pytest.mark.skipif(os.name != "posix", reason="some are shell scripts")
SCRIPTS = Path(__file__).parent / "scripts"

# per script, regular expressions in the order in which they must be found
RIGHT: dict[str, tuple[str, ...]] = {
    "f01": (r"accuracy 1\.0000", r"accuracy 1\.0000", r"accuracy 1\.0000")
    + ("not among the 3 classes of training: 'aqua'",) * 2,
    "f02": ("Left out: 60 images that the run was trained on",) * 3
    + (r"all: accuracy .* 90 images",),
    "f03": (r"val: accuracy",) * 3
    + ("split must be train, val or test; got 'holdout'", r"test: accuracy"),
    "f04": (r"0\.png  (cats|dogs)", r"0\.png  (forest|sea)", r"0\.png  (cat|dog) ")
    + ("no_train has no training images, only val, test .* call those .* train",) * 2,
    "f05": (
        "segmentation/images and segmentation/masks look like a segmentation set",
        "voc/JPEGImages and voc/Annotations look like a detection set",
    ),
    "f06": ("read as its splits|{'train': {'cat': 18, 'dog': 19}",),
    "f07": ("cannot read photos/cat: permission denied",),
    "f08": (r"(?i)frog/IMG_1\.HEIC.* HEIC", "bird and deer hold|bird, deer and frog"),
    "f09": ("grey levels that are left: 15 of 209", "checks"),
    "f10": (
        "mean error .* R2",
        "run_ages/report",
        "run_several/report",
        "run_floats/report",
        "test: accuracy",
    ),
    "f11": ("--- no HOME", "use it", "--- HOME not writable", "use it"),
    "f12": ("no image is left to validate on: every class has one",),
    "f13": (
        "warning: cannot read new/broken.png",
        r"new/0\.png,",
        r"new/3\.png,",
        "1 of 5 images were not answered",
        "warning: cannot read new/broken.png",
        r"new/3\.png",
    ),
    "f14": ("batch_norm one value per channel at 32 px: take 2 or more",),
    "f15": (
        "--- while it trains",
        r"epoch .* loss .* val .* lr .* left",
        "--- at the end",
    ),
    "f16": ("Resume with the same command", "`trainwell finish run` makes a model"),
    "f17": (r"cannot read photos/.*\.png: no such file.*`--resume`",),
    "f19": (
        r"predict\(\"photos/cat/0.png\"\) -> Prediction",
        r"predict\(Path\) -> Prediction",
        r"PIL image\]\) -> \[Prediction",
        r"bytes\]\) -> \[Prediction",
        r"DataError an image must have pixels",
        r"DataError cannot read images from list; give a path",
        r"field of the recipe",
    ),
    "f20": ("no test images", "test holds 20 images in no class folder"),
    "f21": (
        "archive holds one folder, photos.* give archive/photos",
        r"give that table: kaggle/train\.csv",
        "6 files without an ending",
    ),
    "f23": ("same fingerprint: False",),
    "f25": (
        "not a key of a recipe. Did you mean `optimizer.lr`",
        "`seed` must be at most",
        "no model `resnet18x`",
        "Did you mean `augment.mix=mixup`",
        "no option --epochs; write train.epochs=VALUE",
        r"~0\.png  cat",
        "it has label, pixel0, pixel1, ... ",
    ),
    "f27": ("mirrored left looks like right", "Mirrored left looks like right"),
    "f28": ("return logits", "--allow-import", r"0\.png  blue", "check"),
    "f29": ("never answered right: sick", r"sick +0\.000"),
    "f30": ("always answering healthy would give",),
    "f31": ("use it",),
    "f32": ("use it",),
}


def command(script):
    if script.suffix == ".sh":
        return ["bash", str(script)]
    return [sys.executable, str(script)]


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    """A folder with a `trainwell` that starts at once; see `warm`."""
    folder = tmp_path_factory.mktemp("bin")
    address = folder / "socket"
    server = subprocess.Popen(
        [sys.executable, Path(__file__).parent / "warm.py", address]
    )
    write_command(folder, address)
    while not address.exists():
        assert server.poll() is None
        time.sleep(0.05)
    yield folder
    server.kill()
    server.wait()


def others_may_run_python():
    """Tell whether the user of `f11` can be become, and can run this Python."""
    other = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "env"]
    try:
        return subprocess.run([*other, sys.executable, "-c", ""], check=False,
                              stderr=subprocess.DEVNULL).returncode == 0  # fmt: skip
    except OSError:
        return False


@pytest.fixture
def said(request, tmp_path, commands):
    """What a script prints, run in a place and with a cache of its own."""
    (script,) = SCRIPTS.glob(f"{request.param}_*")
    if request.param == "f11" and not others_may_run_python():
        pytest.skip("it needs root, and a Python that every user may run")
    own = str(Path(sys.executable).parent)
    first = [own] if request.param == "f11" else [str(commands), own]
    surroundings = {
        **os.environ,
        "PATH": os.pathsep.join([*first, os.environ["PATH"]]),
        "TMPDIR": str(tmp_path),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "COLUMNS": "500",
    }
    done = subprocess.run(
        command(script),
        env=surroundings,
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    return done.stdout


def test_every_script_is_run():
    names = {path.name[:3] for path in SCRIPTS.glob("f*")}
    assert names == RIGHT.keys()


@pytest.mark.parametrize("said", RIGHT, indirect=True)
def test_a_script_prints_what_is_right(said, request):
    name = request.node.callspec.params["said"]
    at = 0
    for wanted in RIGHT[name]:
        found = re.compile(wanted).search(said, at)
        assert found, f"after {said[:at][-200:]!r}: {wanted}\n{said}"
        at = found.end()
    if name != "f07":  # which calls Python itself
        assert "Traceback" not in said
