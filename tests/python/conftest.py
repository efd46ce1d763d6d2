"""What the tests of the reader share: results of short runs, made once."""
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

SOURCE = Path(os.environ.get("MYOAXIS_SOURCE", Path(__file__).resolve().parents[2])).resolve()
PROGRAM = Path(os.environ.get("MYOAXIS", SOURCE / "build/release/tools/myoaxis")).resolve()
sys.path.insert(0, str(SOURCE / "tools/python"))

SHORT = ("--set", "scale.preset=quick", "--set", "scale.fibers=200", "--set", "scale.packets=2000", "--set",
         "scale.dentate_fraction=0.02", "--set", "scale.niches=3", "--set", "scale.granule_cells=20", "--set",
         "scale.spine_sites=50", "--set", "schedule.baseline=1 day", "--progress", "never")


def start(folder, regime, output, *options):
    command = [str(PROGRAM), "run", str(SOURCE / f"configs/experiments/{regime}.toml"), "-o", output, *SHORT, *options]
    return subprocess.Popen(command, cwd=folder, env=os.environ | {"MYOAXIS_CACHE": "off"}, stderr=subprocess.PIPE,
                            stdout=subprocess.DEVNULL, text=True)


def run(folder, regime, output, *options):
    process = start(folder, regime, output, *options)
    _, messages = process.communicate(timeout=120)
    assert process.returncode == 0, messages


def crash(folder, output):
    """A run that is killed when it has written some rows."""
    process = start(folder, "sedentary", output, "--set", "schedule.duration=60 days", "--checkpoint-every", "0.1 s")
    end = time.monotonic() + 60
    while not (folder / f"{output}.checkpoint.previous").exists() and time.monotonic() < end:
        time.sleep(0.01)
    time.sleep(0.3)
    process.send_signal(signal.SIGKILL)
    process.communicate()


@pytest.fixture(scope="session")
def results(tmp_path_factory):
    """A folder with two finished runs, one of another seed and length, and one left by a crash."""
    folder = tmp_path_factory.mktemp("results")
    run(folder, "endurance", "endurance-1.h5", "--set", "schedule.duration=2 days", "--seed", "1")
    run(folder, "sedentary", "sedentary-1.h5", "--set", "schedule.duration=1 day", "--seed", "2")
    crash(folder, "live.h5")
    return SimpleNamespace(folder=folder, endurance=folder / "endurance-1.h5", sedentary=folder / "sedentary-1.h5",
                           crashed=folder / "live.h5")
