"""A disk that tells what is asked of it, and that fails on request (disk_shim.c)."""
import functools
import subprocess
import tempfile
from pathlib import Path

from conftest import clean_environment


@functools.cache
def shim():
    """The shim as a library, built once."""
    folder = Path(tempfile.mkdtemp(prefix="myoaxis-disk-"))
    library = folder / "disk_shim.so"
    source = Path(__file__).with_name("disk_shim.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True)
    return library


def failing_disk(**wishes):
    """An environment for the program; wishes are LOG, UNREADABLE and UNSYNCED, as the shim has them."""
    return clean_environment(LD_PRELOAD=str(shim()), **{f"DISK_{name}": str(value) for name, value in wishes.items()})


def calls(log):
    """Pairs of call and file name, in their order."""
    lines = [line.split(" ", 1) for line in log.read_text(encoding="utf-8").splitlines()]
    return [(call, Path(path).name) for call, path in lines]
