"""What a run makes of what an earlier one left, when the disk fails for a moment and when not all is what it seems."""
import json
import shutil
import signal

import h5py
import pytest
from conftest import call, refused
from disk import calls, failing_disk
from test_outputs import small_disk
from test_reproducible import state_hash
from test_restart import OFTEN, assert_same, finish, home, start, stop, wait_for, whole  # noqa: F401  (fixtures)

DAY = 86400


def newest_time(path):
    """Time of the last row that anyone can read now, s."""
    try:
        with h5py.File(path, "r", libver="latest", swmr=True) as file:
            return file["blood/time"][-1] if len(file["blood/time"]) else -DAY
    except (OSError, KeyError):
        return -DAY


def stop_after(home, day, *options):
    """Stops a run once it has passed the day."""
    process = start(home, *OFTEN, *options)
    wait_for(lambda: newest_time(home / "long.h5.partial") > day * DAY, process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 75


def flip_bit(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_the_results_are_on_the_disk_before_the_checkpoints_go(folder):
    log = folder / "log"
    assert call("run", "short.toml", cwd=folder, environment=failing_disk(LOG=log)).returncode == 0
    done = calls(log)
    last_write = len(done) - 1 - done[::-1].index(("write", "short.h5.partial"))
    order = [last_write, done.index(("fsync", "short.h5.partial"), last_write), done.index(("rename", "short.h5")),
             done.index(("fsync", folder.name), done.index(("rename", "short.h5"))),
             done.index(("remove", "short.h5.checkpoint"), last_write)]
    assert order == sorted(order)


def test_a_run_that_goes_on_does_not_show_the_state_of_its_earlier_end(home):  # noqa: F811
    stop(home)
    shown = json.loads(call("info", "long.h5", "--json", cwd=home).stdout)
    assert shown["status"] == "stopped" and len(shown["state_hash"]) == 32
    before = (home / "long.h5.checkpoint").stat().st_mtime_ns
    process = start(home, *OFTEN)
    wait_for(lambda: (home / "long.h5.checkpoint").stat().st_mtime_ns != before, process)
    process.kill()
    process.communicate()
    shown = json.loads(call("info", "long.h5", "--json", cwd=home).stdout)
    assert shown["status"] == "running" and shown["state_hash"] == ""
    finish(home)
    assert state_hash(home / "long.h5") == json.loads(call("info", "long.h5", "--json", cwd=home).stdout)["state_hash"]
