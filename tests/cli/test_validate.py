"""Published findings against simulated ones: `myoaxis validate`."""
import json

import h5py
import numpy as np
import pytest
from conftest import SOURCE, SHORT_EXPERIMENT, call, clean_environment, listing, refused

KEYS = {"id", "kind", "verdict", "published", "simulated", "unit", "quantity", "low", "high", "source"}
C08 = (SOURCE / "configs/validation/C08.toml").read_text(encoding="utf-8")

HEAD = """\
id = "{id}"
title = "a title"
kind = "{kind}"
finding = "what was found"
sources = ["a source"]
status = "made up for a test"
"""
RUN = """
[[run]]
name = "short"
use = "../short.toml"
"""
DOSE = """
[[assay]]
name = "dye"
kind = "indicator_dilution"
inject = "vein"
sites = ["artery"]
at = ["day 0 12:00", "end"]
dose = "5 ug"
duration = "1 min"
every = "0.1 s"
variation = 0.05
[[assay]]
name = "times"
kind = "circulation_times"
sites = ["artery"]
at = ["end"]
"""


def target(published=1, low=0, high=2, unit="1", quantity="a number", read='run = "short"\noutcome = "sessions_done"'):
    return (f'\n[[target]]\nquantity = "{quantity}"\npublished = {published}\nlow = {low}\nhigh = {high}\n'
            f'unit = "{unit}"\n{read}\n')


def write(folder, identity, *parts, kind="verification"):
    home = folder / "validation"
    home.mkdir(exist_ok=True)
    path = home / f"{identity}.toml"
    path.write_text(HEAD.format(id=identity, kind=kind) + "".join(parts), encoding="utf-8")
    (folder / "short.toml").write_text(SHORT_EXPERIMENT + DOSE, encoding="utf-8")
    return path


def compared(folder, *ids, code=0):
    """The rows of the JSON, one a target."""
    done = call("validate", *ids, "--json", "out.json", cwd=folder)
    assert done.returncode == code, done.stderr + done.stdout
    answer = json.loads((folder / "out.json").read_text(encoding="utf-8"))
    assert answer["version"] == 1
    assert all(KEYS <= row.keys() for row in answer["targets"])
    return answer["targets"], done


def test_the_circulation_time_of_man_is_the_published_one(tmp_path):
    rows, done = compared(tmp_path, "C08")
    assert [row["verdict"] for row in rows] == ["pass", "pass"]
    assert abs(rows[0]["simulated"] - 5300 / 5600 * 60) < 0.1
    assert abs(rows[1]["simulated"] - 5300 / 25000 * 60) < 0.05
    assert rows[0]["unit"] == "s" and rows[0]["kind"] == "verification" and len(rows[0]["source"]) == 2
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["id", "quantity", "published", "simulated", "unit", "verdict", "kind"]
    assert "50 (40 to 60)" in lines[1] and "pass" in lines[1]
    assert "verification: 2 of 2 pass, 0 fail, 0 errors" in done.stdout


def test_a_target_that_is_moved_away_fails_and_a_wrong_body_does(tmp_path):
    home = tmp_path / "validation"
    home.mkdir()
    (home / "C08.toml").write_text(C08.replace("low = 40", "low = 58"), encoding="utf-8")
    rows, _ = compared(tmp_path, "C08", code=1)
    assert [row["verdict"] for row in rows] == ["fail", "pass"]
    slow = C08.replace('name = "rest"\nuse = "indicator_dilution"\n',
                       'name = "rest"\nuse = "indicator_dilution"\nset = [\'organism.circulation.cardiac_output="5 l/min"\']\n')
    assert slow != C08
    (home / "C08.toml").write_text(slow, encoding="utf-8")
    rows, _ = compared(tmp_path, "C08", code=1)
    assert [row["verdict"] for row in rows] == ["fail", "pass"]
    assert abs(rows[0]["simulated"] - 63.6) < 0.1


