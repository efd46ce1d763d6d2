"""Writes a finished results file once more, as the program does: OUT.h5.partial under SWMR, in steps, then OUT.h5.

usage: replay.py FINISHED.h5 OUT.h5 SECONDS_PER_STEP

Each of 24 steps adds as many rows to each table. Says "live" when others may read. Time gets its new rows before the
other columns do.
"""
import shutil
import sys
import time
from pathlib import Path

import h5py

STEPS = 24


def growing(file):
    found = []
    file.visititems(lambda _, data: found.append(data) if isinstance(data, h5py.Dataset) and None in data.maxshape else None)
    return sorted(found, key=lambda data: not data.name.endswith("/time"))


def main(finished, output, pause):
    partial = output.with_name(output.name + ".partial")
    shutil.copy(finished, partial)
    with h5py.File(partial, "r+", libver="latest") as file:
        file.attrs["status"] = "running"
        columns = [(data, data[()]) for data in growing(file)]
        for data, _ in columns:
            data.resize(0, axis=0)
        file.swmr_mode = True
        print("live", flush=True)
        for step in range(1, STEPS + 1):
            for data, rows in columns:
                begin, end = data.shape[0], len(rows) * step // STEPS
                data.resize(end, axis=0)
                data[begin:end] = rows[begin:end]
                data.flush()
                time.sleep(pause / len(columns))
    with h5py.File(partial, "r+", libver="latest") as file:
        file.attrs["status"] = "complete"
    partial.rename(output)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]))
