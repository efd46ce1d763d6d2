"""Files that are being written, or that a crash left behind: they open like finished ones.

The writer is a program of its own that writes a finished file once more, a few rows at a time, as myoaxis does.
"""
import h5py
import myoaxis
import numpy as np
import pandas as pd
import pytest
import xarray
from conftest import Replay


@pytest.fixture
def replay(mine, tmp_path):
    """Starts a program that writes mine.h5 once more; killed at the end, if it still goes on."""
    started = []

    def start(source=mine):
        started.append(Replay(source, tmp_path / "out.h5"))
        return started[-1], tmp_path / "out.h5"

    yield start
    for writer in started:
        writer.kill()


def rows_of(run):
    return run.blood.sizes["time"]


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
    writer, path = replay(whole.path)
    run = myoaxis.open_run(path)
    assert run.path.name == "out.h5.partial" and run.unfinished and run.status == "running"
    seen = []
    for _ in range(6):
        seen.append(rows_of(run))
        assert_begins_like(run, whole, groups=("blood", "events"))
        writer.write(steps=3.5)  # time before the rest, and all of it
        run.refresh()
    assert writer.finish() == 0
    assert seen == sorted(set(seen)) and seen[0] == 0
    run.refresh()
    assert (run.path.name, run.unfinished, run.status, rows_of(run)) == ("out.h5", False, "complete", rows_of(whole))
    assert_begins_like(run, whole)


def test_a_run_that_ends_while_it_is_read_stays_readable(replay):
    writer, path = replay()
    writer.write(steps=1)
    run = myoaxis.open_run(path)
    assert writer.finish() == 0 and not run.path.exists()
    assert rows_of(run) > 0 and len(run.outcomes) > 0


def test_columns_of_a_table_end_together(replay):
    writer, path = replay()
    run = myoaxis.open_run(path)
    writer.write(steps=1.5)  # time goes ahead of the other columns
    with h5py.File(run.path, libver="latest", swmr=True) as file:
        assert len(file["brain/time"]) == 1 and len(file["brain/mood"]) == 0
    run.refresh()
    assert run.brain.sizes["time"] == 0 and run.brain.day.shape == (0,)
    assert run.neurons.empty and list(run.neurons.columns[:3]) == ["snapshot", "time", "day"]
    with pytest.raises(ValueError, match="has no snapshots"):
        run.snapshot("neurons")


def test_a_crashed_file_opens_with_all_rows_that_were_written(replay, mine):
    writer, path = replay()
    run = myoaxis.open_run(path)
    writer.write(steps=10.5)
    writer.kill()
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
    _, path = replay()
    path.write_bytes(mine.read_bytes())
    assert myoaxis.open_run(path).path == path
    assert list(myoaxis.open_batch(path.parent).runs.status) == ["complete"]


def test_a_file_that_is_only_begun_is_told_apart(tmp_path):
    (tmp_path / "out.h5.partial").write_bytes(b"")
    with pytest.raises(myoaxis.ReadError, match="out.h5.partial: cannot be read .* goes on from its checkpoint"):
        myoaxis.open_run(tmp_path / "out.h5")
