"""One run: its results file as data sets, tables and what it says of itself."""
from collections.abc import Mapping
from pathlib import Path

import xarray

from myoaxis import _file, _frames

ASSAYS = "assays/"


def open_run(path, names=False):
    """Opens the results of one run; while it goes on, or after a crash, what there is of it.

    path: OUT.h5; where only OUT.h5.partial is there, that is opened.
    names: whether data sets have names in place of codes ("skipped", "done" for 0, 1). Tables always have.
    Raises FileNotFoundError, IsADirectoryError, or ReadError for a file of another kind, version or a damaged one.
    """
    return Run(path, names)


class Run(_frames.NamesAsAttributes):
    """One results file. `run.NAME` or `run["NAME"]` is a group of it, read when it is asked for:

    - blood, ledger, muscle, hippocampus, brain, sessions, ...: an xarray Dataset, with dimension `time` (numbers, in
      s since day 0, 00:00) and coordinate `day` (the same in days); a finished file is read lazily, variable by variable
    - outcomes: a DataFrame, a row an outcome, with value, unit and meaning
    - fibers, neurons, events: a DataFrame, a row an agent of a snapshot or an event, with its time (s) and day
    - assays: a mapping from an assay's name to its Dataset

    attrs: the attributes of the file (title, seed, subject, state_hash, ...); config: the configuration, as a dictionary.
    path: the file that was opened; unfinished: whether it was being written, or left by a crash, when it was.
    """

    def __init__(self, path, names=False):
        self._asked = path
        self._names = names
        self._opened = {}
        self.refresh()

    def refresh(self):
        """Looks at the file again: for rows that a running program has added, or for its end."""
        self.close()
        with _file.hdf5(self._asked) as file:
            self.path = Path(file.filename)
            self.attrs = _file.root_attributes(file)
            self.groups = tuple(_file.group_names(file))
        self.unfinished = _file.is_unfinished(self.path, self.attrs)

    def close(self):
        """Closes the file; data read so far stay."""
        for data in self._opened.values():
            if isinstance(data, xarray.Dataset):
                data.close()
        self._opened.clear()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    @property
    def status(self):
        """ "running", "complete" or "stopped"; a run that was killed stays "running" until it is resumed."""
        return self.attrs["status"]

    @property
    def config(self):
        """The resolved configuration as nested dictionaries; where Python has no TOML reader, as text."""
        try:
            import tomllib as toml  # noqa: PLC0415  (Python 3.11 and later)
        except ImportError:
            try:
                import tomli as toml  # noqa: PLC0415
            except ImportError:
                return self.attrs["config_toml"]
        return toml.loads(self.attrs["config_toml"])

    @property
    def assays(self):
        """Datasets of the assays by their names; each is read when it is asked for."""
        return Members(self, [name for name in self.groups if name.startswith(ASSAYS)])

    def snapshot(self, group, *, day=None, time=None):
        """One snapshot of a population as a DataFrame, a row an agent, without reading the others.

        group: "fibers", "neurons", ...; day (d) or time (s): when it was taken; the last one where neither is given.
        """
        data = self._dataset(group)
        if "snapshot_index" not in data:
            raise ValueError(f"{self.path}: /{group} has no snapshots")
        wanted = day * _frames.SECONDS_PER_DAY if day is not None else time
        number = _frames.number_of_snapshot(data.time.values, wanted, f"{self.path}: /{group}")
        rows = (data.snapshot_index.values == number).nonzero()[0]
        some = slice(rows[0], rows[-1] + 1) if len(rows) else slice(0)
        return _frames.as_table(data.isel(agent=some))

    def load(self, group):
        """A Dataset in memory, whatever the kind of its group."""
        if self.unfinished:
            with _file.hdf5(self._asked) as file:
                return _frames.with_day(_file.read_live_group(file[group]))
        with _file.open_group(self.path, group) as data:
            return _frames.with_day(data.load())

    def _dataset(self, group):
        if group not in self.groups:
            raise KeyError(f"{self.path}: has no group {group!r}; there are: {', '.join(self.groups)}")
        key = ("dataset", group)
        if key not in self._opened:
            lazy = not self.unfinished
            self._opened[key] = _frames.with_day(_file.open_group(self.path, group)) if lazy else self.load(group)
        return self._opened[key]

    def __getitem__(self, group):
        data = self._dataset(group)
        key = ("view", group)
        if key not in self._opened:
            if _frames.is_table(data):
                self._opened[key] = _frames.as_table(data)
            else:
                self._opened[key] = _frames.with_names(data) if self._names else data
        return self._opened[key]

    def __repr__(self):
        about = ", ".join(f"{name} {self.attrs.get(name)}" for name in ("seed", "subject", "status"))
        return f"<myoaxis run {self.path}: {self.attrs.get('title')!r}, {about}; groups: {', '.join(self.groups)}>"


class Members(_frames.NamesAsAttributes, Mapping):
    """A mapping from short names to groups of a run or a batch, which are attributes, too."""

    def __init__(self, owner, groups):
        self._owner = owner
        self._groups = {name.split("/", 1)[1]: name for name in groups}
        self.groups = tuple(self._groups)

    def __getitem__(self, name):
        return self._owner[self._groups[name]]

    def __repr__(self):
        return f"<{', '.join(self.groups)}>"

    def __iter__(self):
        return iter(self._groups)

    def __len__(self):
        return len(self._groups)
