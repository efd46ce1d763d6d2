"""Runs that are stopped, killed or starved, and go on: nothing is lost, and nothing differs in the end."""
import ctypes
import os
import random
import shutil
import signal
import subprocess
import time

import h5py
import pytest
from conftest import PROGRAM, SHORT_EXPERIMENT, call, clean_environment, listing, refused
from contract_rules import violations
from moments import PATIENCE, held, in_time, killed_while, wait_for
from test_outputs import small_disk
from test_reproducible import differing, state_hash

LONG_EXPERIMENT = SHORT_EXPERIMENT.replace('duration = "1 day"', 'duration = "6 days"')
OFTEN = ("--checkpoint-every", "0.02 s")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An uninterrupted run of the longer experiment, and how long it took."""
    home = tmp_path_factory.mktemp("whole")
    (home / "long.toml").write_text(LONG_EXPERIMENT, encoding="utf-8")
    begin = time.monotonic()
    assert call("run", "long.toml", cwd=home).returncode == 0
    return home / "long.h5", time.monotonic() - begin


@pytest.fixture
def home(tmp_path):
    (tmp_path / "long.toml").write_text(LONG_EXPERIMENT, encoding="utf-8")
    return tmp_path


def start(home, *options):
    return subprocess.Popen([str(PROGRAM), "run", "long.toml", "--progress", "never", *options], cwd=home,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment())


def stop(home, by=signal.SIGTERM, *options):
    """Sends a signal soon after the first checkpoint is there, and gives what the program said."""
    def attempt(haste):
        process = start(home, *options)
        wait_for((home / "long.h5.checkpoint").exists, process)
        time.sleep(0.2 * haste)
        process.send_signal(by)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode in (0, 75), err
        return (process.returncode, out, err) if process.returncode != 0 else None
    return in_time(home, attempt)


def changed_at(path):
    """None where there is no file, as for the moment between two names of a checkpoint."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return None


def assert_no_failure(process):
    """It was killed, or had come to its end before."""
    _, err = process.communicate()
    assert process.returncode in (0, -signal.SIGKILL), err


def crash(home, *options, after=None):
    """Kills a run that saves all the time, once `after()` holds: when there are two checkpoints, by default."""
    def attempt(haste):
        process = start(home, *OFTEN, *options)
        wait_for(after or (home / "long.h5.checkpoint.previous").exists, process)
        time.sleep(0.1 * haste)
        process.kill()
        assert_no_failure(process)
        # Not in the moment when the last one has not got its name yet.
        both = all((home / f"long.h5.checkpoint{end}").exists() for end in ("", ".previous"))
        return both if process.returncode != 0 and both else None
    assert in_time(home, attempt)


def rows_of(path):
    """Rows of /blood that anyone can read now; None when a write was cut apart."""
    try:
        with h5py.File(path, "r", libver="latest", swmr=True) as file:
            return len(file["blood/time"])
    except (OSError, KeyError):
        return None


def safe_rows(home):
    """Rows of /blood that the last checkpoint vouches for."""
    for name in ("long.h5.checkpoint", "long.h5.checkpoint.previous"):
        if (home / name).exists():
            with h5py.File(home / name) as file:
                return dict(zip(file["rows/table"].asstr(), file["rows/length"]))["/blood/time"]
    return 0


class Hash128(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


def xxhash_of(data):
    function = ctypes.CDLL("libxxhash.so.0").XXH3_128bits
    function.restype, function.argtypes = Hash128, [ctypes.c_char_p, ctypes.c_size_t]
    found = function(data, len(data))
    return f"{found.high:016x}{found.low:016x}"


def reseal(path, change):
    """Changes a checkpoint and gives it the fingerprint that fits."""
    if not path.exists():
        return
    with h5py.File(path, "r+") as file:
        change(file)
    whole = path.read_bytes()
    digest = xxhash_of(whole[512:])
    kind = whole[:512].split(b" 1\nfingerprint ")[0]
    path.write_bytes((kind + b" 1\nfingerprint " + digest.encode()).ljust(512, b"\n") + whole[512:])


def finish(home):
    done = call("run", "long.toml", "--progress", "never", cwd=home)
    assert done.returncode == 0, done.stderr
    return done


def assert_same(home, whole):
    assert state_hash(home / "long.h5") == state_hash(whole[0])
    assert differing(whole[0], home / "long.h5") == []
    assert sorted(listing(home)) == ["long.h5", "long.toml"]


def test_killed_at_random_moments_it_comes_to_the_same_data(whole, home):
    luck = random.Random(int(os.environ.get("MYOAXIS_TEST_SEED", "20")))
    kills, safe, seen, in_checkpoint = 0, 0, 0, 0
    while kills < 20:
        process = start(home, *OFTEN)
        checkpoint = home / "long.h5.checkpoint"
        before = changed_at(checkpoint)
        # Not before it has got on: a run that is killed while it starts would not tell much.
        wait_for(lambda: changed_at(checkpoint) not in (None, before), process)
        time.sleep(luck.uniform(0, 0.12 * whole[1]))
        if kills % 3 == 0:
            in_checkpoint += killed_while((home / "long.h5.checkpoint.new").exists, process)
        process.kill()
        assert_no_failure(process)
        if process.returncode == 0:
            assert_same(home, whole)
            (home / "long.h5").unlink()
            safe = seen = 0
            continue
        kills += 1
        assert safe_rows(home) >= safe, "a checkpoint that was there is gone"
        safe = safe_rows(home)
        rows = rows_of(home / "long.h5.partial")
        if rows is not None:
            assert rows >= max(safe, seen), "rows that were there are gone"
            seen = rows
    assert in_checkpoint > 0
    finish(home)
    assert_same(home, whole)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGUSR1])
