"""Files that are being written, or that a crash left behind: they open like finished ones.

The writer is a program of its own that writes a finished file once more, a few rows at a time, as myoaxis does.
"""
import subprocess
import sys
import time
from pathlib import Path

import h5py
import myoaxis
import numpy as np
import pandas as pd
import pytest
import xarray

REPLAY = Path(__file__).with_name("replay.py")


@pytest.fixture
def replay(mine, tmp_path):
    """Starts a program that writes mine.h5 once more; killed at the end, if it still goes on."""
    started = []

    def start(pause, source=mine):
        process = subprocess.Popen([sys.executable, "-B", str(REPLAY), str(source), str(tmp_path / "out.h5"), str(pause)],
                                   stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout.readline() == "live\n"
        return process, tmp_path / "out.h5"

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


def rows_of(run):
    return run.blood.sizes["time"]


def wait_for_rows(run, number):
    end = time.monotonic() + 60
    while rows_of(run) < number and time.monotonic() < end:
        time.sleep(0.01)
        run.refresh()
    assert rows_of(run) >= number


def assert_begins_like(run, whole, groups=()):
    """Every group of the run is the beginning of what it is in the whole file, without a gap."""
    assert run.groups == whole.groups
    for group in groups or run.groups:
        part, all_of_it = run.load(group), whole.load(group)
        assert part.drop_vars("day", errors="ignore").attrs == all_of_it.attrs and set(part.variables) == set(all_of_it.variables)
        beginning = all_of_it.isel({dim: slice(size) for dim, size in part.sizes.items()})
        xarray.testing.assert_identical(part, beginning)


def test_a_growing_file_is_followed_to_its_end(replay, home):
    # Of the large file, so that there is something to see.
    whole = myoaxis.open_run(home / "results/endurance-1.h5")
    process, path = replay(0.15, whole.path)
    run = myoaxis.open_run(path)
    assert run.path.name == "out.h5.partial" and run.unfinished and run.status == "running"
    seen = []
    while run.unfinished and process.poll() is None:
        seen.append(rows_of(run))
        assert_begins_like(run, whole, groups=("blood", "events"))
        run.refresh()
    assert process.wait(60) == 0
    assert seen == sorted(seen) and len(set(seen)) > 3 and seen[-1] > seen[0]
    run.refresh()
    assert (run.path.name, run.unfinished, run.status, rows_of(run)) == ("out.h5", False, "complete", rows_of(whole))
    assert_begins_like(run, whole)


def test_a_run_that_ends_while_it_is_read_stays_readable(replay):
    process, path = replay(0)
    run = myoaxis.open_run(path)
    assert process.wait(60) == 0 and not run.path.exists()
    assert rows_of(run) > 0 and len(run.outcomes) > 0


def test_columns_of_a_table_end_together(replay):
    _, path = replay(2)  # time goes ahead of the other columns
    run = myoaxis.open_run(path)
    with h5py.File(run.path, libver="latest", swmr=True) as file:
        end = time.monotonic() + 30
        while len(file["brain/time"]) == 0 and time.monotonic() < end:
            file["brain/time"].refresh()
        assert len(file["brain/time"]) == 1 and len(file["brain/mood"]) == 0
    run.refresh()
    assert run.brain.sizes["time"] == 0 and run.brain.day.shape == (0,)
    assert run.neurons.empty and list(run.neurons.columns[:3]) == ["snapshot", "time", "day"]
    with pytest.raises(ValueError, match="has no snapshots"):
        run.snapshot("neurons")


def test_a_crashed_file_opens_with_all_rows_that_were_written(replay, mine):
    process, path = replay(0.2)
    run = myoaxis.open_run(path)
    wait_for_rows(run, 4)
    process.kill()
    process.wait()
    with pytest.raises(OSError, match="already open for write"):
        h5py.File(run.path)  # the usual way: refused until the file is repaired
    with pytest.raises(OSError, match="already open for write"):
        xarray.open_dataset(run.path, group="blood", engine="h5netcdf")
    crashed, whole = myoaxis.open_run(path), myoaxis.open_run(mine)
    assert crashed.unfinished and crashed.status == "running" and rows_of(crashed) >= 4
    assert_begins_like(crashed, whole)
    assert crashed.config == whole.config and crashed.outcomes.index.equals(whole.outcomes.index)
    pd.testing.assert_frame_equal(crashed.neurons, whole.neurons[:len(crashed.neurons)])
    assert np.isfinite(crashed.blood.il6).all()
    assert myoaxis.open_run(crashed.path).attrs == crashed.attrs
    batch = myoaxis.open_batch([crashed.path, mine])
    assert list(batch.runs.status) == ["running", "complete"]
    assert batch.blood.il6.sel(run="out").isnull().any() and not batch.blood.il6.sel(run="mine").isnull().any()


def test_a_finished_file_goes_before_an_unfinished_one_of_its_name(replay, mine):
    _, path = replay(1)
    path.write_bytes(mine.read_bytes())
    assert myoaxis.open_run(path).path == path
    assert list(myoaxis.open_batch(path.parent).runs.status) == ["complete"]


def test_a_file_that_is_only_begun_is_told_apart(tmp_path):
    (tmp_path / "out.h5.partial").write_bytes(b"")
    with pytest.raises(myoaxis.ReadError, match="out.h5.partial: cannot be read .* goes on from its checkpoint"):
        myoaxis.open_run(tmp_path / "out.h5")
