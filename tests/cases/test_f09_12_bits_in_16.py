import json
from pathlib import Path

import numpy as np
from PIL import Image

from trainwell.data import Levels, load_labelled
from trainwell.infer import load_predictor
from trainwell.runs import RunFolder, evaluate, export


def test_one_stretch_is_kept_with_the_model(put, quick):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 30)
        for file in Path("photos", name).iterdir():
            grey = np.asarray(Image.open(file).convert("L")).astype(np.uint16)
            Image.fromarray(grey * 16).save(file)
    run = quick("photos")
    kept = json.loads(RunFolder(run.path).metadata.read_text())["preprocessing"]
    assert kept["white_level"] == 4095
    predictor = load_predictor(run.path)
    val = load_labelled("photos", ("cat", "dog"), levels=Levels(4095))
    files = [Path("photos", name) for name in val.names]
    one_by_one = np.array([p.probabilities for p in predictor.predict(files)])
    assert np.array_equal(one_by_one, predictor.evaluate(val).probabilities)
    assert len(np.unique(predictor.prepared(files[:1]))) > 16
    test = evaluate(run, "photos")
    assert round(test.accuracy, 6) == run.summary["test_accuracy"]
    streamed = quick("photos", "data.memory_gb=1e-9", out="streamed")
    assert streamed.summary["val_accuracy"] == run.summary["val_accuracy"]
    assert export(run)[1].largest < 1e-4


def test_metadata_of_before_means_all_bits(put, quick):
    for name in ("cat", "dog"):
        put(f"photos/{name}", 10)
    path = RunFolder(quick("photos").path).metadata
    tree = json.loads(path.read_text())
    assert tree["preprocessing"].pop("white_level") == 65535
    path.write_text(json.dumps(tree))
    assert load_predictor("run").metadata.preprocessing.white_level == 65535
