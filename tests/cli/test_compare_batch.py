"""myoaxis compare in the folder of a batch: its reference, the points of its scan, what is missing."""
import json
import re
import shutil

import h5py
import numpy as np
import pytest
from conftest import SHORT_EXPERIMENT, batch_of, call, refused
from test_compare import row, rows

NO_REFERENCE = """\
title = "All of rest fails"
base = "short.toml"
subjects = 1
reference = "rest"
share_baseline = false

[[arm]]
name = "rest"
schedule.use = "sedentary"
transport.propagator_gigabytes = 1e-6

[[arm]]
name = "rest and drug"
schedule.use = "sedentary"
[[arm.intervention]]
kind = "block"
factor = "bdnf"
from = "day 0"

[[arm]]
name = "running"
"""
SCAN = batch_of("Running at two clearances", 1, tail="""
[vary]
method = "grid"
[[vary.parameter]]
key = "factor.bdnf.organism.mouse.clearance"
values = ["0.4 ml/min", "1.6 ml/min"]
""")


def test_a_missing_reference_of_a_batch_is_not_replaced_by_an_arm_that_begins_alike(tmp_path):
    (tmp_path / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (tmp_path / "batch.toml").write_text(NO_REFERENCE, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=tmp_path).returncode == 1
    for command in (("compare", "study"), ("compare", "study", "--reference", "rest"),
                    ("report", "study", "-o", "page.html")):
        message = refused(*command, cwd=tmp_path)
        assert "the reference arm 'rest' of study has no finished run" in message
        assert "study/runs/*.failed.txt" in message and "--reference: 'rest and drug', 'running'" in message
    one = row("cells_born", "study", "--reference", "rest and", cwd=tmp_path)
    assert (one["arm"], one["reference"]) == ("running", "rest and drug")


@pytest.fixture(scope="module")
def scan(tmp_path_factory):
    """Two arms of one subject at two points of a scan."""
    home = tmp_path_factory.mktemp("scan")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (home / "batch.toml").write_text(SCAN, encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=home)
    assert done.returncode == 0, done.stderr
    return home


def test_in_a_scan_each_arm_is_beside_the_reference_at_its_own_point(scan):
    found = rows("study", "--outcome", "bdnf_blood_resting", cwd=scan)
    assert [(one["arm"], one["reference"]) for one in found] == [
        ("running, point 0", "rest, point 0"), ("rest, point 1", "rest, point 0"),
        ("running, point 1", "rest, point 1")]
    means = {one["arm"]: one["mean"] for one in found} | {found[0]["reference"]: found[0]["reference_mean"]}
    for one in found:
        assert one["difference"] == pytest.approx(means[one["arm"]] - means[one["reference"]], abs=1e-6)
    # Four times the clearance: what the scan does must not count as an effect of running.
    assert abs(found[2]["difference"]) < 1 < 10 < -found[1]["difference"]
    text = re.sub(r"\s+", " ", call("compare", "study", cwd=scan).stdout)
    assert "running, point 1, 1 run, paired with 'rest, point 1'" in text


def test_the_reference_of_a_scan_is_an_arm_or_a_point_of_it(scan):
    chosen = ("--outcome", "cells_born", "--reference")
    found = rows("study", *chosen, "running", cwd=scan)
    assert [(one["arm"], one["reference"]) for one in found] == [
        ("rest, point 0", "running, point 0"), ("rest, point 1", "running, point 1"),
        ("running, point 1", "running, point 0")]
    found = rows("study", *chosen, "running, point 1", cwd=scan)
    assert {one["reference"] for one in found} == {"running, point 1"} and len(found) == 3


def test_points_without_the_reference_are_left_out_and_said(scan, tmp_path):
    shutil.copytree(scan / "study", tmp_path / "study")
    with h5py.File(tmp_path / "study/index.h5", "r+") as index:
        arms, points = index["runs/arm"].asstr()[()], index["runs/point"][()]
        index["runs/status"][np.flatnonzero((arms == "rest") & (points == 1))[0]] = 2
    done = call("compare", "study", "--json", "-", cwd=tmp_path)
    assert {one["arm"] for one in json.loads(done.stdout)["outcomes"]} == {"running, point 0"}
    assert "left out: 'running, point 1', as 'rest' has no finished run at point 1" in done.stderr


def test_a_batch_without_its_index_or_a_file_says_the_cure(scan, tmp_path):
    shutil.copytree(scan / "study", tmp_path / "study")
    lost = next((tmp_path / "study/runs").glob("*.h5"))
    lost.unlink()
    message = refused("compare", "study", cwd=tmp_path, code=1)
    assert lost.name in message and "myoaxis batch FILE -o study" in message and "filesystem" not in message
    (tmp_path / "study/index.h5").unlink()
    assert "'myoaxis batch FILE -o study --index'" in refused("compare", "study", cwd=tmp_path)


def test_the_page_of_a_scan_says_what_is_beside_what(scan):
    assert call("report", "study", "-o", "page.html", cwd=scan).returncode == 0
    page = (scan / "page.html").read_text(encoding="utf-8")
    assert "running, point 1, beside rest, point 1" in page and "at its own point" in page
    assert "running, point 0, beside" not in page