def test_what_is_broken_is_an_error_and_the_others_go_on(tmp_path):
    write(tmp_path, "good", RUN, target())
    write(tmp_path, "half", RUN, target(),
          target(read='run = "short"\nassay = "dyes"\nread = "artery_cardiac_output"'),
          target(read='run = "short"\nassay = "dye"\nread = "artery_cardiac_outputs"', unit="ml/min"),
          target(read='run = "short"\noutcome = "session_done"'),
          target(read='run = "short"\noutcome = "sessions_done"', unit="kg"),
          target(read='run = "short"\nassay = "dye"\nread = "artery_peak_time"\nat = "day 0 13:00"', unit="s"))
    write(tmp_path, "norun", RUN + 'set = ["organism.mass=\'-1 kg\'"]\n', target())
    write(tmp_path, "nofile", RUN.replace("../short.toml", "sedentry"), target())
    write(tmp_path, "text", "\nnonsense = [", target())
    rows, done = compared(tmp_path, "good", "half", "norun", "nofile", "text", code=1)
    verdicts = [(row["id"], row["verdict"]) for row in rows]
    assert verdicts == [("good", "pass"), ("half", "pass")] + [("half", "error")] * 5 + [
        ("norun", "error"), ("nofile", "error"), ("text", "error")]
    messages = [row.get("message", "") for row in rows]
    assert "did you mean 'dye'" in messages[2] and "did you mean 'artery_cardiac_output'" in messages[3]
    assert "did you mean 'sessions_done'" in messages[4] and "kg" in messages[5] and "day 0 13:00" in messages[6]
    assert "organism.mass" in messages[7] and "did you mean 'sedentary'" in messages[8]
    assert "nofile.toml:10:7:" in messages[8] and "text.toml:" in messages[9]
    assert rows[-1]["kind"] is None and all(row["simulated"] is None for row in rows[2:])
    assert messages[3] in done.stderr


def test_only_verifications_decide_the_exit_code(tmp_path):
    write(tmp_path, "guess", RUN, target(low=5, high=6), kind="prediction")
    write(tmp_path, "fit", RUN, target(), kind="calibration")
    rows, done = compared(tmp_path, "guess", "fit")
    assert [row["verdict"] for row in rows] == ["fail", "pass"]
    assert "prediction: 0 of 1 pass, 1 fail, 0 errors" in done.stdout
    assert "calibration: 1 of 1 pass" in done.stdout and "verification" not in done.stdout.splitlines()[-1]


def test_a_number_is_read_as_the_file_says(tmp_path):
    dye = 'run = "short"\nassay = "dye"\nread = "artery_cardiac_output"\n'
    write(tmp_path, "reads", RUN, RUN.replace('"short"', '"double"') + 'set = ["organism.mass=\'50 g\'"]\n',
          target(read=dye + "truth = true", unit="l/min"),
          target(read=dye + 'at = "day 0 12:00"', unit="ml/min"),
          target(read=dye + 'at = "end"', unit="ml/min"),
          target(read=dye + 'take = "first"', unit="ml/min"),
          target(read=dye + 'take = "mean"', unit="ml/min"),
          target(read='run = "double"\nassay = "dye"\nread = "artery_cardiac_output"\ntruth = true\n[target.over]\nrun = "short"\n'),
          target(read=dye + 'truth = true\n[target.less]\nread = "artery_blood_volume"\n', unit="ml/min"))
    rows, _ = compared(tmp_path, "reads", code=1)
    simulated = [row["simulated"] for row in rows]
    assert abs(simulated[0] - 0.014) < 1e-12
    assert simulated[1] == simulated[3] != simulated[2] and abs(simulated[4] - (simulated[1] + simulated[2]) / 2) < 1e-9
    assert 1.5 < simulated[5] < 2
    assert rows[6]["verdict"] == "error" and "ml" in rows[6]["message"]  # no flow minus a volume


