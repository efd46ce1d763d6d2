"""A factor and a regime are each added by a TOML file alone; assays and interventions by a few lines."""
import h5py
import pytest

from conftest import SOURCE, call

CONFIGS = SOURCE / "configs"


def run(*arguments):
    return call(*arguments, cwd=SOURCE)

SHORT = ["--set", 'schedule.duration="1 day"', "--set", 'schedule.baseline="1 h"', "--set", "scale.fibers=150",
         "--set", "scale.packets=500", "--set", "scale.niches=2", "--set", "scale.dentate_fraction=0.02",
         "--set", "scale.granule_cells=5", "--set", "scale.spine_sites=20", "--set", "output.snapshots=[]"]


def simulate(folder, experiment, *more):
    result = run("run", str(experiment), "-o", str(folder / "out.h5"), "--progress", "never", *SHORT, *more)
    assert result.returncode == 0, result.stderr
    return h5py.File(folder / "out.h5")


def experiment_text(extra="", factors='factors = ["bdnf"]', regime="sedentary"):
    return f'''title = "Test"
seed = 1
{factors}
[organism]
use = "mouse"
[scale]
preset = "quick"
[schedule]
duration = "1 day"
use = "{regime}"
{extra}'''


def test_a_new_factor_is_one_file(tmp_path):
    whole = (CONFIGS / "factors/il6.toml").read_text().replace('name = "il6"', 'name = "newkine"')
    values = (CONFIGS / "factors/mouse/il6.toml").read_text()
    (tmp_path / "factors").mkdir()
    lines = []
    for line in values.splitlines():
        if line.startswith("[["):
            line = "[[organism.mouse." + line[2:]
        elif line.startswith("["):
            line = "[organism.mouse." + line[1:]
        lines.append(line)
    head = "\n[organism.mouse]\n"
    (tmp_path / "factors/newkine.toml").write_text(whole + head + "\n".join(lines))
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(experiment_text(factors='factors = ["bdnf", "newkine"]'))
    with simulate(tmp_path, experiment) as file:
        assert "newkine" in file["blood"]
        assert [name.decode() for name in file["ledger/factor"][:]] == ["bdnf", "newkine"]
        assert (file["blood/newkine"][:] > 0).all()


def test_a_new_regime_is_one_file(tmp_path):
    (tmp_path / "regimes").mkdir()
    (tmp_path / "regimes/hills.toml").write_text('''description = "hills"
[[session]]
mode = "run"
every = "12 h"
time = "02:00"
work = [{ repeat = 2, work = "2 min", at = "80 %VO2max", rest = "1 min" }]
[[session]]
mode = "lift"
at = ["day 0 20:00"]
work = [{ sets = 2, repetitions = 5, load = "60 %1RM", rest = "30 s" }]
''')
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(experiment_text(regime="hills"))
    with simulate(tmp_path, experiment, "--set", "loop.mood=false") as file:
        sessions = file["sessions"]
        assert list(sessions["start"][:]) == [7200, 50400, 72000]
        assert list(sessions["done"][:]) == [1, 1, 1]
        assert sessions["work"][0] == 240
        assert abs(sessions["intensity"][0] - 80) < 1e-9
        modes = sessions["mode"].attrs["flag_meanings"].split()
        assert [modes[i] for i in sessions["mode"][:]] == ["run", "run", "lift"]


def test_assays_read_what_they_were_asked_for(tmp_path):
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(experiment_text('''
[[assay]]
name = "blood_morning"
kind = "blood"
factors = ["bdnf"]
site = "artery"
at = ["day 0 08:00", "day 0 08:30"]
variation = 0.1
[[assay]]
name = "label"
kind = "brdu"
inject = { from = "day 0 01:00" }
read_at = ["day 0 02:00", "end"]
[[assay]]
name = "young"
kind = "dcx"
at = ["day 0 12:00"]
[[assay]]
name = "fitness"
kind = "capacity"
at = ["end"]
'''))
    with simulate(tmp_path, experiment) as file:
        assays = file["assays"]
        assert list(assays["blood_morning/time"][:]) == [28800, 30600]
        truth = assays["blood_morning/bdnf_truth"][:]
        assert (abs(truth - 10.6) < 2).all()
        assert (assays["blood_morning/bdnf"][:] != truth).all()
        labeled = sum(assays["label"][stage][0] for stage in ("active_stem", "progenitor"))
        assert labeled > 0
        assert assays["young/dcx"][0] > 0
        assert abs(assays["fitness/vo2max"][0] - 1) < 1e-12
        assert abs(assays["fitness/mvc"][0] - 0.95) < 1e-9


def test_assays_of_the_circulation_find_its_flow_and_times(tmp_path):
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(experiment_text('''
[[assay]]
name = "dye"
kind = "indicator_dilution"
inject = "right_heart"
sites = ["lungs", "muscle.working"]
at = ["day 0 12:00", "end"]
dose = "5 ug"
duration = "1 min"
every = "0.1 s"
variation = 0.01
[[assay]]
name = "times"
kind = "circulation_times"
sites = ["hippocampus"]
intensity = "100 %VO2max"
at = ["end"]
[[assay]]
name = "kidneys"
kind = "av_flux"
organ = "kidney"
factors = ["bdnf"]
at = ["day 0 08:00"]
'''))
    with simulate(tmp_path, experiment) as file:
        assays = file["assays"]
        curve = assays["dye/lungs"]
        assert curve.shape == (2, 601) and assays["dye/delay"].attrs["units"] == "s"
        assert abs(assays["dye/lungs_cardiac_output_truth"][0] - 14) < 1e-9
        assert (abs(assays["dye/lungs_cardiac_output"][:] - 14) < 1).all()
        assert abs(assays["dye/lungs_circulation_time_truth"][0] - 1.95 / 14 * 60) < 0.01
        assert abs(assays["times/circulation_time"][0] - 1.95 / 22 * 60) < 0.01
        assert assays["kidneys/bdnf_flux"][0] < 0


