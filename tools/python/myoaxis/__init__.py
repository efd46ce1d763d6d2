"""Opens the results files of myoaxis as xarray data sets and pandas tables.

    run = myoaxis.open_run("endurance.h5")
    run.blood.irisin.sel(site="artery").plot(x="day")
    run.outcomes.value["spines"]
    batch = myoaxis.open_batch("results")

A file that a program is writing, or that a crash left behind, opens like a finished one.
"""
from myoaxis._batch import Batch, open_batch
from myoaxis._file import ReadError
from myoaxis._run import Run, open_run

__all__ = ["Batch", "ReadError", "Run", "open_batch", "open_run"]
