"""Experiments that set out from one saved baseline."""
import h5py
import numpy as np
import pytest
from conftest import SHORT_EXPERIMENT, call, listing, refused
from test_reproducible import state_hash

START = '\n[start]\nfrom = "baseline.h5"\n'
INFUSION = '\n[[intervention]]\nkind = "infuse"\nfactor = "lactate"\nsite = "vein"\nrate = "20 ug/min"\nfrom = "day 0 02:00"\n' \
           'to = "day 0 04:00"\n'


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """A baseline up to day 0, and the whole run of the same experiment."""
    home = tmp_path_factory.mktemp("start")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    assert call("run", "short.toml", "-o", "baseline.h5", "--until", "day 0", cwd=home).returncode == 0
    assert call("run", "short.toml", "-o", "whole.h5", cwd=home).returncode == 0
    return home


def branch(home, name, more="", *options):
    (home / f"{name}.toml").write_text(SHORT_EXPERIMENT + more + START, encoding="utf-8")
    done = call("run", f"{name}.toml", *options, cwd=home)
    assert done.returncode == 0, done.stderr
    return done, home / f"{name}.h5"


def test_the_same_experiment_comes_to_the_same_state(saved):
    done, output = branch(saved, "same")
    assert "setting out from baseline.h5, day 0" in done.stderr
    assert state_hash(output) == state_hash(saved / "whole.h5")
    with h5py.File(output) as a, h5py.File(saved / "whole.h5") as b:
        assert a["blood/time"][0] == 6 * 3600
        assert np.array_equal(a["blood/bdnf"], b["blood/bdnf"][-len(a["blood/time"]):])
        assert np.array_equal(a["outcomes/value"], b["outcomes/value"], equal_nan=True)


def test_treatments_branch_from_one_baseline(saved):
    _, rest = branch(saved, "rest", "", "--set", 'schedule.use="sedentary"')
    _, infused = branch(saved, "infused", INFUSION)
    same = state_hash(saved / "whole.h5")
    assert len({state_hash(rest), state_hash(infused), same}) == 3
    with h5py.File(infused) as file:
        assert file["ledger_fields/injected"][-1].sum() > 0
    with h5py.File(saved / "whole.h5") as file:
        assert file["ledger_fields/injected"][-1].sum() == 0


def test_the_state_is_part_of_the_configuration(saved, tmp_path):
    _, output = branch(saved, "same2")
    with h5py.File(output) as file, h5py.File(saved / "baseline.h5") as baseline:
        assert f'state = "{baseline.attrs["state_hash"]}"' in file.attrs["config_toml"]


def test_a_branch_goes_on_like_any_run(saved):
    _, whole = branch(saved, "one", INFUSION)
    branch(saved, "two", INFUSION, "--until", "day 0 12:00")
    _, resumed = branch(saved, "two", INFUSION)
    assert state_hash(whole) == state_hash(resumed)


@pytest.mark.parametrize("change, named", [
    (("--set", "organism.age=20 weeks"), "organism.age"), (("--set", "scale.fibers=300"), "scale.fibers"),
    (("--set", 'factors=["bdnf","lactate"]'), "factor.il6"), (("--set", "schedule.baseline=2 days"), "schedule.baseline"),
])
def test_another_mouse_is_refused_by_the_key_that_differs(change, named, saved):
    (saved / "other.toml").write_text(SHORT_EXPERIMENT + START, encoding="utf-8")
    message = refused("run", "other.toml", *change, cwd=saved)
    assert named in message and "other.toml:" in message


@pytest.mark.parametrize("name, words", [
    ("missing.h5", "no file"), ("whole.h5", "--keep-checkpoint"), ("short.toml", "has no checkpoint"),
])
def test_what_holds_no_state_is_refused(name, words, saved):
    (saved / "bad.toml").write_text(SHORT_EXPERIMENT + START.replace("baseline.h5", name), encoding="utf-8")
    message = refused("run", "bad.toml", cwd=saved)
    assert name in message and words in message and "bad.toml:" in message


def test_a_state_after_the_end_is_refused(saved):
    (saved / "late.toml").write_text(SHORT_EXPERIMENT.replace('duration = "1 day"', 'duration = "12 h"') + START,
                                     encoding="utf-8")
    assert call("run", "short.toml", "-o", "end.h5", "--keep-checkpoint", cwd=saved).returncode == 0
    message = refused("run", "late.toml", "--set", 'start.from="end.h5"', cwd=saved)
    assert "day 1" in message


def test_another_state_than_the_one_named_is_refused(saved):
    (saved / "named.toml").write_text(SHORT_EXPERIMENT + START + f'state = "{32 * "0"}"\n', encoding="utf-8")
    assert "is not the state" in refused("run", "named.toml", cwd=saved)


def test_a_damaged_baseline_is_refused(saved, tmp_path):
    data = bytearray((saved / "baseline.h5.checkpoint").read_bytes())
    data[5000] ^= 8
    (tmp_path / "baseline.h5.checkpoint").write_bytes(data)
    (tmp_path / "x.toml").write_text(SHORT_EXPERIMENT + START, encoding="utf-8")
    assert "damaged" in refused("run", "x.toml", cwd=tmp_path)
    assert "baseline.h5.checkpoint" in listing(tmp_path)
