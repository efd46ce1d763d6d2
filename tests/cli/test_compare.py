"""myoaxis compare: arms, pairs, the table and its JSON, what is refused."""
import csv
import fcntl
import json
import math
import os
import pty
import re
import shutil
import struct
import subprocess
import termios
from types import SimpleNamespace

import h5py
import numpy as np
import pytest
from conftest import PROGRAM, SHORT_EXPERIMENT, call, listing, refused

SEEDS = (1, 2, 3)
FIELDS = ["name", "unit", "arm", "reference", "mean", "reference_mean", "difference", "low", "high", "hedges_g", "p",
          "p_holm", "n", "n_reference", "left_out", "paired", "interval", "t_low", "t_high", "bootstrap_low", "bootstrap_high",
          "superiority", "superiority_low", "superiority_high", "variance_ratio", "variance_ratio_low", "variance_ratio_high",
          "subjects_for_interval", "subjects_for_power", "more_subjects", "without_partner", "kind"]
T_975 = 4.302653  # Student's t, 2 degrees of freedom


@pytest.fixture(scope="session")
def study(tmp_path_factory):
    """Two arms of three runs, in arms/endurance1.h5 ...; tests only read them."""
    home = tmp_path_factory.mktemp("study")
    (home / "arms").mkdir()
    for arm in ("sedentary", "endurance"):
        text = SHORT_EXPERIMENT.replace('use = "endurance"', f'use = "{arm}"').replace(
            'title = "Two days, for tests"', f'title = "{arm.capitalize()}, two days"')
        (home / f"{arm}.toml").write_text(text, encoding="utf-8")
        for seed in SEEDS:
            done = call("run", f"{arm}.toml", "--seed", seed, "--threads", 1, "-o", f"arms/{arm}{seed}.h5", cwd=home)
            assert done.returncode == 0, done.stderr
    return SimpleNamespace(folder=home, arms=home / "arms")


@pytest.fixture
def copies(study, tmp_path):
    """The runs of the study, in a folder of their own that may be changed."""
    shutil.copytree(study.arms, tmp_path / "arms")
    return tmp_path


def rows(*arguments, cwd):
    done = call("compare", *arguments, "--json", "-", cwd=cwd)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["version"] == 1
    return answer["outcomes"]


def row(name, *arguments, cwd):
    found = rows(*arguments, "--outcome", name, cwd=cwd)
    assert len(found) == 1
    return found[0]


def values(study, arm, name):
    """The values of an outcome, by seed, read without the program."""
    found = []
    for seed in SEEDS:
        with h5py.File(study.arms / f"{arm}{seed}.h5") as file:
            found.append(dict(zip(file["outcomes/outcome"].asstr()[()], file["outcomes/value"][()]))[name])
    return np.array(found)


def change_values(path, name, value):
    with h5py.File(path, "r+") as file:
        file["outcomes/value"][list(file["outcomes/outcome"].asstr()[()]).index(name)] = value


def test_json_has_every_outcome_once_an_arm(study):
    found = rows("arms", cwd=study.folder)
    with h5py.File(study.arms / "endurance1.h5") as file:
        assert [one["name"] for one in found] == list(file["outcomes/outcome"].asstr()[()])
    for one in found:
        assert list(one) == FIELDS
        assert (one["arm"], one["reference"]) == ("Endurance, two days", "Sedentary, two days")
        assert one["paired"] is True


def test_numbers_are_those_of_the_textbook(study):
    one = row("cells_born", "arms", cwd=study.folder)
    arm, reference = values(study, "endurance", "cells_born"), values(study, "sedentary", "cells_born")
    differences = arm - reference
    half = T_975 * differences.std(ddof=1) / math.sqrt(3)
    assert one["n"] == 3 and one["left_out"] == 0
    assert one["mean"] == pytest.approx(arm.mean())
    assert one["reference_mean"] == pytest.approx(reference.mean())
    assert one["difference"] == pytest.approx(differences.mean())
    assert one["low"] == pytest.approx(differences.mean() - half, rel=1e-5, abs=1e-4)
    assert one["high"] == pytest.approx(differences.mean() + half, rel=1e-5, abs=1e-4)
    assert one["p"] * 8 == pytest.approx(round(one["p"] * 8)) and one["p"] >= 2 / 8


