"""A stand-in for a running program: writes the groups of a results file live, row by row, as the program does.

Usage: live_run.py OUT.h5 ROWS [END]. END "complete" or "stopped" closes the file as the program does; "crash"
ends the process in the middle of writing.

Each line on stdin asks for something: the first for the file, each other one for a row; each is answered by a line
once it is done. The end of stdin asks for all that is left.
"""
import contextlib
import os
import sys

import h5py
import numpy as np

DAY = 86400.0


def scale(group, name, values, **attributes):
    texts = isinstance(values, list)
    data = group.create_dataset(name, data=values, dtype=h5py.string_dtype() if texts else None)
    data.make_scale(name)
    data.attrs.update(attributes)
    return data


class Table:
    """Data sets that grow along one scale."""

    def __init__(self, group, name, dtype="f8"):
        self.group = group
        self.scale = group.create_dataset(name, (0,), dtype, maxshape=(None,), chunks=(16,))
        self.scale.make_scale(name)
        self.series = {}

    def add(self, name, dtype, scales=(), **attributes):
        shape = tuple(len(self.group[each]) for each in scales)
        data = self.group.create_dataset(name, (0, *shape), dtype, maxshape=(None, *shape), chunks=(16, *shape))
        for axis, each in enumerate([self.scale, *(self.group[each] for each in scales)]):
            data.dims[axis].attach_scale(each)
        data.attrs.update(attributes)
        self.series[name] = data

    def append(self, coordinate, **values):
        row = len(self.scale)
        for name, value in values.items():
            self.series[name].resize(row + 1, axis=0)
            self.series[name][row] = value
            self.series[name].flush()
        self.scale.resize(row + 1, axis=0)
        self.scale[row] = coordinate
        self.scale.flush()


def create(file):
    file.attrs.update({"format": "myoaxis run", "title": "A run that is watched", "status": "running", "begin": 0.0,
                       "end": 4 * DAY})
    tables = {}
    blood = file.create_group("blood")
    scale(blood, "site", ["artery", "vein"])
    tables["blood"] = Table(blood, "time")
    tables["blood"].add("bdnf", "f4", ["site"], units="pg/ml")
    tables["blood"].add("a_factor_with_a_long_name", "f4", ["site"], units="nmol/l")
    hippocampus = file.create_group("hippocampus")
    scale(hippocampus, "stage", ["quiescent_stem", "mature"])
    tables["hippocampus"] = Table(hippocampus, "time")
    tables["hippocampus"].add("cells", "f8", ["stage"], units="1")
    tables["brain"] = Table(file.create_group("brain"), "time")
    for name in ("mood", "drive", "perceived_exertion"):
        tables["brain"].add(name, "f4", units="1")
    ledger = file.create_group("ledger")
    scale(ledger, "factor", ["bdnf"])
    tables["ledger"] = Table(ledger, "time")
    for name in ("initial", "released", "injected", "cleared", "carried"):
        tables["ledger"].add(name, "i8", ["factor"], units="1")
    tables["sessions"] = Table(file.create_group("sessions"), "session", "i8")
    tables["sessions"].add("mode", "u1", flag_meanings="cycle run")
    tables["sessions"].add("done", "u1", flag_meanings="skipped done")
    for name in ("start", "intensity", "perceived_exertion"):
        tables["sessions"].add(name, "f8", units="1")
    tables["events"] = Table(file.create_group("events"), "event", "i8")
    return tables


def write_row(tables, row):
    now = row * DAY / 4
    tables["events"].append(row)
    if row % 4 == 0:
        tables["sessions"].append(row // 4, mode=1, done=row // 4 % 2, start=now - 3600, intensity=62.0,
                                  perceived_exertion=11.5)
    tables["brain"].append(now, mood=0.01 * row, drive=0.0, perceived_exertion=6.0)
    tables["hippocampus"].append(now, cells=[1000 - row, 5 * row])
    tables["ledger"].append(now, initial=[100], released=[50 + row], injected=[0], cleared=[40], carried=[110 + row])
    tables["blood"].append(now, bdnf=[10.0 + row, 0], a_factor_with_a_long_name=[np.float32(0.5), 0])


def answer(what):
    with contextlib.suppress(BrokenPipeError):  # nobody listens anymore
        print(what, flush=True)


def main():
    output, rows = sys.argv[1], int(sys.argv[2])
    end = sys.argv[3] if len(sys.argv) > 3 else "complete"
    partial = output + ".partial"
    answer("ready")
    asked = sys.stdin.readline()
    with h5py.File(partial, "w", libver=("v110", "v110")) as file:
        tables = create(file)
        file.swmr_mode = True
        answer("file")
        for row in range(1, rows + 1):
            asked = asked and sys.stdin.readline()
            write_row(tables, row)
            answer(row)
        if end == "crash":
            os.kill(os.getpid(), 9)
    with h5py.File(partial, "r+", libver=("v110", "v110")) as file:
        file.attrs.update({"status": end, "time": rows * DAY / 4})
    os.rename(partial, output)


if __name__ == "__main__":
    main()
