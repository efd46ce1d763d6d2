"""Wrong experiments: refused with 2, the place, the text and what is allowed; nothing is written."""
import os

import pytest
from conftest import SHORT_EXPERIMENT, SOURCE, call, place, refused

VERBS = ("run", "check")


def write(folder, name, *changes):
    """The short experiment with texts replaced."""
    text = SHORT_EXPERIMENT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# What is replaced, by what, the text whose place is named, and words of the message.
MISTAKES = {
    "misspelt key": ('duration = "1 day"', 'durration = "1 day"', "durration", ["unknown key", "'duration'", "baseline"]),
    "misspelt table": ("[output]", "[outptu]", "outptu", ["unknown key", "'output'"]),
    "misspelt root key": ('title = ', 'tilte = ', "tilte", ["unknown key", "'title'", "seed"]),
    "wrong dimension": ('duration = "1 day"', 'duration = "1 kg"', '"1 kg"', ["schedule.duration", "1 kg", "convertible to s"]),
    "unknown unit": ('duration = "1 day"', 'duration = "1 dya"', '"1 dya"', ["schedule.duration", "'dya'", "unit"]),
    "short unit": ('duration = "1 day"', 'duration = "1 wks"', '"1 wks"', ["'wks'", "did you mean 'weeks'?"]),
    "no unit": ('duration = "1 day"', "duration = 1", "1\nuse", ["schedule.duration", "bare number", "40 min"]),
    "negative duration": ('duration = "1 day"', 'duration = "-1 day"', '"-1 day"', ["schedule.duration", "-1 day", "must be"]),
    "zero duration": ('duration = "1 day"', 'duration = "0 day"', '"0 day"', ["schedule.duration", "must be"]),
    "not a number": ('duration = "1 day"', 'duration = "nan day"', '"nan day"', ["schedule.duration"]),
    "infinite": ('duration = "1 day"', 'duration = "inf day"', '"inf day"', ["schedule.duration"]),
    "negative baseline": ('baseline = "1 day"', 'baseline = "-1 day"', '"-1 day"', ["schedule.baseline", "must"]),
    "number for text": ('title = "Two days, for tests"', "title = 5", "5\nseed", ["title", "5"]),
    "text for number": ("seed = 7", 'seed = "seven"', '"seven"', ["seed", "seven"]),
    "negative seed": ("seed = 7", "seed = -7", "-7", ["seed", "-7", "negative"]),
    "count below limit": ("packets = 2000", "packets = 0", "0\ndentate", ["scale.packets", "between 1 and"]),
    "share above one": ("fraction = 0.02", "fraction = 1.5", "1.5", ["scale.dentate_fraction", "1.5"]),
    "missing piece": ('use = "mouse"', 'use = "mouze"', '"mouze"', ["'mouse'", "available", "organisms"]),
    "mass of another animal": ('use = "mouse"', 'use = "mouse"\nmass = "30 mg"', '"30 mg"',
                               ["organism.mass", "between 6.25 g and 100 g", "organism.use"]),
    "sex that is none": ('use = "mouse"', 'use = "mouse"\nsex = "F"', '"F"', ["organism.sex", "must be one of female, male"]),
    "missing regime": ('use = "endurance"', 'use = "endurence"', '"endurence"', ["'endurance'", "sedentary", "regimes"]),
    "missing file": ('use = "mouse"', 'use = "mine/mouse.toml"', '"mine/mouse.toml"', ["mine/mouse.toml"]),
    "use of a wrong type": ('use = "mouse"', "use = 3", "3\n\n[scale]", ["use", "3"]),
    "snapshot at no time": ('["day 0", "end"]', '["noon"]', '"noon"', ["noon", "day 3"]),
    "snapshot after the end": ('["day 0", "end"]', '["day 9"]', '"day 9"', ["day 9", "outside"]),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_place(mistake, verb, tmp_path):
    old, new, where, words = MISTAKES[mistake]
    path = write(tmp_path, "wrong.toml", (old, new))
    message = refused(verb, "wrong.toml", cwd=tmp_path)
    expected = place(path, where)
    if mistake.startswith("snapshot"):  # the array as a whole is named
        expected = expected.rsplit(":", 2)[0] + ":"
    assert expected in message
    for word in words:
        assert word in message


def test_several_mistakes_are_listed_at_once_in_order(tmp_path):
    changes = [("seed = 7", "seed = -7"), ("packets = 2000", "pakets = 2000"),
               ('baseline = "1 day"', 'baseline = "1 kg"'), ('every = "6 h"', 'every = "-6 h"')]
    path = write(tmp_path, "wrong.toml", *changes)
    message = refused("run", "wrong.toml", cwd=tmp_path)
    places = [place(path, text) for text in ("-7", "pakets", '"1 kg"', '"-6 h"')]
    found = [message.find(each) for each in places]
    assert -1 not in found and found == sorted(found)


SESSION = """
[[schedule.session]]
mode = "run"
days = ["Mon"]
time = "19:00"
work = [ { duration = "10 min", intensity = "50 %VO2max" } ]
[[schedule.session]]
mode = "lift"
days = ["Tue"]
time = "19:00"
work = [ { sets = 3, repetitions = 10, load = "75 %1RM", rest = "90 s" } ]
[[assay]]
name = "survival"
kind = "brdu"
inject = { every = "6 h", from = "day 0", to = "day 0 12:00" }
read_at = ["end"]
[[intervention]]
kind = "infuse"
factor = "il6"
site = "vein"
rate = "1 ng/min"
from = "day 0"
[output]
every = "6 h"
snapshots = ["day 0 08:00", "end"]
"""


@pytest.mark.parametrize("old, new", [
    ('duration = "1 day"', 'duration = "1 dya"'), ('duration = "1 day"', "duration = 1"), ('baseline = "1 day"', 'baseline = "-1 day"'),
    ('mode = "run"', 'mode = "swim"'), ('mode = "lift"', 'mode = "swim"'), ('mode = "run"', "mode = 3"),
    ('kind = "brdu"', 'kind = "edu"'), ('kind = "infuse"', 'kind = "inject"'), ('from = "day 0", to', 'from = "noon", to')])
def test_one_mistake_has_one_message(old, new, tmp_path):
    text = SHORT_EXPERIMENT.split("[output]")[0].replace('use = "endurance"\n', "") + SESSION
    (tmp_path / "right.toml").write_text(text, encoding="utf-8")
    assert call("check", "right.toml", cwd=tmp_path).returncode == 0
    assert old in text
    (tmp_path / "wrong.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    message = refused("check", "wrong.toml", cwd=tmp_path)
    assert message.count("wrong.toml:") == 1, message
    assert new.split(",")[0].split("= ")[1] in message


def test_a_batch_is_no_experiment(tmp_path):
    (tmp_path / "study.toml").write_text('base = "endurance"\nsubjects = 2\n[[arm]]\nname = "rest"\n', encoding="utf-8")
    for verb in ("run", "check", "verify"):
        message = refused(verb, "study.toml", cwd=tmp_path)
        assert "study.toml: is a batch, not an experiment" in message and message.count("\n") == 1, message


def test_keys_that_are_taken_before_the_others_are_allowed(tmp_path):
    for old, new, meant in (('use = "endurance"', 'used = "endurance"', "use"), ("preset", "preseet", "preset")):
        text = SHORT_EXPERIMENT if old in SHORT_EXPERIMENT else SHORT_EXPERIMENT.replace("[scale]", '[scale]\npreset = "quick"')
        (tmp_path / "short.toml").write_text(text.replace(old, new), encoding="utf-8")
        assert f"did you mean '{meant}'?" in refused("check", "short.toml", cwd=tmp_path)


def test_sessions_without_an_organism_miss_the_organism(tmp_path):
    text = SHORT_EXPERIMENT.split("[output]")[0].replace('use = "endurance"\n', "") + SESSION
    (tmp_path / "short.toml").write_text(text.replace('[organism]\nuse = "mouse"\n', ""), encoding="utf-8")
    message = refused("check", "short.toml", cwd=tmp_path)
    assert "short.toml:1:1: organism is missing" in message
    assert sum(".toml:" in line for line in message.splitlines()) == 1, message  # nothing follows from it


def test_results_are_no_experiment(finished):
    message = call("check", "short.h5", cwd=finished.folder).stderr
    assert "short.h5: is an HDF5 file, no configuration" in message and "info" in message


def test_a_mistake_in_a_used_piece_names_the_piece(folder):
    mouse = (SOURCE / "configs/organisms/mouse.toml").read_text(encoding="utf-8")
    (folder / "mouse.toml").write_text(mouse.replace("hematocrit", "hematokrit"), encoding="utf-8")
    message = refused("run", "short.toml", cwd=folder)
    assert place(folder / "mouse.toml", "hematokrit") in message
    assert "'hematocrit'" in message


@pytest.mark.parametrize("setting, words", [
    ("schedule.durration=1 day", ["durration", "'duration'"]),
    ("schedule.duration=3 kg", ["schedule.duration", "3 kg", "convertible to s"]),
    ("schedule.duration=-3 days", ["-3 days", "must be"]),
    ("schedule.duration", ["KEY=VALUE"]),
    ("=3", ["=3"]),
    ("", ["KEY=VALUE"]),
    ("seed=x", ["seed", "x"]),
    ("organism.mass.value.deep=1 g", ["organism.mass"]),
])
def test_a_wrong_setting_is_named(setting, words, folder):
    message = refused("run", "short.toml", "--set", setting, cwd=folder)
    for word in ["--set", *words]:
        assert word in message


def test_a_wrong_factor_list_is_named(folder):
    message = refused("run", "short.toml", "--set", 'factors=["bdfn"]', cwd=folder)
    assert "bdfn" in message and "'bdnf'" in message


def test_missing_input(tmp_path):
    assert "nowhere.toml" in refused("run", "nowhere.toml", cwd=tmp_path)


def test_a_folder_as_input(tmp_path):
    (tmp_path / "experiments").mkdir()
    message = refused("run", "experiments", cwd=tmp_path)
    assert "experiments" in message and "folder" in message


def test_empty_input_names_what_is_missing(tmp_path):
    (tmp_path / "empty.toml").touch()
    message = refused("run", "empty.toml", cwd=tmp_path)
    assert "empty.toml" in message
    for word in ("seed", "organism", "schedule", "scale"):
        assert word in message


@pytest.mark.parametrize("noise", [bytes(range(256)) * 8, b"\0" * 4096, b"\x89HDF\r\n\x1a\n" + b"\0" * 500,
                                   b"[" * 20000, b"a." * 20000 + b"a = 1"],
                         ids=["bytes", "zeros", "HDF5", "brackets", "dots"])
def test_noise_as_input(noise, tmp_path):
    (tmp_path / "noise.toml").write_bytes(noise)
    assert "noise.toml:" in refused("run", "noise.toml", cwd=tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_truncated_input_never_runs(share, folder):
    resolved = call("check", "short.toml", cwd=folder).stdout
    (folder / "cut.toml").write_text(resolved[:int(share * len(resolved))], encoding="utf-8")
    message = refused("run", "cut.toml", cwd=folder)
    assert "cut.toml:" in message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_input_without_permission(folder):
    (folder / "short.toml").chmod(0)
    assert "short.toml" in refused("run", "short.toml", cwd=folder)


def test_a_wrong_experiment_leaves_an_existing_output_alone(folder):
    (folder / "short.h5").write_bytes(b"old results")
    refused("run", "short.toml", "--overwrite", "--set", "schedule.duration=-1 day", cwd=folder)
    assert (folder / "short.h5").read_bytes() == b"old results"
