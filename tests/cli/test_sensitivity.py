"""Sensitivity studies: which parameters drive an outcome, by runs of their own."""
import json
import re

import h5py
import pytest
from conftest import call, listing, refused
from test_batch import BATCH

CHOICE = ("--parameter", "factor.il6.organism.mouse.clearance", "--parameter", "factor.bdnf.dissociation", "--outcome", "il6_blood_*")


@pytest.fixture
def home(folder):
    (folder / "batch.toml").write_text(BATCH.rsplit("[[arm]]", 1)[0], encoding="utf-8")
    return folder


def test_clearance_drives_the_level_that_it_clears(home):
    done = call("sensitivity", "short.toml", "-o", "study", *CHOICE, "--trajectories", 2, cwd=home)
    assert done.returncode == 0, done.stderr
    found = json.loads((home / "study/sensitivity.json").read_text())
    assert found["version"] == 1 and found["method"] == "morris"
    effects = {row["parameter"]: row["mu_star"] for row in found["indices"] if row["outcome"] == "il6_blood_baseline"}
    assert set(effects) == {"factor.il6.organism.mouse.clearance", "factor.bdnf.dissociation", "luck"}
    assert effects["factor.il6.organism.mouse.clearance"] > 10 * effects["luck"] > 0
    assert effects["factor.bdnf.dissociation"] == 0
    assert "il6_blood_baseline" in done.stdout and "assumed" in done.stdout
    with h5py.File(home / "study/index.h5") as index:
        values = index["runs/set factor.il6.organism.mouse.clearance"]
        assert values.attrs["units"] and len(set(values[()])) > 1


def test_more_trajectories_add_to_what_is_there(home):
    assert call("sensitivity", "short.toml", "-o", "study", *CHOICE, "--trajectories", 2, cwd=home).returncode == 0
    before = {name for name in listing(home / "study/runs") if name.endswith(".h5")}
    times = {name: (home / "study/runs" / name).stat().st_mtime_ns for name in before}
    assert call("sensitivity", "short.toml", "-o", "study", *CHOICE, "--trajectories", 3, cwd=home).returncode == 0
    after = {name for name in listing(home / "study/runs") if name.endswith(".h5")}
    assert before < after
    assert {name: (home / "study/runs" / name).stat().st_mtime_ns for name in before} == times


def test_of_a_batch_it_is_about_the_difference_of_arms(home):
    done = call("sensitivity", "batch.toml", "-o", "study", *CHOICE, "--method", "sobol", "--samples", 2, "--json", "-", cwd=home)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["method"] == "sobol"
    assert {(row["arm"], row["reference"]) for row in found["indices"]} == {("running", "rest")}
    assert all("total" in row and "first" in row for row in found["indices"])


def test_a_dry_run_lists_the_parameters_and_writes_nothing(home):
    before = listing(home)
    done = call("sensitivity", "short.toml", "-o", "study", "--parameter", "factor.il6.*", "--status", "assumed", "--dry-run", cwd=home)
    assert done.returncode == 0
    assert "factor.il6.organism.mouse.clearance" in done.stdout and "factor.bdnf" not in done.stdout
    assert "of CPU time" in done.stderr and "of results" in done.stderr
    assert listing(home) == before


def test_a_fraction_may_be_varied_to_ends_about_which_subjects_could_not_differ(home):
    with open(home / "batch.toml", "a", encoding="utf-8") as batch:
        batch.write('\n[subject.variation]\nuse = "mouse"\n')
    done = call("sensitivity", "batch.toml", "-o", "study", "--status", "assumed", "--trajectories", 2, "--dry-run", cwd=home)
    assert done.returncode == 0, done.stderr
    assert "organism.mood.adherence" in done.stdout


def test_a_clearance_beyond_a_flow_counts_as_far_as_the_flow_goes(home):
    """Each within its own range; without a limit nearly every point would have an organ clear more than reaches it."""
    choice = ("--parameter", "factor.il6.organism.mouse.clearance*", "--parameter", "organism.organ.skin.flow_share",
              "--parameter", "organism.mode.lift.repetition", "--trajectories", 2, "--outcome", "cells_born")
    done = call("sensitivity", "short.toml", "-o", "study", *choice, "--json", "-", cwd=home)
    assert done.returncode == 0, done.stderr
    assert {row["used"] for row in json.loads(done.stdout)["indices"]} == {2}
    without = home / "without.toml"
    codes = []
    for point in (home / "study/runs").glob("*.toml"):
        text, cut = re.subn(r"(?m)^highest_extraction = .*\n", "", point.read_text(encoding="utf-8"))
        without.write_text(text, encoding="utf-8")
        codes.append((cut, call("check", without, cwd=home).returncode))
    assert {cut for cut, _ in codes} == {1} and {code for _, code in codes} == {0, 2}, codes


def test_a_parameter_that_only_some_arms_have_is_refused(home):
    text = (home / "batch.toml").read_text().replace('reference = "rest"', 'reference = "running"')
    (home / "batch.toml").write_text(text.replace('schedule.use = "sedentary"', 'factors = ["il6", "lactate"]'), encoding="utf-8")
    message = refused("sensitivity", "batch.toml", "-o", "study", *CHOICE, cwd=home)
    assert "batch.toml" in message and "the arm 'rest' has no factor.bdnf.dissociation" in message, message


@pytest.mark.parametrize("options, words", [
    (("--method", "sobol", "--samples", "100"), ["samples = 100: must be a power of two, such as 64 or 128"]),
    (("--trajectories", "1"), ["trajectories = 1: must be at least 2"]),
    (("--parameter", "factor.il7.*"), ["factor.il7.*"]),
    (("--status", "guessed"), ["guessed", "assumed"]),
    (("--outcome", "cels_born"), ["'cels_born' is no outcome", "did you mean 'cells_born'"]),
])
def test_what_cannot_be_done_is_refused(home, options, words):
    message = refused("sensitivity", "short.toml", "-o", "study", *options, cwd=home)
    for word in words:
        assert word in message, message


def test_that_all_runs_failed_is_said_as_such(home):
    done = call("sensitivity", "short.toml", "-o", "study", *CHOICE, "--trajectories", 2, "--set", "transport.propagator_gigabytes=0.000001", cwd=home)
    assert done.returncode == 1
    assert "no run is complete" in done.stderr and "--outcome" not in done.stderr