def test_a_signal_stops_it_with_75_and_the_same_command_goes_on(by, whole, home):
    code, out, err = stop(home, by)
    assert code == 75 and out == ""
    assert "stopped at day" in err and "the same command goes on" in err
    assert not (home / "long.h5").exists()
    with h5py.File(home / "long.h5.partial") as file:
        assert file.attrs["status"] == "stopped"
    assert violations(home / "long.h5.partial")[0] == []
    assert "going on from day" in finish(home).stderr
    assert_same(home, whole)
    assert violations(home / "long.h5")[0] == []


def test_a_file_left_by_a_crash_can_be_continued_on_another_number_of_threads(whole, home):
    crash(home, "--threads", "1")
    with pytest.raises(OSError):  # HDF5 refuses it until it is repaired
        h5py.File(home / "long.h5.partial", "r+")
    assert call("run", "long.toml", "--threads", 2, cwd=home).returncode == 0
    assert_same(home, whole)
    assert violations(home / "long.h5")[0] == []


def test_the_given_time_stops_it(whole, home):
    """At first the time is up before the first step, on any machine; then there is more of it in each session."""
    done = call("run", "long.toml", "--max-walltime", "1 ms", cwd=home)
    assert done.returncode == 75
    assert "stopped at day -1 00:00" in done.stderr and "the same command goes on" in done.stderr
    seconds = 0.2
    while (done := call("run", "long.toml", "--max-walltime", f"{seconds} s", cwd=home)).returncode == 75:
        seconds *= 2
    assert done.returncode == 0, done.stderr
    assert_same(home, whole)


def test_the_given_time_stops_it_on_its_way(home):
    """Far from its end, since that is a year away; past its beginning, once the time is enough for that."""
    seconds, reached = 0.5, -86400
    while reached == -86400:
        begin = time.monotonic()
        done = call("run", "long.toml", "--set", "schedule.duration=52 weeks", "--max-walltime", f"{seconds} s", cwd=home)
        assert done.returncode == 75 and time.monotonic() - begin >= seconds
        with h5py.File(home / "long.h5.partial") as file:
            assert file.attrs["status"] == "stopped"
            reached = file.attrs["time"]
        seconds *= 2


@pytest.mark.parametrize("wrong", ["soon", "-5 s", "0 s", "3 kg"])
def test_a_wrong_time_is_refused(wrong, folder):
    assert "--max-walltime" in refused("run", "short.toml", "--max-walltime", wrong, cwd=folder)


def test_it_goes_on_after_until(whole, home):
    for day in (1, 3):
        assert call("run", "long.toml", "--until", f"day {day}", cwd=home).returncode == 0
        with h5py.File(home / "long.h5") as file:
            assert file.attrs["status"] == "stopped" and file.attrs["time"] == day * 86400
            assert file["blood/time"][-1] == day * 86400
    again = call("run", "long.toml", "--until", "day 2", cwd=home)
    assert again.returncode == 0 and "nothing to do" in again.stderr
    finish(home)
    assert_same(home, whole)


