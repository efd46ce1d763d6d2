"""The readings of assays as outcomes: compare, the index of a batch, its precision, report and info."""
import itertools
import json
import re
import shutil

import h5py
import numpy as np
import pytest
from conftest import SHORT_EXPERIMENT, batch_of, call, place, refused
from test_compare import row, rows

SURVIVAL = """
[[arm.assay]]
name = "survival"
kind = "brdu"
inject = { every = "2 h", from = "day 0", to = "day 0 06:00" }
read_at = ["day 1"]
variation = 0.1
"""
DRAW = """
[[arm.assay]]
name = "draw"
kind = "blood"
site = "artery"
factors = ["il6", "lactate"]
variation = 0.05
"""
PRECISION = """
[precision]
outcome = "survival.total.day_1"
half_width = 1000000.0
first = 3
step = 1
"""


def batch_text(precision=PRECISION):
    """Both arms count labeled cells and draw blood in running's session; rest draws before it, too, and running after it."""
    rest = SURVIVAL + DRAW + 'at = ["day 0 08:00", "day 0 19:30"]\n'
    running = SURVIVAL + DRAW + 'at = ["day 0 19:30", "day 0 20:30"]\n'
    text = batch_of("Readings", 5, more=precision, tail=running)
    return text.replace('schedule.use = "sedentary"\n', f'schedule.use = "sedentary"\n{rest}')


def home_of(folder, text):
    (folder / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (folder / "batch.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = home_of(tmp_path_factory.mktemp("readings"), batch_text())
    done = call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "6 runs complete" in done.stderr  # the precision takes 3 of the 5 subjects
    return folder


def measured(home, data, place=0):
    """What the runs' /assays hold: a row an arm, a column a subject, read without the program."""
    with h5py.File(home / "study/index.h5") as index:
        runs = index["runs"]
        found = {(arm, int(subject)): h5py.File(home / "study" / file) for arm, subject, file in
                 zip(runs["arm"].asstr()[()], runs["subject"][()], runs["file"].asstr()[()])}
    values = {key: file["assays"][data][place] for key, file in found.items()}
    return np.array([[values[arm, subject] for subject in (1, 2, 3)] for arm in ("rest", "running")])


def test_readings_are_rows_with_what_pairing_saves(home):
    one = row("draw.il6.day_0_19:30", "study", cwd=home)
    # The first draw of running and the second of rest are at the same time.
    rest, running = measured(home, "draw/il6", -1)[0], measured(home, "draw/il6", 0)[1]
    assert (one["kind"], one["unit"], one["n"], one["paired"]) == ("reading", "pg/ml", 3, True)
    assert one["mean"] == pytest.approx(running.mean()) and one["reference_mean"] == pytest.approx(rest.mean())
    assert one["difference"] == pytest.approx((running - rest).mean())
    saved = (rest.var(ddof=1) + running.var(ddof=1)) / (running - rest).var(ddof=1)
    assert one["variance_ratio"] == pytest.approx(saved)
    # The error of the laboratory is in.
    assert one["mean"] != pytest.approx(measured(home, "draw/il6_truth", 0)[1].mean(), rel=1e-6)
    one = row("survival.total.day_1", "study", cwd=home)
    assert one["unit"] == "1" and one["mean"] == pytest.approx(measured(home, "survival/total")[1].mean())


def test_a_count_in_all_is_the_sum_of_the_stages(home):
    with h5py.File(next((home / "study/runs").glob("*.h5"))) as file:
        survival = file["assays/survival"]
        stages = [name for name in survival if name not in ("time", "total") and not name.endswith("_truth")]
        assert len(stages) == 6 and survival["total"][0] == pytest.approx(sum(survival[stage][0] for stage in stages))
        assert survival["total_truth"][0] == pytest.approx(sum(survival[stage + "_truth"][0] for stage in stages))
        assert survival["total"][0] != pytest.approx(survival["total_truth"][0], rel=1e-6)


def test_all_readings_come_after_the_outcomes_of_runs(home):
    found = rows("study", cwd=home)
    kinds = [(kind, [one["name"] for one in some]) for kind, some in itertools.groupby(found, lambda one: one["kind"])]
    assert [kind for kind, _ in kinds] == ["outcome", "reading"]
    assert {"draw.lactate.day_0_19:30", "survival.immature.day_1", "survival.total.day_1"} < set(kinds[1][1])
    assert not any("truth" in name for name in kinds[1][1]) and not any("." in name for name in kinds[0][1])


def holm(p_values):
    order, worst, adjusted = sorted(p_values, key=p_values.get), 0.0, {}
    for rank, name in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * p_values[name]))
        adjusted[name] = worst
    return adjusted


def test_holm_keeps_readings_and_outcomes_apart(home):
    chosen = ["oxidative_capacity", "vo2max_fold", "effort", "draw.il6.day_0_19:30", "draw.lactate.day_0_19:30"]
    found = rows("study", *(part for name in chosen for part in ("--outcome", name)), cwd=home)
    for kind in ("outcome", "reading"):
        p_values = {one["name"]: one["p"] for one in found if one["kind"] == kind and one["p"] is not None}
        assert len(p_values) == 2
        assert {one["name"]: one["p_holm"] for one in found if one["name"] in p_values} == pytest.approx(holm(p_values))
        # Of three pairs no p is below 1/4: of all four together none would be below 1.
        assert set(holm(p_values).values()) == {0.5}


