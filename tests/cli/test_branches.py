"""Branches that set out from a state which has sessions and infusions behind it."""
import h5py
import numpy as np
import pytest
from conftest import SHORT_EXPERIMENT, call, refused
from test_reproducible import state_hash

HEAD = SHORT_EXPERIMENT.replace('use = "endurance"\n', "").replace('duration = "1 day"', 'duration = "2 days"')
HEAD = HEAD.replace('every = "6 h"', 'every = "1 h"')
START = '\n[start]\nfrom = "{}.h5"\n'


def session(at, intensity="70 %VO2max"):
    return (f'\n[[schedule.session]]\nmode = "run"\nat = ["{at}"]\n'
            f'work = [{{ duration = "40 min", intensity = "{intensity}" }}]\n')


def infusion(factor="il6", site="vein", rate="20 pg/min"):
    return (f'\n[[intervention]]\nkind = "infuse"\nfactor = "{factor}"\nsite = "{site}"\nrate = "{rate}"\n'
            'from = "day -1 12:00"\nto = "day 0 12:00"\n')


MORNING, NEXT_DAY = session("day 0 06:00"), session("day 1 06:00")


def run(home, name, text, *options):
    (home / f"{name}.toml").write_text(text, encoding="utf-8")
    done = call("run", f"{name}.toml", *options, cwd=home)
    assert done.returncode == 0, done.stderr
    return home / f"{name}.h5"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """States within, after and long after a session, and one with infusions; whole runs of both."""
    home = tmp_path_factory.mktemp("branches")
    for name, until in (("within", "day 0 06:20"), ("after", "day 0 07:30"), ("rested", "day 0 18:00")):
        run(home, name, HEAD + MORNING, "--until", until)
    run(home, "whole", HEAD + MORNING)
    run(home, "infused", HEAD + infusion() + infusion("lactate", rate="20 ug/min"), "--until", "day 0")
    return home


def attribution(path, session):
    """Molecules of all factors and sources that reached the niches and were released in a session."""
    with h5py.File(path) as file:
        group = file["attribution"]
        return group["arrived"][..., list(group["session"]).index(session)].sum()


@pytest.mark.parametrize("state", ["within", "after", "rested"])
def test_the_same_schedule_comes_to_the_same_state(state, home):
    output = run(home, f"same_{state}", HEAD + MORNING + START.format(state))
    assert state_hash(output) == state_hash(home / "whole.h5")


@pytest.mark.parametrize("state", ["within", "rested"])
def test_a_session_keeps_its_identity_under_another_number(state, home):
    earlier = session("day 0 01:00")
    output = run(home, f"shifted_{state}", HEAD + earlier + MORNING + START.format(state))
    assert attribution(output, 0) == 0 and attribution(output, 1) > 0
    with h5py.File(output) as file:
        sessions = file["sessions/session"][:]
        assert list(sessions) == ([1] if state == "within" else [])


def test_sessions_of_the_baseline_are_not_taken_for_those_of_the_branch(home):
    output = run(home, "other", HEAD + NEXT_DAY + START.format("rested"), "--until", "day 1")
    assert attribution(output, 0) == 0 and attribution(output, -2) > 0
    output = run(home, "other", HEAD + NEXT_DAY + START.format("rested"))
    assert attribution(output, 0) > 0


@pytest.mark.parametrize("state, schedule, words", [
    ("within", NEXT_DAY, "within a session, up to day 0 06:40"),
    ("within", session("day 0 06:00", "50 %VO2max"), "within a session"),
    ("after", NEXT_DAY, "recovers, up to day 0 08:40"),
    ("after", MORNING + session("day 0 07:10"), "not in the session that this schedule has from day 0 07:10"),
])
def test_a_state_that_the_schedule_cannot_have_is_refused(state, schedule, words, home):
    (home / "bad.toml").write_text(HEAD + schedule + START.format(state), encoding="utf-8")
    for verb in ("check", "run"):
        message = refused(verb, "bad.toml", cwd=home)
        assert words in message and "bad.toml:" in message and "rested" in message


def ledgers(path):
    """Initial, injected and what fails to balance of each factor at the last row."""
    found = {}
    with h5py.File(path) as file:
        for group in ("ledger", "ledger_fields"):
            rows = {name: file[group][name][-1] for name in ("initial", "released", "injected", "cleared", "carried")}
            missing = rows["initial"] + rows["released"] + rows["injected"] - rows["cleared"] - rows["carried"]
            for i, factor in enumerate(file[group]["factor"].asstr()):
                found[factor] = rows["initial"][i], rows["injected"][i], missing[i] / rows["cleared"][i]
    return found


def test_an_infusion_of_the_baseline_may_end_with_it(home):
    at_start = ledgers(home / "infused.h5")
    found = ledgers(run(home, "without", HEAD + START.format("infused")))
    for factor in ("il6", "lactate"):
        assert found[factor][0] == pytest.approx(at_start[factor][0] + at_start[factor][1], rel=1e-12)
        assert found[factor][1] == 0 and abs(found[factor][2]) < 1e-12
    assert found["bdnf"][0] == at_start["bdnf"][0]


def test_another_infusion_does_not_inherit_what_the_first_gave(home):
    at_start = ledgers(home / "infused.h5")
    other = infusion(site="artery") + infusion("lactate", rate="10 ug/min")
    found = ledgers(run(home, "changed", HEAD + other + START.format("infused")))
    alone = ledgers(run(home, "late", HEAD + other.replace("day -1 12:00", "day 0") + START.format("infused")))
    for factor in ("il6", "lactate"):
        assert found[factor][0] == pytest.approx(at_start[factor][0] + at_start[factor][1], rel=1e-12)
        assert found[factor][1] == pytest.approx(alone[factor][1], rel=0.1) and found[factor][1] > 0


def test_the_same_infusion_goes_on(home):
    text = HEAD + infusion() + infusion("lactate", rate="20 ug/min")
    assert state_hash(run(home, "goes_on", text + START.format("infused"))) == state_hash(run(home, "uncut", text))
    with h5py.File(home / "goes_on.h5") as a, h5py.File(home / "uncut.h5") as b:
        assert np.array_equal(a["ledger/injected"][-1], b["ledger/injected"][-1])


def test_an_end_before_the_state_is_refused(home):
    (home / "early.toml").write_text(HEAD + MORNING + START.format("rested"), encoding="utf-8")
    for verb in ("run", "verify"):
        message = refused(verb, "early.toml", "--until", "day 0 12:00", cwd=home)
        assert "not after the beginning, day 0 18:00" in message and "rested.h5" in message


def test_a_branch_is_verified_from_its_state_on(home):
    output = run(home, "verified", HEAD + MORNING + START.format("rested"), "--until", "day 1")
    with h5py.File(output) as file:
        state, rows = file.attrs["state_hash"], len(file["state/time"])
    done = call("verify", "verified.toml", "--until", "day 1", "--threads", 2, cwd=home)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()[1:]
    assert all(state in line for line in lines) and lines[0].endswith(f"reference, {rows} output times")
    assert all(line.endswith(" same") for line in lines[1:]) and len(lines) == 4