def test_arms_share_their_luck_before_the_first_session(study):
    one = row("bdnf_blood_baseline", "arms", cwd=study.folder)
    assert (one["difference"], one["low"], one["high"], one["p"]) == (0, 0, 0, 1)


def test_what_never_occurred_is_null(study):
    one = row("bdnf_blood_after_session", "arms", cwd=study.folder)
    assert (one["difference"], one["hedges_g"], one["p"], one["p_holm"]) == (None, None, None, None)
    assert (one["n"], one["left_out"]) == (0, 3)


def test_holm_takes_the_outcomes_that_are_compared(study):
    everything = {one["name"]: one for one in rows("arms", cwd=study.folder)}
    assert all(one["p_holm"] >= one["p"] for one in everything.values() if one["p"] is not None)
    alone = row("cells_born", "arms", cwd=study.folder)
    assert alone["p_holm"] == alone["p"] == everything["cells_born"]["p"]


def test_order_of_files_does_not_matter(study):
    files = sorted(path.relative_to(study.folder) for path in study.arms.iterdir())
    assert rows("arms", cwd=study.folder) == rows(*files, cwd=study.folder)
    backwards = rows(*reversed(files), cwd=study.folder)
    assert sorted(map(str, backwards)) == sorted(map(str, rows("arms", cwd=study.folder)))
    assert rows("arms", "arms/endurance1.h5", cwd=study.folder) == rows("arms", cwd=study.folder)


def test_the_table_is_for_people(study):
    done = call("compare", "arms", cwd=study.folder)
    assert (done.returncode, done.stderr) == (0, "")
    head, table = done.stdout.split("\n\n", 1)
    assert "Sedentary, two days, 3 runs" in head and "Endurance, two days, 3 runs, paired" in head
    header, *lines = table.splitlines()
    assert header.split()[:3] == ["outcome", "unit", "reference"] and header.endswith("meaning")
    assert re.search(r"^sessions_done +1 +0 +\+1 \[\+1, \+1\] \*  ", table, re.MULTILINE)
    assert re.search(r"^cells_born +d-1 +\d+ +\S+ \[\S+, \S+\] ", table, re.MULTILINE)
    assert not any("\033" in line for line in lines)


def test_the_star_stands_where_the_interval_excludes_zero(study):
    done = call("compare", "arms", cwd=study.folder)
    stars = {line.split()[0]: "] *" in line for line in done.stdout.splitlines() if "]" in line}
    for one in rows("arms", cwd=study.folder):
        if one["low"] is not None:
            assert stars[one["name"]] == (one["low"] > 0 or one["high"] < 0)


def test_reference_may_be_chosen(study):
    for name in ("Endurance, two days", "Endu"):
        one = row("sessions_done", "arms", "--reference", name, cwd=study.folder)
        assert (one["reference"], one["difference"]) == ("Endurance, two days", -1)
    assert "Sedentary, two days" in refused("compare", "arms", "--reference", "Swimming", cwd=study.folder)


def test_outcomes_may_be_chosen(study):
    found = rows("arms", "--outcome", "sessions_done", "--outcome", "cells_born", cwd=study.folder)
    assert [one["name"] for one in found] == ["sessions_done", "cells_born"]
    assert "cells_born" in refused("compare", "arms", "--outcome", "cells_borm", cwd=study.folder)


def test_json_goes_to_a_file_beside_the_table(study, tmp_path):
    done = call("compare", "arms", "--json", tmp_path / "out.json", cwd=study.folder)
    assert done.returncode == 0 and done.stdout.startswith("reference")
    assert json.loads((tmp_path / "out.json").read_text())["outcomes"] == rows("arms", cwd=study.folder)
    refused("compare", "arms", "--json", tmp_path / "missing" / "out.json", cwd=study.folder, code=1)


