"""What a run makes of what an earlier one left, when the disk fails for a moment and when not all is what it seems."""
import json
import shutil
import signal

import h5py
import pytest
from conftest import call, listing, refused
from disk import calls, failing_disk
from moments import PATIENCE, in_time, wait_for
from test_outputs import small_disk
from test_reproducible import differing, state_hash
from test_restart import OFTEN, assert_same, changed_at, crash, finish, home, start, stop, whole  # noqa: F401  (fixtures)

DAY = 86400


def newest_time(path):
    """Time of the last row that anyone can read now, s."""
    try:
        with h5py.File(path, "r", libver="latest", swmr=True, locking=False) as file:
            return file["blood/time"][-1] if len(file["blood/time"]) else -DAY
    except (OSError, KeyError):
        return -DAY


def stop_after(home, day, *options):
    """Stops a run once it has passed the day."""
    def attempt(_):
        process = start(home, *OFTEN, *options)
        wait_for(lambda: newest_time(home / "long.h5.partial") > day * DAY, process)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
        return process.returncode if process.returncode != 0 else None
    assert in_time(home, attempt) == 75


def failed_with_checkpoint_kept(*options, home, **more):
    """Runs into an error of the disk. The copy of the results stays, too, but for the mark of a file that is open."""
    names, checkpoint = sorted(listing(home)), (home / "long.h5.checkpoint").read_bytes()
    done = call("run", "long.toml", *options, cwd=home, **more)
    assert done.returncode == 1, done.stderr
    assert sorted(listing(home)) == names and (home / "long.h5.checkpoint").read_bytes() == checkpoint
    return done.stderr


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


def filters_of(path):
    with h5py.File(path, "r", libver="latest", swmr=True, locking=False) as file:
        data = file["blood/bdnf"]
        return data.compression, data.shuffle, data.fletcher32


def test_results_grow_without_filters_and_have_them_at_their_end(whole, home):  # noqa: F811
    stop(home)
    assert filters_of(home / "long.h5.partial") == (None, False, False)
    finish(home)
    assert filters_of(home / "long.h5") == ("gzip", True, True)
    assert_same(home, whole)


def test_results_that_cannot_be_compressed_are_as_good(folder, finished):
    done = call("run", "short.toml", cwd=folder, environment=failing_disk(UNSYNCED="short.h5.new"))
    assert done.returncode == 0 and "short.h5: the results are whole, but not compressed" in done.stderr
    assert filters_of(folder / "short.h5") == (None, False, False)
    assert sorted(listing(folder)) == ["short.h5", "short.toml"]
    assert differing(folder / "short.h5", finished.output) == []


@pytest.mark.parametrize("until", [(), ("--until", "day 0")])
def test_what_a_crash_kept_from_being_compressed_is_compressed_later(until, folder):
    done = call("run", "short.toml", *until, cwd=folder, environment=failing_disk(UNSYNCED="short.h5.new"))
    assert done.returncode == 0 and filters_of(folder / "short.h5") == (None, False, False)
    before = sorted(listing(folder))
    (folder / "short.h5.new").write_bytes(b"half of it")
    assert "nothing to do" in call("run", "short.toml", *until, cwd=folder).stderr
    assert filters_of(folder / "short.h5") == ("gzip", True, True)
    assert sorted(listing(folder)) == before


def test_compressed_results_alone_are_enough_to_go_on_from(whole, home):  # noqa: F811
    assert call("run", "long.toml", "--until", "day 3", cwd=home).returncode == 0
    assert filters_of(home / "long.h5") == ("gzip", True, True)
    (home / "long.h5.checkpoint.rows").unlink()
    stop(home)
    assert filters_of(home / "long.h5.partial") == (None, False, False)
    finish(home)
    assert_same(home, whole)


