"""Many runs as one: their groups with a dimension `run`, their tables one below another."""
import os
from pathlib import Path

import numpy
import pandas
import xarray

from myoaxis import _file, _frames
from myoaxis._run import ASSAYS, Members, Run

# Attributes of a file that tell runs apart; a batch of arms writes `arm`.
LABELS = ("title", "arm", "seed", "subject")
# What `myoaxis batch` writes beside its runs, and the code of those that are complete.
INDEX = "index.h5"
COMPLETE = 1


def open_batch(paths, names=False):
    """Opens the results of several runs.

    paths: files, or a folder: then all finished results in it, OUT.h5, but no files of other kinds; of the folder of a
    `myoaxis batch` those that its index lists as complete, named ARM-SUBJECT, and ARM-SUBJECT-POINT in a scan.
    names: as in open_run.
    Raises what open_run raises; ValueError when there is no run, or one is given twice.
    """
    if isinstance(paths, (str, os.PathLike)) and (Path(paths) / INDEX).is_file():
        listed = listed_runs(Path(paths) / INDEX)
        return Batch([Run(path, names) for path in listed.path], names, list(listed.index), list(listed.arm))
    return Batch([Run(path, names) for path in files_of(paths)], names)


def listed_runs(index):
    """The complete runs of a batch: arm and path, by the name of each."""
    with _file.hdf5(index) as file:
        runs = file["runs"]
        complete = [number for number, status in enumerate(runs["status"][()]) if status == COMPLETE]
        arms, files = (runs[name].asstr()[()] for name in ("arm", "file"))
        subjects, points = runs["subject"][()], runs["point"][()]
    names = [f"{arms[i]}-{subjects[i]}" + (f"-{points[i]}" if points.any() else "") for i in complete]
    return pandas.DataFrame({"arm": arms[complete], "path": [index.parent / files[i] for i in complete]}, index=names)


def files_of(paths):
    if not isinstance(paths, (str, os.PathLike)):
        return [Path(path) for path in paths]
    folder = Path(paths)
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: is no folder; open_run opens a single file, open_batch a list of files")
    return [path for path in sorted(folder.glob("*.h5")) if is_run(path)]


def is_run(path):
    with _file.hdf5(path) as file:
        return file.attrs.get("format") == _file.FORMAT


class Batch(_frames.NamesAsAttributes):
    """Several runs. `batch.NAME` or `batch["NAME"]` is a group of all of them, read whole when it is asked for:

    - blood, muscle, sessions, ...: a Dataset with a first dimension `run` and coordinates title, arm (where the files
      name one), seed and subject along it. Runs of different length, or with other factors, are aligned by their
      coordinates: what a run does not have is NaN, and whole numbers become floating-point ones where that happens.
    - outcomes: a DataFrame, a row an outcome of a run: run, title, seed, subject, outcome, value, unit, meaning
    - fibers, neurons, events: a DataFrame with the rows of all runs, and the same columns before them
    - assays: a mapping from an assay's name to its Dataset

    run(name): one of them, as open_run gives it. runs: a DataFrame, a row a run: title, arm, seed, subject, status, path. groups: names of the groups that any run has.
    """

    def __init__(self, runs, names=False, run_names=None, arms=None):
        if not runs:
            raise ValueError("no results of myoaxis to open")
        self._members = dict(zip(run_names or labels_of([run.path for run in runs]), runs))
        self._names = names
        self._opened = {}
        self.groups = tuple(dict.fromkeys(group for run in runs for group in run.groups))
        table = pandas.DataFrame({name: [run.attrs.get(name) for run in runs] for name in (*LABELS, "status")},
                                 index=pandas.Index(self._members, name="run"))
        if arms:
            table["arm"] = arms
        self.runs = table.dropna(axis="columns", how="all").assign(path=[str(run.path) for run in runs])

    @property
    def assays(self):
        """Datasets of the assays by their names; each is read when it is asked for."""
        return Members(self, [name for name in self.groups if name.startswith(ASSAYS)])

    def __getitem__(self, group):
        if group not in self.groups:
            raise KeyError(f"no run has a group {group!r}; there are: {', '.join(self.groups)}")
        if group not in self._opened:
            parts = {label: run.load(group) for label, run in self._members.items() if group in run.groups}
            join = stacked if _frames.is_table(next(iter(parts.values()))) else self._aligned
            labels = self.runs.drop(columns=["status", "path"])
            self._opened[group] = join(parts, labels.loc[list(parts)], group)
        return self._opened[group]

    def _aligned(self, parts, labels, group):
        if self._names:
            parts = {label: _frames.with_names(data) for label, data in parts.items()}
        expect_same_meaning(parts, group)
        together = xarray.concat(with_the_same_variables(list(parts.values())), pandas.Index(parts, name="run"),
                                 data_vars="all", combine_attrs="override")
        return _frames.with_day(together.assign_coords({name: ("run", labels[name].to_numpy()) for name in labels}))

    def run(self, name):
        """One of the runs, by its name."""
        if name not in self._members:
            raise KeyError(f"no run {name!r}; there are: {', '.join(self._members)}")
        return self._members[name]

    def __len__(self):
        return len(self._members)

    def __repr__(self):
        return f"<myoaxis batch of {len(self)} runs; groups: {', '.join(self.groups)}>\n{self.runs}"


def labels_of(paths):
    """Short names of the files, without their endings; whole paths where short names are not enough."""
    short = [path.name.removesuffix(_file.UNFINISHED).removesuffix(".h5") for path in paths]
    labels = short if len(set(short)) == len(short) else [str(path) for path in paths]
    twice = {label for label in labels if labels.count(label) > 1}
    if twice:
        raise ValueError(f"given twice: {', '.join(sorted(twice))}")
    return labels


def stacked(parts, labels, _group):
    """Tables of all runs one below another, each row with the labels of its run."""
    tables = [_frames.as_table(data) for data in parts.values()]
    units = {name: unit for table in tables for name, unit in table.attrs["units"].items()}
    for table in tables:
        table.attrs = {}
    together = pandas.concat([table.reset_index() for table in tables], keys=parts, names=["run"]).droplevel(1).reset_index()
    together = labels.reset_index().merge(together.drop(columns="agent", errors="ignore"), on="run")
    together.attrs["units"] = units
    return together


def expect_same_meaning(parts, group):
    """ValueError where numbers of the runs cannot be compared: in other units, or codes of another meaning."""
    for attribute, cure in (("units", "open them apart"), ("flag_meanings", "open them with names=True")):
        seen = {}
        for label, data in parts.items():
            for name, one in data.variables.items():
                if attribute in one.attrs:
                    first, text = seen.setdefault(name, (label, one.attrs[attribute]))
                    if text != one.attrs[attribute]:
                        raise ValueError(f"{attribute} of /{group}/{name}: {text!r} in {first}, {one.attrs[attribute]!r} in {label} ({cure})")


def with_the_same_variables(datasets):
    """The Datasets over the union of their coordinates, each with all variables that any of them has."""
    aligned = xarray.align(*(data.drop_vars("day", errors="ignore") for data in datasets), join="outer")
    every = {name: one for data in reversed(aligned) for name, one in data.data_vars.items()}
    return [data.assign({name: xarray.full_like(one, numpy.nan, dtype=float if one.dtype.kind in "iuf" else object)
                         for name, one in every.items() if name not in data})[list(every)]
            for data in aligned]