def test_a_missing_run_of_the_reference_leaves_the_other_pairs(study):
    files = [f"arms/endurance{seed}.h5" for seed in SEEDS] + ["arms/sedentary1.h5", "arms/sedentary3.h5"]
    one = row("cells_born", *files, cwd=study.folder)
    assert (one["paired"], one["n"], one["n_reference"], one["without_partner"]) == (True, 2, 2, 1)
    differences = values(study, "endurance", "cells_born") - values(study, "sedentary", "cells_born")
    assert one["difference"] == pytest.approx((differences[0] + differences[2]) / 2)
    text = re.sub(r"\s+", " ", call("compare", *files, cwd=study.folder).stdout)
    assert "paired with the reference by seed and subject; 1 run of the two without a partner left out" in text


def test_arms_with_a_single_luck_in_common_are_not_paired(study):
    files = ("arms/sedentary1.h5", "arms/sedentary2.h5", "arms/endurance2.h5", "arms/endurance3.h5")
    one = row("cells_born", *files, cwd=study.folder)
    assert (one["paired"], one["n"], one["n_reference"]) == (False, 2, 2)
    assert one["difference"] == pytest.approx(
        values(study, "endurance", "cells_born")[1:].mean() - values(study, "sedentary", "cells_born")[:2].mean())
    assert "not paired" in call("compare", *files, cwd=study.folder).stdout


def test_a_single_run_an_arm_has_a_difference_only(study):
    files = ("arms/sedentary1.h5", "arms/endurance1.h5")
    one = row("cells_born", *files, cwd=study.folder)
    assert one["difference"] is not None
    assert all(one[key] is None for key in ("low", "high", "hedges_g", "p", "p_holm"))
    done = call("compare", *files, cwd=study.folder)
    assert "[-]" in done.stdout and "--seed" in done.stderr and "more subjects" in done.stderr


def test_a_missing_value_is_left_out_and_said(copies):
    change_values(copies / "arms/endurance2.h5", "cells_born", math.nan)
    one = row("cells_born", "arms", cwd=copies)
    assert (one["n"], one["left_out"]) == (2, 1)
    assert "cells_born, A: 1 of 3 pairs left out" in call("compare", "arms", cwd=copies).stdout


def test_arms_of_one_title_are_told_apart_by_their_settings(study, copies):
    done = call("run", study.folder / "endurance.toml", "--seed", 1, "--threads", 1, "-o", "arms/longer.h5",
                "--set", 'schedule.duration="2 days"', cwd=copies)
    assert done.returncode == 0, done.stderr
    text = call("compare", "arms", cwd=copies).stdout
    assert 'schedule.duration = "2 days"' in text and 'schedule.duration = "1 day"' in text
    names = {one["arm"] for one in rows("arms", cwd=copies)}
    assert len(names) == 2 and all(re.fullmatch(r"Endurance, two days \[[0-9a-f]{8}\]", name) for name in names)


def test_other_revisions_are_warned_of(copies):
    with h5py.File(copies / "arms/endurance2.h5", "r+") as file:
        file.attrs["git_sha1"] = "0123456789abcdef"
    done = call("compare", "arms", cwd=copies)
    assert done.returncode == 0
    assert "revision" in done.stderr and "0123456789ab" in done.stderr and "endurance2.h5" in done.stderr


def test_a_run_that_has_not_come_to_its_end_is_named_as_that(tmp_path):
    (tmp_path / "out.h5.partial").touch()
    message = refused("compare", "out.h5", cwd=tmp_path)
    assert "out.h5: has not come to its end" in message and "out.h5.partial" in message
    assert "no such file" in refused("compare", "other.h5", cwd=tmp_path)


