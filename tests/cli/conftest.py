"""What all tests of the command line share: the program, a short experiment, one finished run of it.

The environment names the program (MYOAXIS) and the source folder (MYOAXIS_SOURCE); without it, the release build
of this source tree is taken.
"""
import hashlib
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

SOURCE = Path(os.environ.get("MYOAXIS_SOURCE", Path(__file__).resolve().parents[2])).resolve()
PROGRAM = Path(os.environ.get("MYOAXIS", SOURCE / "build/release/tools/myoaxis")).resolve()

# Small in agents and days, so that a run takes about a second; one session, on day 0 at 19:00.
SHORT_EXPERIMENT = """\
title = "Two days, for tests"
seed = 7
factors = ["bdnf", "il6", "lactate"]

[organism]
use = "mouse"

[scale]
preset = "quick"
fibers = 200
packets = 2000
dentate_fraction = 0.02
niches = 3
granule_cells = 20
spine_sites = 50

[schedule]
baseline = "1 day"
duration = "1 day"
use = "endurance"

[output]
every = "6 h"
snapshots = ["day 0", "end"]
"""


def batch_of(title, subjects, more="", tail=""):
    """A batch of rest and running, of that experiment; `more` keys, and a `tail` after its arms."""
    return f"""\
title = "{title}"
base = "short.toml"
subjects = {subjects}
reference = "rest"
{more}
[[arm]]
name = "rest"
schedule.use = "sedentary"

[[arm]]
name = "running"
{tail}"""


# What the caller's surroundings must not change.
CLEARED = ("MYOAXIS_CONFIGS", "SLURM_CPUS_PER_TASK", "NO_COLOR", "CI")


def clean_environment(**more):
    kept = {name: value for name, value in os.environ.items() if name not in CLEARED}
    return kept | {"MYOAXIS_CACHE": "off"} | more


def call(*arguments, cwd, environment=None, **options):
    """Runs the program; the answer has returncode, stdout and stderr."""
    return subprocess.run([str(PROGRAM), *map(str, arguments)], cwd=cwd, capture_output=True, text=True, check=False,
                          timeout=300, env=environment or clean_environment(), **options)


def listing(folder):
    """Every path below the folder with a fingerprint of its bytes."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
            for path in sorted(Path(folder).rglob("*"))}


def place(path, text):
    """`file:line:column:` of the first occurrence of a text in a file, as messages give it."""
    content = Path(path).read_text(encoding="utf-8")
    start = content.index(text)
    return f"{Path(path).name}:{content.count(chr(10), 0, start) + 1}:{start - content.rfind(chr(10), 0, start)}:"


def refused(*arguments, cwd, code=2, **options):
    """Runs the program, which must fail with this code and leave the folder as it was. Gives its messages."""
    before = listing(cwd)
    done = call(*arguments, cwd=cwd, **options)
    assert done.returncode == code, done.stderr + done.stdout
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "terminate called" not in done.stderr and "exception" not in done.stderr.lower()
    assert listing(cwd) == before
    return done.stderr


def pytest_sessionstart():
    if not os.access(PROGRAM, os.X_OK):
        pytest.exit(f"{PROGRAM} is no program; build it, or set MYOAXIS", returncode=2)


@pytest.fixture
def folder(tmp_path):
    """A folder that holds one valid experiment, short.toml."""
    (tmp_path / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def finished(tmp_path_factory):
    """A finished run of the short experiment; tests only read it."""
    home = tmp_path_factory.mktemp("finished")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    done = call("run", "short.toml", "--threads", 1, cwd=home)
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(folder=home, experiment=home / "short.toml", output=home / "short.h5",
                           stdout=done.stdout, stderr=done.stderr, files=listing(home))