WRONG = {
    "unknown factor": ('[[intervention]]\nkind = "block"\nfactor = "il7"\n', '"il7"'),
    "no such kind": ('[[intervention]]\nkind = "lesion"\nfactor = "bdnf"\n', '"lesion"'),
    "infusion without a rate": ('[[intervention]]\nkind = "infuse"\nfactor = "bdnf"\nsite = "vein"\n', "rate"),
    "no such site": ('[[intervention]]\nkind = "infuse"\nfactor = "bdnf"\nsite = "tail"\nrate = "1 ng/min"\n', '"tail"'),
    "outside of the run": ('[[intervention]]\nkind = "knockout"\nfactor = "bdnf"\nfrom = "day 40"\n', "day 40"),
    "backward": ('[[intervention]]\nkind = "knockout"\nfactor = "bdnf"\nfrom = "day 0 05:00"\nto = "day 0 04:00"\n', "after from"),
    "an assay without times": ('[[assay]]\nname = "a"\nkind = "dcx"\n', "at"),
    "an assay of an unknown factor": ('[[assay]]\nname = "a"\nkind = "blood"\nfactors = ["bdfn"]\nat = ["day 0"]\n', "bdfn"),
    "blood at the very end": ('[[assay]]\nname = "a"\nkind = "blood"\nat = ["end"]\n', "before the end"),
    "an unknown organ": ('[[assay]]\nname = "a"\nkind = "av_flux"\norgan = "kidneys"\nat = ["day 0"]\n', "kidney"),
    "an unknown site": ('[[assay]]\nname = "a"\nkind = "circulation_times"\nsites = ["arm"]\nat = ["day 0"]\n', "right_heart"),
    "a site twice": ('[[assay]]\nname = "a"\nkind = "circulation_times"\nsites = ["artery", "artery"]\nat = ["day 0"]\n', "twice"),
    "a dye curve of one sample": (
        '[[assay]]\nname = "a"\nkind = "indicator_dilution"\ninject = "vein"\nsites = ["artery"]\nat = ["day 0"]\n'
        'dose = "1 mg"\nduration = "1 s"\nevery = "2 s"\n', "samples"),
    "a dye without a dose": (
        '[[assay]]\nname = "a"\nkind = "indicator_dilution"\ninject = "vein"\nsites = ["artery"]\nat = ["day 0"]\n'
        'duration = "1 min"\nevery = "1 s"\n', "dose"),
    "two assays of one name": ('[[assay]]\nname = "a"\nkind = "dcx"\nat = ["end"]\n' * 2, "twice"),
    "a name that is a path": ('[[assay]]\nname = "a/b"\nkind = "dcx"\nat = ["end"]\n', "letters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_laboratory_work_is_refused_with_its_place(tmp_path, case):
    text, shown = WRONG[case]
    experiment = tmp_path / "experiment.toml"
    experiment.write_text(experiment_text(text))
    result = run("run", str(experiment), "-o", str(tmp_path / "out.h5"))
    assert result.returncode == 2
    assert f"{experiment}:" in result.stderr and shown in result.stderr
    assert not (tmp_path / "out.h5").exists()


def test_a_lift_in_a_mode_that_has_none_is_refused(tmp_path):
    experiment = tmp_path / "experiment.toml"
    text = experiment_text().replace('use = "sedentary"', '''[[schedule.session]]
mode = "wheel"
at = ["day 0 05:00"]
work = [{ sets = 2, repetitions = 5, load = "60 %1RM" }]''')
    experiment.write_text(text)
    result = run("check", str(experiment))
    assert result.returncode == 2 and "oxygen_cost" in result.stderr


@pytest.mark.parametrize("organism", ["mouse", "rat", "human"])
@pytest.mark.parametrize("regime", ["sedentary", "endurance", "resistance", "intervals", "combined"])
def test_every_experiment_plans_for_every_organism(tmp_path, organism, regime):
    result = run("run", str(CONFIGS / f"experiments/{regime}.toml"), "--dry-run", *SHORT, "--set", f"organism.use={organism}",
                 "-o", str(tmp_path / "out.h5"))
    assert result.returncode == 0, result.stderr


def test_the_other_sex_and_another_mass_scale_the_body(tmp_path):
    for more in (["--set", "organism.sex=female"], ["--set", "organism.mass=30 g"]):
        result = run("run", str(CONFIGS / "experiments/sedentary.toml"), "--dry-run", *SHORT, *more, "-o", str(tmp_path / "o.h5"))
        assert result.returncode == 0, result.stderr
    wrong = run("check", str(CONFIGS / "experiments/sedentary.toml"), "--set", "organism.sex=woman")
    assert wrong.returncode == 2 and "woman" in wrong.stderr and "female" in wrong.stderr
