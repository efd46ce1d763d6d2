"""Published findings against simulated ones: `myoaxis validate`."""
import json

import pytest
from conftest import SOURCE, SHORT_EXPERIMENT, call, refused

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


WRONG = {
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