def test_an_experiment_may_stand_in_place_and_have_several_subjects(tmp_path):
    inside = SHORT_EXPERIMENT.replace("\n[", "\n[run.experiment.")
    experiment = '\n[[run]]\nname = "short"\nsubjects = 2\n[run.experiment]\n' + inside
    outcome = 'run = "short"\noutcome = "cells_born"'
    write(tmp_path, "inline", experiment, target(read=outcome, unit="d-1", high=1e6))
    single = [write(tmp_path, f"one{i}", RUN + f'set = ["subject={i}"]\n', target(read=outcome, unit="d-1", high=1e6))
              for i in range(2)]
    rows, _ = compared(tmp_path, "inline", *(path.stem for path in single))
    mean, *each = [row["simulated"] for row in rows]
    assert each[0] != each[1] and abs(mean - sum(each) / 2) < 1e-9
    write(tmp_path, "inline", experiment.replace("fibers = 200", "fibers = 20"), target(read=outcome, unit="d-1"))
    rows, _ = compared(tmp_path, "inline", code=1)
    assert "inline.toml:" in rows[0]["message"] and "scale.fibers" in rows[0]["message"]


def test_any_data_set_of_the_results_is_read(tmp_path):
    """The session is on day 0 from 19:00 to 20:00, rows come every 6 h: its share of the last row is 20 min at 45 % and 40 at 70 %."""
    intensity = (20 * 0.45 + 40 * 0.70) / 360
    level = 'run = "short"\ndata = "blood/il6"\nentry = { site = "artery" }\n'
    muscle = 'run = "short"\ndata = "muscle/intensity"\n'
    write(tmp_path, "data", RUN,
          target(read=muscle), target(read=muscle + 'at = "day 0 18:01"'), target(read=muscle + 'take = "max"'),
          target(read=muscle + 'take = "min"'), target(read=muscle + 'from = "day 0 12:00"\nto = "end"\ntake = "mean"'),
          target(read=muscle, unit="%"),
          target(read=level + '[target.over]\nat = "day 0"\n'),
          target(read=level + 'at = "day 0"\n[target.less]\nentry = { site = "vein" }\n', unit="pg/ml", low=-100, high=100),
          target(read='run = "short"\nassay = "dye"\nread = "artery"\ntruth = true\nat = "end"\nentry = { delay = "0.06 s" }',
                 unit="mg/l", high=1e3))
    rows, _ = compared(tmp_path, "data", code=1)
    simulated = [row["simulated"] for row in rows]
    assert None not in simulated, [row.get("message") for row in rows]
    assert simulated[0] == simulated[1] == simulated[2] == pytest.approx(intensity, rel=1e-6)
    assert simulated[3] == 0 and simulated[4] == pytest.approx(intensity / 2, rel=1e-6)
    assert simulated[5] == pytest.approx(100 * intensity, rel=1e-6)
    run = call("run", "short.toml", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    with h5py.File(tmp_path / "short.h5") as file:
        il6 = file["blood/il6"][()].astype(float)
        before = np.flatnonzero(file["blood/time"][()] == 0)[0]
        assert simulated[6] == pytest.approx(il6[-1, 0] / il6[before, 0], rel=1e-12)
        assert simulated[7] == pytest.approx(il6[before, 0] - il6[before, 1], rel=1e-9)
        assert simulated[8] == file["assays/dye/artery_truth"][1, 1]  # a sample each 0.1 s: the first after 0.06 s


UNREAD = {
    "no such group": ('data = "bloood/il6"', ["bloood/il6", "blood, brain"]),
    "no such data set": ('data = "blood/il7"', ["did you mean 'il6'"]),
    "no such entry": ('data = "blood/il6"\nentry = { site = "wrist" }', ["wrist", "artery, vein"]),
    "no such dimension": ('data = "blood/il6"\nentry = { place = "vein" }', ["place", "site"]),
    "no entry named": ('data = "blood/il6"', ["2 entries along site"]),
    "another dimension of unit": ('data = "muscle/cardiac_output"', ["ml/min"]),
    "texts": ('data = "blood/site"', ["texts"]),
    "no row": ('data = "muscle/intensity"\nfrom = "day 5"', ["no reading from day 5"]),
}


def test_what_the_results_do_not_hold_is_an_error_of_its_row(tmp_path):
    write(tmp_path, "unread", RUN, target(), *(target(read='run = "short"\n' + read) for read, _ in UNREAD.values()))
    rows, _ = compared(tmp_path, "unread", code=1)
    assert [row["verdict"] for row in rows] == ["pass"] + ["error"] * len(UNREAD)
    for row, (_, words) in zip(rows[1:], UNREAD.values()):
        assert all(word in row["message"] for word in words), row["message"]


def test_a_standard_error_or_a_share_may_stand_for_the_bounds(tmp_path):
    bounds = ["standard_error = 0.1", "standard_error = 0.05", "tolerance = 0.2", "tolerance = 0.1"]
    plain = target(published=1.15)
    write(tmp_path, "bounds", RUN, *(plain.replace("low = 0\nhigh = 2", bound) for bound in bounds), kind="prediction")
    rows, _ = compared(tmp_path, "bounds")
    assert [row["verdict"] for row in rows] == ["pass", "fail", "pass", "fail"]  # one session was done
    assert (rows[0]["low"], rows[0]["high"]) == pytest.approx((0.95, 1.35))
    assert (rows[2]["low"], rows[2]["high"]) == pytest.approx((0.92, 1.38))


def test_no_results_stay_behind_and_json_may_go_to_stdout(tmp_path):
    write(tmp_path, "good", RUN, target())
    (tmp_path / "temporary").mkdir()
    before = listing(tmp_path)
    done = call("validate", "good", "--json", "-", cwd=tmp_path, environment=clean_environment(TMPDIR=str(tmp_path / "temporary")))
    assert done.returncode == 0 and json.loads(done.stdout)["targets"][0]["verdict"] == "pass"
    assert listing(tmp_path) == before
    done = call("validate", "good", "--json", "-", cwd=tmp_path, environment=clean_environment(TMPDIR=str(tmp_path / "nowhere")))
    assert done.returncode == 1 and "nowhere" in json.loads(done.stdout)["targets"][0]["message"]


WRONG = {
    "two kinds of bounds": (target().replace("low = 0", "tolerance = 0.1"), "tolerance"),
    "no time": (target(read='run = "short"\ndata = "blood/il6"\nat = "noon"'), "noon"),
    "a time and a stretch": (target(read='run = "short"\ndata = "blood/il6"\nat = "end"\nto = "end"'), "one or the other"),
    "data and an outcome": (target(read='run = "short"\ndata = "blood/il6"\noutcome = "mood"'), "alone"),
    "no bound": (target().replace("low = 0\nhigh = 2\n", ""), "low"),
    "bounds crossed": (target(low=3), "high"),
    "an unknown run": (target(read='run = "shrot"\noutcome = "sessions_done"'), "did you mean 'short'"),
    "no such unit": (target(unit="furlongs/fortnigt"), "unit"),
    "nothing to read": (target(read='run = "short"'), "outcome"),
    "two ways to read": (target(read='run = "short"\noutcome = "a"\nassay = "dye"\nread = "b"'), "alone"),
    "an unknown key": (target() + "sigma = 2\n", "sigma"),
    "two second numbers": (target() + '[target.over]\noutcome = "a"\n[target.less]\noutcome = "b"\n', "not both"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_file_is_an_error_that_says_where(tmp_path, what):
    text, part = WRONG[what]
    write(tmp_path, "wrong", RUN, text)
    rows, _ = compared(tmp_path, "wrong", code=1)
    assert len(rows) == 1 and rows[0]["verdict"] == "error"
    assert "wrong.toml:" in rows[0]["message"] and part in rows[0]["message"]


def test_findings_are_listed_and_unknown_ones_refused(tmp_path):
    listed = call("validate", "--list", cwd=tmp_path)
    assert listed.returncode == 0 and listed.stdout.startswith("C08")
    assert "did you mean 'C08'" in refused("validate", "C8", cwd=tmp_path)
    assert "C99" in refused("validate", "C99", "C08", cwd=tmp_path)


def test_json_that_cannot_be_written_leaves_nothing(tmp_path):
    write(tmp_path, "good", RUN, target())
    done = call("validate", "good", "--json", "no/where.json", cwd=tmp_path)
    assert done.returncode == 1 and "no/where.json" in done.stderr
    assert not (tmp_path / "no").exists()
