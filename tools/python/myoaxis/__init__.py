"""Reads the results files of myoaxis.

    import myoaxis
    run = myoaxis.open_run("endurance.h5")
    run.blood.irisin.sel(site="artery")          # xarray, in ng/ml over time
    run.outcomes.loc["cells_born"]               # pandas: value, unit, meaning
    myoaxis.open_batch("results").hippocampus    # the same with a dimension `run`
"""
from .batch import Batch, open_batch
from .run import FORMAT_MAJOR, NotARun, Run, open_run

__all__ = ["Batch", "FORMAT_MAJOR", "NotARun", "Run", "open_batch", "open_run"]
