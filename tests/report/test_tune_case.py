"""The content of the page is declared without importing torch."""

import dataclasses
import subprocess
import sys

import pytest

from trainwell.report import TuneCase


def test_every_field_is_required_and_documented():
    fields = dataclasses.fields(TuneCase)
    assert all(field.default is dataclasses.MISSING for field in fields)
    documented = TuneCase.__doc__.partition("Attributes:")[2]
    assert [f.name for f in fields if f"        {f.name}: " not in documented] == []
    with pytest.raises(TypeError, match="missing"):
        TuneCase(source="x")


def test_importing_it_does_not_import_torch():
    code = "import sys, trainwell.report; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
