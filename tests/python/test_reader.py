"""The Python reader: what it gives is what h5py reads."""
import h5py
import numpy
import pytest
from conftest import start

import myoaxis


@pytest.fixture(scope="module")
def endurance(results):
    return myoaxis.open_run(results.endurance)


def test_every_group_opens_with_the_numbers_of_the_file(results, endurance):
    with h5py.File(results.endurance) as file:
        assert set(endurance.groups) == set(file) - {"assays"}
        for group in endurance.groups:
            data = myoaxis.open_run(results.endurance, names=False)[group]
            for name in data.data_vars:
                stored = file[group][name]
                assert data[name].shape == stored.shape
                if stored.dtype.kind in "fiu":
                    assert numpy.array_equal(data[name], stored[()], equal_nan=True)


def test_times_have_days_beside_them(endurance):
    blood = endurance.blood
    assert numpy.allclose(blood.day * 86400, blood.time)
    assert blood.day.attrs["units"] == "d"
    assert blood.bdnf.attrs["units"] == "pg/ml"
    assert float(blood.day[-1]) == 2


def test_codes_read_as_names_or_as_they_are(results, endurance):
    assert set(endurance.events.kind.to_numpy()) <= {"birth", "death", "transition", "gliogenesis"}
    assert myoaxis.open_run(results.endurance, names=False).events.kind.dtype == numpy.uint8
    assert list(endurance.sessions.mode.to_numpy()) == ["run"] * endurance.sessions.sizes["session"]


def test_outcomes_are_a_table(results, endurance):
    with h5py.File(results.endurance) as file:
        names = [name.decode() for name in file["outcomes/outcome"]]
        assert list(endurance.outcomes.index) == names
        assert numpy.array_equal(endurance.outcomes.value, file["outcomes/value"], equal_nan=True)
    assert endurance.outcomes.loc["exercise_time", "unit"] == "h"


def test_agents_have_the_time_of_their_snapshot(results, endurance):
    with h5py.File(results.endurance) as file:
        counts, times = file["neurons/agents"][:], file["neurons/time"][:]
    table = endurance.agents("neurons")
    assert list(table.groupby("time").size()) == list(counts)
    assert list(table.groupby("time").groups) == list(times)
    assert len(endurance.snapshot("neurons")) == counts[-1]
    assert len(endurance.snapshot("neurons", day=0.2)) == counts[0]


def test_the_run_tells_about_itself(endurance):
    assert endurance.attrs["status"] == "complete" and endurance.attrs["seed"] == 1
    assert "Endurance" in repr(endurance) and "blood" in dir(endurance)
    assert endurance.config.startswith("factor") or "[organism]" in endurance.config


def test_a_run_under_way_and_one_left_by_a_crash_are_read(results, tmp_path):
    crashed = myoaxis.open_run(results.crashed)
    assert crashed.path.name == "live.h5.partial" and crashed.attrs["status"] == "running"
    assert crashed.brain.sizes["time"] > 0
    process = start(tmp_path, "sedentary", "slow.h5", "--set", "schedule.duration=400 days")
    try:
        rows = 0
        while rows < 8 and process.poll() is None:
            try:
                rows = myoaxis.open_run(tmp_path / "slow.h5").blood.sizes["time"]
            except (OSError, FileNotFoundError):  # not there yet, or not yet live
                continue
        assert rows >= 8
        assert process.poll() is None
    finally:
        process.kill()
        process.communicate()


def test_what_is_no_run_is_refused_with_the_reason(results, tmp_path):
    with pytest.raises(FileNotFoundError, match="no such file"):
        myoaxis.open_run(tmp_path / "missing.h5")
    (tmp_path / "notes.h5").write_text("dear notes")
    with pytest.raises(myoaxis.NotARun, match="no HDF5 file"):
        myoaxis.open_run(tmp_path / "notes.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = [1.0]
    with pytest.raises(myoaxis.NotARun, match="format"):
        myoaxis.open_run(tmp_path / "other.h5")
    (tmp_path / "next.h5").write_bytes(results.sedentary.read_bytes())
    with h5py.File(tmp_path / "next.h5", "r+") as file:
        file.attrs["format_version"] = "4.0"
    with pytest.raises(myoaxis.NotARun, match="4.0"):
        myoaxis.open_run(tmp_path / "next.h5")
    with pytest.raises(KeyError, match="no group 'lungs'"):
        myoaxis.open_run(results.sedentary)["lungs"]
    with pytest.raises(AttributeError, match="no 'lungs'"):
        _ = myoaxis.open_run(results.sedentary).lungs


def test_a_batch_stands_side_by_side(results):
    batch = myoaxis.open_batch([results.endurance, results.sedentary])
    cells = batch.hippocampus.cells
    assert cells.dims[0] == "run" and list(cells.run.to_numpy()) == ["endurance-1", "sedentary-1"]
    assert list(batch.blood.seed.to_numpy()) == [1, 2]
    longer = cells.sel(run="endurance-1")
    assert numpy.array_equal(longer, myoaxis.open_run(results.endurance).hippocampus.cells)
    assert numpy.isnan(cells.sel(run="sedentary-1")[-1]).all()
    assert batch.outcomes.loc["endurance-1", "sessions_planned"] > batch.outcomes.loc["sedentary-1", "sessions_planned"]
    with pytest.raises(KeyError, match="rows of its own"):
        _ = batch["events"]


def test_a_folder_is_a_batch(results, tmp_path):
    assert set(myoaxis.open_batch(results.folder).runs) == {"endurance-1", "sedentary-1"}
    with pytest.raises(FileNotFoundError, match="no results files"):
        myoaxis.open_batch(tmp_path)
