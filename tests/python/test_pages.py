"""Every example of the documentation runs: blocks marked python, r and sh in the pages, in a folder of results."""
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest
from conftest import READER, SOURCE, Replay

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SKIPPED = {"build", "results", ".git"}
R_PACKAGES = ("rhdf5", "ncdf4")


def pages():
    return [path for path in sorted(SOURCE.rglob("*.md")) if not SKIPPED & set(path.relative_to(SOURCE).parts)]


def sections(language):
    """The blocks of one language under each heading of each page, joined: a reader runs them one after another."""
    found = {}
    for page in pages():
        for section in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
            blocks = [body for marker, body in BLOCK.findall(section) if marker == language]
            if blocks:
                found[f"{page.relative_to(SOURCE)}: {section.splitlines()[0].lstrip('# ')}"] = "\n".join(blocks)
    return found


@pytest.fixture(scope="module")
def killed(home, tmp_path_factory):
    """What a crash left in the middle of a run."""
    output = tmp_path_factory.mktemp("killed") / "killed.h5"
    writer = Replay(home / "mine.h5", output)
    writer.write(steps=12)
    writer.kill()
    return output.with_name("killed.h5.partial")


@pytest.fixture
def folder(home, killed, tmp_path):
    """results/, study/, and a killed.h5.partial that a crash left."""
    for name in ("results", "study"):
        (tmp_path / name).symlink_to(home / name)
    shutil.copy(killed, tmp_path)
    return tmp_path


@contextmanager
def written(home, path):
    """The file is written while what is below goes on, and then."""
    writer = Replay(home / "mine.h5", path)

    def write_on():
        for _ in range(24):
            writer.write(steps=1)
            time.sleep(0.05)
        writer.finish()
    thread = threading.Thread(target=write_on)
    thread.start()
    yield
    thread.join()


def expect_success(command, code, folder):
    done = subprocess.run([*command, "-"], input=code, cwd=folder, capture_output=True, text=True, check=False, timeout=300,
                          env={**os.environ, "PYTHONPATH": str(READER), "MPLBACKEND": "Agg", "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


@pytest.mark.parametrize("section", sections("python"))
def test_python_runs(section, folder, home):
    code = sections("python")[section]
    if "running.h5" not in code:
        expect_success([sys.executable], code, folder)
        return
    with written(home, folder / "running.h5"):
        said = expect_success([sys.executable], code, folder)
    assert "running.h5 complete" in said and "rows" in said


@pytest.mark.parametrize("section", sections("r"))
def test_r_runs(section, folder):
    rscript = shutil.which("Rscript")
    if rscript is None:
        pytest.skip("R is not installed")
    package = next(name for name in R_PACKAGES if f"library({name})" in sections("r")[section])
    if subprocess.run([rscript, "-e", f"library({package})"], capture_output=True, check=False).returncode != 0:
        pytest.skip(f"R has no package {package}")
    said = expect_success([rscript], sections("r")[section], folder)
    assert "spines" in said or "value unit" in said


@pytest.mark.parametrize("section", sections("sh"))
def test_shell_runs(section, folder):
    if shutil.which("h5clear") is None:
        pytest.skip("hdf5-tools is not installed")
    expect_success(["sh", "-eu"], sections("sh")[section], folder)
    code = "import xarray; print(len(xarray.open_dataset('killed.h5', group='brain', decode_times=False).load().mood))"
    assert int(expect_success([sys.executable], code, folder)) > 0


def test_no_example_escapes():
    marked = {section.split(":")[0] for section in sections("python")}
    assert {"README.md", "io/RECIPES.md", "tools/python/README.md"} <= marked
    assert len(sections("r")) == 2
    for page in pages():
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"^ {0,8}>>> ", text, re.MULTILINE), f"{page}: mark examples in Python with ```python"
        outside = BLOCK.sub("", text)
        assert not re.search(r"^ {4,}(import|from) \w+|^ {4,}.*open_dataset\(", outside, re.MULTILINE), f"{page}: mark examples in Python"
        assert {marker for marker, _ in BLOCK.findall(text)} <= {"python", "r", "sh", "matlab"}, page


def test_recipes_cover_each_way_to_read():
    recipes = (SOURCE / "io/RECIPES.md").read_text(encoding="utf-8")
    for way in ("import xarray", "import h5py", "import myoaxis", "to_dataframe()", "library(rhdf5)", "library(ncdf4)", "```matlab\n"):
        assert way in recipes