def test_the_same_run_twice_is_refused(copies):
    shutil.copy(copies / "arms/endurance2.h5", copies / "arms/again.h5")
    message = refused("compare", "arms", cwd=copies)
    assert "again.h5" in message and "endurance2.h5" in message and "seed 2" in message


def test_one_arm_is_no_comparison(study):
    message = refused("compare", "arms/endurance1.h5", "arms/endurance2.h5", cwd=study.folder)
    assert "one arm" in message and "Endurance, two days" in message


def test_units_must_agree(copies):
    with h5py.File(copies / "arms/endurance2.h5", "r+") as file:
        file["outcomes/unit"][list(file["outcomes/outcome"].asstr()[()]).index("cells_born")] = "h-1"
    message = refused("compare", "arms", cwd=copies)
    assert "cells_born" in message and "h-1" in message and "d-1" in message


@pytest.mark.parametrize("attribute, value, mention", [
    ("format", "other", "no results file"), ("format_version", "9.0", "9.0"), ("status", "stopped", "stopped")])
def test_a_named_file_must_be_a_finished_run(attribute, value, mention, copies):
    with h5py.File(copies / "arms/endurance2.h5", "r+") as file:
        file.attrs[attribute] = value
    message = refused("compare", "arms/sedentary1.h5", "arms/endurance2.h5", cwd=copies)
    assert "endurance2.h5" in message and mention in message
    # In a folder there may be other files; they are left out, and that is said.
    before = listing(copies)
    done = call("compare", "arms", cwd=copies)
    assert done.returncode == 0 and "left out" in done.stderr and "endurance2.h5" in done.stderr
    assert listing(copies) == before


def test_files_that_cannot_be_read(study, tmp_path):
    assert "missing.h5" in refused("compare", "missing.h5", cwd=tmp_path)
    (tmp_path / "text.h5").write_text("no HDF5")
    assert "text.h5" in refused("compare", "text.h5", study.arms / "endurance1.h5", cwd=tmp_path, code=1)
    (tmp_path / "empty").mkdir()
    assert "empty" in refused("compare", "empty", cwd=tmp_path)
    assert "no finished run" in refused("compare", ".", cwd=tmp_path)


def test_help_tells_the_reference_of_a_batch(tmp_path):
    for command in ("compare", "report"):
        text = re.sub(r"\s+", " ", call(command, "--help", cwd=tmp_path).stdout)
        assert "in the folder of a batch its reference" in text


def test_help_tells_the_exit_codes(tmp_path):
    assert "Exit codes: 0 " in call("compare", "--help", cwd=tmp_path).stdout


def test_more_subjects_are_those_beyond_the_ones_there(study):
    for one in rows("arms", cwd=study.folder):
        if one["subjects_for_power"] is None:
            assert one["more_subjects"] is None
        else:
            assert one["more_subjects"] == max(0, one["subjects_for_power"] - one["n"])
            assert (one["subjects_for_interval"] <= one["n"]) == (one["low"] > 0 or one["high"] < 0)


def test_what_the_calendar_prescribes_needs_no_subjects(study):
    one = row("sessions_planned", "arms", cwd=study.folder)
    assert (one["difference"], one["low"], one["high"]) == (1, 1, 1)
    assert all(one[key] is None for key in ("variance_ratio", "subjects_for_interval", "more_subjects", "hedges_g"))


@pytest.fixture
def six(copies):
    """Both arms with six runs: copies with other seeds and values."""
    for arm, shift in (("sedentary", 0.0), ("endurance", 10.0)):
        for seed in range(4, 7):
            path = copies / f"arms/{arm}{seed}.h5"
            shutil.copy(copies / f"arms/{arm}1.h5", path)
            with h5py.File(path, "r+") as file:
                file.attrs["seed"] = np.int64(seed)
        for seed in range(1, 7):
            change_values(copies / f"arms/{arm}{seed}.h5", "cells_born", 100 + 7 * seed % 11 + shift * seed)
    return copies


