"""Writes a finished results file once more, as the program does: OUT.h5.partial under SWMR, in steps, then OUT.h5.

usage: replay.py FINISHED.h5 OUT.h5

Each of 24 steps adds as many rows to each table. Says "live" when others may read, and then waits: each line on stdin
asks for half a step, and is answered by a line once it is done. In the first half times get their new rows, in the
second one all other columns. The end of stdin asks for all that is left.
"""
import contextlib
import shutil
import sys
from pathlib import Path

import h5py

STEPS = 24


def growing(file):
    found = []
    file.visititems(lambda _, data: found.append(data) if isinstance(data, h5py.Dataset) and None in data.maxshape else None)
    return found


def is_time(data):
    return data.name.endswith("/time")


def answer(what):
    with contextlib.suppress(BrokenPipeError):  # nobody listens anymore
        print(what, flush=True)


def main(finished, output):
    partial = output.with_name(output.name + ".partial")
    shutil.copy(finished, partial)
    with h5py.File(partial, "r+", libver="latest") as file:
        file.attrs["status"] = "running"
        columns = [(data, data[()]) for data in growing(file)]
        for data, _ in columns:
            data.resize(0, axis=0)
        file.swmr_mode = True
        answer("live")
        asked = True
        for half in range(2 * STEPS):
            asked = asked and sys.stdin.readline()
            for data, rows in columns:
                if is_time(data) != (half % 2 == 0):
                    continue
                begin, end = data.shape[0], len(rows) * (half // 2 + 1) // STEPS
                data.resize(end, axis=0)
                data[begin:end] = rows[begin:end]
                data.flush()
            answer(half)
    with h5py.File(partial, "r+", libver="latest") as file:
        file.attrs["status"] = "complete"
    partial.rename(output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
