"""The folder of a batch, as the reader gives it."""
import h5py
import myoaxis
import numpy as np
import pytest


def test_a_batch_has_its_runs_by_arm_and_subject(home):
    batch = myoaxis.open_batch(home / "study")
    assert list(batch.runs.index) == ["sedentary-1", "endurance-1", "sedentary-2", "endurance-2"]
    assert list(batch.runs.arm) == 2 * ["sedentary", "endurance"]
    assert batch.blood.bdnf.dims[0] == "run"
    one = batch.run("endurance-2")
    assert one.attrs["subject"] == 2
    assert np.array_equal(batch.blood.bdnf.sel(run="endurance-2"), one.blood.bdnf)
    assert list(batch.outcomes.arm.unique()) == ["sedentary", "endurance"]


def test_an_unknown_run_is_an_error_that_lists_them(home):
    with pytest.raises(KeyError, match="endurance-1"):
        myoaxis.open_batch(home / "study").run("endurance-9")


def test_the_index_by_itself_opens_in_xarray(home):
    import xarray
    for engine in ("h5netcdf", "netcdf4"):
        blood = xarray.open_dataset(home / "study/index.h5", group="blood", decode_times=False, engine=engine)
        runs = xarray.open_dataset(home / "study/index.h5", group="runs", engine=engine)
        with h5py.File(home / "study" / str(runs.file.values[1])) as file:
            assert np.array_equal(blood.bdnf.values[1], file["blood/bdnf"])
