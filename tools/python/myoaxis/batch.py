"""Several results files as one."""
from pathlib import Path

import pandas
import xarray

from .run import open_run, outcome_table


def open_batch(paths, names=True):
    """Opens the runs `paths` (files), or all results files of one folder, in alphabetical order."""
    if isinstance(paths, (str, Path)) and Path(paths).is_dir():
        paths = sorted(Path(paths).glob("*.h5"))
    elif isinstance(paths, (str, Path)):
        paths = [paths]
    if not paths:
        raise FileNotFoundError("there are no results files (*.h5)")
    return Batch({_name(path): open_run(path, names) for path in paths})


class Batch:
    """Runs side by side: batch.blood is one Dataset with a dimension `run` before the others.

    The coordinates title, seed and subject say which run is which. Times that only some runs have are there for all,
    filled with NaN. Groups with rows of their own (events, agents) are not joined: take batch.runs["a"].events.

    runs       names of files (without .h5) to runs
    outcomes   DataFrame: a row a run, a column an outcome
    """

    def __init__(self, runs):
        self.runs = runs

    def __getitem__(self, group):
        parts = {name: run[group].load() for name, run in self.runs.items()}
        for name, part in parts.items():
            if not set(part.dims) & {"time", "outcome", "factor"}:
                raise KeyError(f"'{group}' has rows of its own in each run; take batch.runs['{name}']['{group}']")
        joined = xarray.concat([part.drop_vars("day", errors="ignore") for part in parts.values()],
                               dim=pandas.Index(list(parts), name="run"), join="outer", combine_attrs="drop_conflicts")
        labels = {key: ("run", [run.attrs.get(key) for run in self.runs.values()])
                  for key in ("title", "seed", "subject")}
        return joined.assign_coords(labels)

    def __getattr__(self, name):
        runs = self.__dict__.get("runs", {})
        if name.startswith("_") or not any(name in run.groups for run in runs.values()):
            raise AttributeError(f"a batch has no '{name}'")
        return self[name]

    def __len__(self):
        return len(self.runs)

    @property
    def outcomes(self):
        table = outcome_table(self.runs)
        for key in ("seed", "title"):
            table.insert(0, key, [run.attrs.get(key) for run in self.runs.values()])
        return table


def _name(path):
    return Path(path).name.removesuffix(".partial").removesuffix(".h5")