def test_what_only_one_arm_reads_is_named_and_not_compared(home):
    text = re.sub(r"\s+", " ", call("compare", "study", cwd=home).stdout)
    assert "'rest' has it and 'running' has not: draw.il6.day_0_08:00, draw.lactate.day_0_08:00" in text
    assert "'running' has it and 'rest' has not: draw.il6.day_0_20:30, draw.lactate.day_0_20:30" in text
    assert text.count("draw.il6.day_0_08:00") == 1 and text.count("draw.il6.day_0_19:30") == 1
    one = row("draw.il6.day_0_20:30", "study", cwd=home)
    assert one["difference"] is None and one["mean"] == pytest.approx(measured(home, "draw/il6", -1)[1].mean())


def test_a_pattern_names_the_readings_of_an_assay(home):
    found = rows("study", "--outcome", "draw.*.day_0_19:30", "--outcome", "draw.il6.*", cwd=home)
    assert [one["name"] for one in found] == ["draw.il6.day_0_19:30", "draw.lactate.day_0_19:30", "draw.il6.day_0_08:00",
                                              "draw.il6.day_0_20:30"]
    message = refused("compare", "study", "--outcome", "survival.totl.day_1", cwd=home)
    assert "no 'survival.totl.day_1'" in message and "survival.total.day_1" in message
    message = refused("compare", "study", "--outcome", "nothing.*", cwd=home)
    assert "there are" in message and "cells_born" in message and "survival.total.day_1" in message


def test_the_index_has_the_readings(home):
    with h5py.File(home / "study/index.h5") as index:
        outcomes = index["outcomes"]
        column = list(outcomes["outcome"].asstr()[()]).index("draw.il6.day_0_19:30")
        assert outcomes["unit"].asstr()[column] == "pg/ml"
        assert outcomes["meaning"].asstr()[column] == "interleukin-6 in arterial plasma, as measured, day 0 19:30"
        rest = index["runs/arm"].asstr()[()] == "rest"
        assert outcomes["value"][:, column][rest].mean() == pytest.approx(measured(home, "draw/il6", -1)[0].mean())
        lone = list(outcomes["outcome"].asstr()[()]).index("draw.il6.day_0_20:30")
        assert np.isnan(outcomes["value"][:, lone][rest]).all() and not np.isnan(outcomes["value"][:, lone][~rest]).any()


def test_a_precision_of_a_reading_that_an_arm_lacks_is_refused(tmp_path):
    wanted = PRECISION.replace("survival.total.day_1", "draw.il6.day_0_20:30")
    home_of(tmp_path, batch_text(wanted))
    message = refused("batch", "batch.toml", "-o", "study", cwd=tmp_path)
    assert place(tmp_path / "batch.toml", '"draw.il6.day_0_20:30"') in message
    assert "'draw.il6.day_0_20:30' is no outcome of the arm 'rest'" in message and "did you mean 'draw.il6.day_0" in message
    wanted = PRECISION.replace("survival.total.day_1", "nothing")
    home_of(tmp_path, batch_text(wanted))
    message = refused("batch", "batch.toml", "-o", "study", cwd=tmp_path)
    assert "allowed: " in message and "cells_born" in message and "draw.il6.day_0_19:30" in message


def test_the_page_and_info_show_readings(home, tmp_path):
    page = tmp_path / "page.html"
    assert call("report", "study", "-o", page, "--outcome", "survival.total.day_1", cwd=home).returncode == 0
    text = page.read_text(encoding="utf-8")
    assert "<code>survival.total.day_1</code>" in text
    assert re.search(r"All \d+ outcomes and \d+ readings of assays", text)
    assert re.search("Assay draw<.*>IL6, day 0 19:30<", text, re.DOTALL)
    assert "Labeled cells of both dentate gyri, of all stages, as measured, day 1 00:00" in text
    run = next((home / "study/runs").glob("*.h5"))
    found = json.loads(call("info", run, "--json", cwd=home).stdout)["outcomes"]
    with h5py.File(run) as file:
        total = file["assays/survival/total"][0]
    assert {"name": "survival.total.day_1", "value": total, "unit": "1"} in found


def test_readings_that_are_of_something_else_are_left_out_with_a_word(home, tmp_path):
    """As those of another site, of an assay of the same name."""
    shutil.copytree(home / "study", tmp_path / "study")
    for path in (tmp_path / "study/runs").glob("*.h5"):
        with h5py.File(path, "r+") as file:
            if "sedentary" not in file.attrs["config_toml"]:
                file["assays/draw/il6"].attrs["long_name"] = "interleukin-6 in venous plasma, as measured"
    done = call("compare", "study", cwd=tmp_path)
    assert done.returncode == 0
    assert "draw.il6.day_0_19:30 is " in done.stderr and "is not compared (give assays that differ" in done.stderr
    assert "draw.il6.day_0_19:30" not in done.stdout and "draw.lactate.day_0_19:30" in done.stdout
    assert "not compared" not in call("compare", "study", "--outcome", "cells_born", cwd=tmp_path).stderr
    assert "is not compared" in refused("compare", "study", "--outcome", "draw.il6.day_0_19*", cwd=tmp_path)
    page = call("report", "study", "-o", "report.html", cwd=tmp_path)
    assert page.returncode == 0 and "is not compared" in (tmp_path / "report.html").read_text(encoding="utf-8")
