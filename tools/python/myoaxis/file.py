"""Opening a results file, were it finished, being written, or left by a crash."""
from pathlib import Path

import h5netcdf
import h5py
import xarray

SECONDS_A_DAY = 86400.0


class NotARun(ValueError):
    """A file that is no results file of a version that this reader knows."""


def find(path):
    """The file at `path`, or, while a run goes on, PATH.partial. Raises FileNotFoundError."""
    path = Path(path)
    partial = path.with_name(path.name + ".partial")
    for candidate in (path, partial):
        if candidate.is_file():
            return candidate
    raise FileNotFoundError(f"{path}: there is no such file, and no {partial.name} of a run under way")


def is_closed(path):
    """Whether nobody writes the file, and nobody was writing it when a crash came."""
    try:
        with h5py.File(path, "r"):
            return True
    except BlockingIOError:
        return False
    except OSError as error:
        if "file signature not found" in str(error):
            raise NotARun(f"{path}: is no HDF5 file") from error
        return False


def open_hdf5(path, closed):
    return h5py.File(path, "r") if closed else h5py.File(path, "r", libver="latest", swmr=True)


def open_group(path, group, closed):
    """The group as an xarray Dataset; lazy when the file is closed, loaded when it is still being written."""
    if closed:
        return xarray.open_dataset(path, group=group, engine="h5netcdf", decode_times=False)
    with h5netcdf.File(path, "r", libver="latest", swmr=True) as file:
        store = xarray.backends.H5NetCDFStore(file, group=group)
        with xarray.open_dataset(store, decode_times=False) as data:
            return data.load()


def with_days(data):
    """Adds the coordinate `day` (days since day 0, 00:00) along `time`, where there is one."""
    if "time" not in data.dims or data["time"].attrs.get("units") != "s":
        return data
    day = (data["time"] / SECONDS_A_DAY).assign_attrs(units="d", long_name="days since day 0, 00:00")
    return data.assign_coords(day=day)


def with_names(data):
    """Codes (`flag_values`, `flag_meanings`) as the names that they stand for."""
    named = {}
    for name, codes in data.data_vars.items():
        meanings = codes.attrs.get("flag_meanings")
        if meanings is None:
            continue
        words = dict(zip(map(int, codes.attrs["flag_values"]), meanings.split()))
        texts = xarray.apply_ufunc(lambda code, words=words: words.get(int(code), str(code)), codes.load(),
                                   vectorize=True, output_dtypes=[object])
        named[name] = texts.assign_attrs(long_name=codes.attrs.get("long_name", name))
    return data.assign(named)