def test_pairing_saves_what_the_variances_say(six):
    one = row("cells_born", "arms", cwd=six)
    reference = np.array([100 + 7 * seed % 11 for seed in range(1, 7)], dtype=float)
    differences = 10.0 * np.arange(1, 7)
    ratio = ((reference + differences).var(ddof=1) + reference.var(ddof=1)) / differences.var(ddof=1)
    assert one["variance_ratio"] == pytest.approx(ratio)
    assert one["variance_ratio_low"] < ratio < one["variance_ratio_high"]
    assert one["superiority"] == 1 and one["superiority_low"] == pytest.approx(6 / (6 + 1.959964 ** 2))


def test_the_interval_may_be_the_bootstrap(six):
    t = row("cells_born", "arms", cwd=six)
    bootstrap = row("cells_born", "arms", "--interval", "bootstrap", cwd=six)
    assert (t["interval"], bootstrap["interval"]) == ("t", "bootstrap")
    assert (t["low"], t["high"]) == (t["t_low"], t["t_high"]) == (bootstrap["t_low"], bootstrap["t_high"])
    assert (bootstrap["low"], bootstrap["high"]) == (t["bootstrap_low"], t["bootstrap_high"])
    assert t["low"] != bootstrap["low"] < 35 < bootstrap["high"]
    assert t["difference"] == 35 and t["n"] == 6


def test_a_bootstrap_of_three_pairs_is_refused_in_words(study):
    done = call("compare", "arms", "--interval", "bootstrap", "--outcome", "cells_born", cwd=study.folder)
    assert done.returncode == 0 and "[-]" in done.stdout and "at least 5 pairs" in done.stdout
    one = row("cells_born", "arms", "--interval", "bootstrap", cwd=study.folder)
    assert one["low"] is None and one["t_low"] is not None
    assert "bootstrap" in refused("compare", "arms", "--interval", "percentile", cwd=study.folder)


def test_csv_has_the_fields_and_numbers_of_json(study, tmp_path):
    done = call("compare", "arms", "--csv", tmp_path / "out.csv", "--json", tmp_path / "out.json", cwd=study.folder)
    assert done.returncode == 0, done.stderr
    with open(tmp_path / "out.csv", newline="", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    expected = json.loads((tmp_path / "out.json").read_text())["outcomes"]
    assert len(table) == len(expected) and list(table[0]) == FIELDS
    for ours, theirs in zip(table, expected):
        for key, value in theirs.items():
            if isinstance(value, bool):
                assert ours[key] == str(value).lower()
            elif isinstance(value, str):
                assert ours[key] == value
            elif value is None:
                assert ours[key] in ("nan", "inf")
            else:
                assert float(ours[key]) == value
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "out.json"]
    assert call("compare", "arms", "--csv", "-", cwd=study.folder).stdout == (tmp_path / "out.csv").read_text()
    assert "stdout" in refused("compare", "arms", "--csv", "-", "--json", "-", cwd=study.folder)


def test_a_file_that_cannot_be_written_leaves_the_old_one(study, tmp_path):
    (tmp_path / "folder.json").mkdir()
    assert "folder.json" in refused("compare", "arms", "--json", tmp_path / "folder.json", cwd=study.folder, code=1)
    assert [path.name for path in tmp_path.iterdir()] == ["folder.json"]


@pytest.mark.parametrize("columns", [30, 60, 80, 140, 200])
def test_the_table_fits_the_terminal(columns, study):
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen([PROGRAM, "compare", "arms"], cwd=study.folder, stdout=follower)
    os.close(follower)
    text = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.close(leader)
    assert process.wait() == 0
    lines = text.decode().splitlines()
    assert max(map(len, lines)) <= columns
    assert any("cells_born" in line for line in lines) and any("+1 [+1, +1] *" in line for line in lines)
    assert columns in (80, 140) or ("Too narrow" in text.decode()) == (columns < 80)
