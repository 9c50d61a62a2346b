"""Lists for scripts; `test_show` reads them as people do."""

import json

from trainwell.models import names
from trainwell.recipes import PRESETS, techniques


def test_lists_as_json(invoke):
    models = json.loads(invoke("show", "models", "--json").stdout)
    assert [row["name"] for row in models][: len(names())] == list(names())
    presets = json.loads(invoke("show", "presets", "--json").stdout)
    assert [row["name"] for row in presets] == list(PRESETS)
    rows = json.loads(invoke("show", "techniques", "--json").stdout)
    assert {row["recipe"] for row in rows} == {t.recipe for t in techniques()}
