"""What all tests of the Python reader share: results of short real runs, made once.

The environment names the program (MYOAXIS) and the source folder (MYOAXIS_SOURCE); without it, the release build
of this source tree is taken.
"""
import os
import subprocess
import sys
from pathlib import Path

import h5py
import pytest

SOURCE = Path(os.environ.get("MYOAXIS_SOURCE", Path(__file__).resolve().parents[2])).resolve()
PROGRAM = Path(os.environ.get("MYOAXIS", SOURCE / "build/release/tools/myoaxis")).resolve()
READER = SOURCE / "tools/python"
REPLAY = Path(__file__).with_name("replay.py")
sys.path.insert(0, str(READER))
sys.dont_write_bytecode = True

# Small in agents and days, so that a run takes seconds.
SCALE = {"preset": '"quick"', "fibers": 200, "packets": 2000, "dentate_fraction": 0.02, "niches": 3, "granule_cells": 20,
         "spine_sites": 50}
SHORT = {f"scale.{key}": value for key, value in SCALE.items()} | {"schedule.baseline": '"1 day"', "schedule.duration": '"7 days"'}
# With an assay, snapshots in between, and few factors.
MINE = """\
title = "Two days, with an assay"
seed = 7
factors = ["bdnf", "il6", "lactate"]
[organism]
use = "mouse"
[schedule]
use = "endurance"
[output]
every = "6 h"
snapshots = ["day 0", "day 1", "end"]
[[assay]]
name = "survival"
kind = "brdu"
inject = { every = "6 h", from = "day 0", to = "day 0 12:00" }
read_at = ["end"]
[[assay]]
name = "draws"
kind = "blood"
matrix = "plasma"
site = "vein"
factors = ["il6", "lactate"]
at = ["day 0 18:00", "day 0 20:00"]
variation = 0.05
"""


# What the quick start does, with two subjects and two arms.
BATCH = """\
title = "Two regimes"
base = "endurance"
subjects = 2
reference = "sedentary"
[[arm]]
name = "sedentary"
title = "Sedentary"
schedule.use = "sedentary"
[[arm]]
name = "endurance"
"""


def run_program(*arguments, settings=(), cwd):
    sets = [word for key, value in dict(settings).items() for word in ("--set", f"{key}={value}")]
    done = subprocess.run([str(PROGRAM), *map(str, arguments), *sets], cwd=cwd, capture_output=True, text=True, check=False,
                          timeout=300, env={**os.environ, "MYOAXIS_CACHE": "off"})
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def home(tmp_path_factory):
    """A folder with results/{endurance,sedentary}-{1,2}.h5, of 8 days, mine.h5 and the batch study/, of 3. Tests only read it."""
    folder = tmp_path_factory.mktemp("home")
    (folder / "results").mkdir()
    for regime in ("endurance", "sedentary"):
        for seed in (1, 2):
            run_program("run", SOURCE / f"configs/experiments/{regime}.toml", "--seed", seed, "-o", f"results/{regime}-{seed}.h5",
                        "--threads", 1, settings=SHORT, cwd=folder)
    (folder / "batch.toml").write_text(BATCH, encoding="utf-8")
    run_program("batch", "batch.toml", "-o", "study", settings=SHORT | {"schedule.duration": '"2 days"'}, cwd=folder)
    (folder / "mine.toml").write_text(MINE, encoding="utf-8")
    run_program("run", "mine.toml", "--threads", 1, settings=SHORT | {"schedule.duration": '"2 days"'}, cwd=folder)
    return folder


class Replay:
    """Writes a finished results file once more, by a program of its own, a step at a time as it is asked (replay.py)."""

    def __init__(self, source, output):
        self.process = subprocess.Popen([sys.executable, "-B", str(REPLAY), str(source), str(output)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline() == "live\n"

    def write(self, steps):
        for _ in range(int(2 * steps)):
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            assert self.process.stdout.readline()

    def finish(self):
        self.process.communicate(timeout=300)
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def mine(home):
    return home / "mine.h5"


@pytest.fixture
def changed(mine, tmp_path):
    """Makes a copy of mine.h5 with a change: changed("b.h5", lambda file: ...)."""
    def make(name, change=lambda file: None, source=mine):
        path = tmp_path / name
        path.write_bytes(source.read_bytes())
        with h5py.File(path, "r+", libver=("v110", "v110")) as file:
            change(file)
        return path
    return make