@pytest.mark.parametrize("file", ["long.h5.checkpoint", "long.h5.partial"])
def test_a_disk_that_fails_for_a_moment_costs_nothing(file, whole, home):  # noqa: F811
    stop(home)
    for overwrite in ((), ("--overwrite",)):
        message = refused("run", "long.toml", *overwrite, cwd=home, code=1, environment=failing_disk(UNREADABLE=file))
        assert file in message and "Input/output error" in message
    finish(home)
    assert_same(home, whole)


def test_a_disk_full_for_a_moment_costs_no_checkpoint(whole, home):  # noqa: F811
    stop(home)
    (home / "long.h5.partial").unlink()
    message = failed_with_checkpoint_kept("--overwrite", home=home, preexec_fn=small_disk(20_000))
    assert "long.h5.partial" in message and "cannot copy the results so far" in message
    assert "going on from day" in finish(home).stderr
    assert_same(home, whole)


def test_a_copy_that_does_not_come_to_the_disk_leaves_nothing_behind(home):  # noqa: F811
    stop(home)
    (home / "long.h5.partial").unlink()
    failed_with_checkpoint_kept(home=home, environment=failing_disk(UNSYNCED="long.h5.partial.new"))


def test_until_looks_at_the_results_and_not_at_the_checkpoint(whole, home):  # noqa: F811
    assert call("run", "long.toml", "--until", "day 1", cwd=home).returncode == 0
    stop_after(home, 3)
    assert newest_time(home / "long.h5") == DAY
    done = call("run", "long.toml", "--until", "day 3", cwd=home)
    assert done.returncode == 0 and "nothing to do" not in done.stderr
    with h5py.File(home / "long.h5") as file:
        assert file.attrs["status"] == "stopped" and file.attrs["time"] >= 3 * DAY
        assert file["blood/time"][-1] >= 3 * DAY
    assert "nothing to do" in call("run", "long.toml", "--until", "day 3", cwd=home).stderr
    finish(home)
    assert_same(home, whole)


def test_until_is_not_met_by_the_results_of_another_configuration(whole, home):  # noqa: F811
    shutil.copy(whole[0], home / "long.h5")
    stop_after(home, 2, "--seed", "9", "--overwrite")
    done = call("run", "long.toml", "--seed", "9", "--until", "day 1", "--overwrite", cwd=home)
    assert done.returncode == 0
    with h5py.File(home / "long.h5") as file:
        assert file.attrs["seed"] == 9 and file.attrs["time"] >= DAY


def test_a_damaged_checkpoint_never_takes_the_place_of_a_whole_one(whole, home):  # noqa: F811
    crash(home)
    flip_bit(home / "long.h5.checkpoint")
    assert call("run", "long.toml", "--dry-run", cwd=home).returncode == 0
    assert (home / "long.h5.checkpoint").exists()
    log = home.parent / f"{home.name}.log"
    # That day it saves one, however fast it came there.
    assert call("run", "long.toml", "--until", "day 5", cwd=home, environment=failing_disk(LOG=log)).returncode == 0
    renamed = [name for kind, name in calls(log) if kind == "rename" and "checkpoint" in name and "rows" not in name]
    assert renamed[0] == "long.h5.checkpoint"
    finish(home)
    assert_same(home, whole)


def test_a_run_that_goes_on_does_not_show_the_state_of_its_earlier_end(home):  # noqa: F811
    stop(home)
    shown = json.loads(call("info", "long.h5", "--json", cwd=home).stdout)
    assert shown["status"] == "stopped" and len(shown["state_hash"]) == 32
    before = changed_at(home / "long.h5.checkpoint")
    crash(home, after=lambda: changed_at(home / "long.h5.checkpoint") not in (None, before))
    shown = json.loads(call("info", "long.h5", "--json", cwd=home).stdout)
    assert shown["status"] == "running" and shown["state_hash"] == ""
    finish(home)
    assert state_hash(home / "long.h5") == json.loads(call("info", "long.h5", "--json", cwd=home).stdout)["state_hash"]
