import os
import shutil
import time
from pathlib import Path

from trainwell.data import load


def test_a_file_put_in_place_of_another_is_seen(put):
    for name in ("a", "b"):
        put(f"photos/{name}", 12, suffix="bmp")
        for file in Path("photos", name).iterdir():
            os.utime(file, (1e9, 1e9))
    time.sleep(0.05)
    before = load("photos").train.fingerprint
    for i in range(12):
        put("x", 1, (20 * i, 0, 0), seed=i, suffix="bmp")
        for name in ("a", "b"):
            shutil.copy("x/0.bmp", f"photos/{name}/{i}.bmp")
            os.utime(f"photos/{name}/{i}.bmp", (1e9, 1e9))
    after = load("photos")
    assert after.train.fingerprint != before
    assert after.audit.num_label_conflicts == 12