def test_a_truncated_or_bit_flipped_checkpoint_gives_way_to_the_one_before(whole, home):
    luck = random.Random(3)
    for damage in ("truncate", "flip", "flip", "empty"):
        crash(home)
        path = home / "long.h5.checkpoint"
        data = bytearray(path.read_bytes())
        if damage == "flip":
            data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        else:
            data = data[:len(data) // 2 if damage == "truncate" else 0]
        path.write_bytes(data)
        message = finish(home).stderr
        assert "checkpoint" in message and "damaged" in message and "the one before it" in message
        assert_same(home, whole)
        (home / "long.h5").unlink()


def test_without_any_whole_checkpoint_it_stops_and_changes_nothing(home):
    stop(home)
    for name in ("long.h5.checkpoint", "long.h5.checkpoint.previous"):
        data = bytearray((home / name).read_bytes())
        data[len(data) // 3] ^= 1
        (home / name).write_bytes(data)
    message = refused("run", "long.toml", cwd=home, code=1)
    assert "long.h5.checkpoint" in message and "damaged" in message and "--overwrite" in message
    assert call("run", "long.toml", "--overwrite", "--until", "day 1", cwd=home).returncode == 0


@pytest.mark.parametrize("change, told", [(("--seed", "8"), "seed is 8 here and"),
                                          (("--set", "schedule.duration=5 days"), 'schedule.duration is "5 days" here')])
def test_a_checkpoint_of_another_configuration_is_kept(change, told, home):
    stop(home)
    message = refused("run", "long.toml", *change, cwd=home)
    assert told in message
    assert "long.h5.checkpoint" in message and "another configuration" in message
    assert "-o" in message and "--overwrite" in message


def test_a_disk_full_on_the_way_leaves_a_run_that_goes_on(home):
    dense = ("--set", "output.every=1 min", "--set", "output.snapshots=[]")
    assert call("run", "long.toml", "-o", "other.h5", *dense, cwd=home).returncode == 0
    size = (home / "other.h5").stat().st_size
    failed = call("run", "long.toml", *OFTEN, *dense, cwd=home, preexec_fn=small_disk(int(0.8 * size)))
    assert failed.returncode == 1
    assert "long.h5" in failed.stderr and "free some space" in failed.stderr
    assert "safe up to day" in failed.stderr and "goes on from there" in failed.stderr
    assert not (home / "long.h5").exists()
    assert call("run", "long.toml", *dense, cwd=home).returncode == 0
    assert differing(home / "other.h5", home / "long.h5") == []
    assert sorted(listing(home)) == ["long.h5", "long.toml", "other.h5"]


def test_results_torn_apart_are_had_back_from_their_copy(whole, home):
    stop(home)
    partial = home / "long.h5.partial"
    partial.write_bytes(partial.read_bytes()[:5000])
    finish(home)
    assert_same(home, whole)


def test_results_that_are_gone_are_missed(home):
    stop(home)
    for name in ("long.h5.partial", "long.h5.checkpoint.rows"):
        (home / name).unlink()
    message = refused("run", "long.toml", cwd=home, code=1)
    assert "long.h5.partial" in message and "--overwrite" in message


def test_a_folder_that_vanishes_ends_the_run(home):
    there = home / "there"

    def attempt(_):
        there.mkdir()
        process = subprocess.Popen([str(PROGRAM), "run", "long.toml", "-o", "there/out.h5", *OFTEN], cwd=home,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment())
        wait_for((there / "out.h5.checkpoint").exists, process)
        while there.exists():  # it may put something there meanwhile
            shutil.rmtree(there, ignore_errors=True)
        _, err = process.communicate(timeout=PATIENCE)
        return (process.returncode, err) if process.returncode != 0 else None
    code, err = in_time(home, attempt)
    assert code == 1
    assert "there/out.h5" in err and "folder" in err


def test_a_second_process_leaves_the_run_of_the_first_alone(whole, home):
    def attempt(_):
        first = start(home)
        wait_for((home / "long.h5.checkpoint").exists, first)
        with held(first):
            second = call("run", "long.toml", cwd=home) if (home / "long.h5.partial").exists() else None
        first.communicate(timeout=PATIENCE)
        assert first.returncode == 0
        return second
    second = in_time(home, attempt)
    assert second.returncode == 1
    assert "long.h5: is being written by another process" in second.stderr
    assert_same(home, whole)


def test_overwriting_keeps_the_old_results_until_the_new_ones_are_whole(whole, home):
    shutil.copy(whole[0], home / "long.h5")
    before = (home / "long.h5").read_bytes()
    code, _, _ = stop(home, signal.SIGTERM, "--overwrite", "--seed", "9")
    assert code == 75
    assert (home / "long.h5").read_bytes() == before
    assert call("run", "long.toml", "--overwrite", "--seed", 9, cwd=home).returncode == 0
    assert state_hash(home / "long.h5") != state_hash(whole[0])


def test_overwriting_starts_anew_where_the_results_are_gone(whole, home):
    stop(home)
    for name in ("long.h5.partial", "long.h5.checkpoint.rows"):
        (home / name).unlink()
    done = call("run", "long.toml", "--overwrite", cwd=home)
    assert done.returncode == 0 and "starts anew" in done.stderr
    assert_same(home, whole)


def test_overwriting_runs_a_finished_run_again(home):
    assert call("run", "long.toml", "--keep-checkpoint", cwd=home).returncode == 0
    again = call("run", "long.toml", "--overwrite", cwd=home)
    assert again.returncode == 0 and "going on" not in again.stderr
    assert sorted(listing(home)) == ["long.h5", "long.toml"]


def test_overwriting_goes_on_with_a_stopped_run(whole, home):
    stop(home, signal.SIGTERM, "--overwrite")
    assert "going on from day" in call("run", "long.toml", "--overwrite", cwd=home).stderr
    assert_same(home, whole)


def test_a_checkpoint_of_another_format_is_kept_or_overwritten(whole, home):
    stop(home)
    for name in ("long.h5.checkpoint", "long.h5.checkpoint.previous"):
        reseal(home / name, lambda file: file.attrs.modify("format_version", "0.9"))
    assert "another revision of the program" in refused("run", "long.toml", cwd=home)
    assert call("run", "long.toml", "--overwrite", cwd=home).returncode == 0
    assert_same(home, whole)
