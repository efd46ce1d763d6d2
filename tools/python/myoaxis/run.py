"""One results file."""
from functools import cached_property

import numpy
import pandas

from .file import NotARun, find, is_closed, open_group, open_hdf5, with_days, with_names

FORMAT = "myoaxis run"
FORMAT_MAJOR = 3


def open_run(path, names=True):
    """Opens a results file.

    path   of the file; while its run goes on, or after a crash, PATH.partial is taken when there is no PATH
    names  codes (kinds of events, modes of sessions) as their names
    Raises FileNotFoundError, and NotARun for a file of another kind or of an unknown version.
    """
    return Run(path, names)


class Run:
    """A run: its groups are xarray Datasets (run.blood or run["blood"]), times in s with a coordinate `day`.

    path        the file that was found
    attrs       root attributes: title, seed, status, config_sha256, state_hash, ... (dict)
    groups      names of all groups
    config      the resolved configuration, as text in TOML (and config_tables as dict, from Python 3.11 on)
    outcomes    DataFrame by outcome: value, unit, meaning
    assays      names of assays to Datasets
    """

    def __init__(self, path, names=True):
        self.path = find(path)
        self._closed = is_closed(self.path)
        self._names = names
        with open_hdf5(self.path, self._closed) as file:
            self.attrs = {name: _plain(value) for name, value in file.attrs.items()}
            self._check()
            self.groups = [name for name in file if name != "assays"]
            self._assays = list(file["assays"]) if "assays" in file else []

    def _check(self):
        if self.attrs.get("format") != FORMAT:
            raise NotARun(f"{self.path}: is no results file of myoaxis (its attribute 'format' is not '{FORMAT}')")
        version = str(self.attrs.get("format_version", "none"))
        if version.split(".")[0] != str(FORMAT_MAJOR):
            raise NotARun(f"{self.path}: has format version {version}, this reader knows {FORMAT_MAJOR}.x; "
                          "use the reader that came with the program that wrote it")

    def __getitem__(self, group):
        if group not in self.groups and group.removeprefix("assays/") not in self._assays:
            raise KeyError(f"{self.path}: has no group '{group}'; there are {', '.join(self.groups)}")
        data = with_days(open_group(self.path, group, self._closed))
        return with_names(data) if self._names else data

    def __getattr__(self, name):
        if name.startswith("_") or name not in self.__dict__.get("groups", ()):
            raise AttributeError(f"a run has no '{name}'; its groups are {', '.join(self.__dict__.get('groups', ()))}")
        return self[name]

    def __dir__(self):
        return [*super().__dir__(), *self.groups]

    def __repr__(self):
        return f"<myoaxis run '{self.attrs.get('title')}', {self.attrs.get('status')}: {', '.join(self.groups)}>"

    @property
    def config(self):
        return self.attrs["config_toml"]

    @property
    def config_tables(self):
        import tomllib  # from Python 3.11 on

        return tomllib.loads(self.config)

    @cached_property
    def assays(self):
        return {name: self["assays/" + name] for name in self._assays}

    @cached_property
    def outcomes(self):
        return self["outcomes"].to_dataframe()[["value", "unit", "meaning"]]

    def agents(self, population):
        """All snapshots of `population` ("fibers", "neurons"): a row an agent, with `snapshot` and its `time` in s."""
        data = self[population]
        table = data.drop_dims("snapshot").to_dataframe()
        times = data["time"].to_numpy()
        table = table.rename(columns={"snapshot_index": "snapshot"})
        table["time"] = times[table["snapshot"].to_numpy()] if len(table) else numpy.array([])
        return table

    def snapshot(self, population, day=None):
        """The agents at the last snapshot, or at the one nearest to `day` (days since day 0)."""
        table = self.agents(population)
        times = self[population]["time"].to_numpy()
        if len(times) == 0:
            raise ValueError(f"{self.path}: has no snapshots; ask for some by [output] snapshots = [\"day 0\", \"end\"]")
        chosen = len(times) - 1 if day is None else int(abs(times / 86400.0 - day).argmin())
        return table[table["snapshot"] == chosen].reset_index(drop=True)


def _plain(value):
    return value.item() if isinstance(value, numpy.generic) else value


def outcome_table(runs):
    """A row a run, a column an outcome."""
    return pandas.DataFrame({name: run.outcomes["value"] for name, run in runs.items()}).T.rename_axis("run")
