"""Opening results files: which file is meant, whether it is one, and how, finished or not."""
import time
from contextlib import contextmanager
from pathlib import Path

import h5py
import xarray

FORMAT = "myoaxis run"
# First numbers of the `format_version` that this reader understands; a second number only adds things.
KNOWN_VERSIONS = (2, 3)
UNFINISHED = ".partial"
# What the dimension-scale interface of HDF5 keeps for itself.
SCALE_ATTRIBUTES = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "DIMENSION_LABELS"}
# For a moment when it begins and when it ends, a writing program lets nobody in.
SECONDS_OF_PATIENCE = (0.05, 0.2, 0.5, 1.0)


class ReadError(ValueError):
    """A file that is no results file, or not one that this reader understands."""


def existing(path):
    """The file at this path or, as long as its run goes on, the unfinished one beside it."""
    path = Path(path)
    unfinished = path.with_name(path.name + UNFINISHED)
    if path.is_dir():
        raise IsADirectoryError(f"{path}: is a folder; open_batch opens all results in it")
    if path.exists():
        return path
    if unfinished.is_file():
        return unfinished
    raise FileNotFoundError(f"{path}: no such file, and no {unfinished.name} of a run that goes on")


@contextmanager
def hdf5(asked):
    """The open file at this path, be it finished, being written, or left by a crash. ReadError when it cannot be read."""
    path = existing(asked)
    try:
        with patiently_opened(asked) as file:
            yield file
    except (FileNotFoundError, PermissionError):
        raise
    except (OSError, KeyError, RuntimeError) as error:
        if not is_partial(path) and not h5py.is_hdf5(path):
            raise ReadError(f"{path}: is no HDF5 file, hence no results of myoaxis") from error
        raise ReadError(f"{path}: cannot be read ({error}); where a crash left it so, the command that wrote it, given "
                        "again, goes on from its checkpoint and mends it") from error


def patiently_opened(asked):
    for wait in SECONDS_OF_PATIENCE:
        path = existing(asked)  # again each time: when its run ends, the file takes its final name
        if not is_partial(path):
            break
        try:
            return live(path)
        except OSError:
            time.sleep(wait)
    if is_partial(path):
        return h5py.File(path, "r", locking=False)
    try:
        return h5py.File(path, "r")
    except OSError:
        return live(path)


def live(path):
    """Reads while another program writes (SWMR), without a lock, so as never to get in that program's way."""
    return h5py.File(path, "r", libver="latest", swmr=True, locking=False)


def is_partial(path):
    return path.name.endswith(UNFINISHED)


def root_attributes(file):
    """What the file says of itself, as Python's own numbers and texts. ReadError when it is no run's."""
    attributes = {name: plain(value) for name, value in file.attrs.items()}
    kind, version = attributes.get("format"), str(attributes.get("format_version", ""))
    if kind != FORMAT:
        what = f"a {kind!r} file" if kind else "an HDF5 file of another program"
        raise ReadError(f"{file.filename}: is {what}, not {FORMAT!r}; xarray.open_dataset(path, group=...) may open it")
    if version.split(".")[0] not in map(str, KNOWN_VERSIONS):
        known = " and ".join(f"{number}.x" for number in KNOWN_VERSIONS)
        raise ReadError(f"{file.filename}: has format version {version or 'none'}, this reader knows {known}; "
                        "take the reader that came with the program that wrote it")
    return attributes


def is_unfinished(path, attributes):
    """Whether more may come: such a file can only be read live."""
    return is_partial(path) or attributes["status"] == "running"


def plain(value):
    return value.item() if hasattr(value, "item") and value.size == 1 else value


def group_names(group, prefix=""):
    """Paths of all groups that hold data sets: blood, ..., assays/NAME."""
    names = []
    for name, member in group.items():
        if isinstance(member, h5py.Group):
            if any(isinstance(inside, h5py.Dataset) for inside in member.values()):
                names.append(prefix + name)
            names += group_names(member, f"{prefix}{name}/")
    return names


def open_group(path, name):
    """A group of a finished file as a lazy Dataset. Times stay numbers, in the unit that they have."""
    return xarray.open_dataset(path, group=name, engine="h5netcdf", decode_times=False)


def read_live_group(group):
    """A group of a file that may grow under our hands, as a Dataset in memory.

    xarray itself cannot open such files. Columns of a table may be a few rows apart: all end with the shortest.
    """
    dims = {name: dimensions(data) for name, data in group.items() if isinstance(data, h5py.Dataset)}
    rows = {}
    for name, of_data in dims.items():
        for dim, length in zip(of_data, group[name].shape):
            rows[dim] = min(length, rows.get(dim, length))
    return xarray.Dataset({name: (of_data, values(group[name])[tuple(slice(rows[dim]) for dim in of_data)], attributes(group[name]))
                           for name, of_data in dims.items()}, attrs=attributes(group))


def dimensions(data):
    """Names of the dimensions of a data set; those of a scale are its own."""
    if h5py.h5ds.is_scale(data.id):
        return (data.name.rsplit("/", 1)[-1],)
    return tuple(dim[0].name.rsplit("/", 1)[-1] for dim in data.dims)


def values(data):
    return data.asstr() if h5py.check_string_dtype(data.dtype) else data


def attributes(thing):
    return {name: plain(value) for name, value in thing.attrs.items() if name not in SCALE_ATTRIBUTES}
