"""The results file: its rules, what it holds, and the balances that must close in it."""
import hashlib
import re
import tomllib

import contract_rules
import h5py
import numpy as np
import pytest
import xarray
from conftest import call

# Debian's netCDF4 was built with an older numpy, which it tells at its first import.
pytestmark = pytest.mark.filterwarnings("ignore:numpy.ndarray size changed")

GROUPS = ("blood", "ledger", "ledger_fields", "muscle", "hippocampus", "brain", "sessions", "fibers", "neurons", "vessels",
          "niches", "events", "state", "attribution", "outcomes")
FACTORS = ("bdnf", "il6")
HOUR = 3600
LEVELS = ("blood_baseline", "blood_resting", "blood_in_session", "blood_after_session", "occupancy_fold")
OUTCOMES = {f"{factor}_{level}" for factor in (*FACTORS, "lactate") for level in LEVELS} | {
    "sessions_planned", "sessions_done", "exercise_time", "force_met", "perceived_exertion", "oxidative_capacity",
    "vo2max_fold", "fiber_area", "strength", "cells_born", "cells_died", "neurons_matured", "young_neurons_end",
    "stem_cells_end", "spines", "potentiated_share", "young_spines", "inflammation", "mood", "effort"}


@pytest.fixture
def file(finished):
    with h5py.File(finished.output) as opened:
        yield opened


@pytest.fixture
def outcomes(file):
    return dict(zip(file["outcomes/outcome"].asstr()[()], file["outcomes/value"][()]))


def test_the_file_keeps_the_rules_of_portable_hdf5(finished):
    assert contract_rules.violations(str(finished.output))[0] == []


@pytest.mark.parametrize("settings", [
    ("output.snapshots=[]", "output.events=false", "schedule.use=sedentary"),
    ("output.events_limit=0", "output.every=1 day", 'factors=["il6"]'),
], ids=["nothing to write", "one factor"])
def test_a_file_with_empty_groups_keeps_the_rules_too(settings, folder):
    sets = [argument for setting in settings for argument in ("--set", setting)]
    done = call("run", "short.toml", *sets, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert contract_rules.violations(str(folder / "short.h5"))[0] == []


@pytest.mark.parametrize("engine", ["h5netcdf", "netcdf4"])
@pytest.mark.parametrize("group", GROUPS)
def test_each_group_opens_in_xarray(group, engine, finished, file):
    with xarray.open_dataset(finished.output, group=group, engine=engine) as data:
        data.load()
        assert set(data.variables) == set(file[group])
        assert all(not str(dimension).startswith("phony_dim") for dimension in data.dims)


def test_the_groups_are_the_documented_ones(file):
    assert set(file) == set(GROUPS)


def test_the_root_tells_where_the_file_comes_from(file, finished):
    root = file.attrs
    assert root["format"] == "myoaxis run"
    assert root["Conventions"].startswith("CF-")
    assert root["software"] == "myoaxis"
    assert root["status"] == "complete"
    assert (root["seed"], root["subject"]) == (7, 0)
    assert re.fullmatch(r"\d+\.\d+", root["format_version"])
    assert re.fullmatch(r"\d+\.\d+\.\d+", root["software_version"])
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?|unknown", root["git_sha1"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", root["date_created"])
    assert re.fullmatch(r"[0-9a-f]{32}", root["state_hash"])
    assert root["build"]
    assert root["command_line"].endswith("run short.toml --threads 1")
    assert root["state_hash"] in finished.stderr


def test_the_configuration_in_the_file_is_the_one_that_was_run(file, finished):
    text = file.attrs["config_toml"]
    assert hashlib.sha256(text.encode()).hexdigest() == file.attrs["config_sha256"]
    assert tomllib.loads(text)["schedule"]["baseline"] == "1 day"
    assert call("check", "short.toml", cwd=finished.folder).stdout == text


@pytest.mark.parametrize("group", ["blood", "ledger", "ledger_fields", "muscle", "hippocampus", "brain"])
def test_time_goes_in_equal_intervals_from_baseline_to_end(group, file):
    time = file[group]["time"]
    assert time.attrs["units"] == "s"
    np.testing.assert_array_equal(time[()], np.arange(-18, 25, 6) * HOUR)


@pytest.mark.parametrize("group", GROUPS)
def test_numbers_have_units_or_meanings(group, file):
    for name, data in file[group].items():
        if data.dtype.kind in "iuf":
            assert data.attrs.get("units") or data.attrs.get("flag_meanings"), name
        assert data.attrs.get("long_name"), name


def test_factors_are_in_their_customary_unit(file):
    for factor in FACTORS:
        assert file["blood"][factor].attrs["units"] == "pg/ml"
        assert np.all(file["blood"][factor][()] > 0) and np.all(np.isfinite(file["blood"][factor][()]))


def test_the_ledger_closes_at_every_time(file):
    initial, released, cleared, carried = (file["ledger"][term][()] for term in ("initial", "released", "cleared", "carried"))
    for term in (initial, released, cleared, carried):
        assert term.dtype == np.int64 and term.shape == (8, len(FACTORS))
        assert np.all(term >= 0)
    np.testing.assert_array_equal(initial + released - cleared, carried)
    assert np.all(initial == initial[0])
    assert np.all(np.diff(released, axis=0) > 0) and np.all(np.diff(cleared, axis=0) > 0)


@pytest.mark.parametrize("total, parts, scale", [("released", "released_by_source", "source"), ("cleared", "cleared_by_sink", "sink")])
def test_the_terms_of_the_ledger_are_the_sums_of_their_parts(total, parts, scale, file):
    ledger = file["ledger"]
    owner = np.array([name.split(":")[0] for name in ledger[scale].asstr()[()]])
    for i, factor in enumerate(ledger["factor"].asstr()[()]):
        np.testing.assert_array_equal(ledger[parts][:, owner == factor].sum(axis=1), ledger[total][:, i])
    assert np.all(np.diff(ledger[parts][()], axis=0) >= 0)


def test_the_ledger_of_fields_closes_too(file):
    ledger = file["ledger_fields"]
    assert ledger["initial"].attrs["units"] == "mol"
    total = ledger["initial"][()] + ledger["released"][()] + ledger["injected"][()]
    np.testing.assert_allclose(total - ledger["cleared"][()], ledger["carried"][()], atol=1e-12 * total.max())


def test_feelings_and_spines_are_written(file):
    assert np.all(file["brain/perceived_exertion"][()] >= 6) and file["brain/perceived_exertion"][()].max() > 6
    assert np.all(np.isfinite(file["brain/mood"][()])) and np.all(file["brain/inflammation"][()] > 0)
    spines = file["hippocampus/spines"][()]
    assert spines.shape == (8, 2, 4)
    np.testing.assert_allclose(spines[:, 0].sum(axis=1), spines[0, 0].sum(), rtol=1e-6)  # sites only change state


def test_the_session_is_planned_and_done(file, outcomes):
    session = file["sessions"]
    np.testing.assert_array_equal(session["start"][()], [19 * HOUR])
    np.testing.assert_array_equal(session["end"][()], [20 * HOUR])
    assert session["mode"].attrs["flag_meanings"].split()[session["mode"][0]] == "run"
    assert session["done"].attrs["flag_meanings"].split()[session["done"][0]] == "done"
    for name in ("planned_intensity", "intensity"):
        np.testing.assert_allclose(session[name][()], [(20 * 45 + 40 * 70) / 60])
    np.testing.assert_allclose(session["force_met"][()], [100])
    assert session["effort"][0] == 1 and 6 < session["perceived_exertion"][0] < 20
    assert outcomes["sessions_planned"] == outcomes["sessions_done"] == 1
    assert outcomes["exercise_time"] == pytest.approx(1)


def test_the_muscle_works_in_the_session_and_only_then(file):
    muscle = file["muscle"]
    ends = muscle["time"][()]
    training = (ends > 19 * HOUR) & (ends - 6 * HOUR < 20 * HOUR)
    for name in ("intensity", "force"):
        working = muscle[name][:, 0]
        assert np.all(working[training] > 0) and np.all(working[~training] == 0), name
    assert muscle["intensity"][-1, 0] == pytest.approx((20 * 0.45 + 40 * 0.70) / 360, rel=1e-5)
    for name in ("blood_flow", "cardiac_output", "secretion_il6", "secretion_bdnf"):
        rest = muscle[name][~training, 0]
        assert np.all(muscle[name][training, 0] > 1.01 * rest.max()), name


def test_cells_change_by_births_and_deaths_alone(file):
    """A stem cell that turns into an astrocyte leaves the lineage, too."""
    hippocampus, events = file["hippocampus"], file["events"]
    time, per_cell = hippocampus["time"][()], 1 / 0.02
    kinds = events["kind"].attrs["flag_meanings"].split()
    when = {kind: events["time"][()][events["kind"][()] == i] for i, kind in enumerate(kinds)}
    count = {kind: np.histogram(times, np.append(time[0] - 6 * HOUR, time))[0] * per_cell for kind, times in when.items()}
    np.testing.assert_allclose(hippocampus["births"][()].sum(axis=1), count["birth"])
    np.testing.assert_allclose(hippocampus["deaths"][()].sum(axis=1), count["death"])
    change = np.diff(hippocampus["cells"][()].sum(axis=1))
    np.testing.assert_allclose(change, (count["birth"] - count["death"] - count["gliogenesis"])[1:])


def test_events_are_in_order_of_time(file):
    time = file["events/time"][()]
    assert len(time) > 0
    assert np.all(np.diff(time // HOUR) >= 0)  # the lineage's grid is an hour
    assert time[0] >= -24 * HOUR and time[-1] <= 24 * HOUR


def test_snapshots_hold_every_agent_at_the_asked_times(file):
    for name in ("fibers", "neurons"):
        group = file[name]
        np.testing.assert_array_equal(group["time"][()], [0, 24 * HOUR])
        np.testing.assert_array_equal(np.bincount(group["snapshot_index"][()]), group["agents"][()])
        for i in range(2):
            keys = group["key"][()][group["snapshot_index"][()] == i]
            assert len(np.unique(keys)) == len(keys)
    np.testing.assert_array_equal(file["fibers/agents"][()], [200, 200])
    last = file["neurons/agents"][-1] / 0.02
    assert last == pytest.approx(file["hippocampus/cells"][-1].sum())


def test_the_table_of_outcomes_is_complete(file, outcomes):
    assert set(outcomes) == OUTCOMES
    assert len(file["outcomes/outcome"]) == len(OUTCOMES)
    for name in ("unit", "meaning"):
        assert all(text.strip() for text in file["outcomes"][name].asstr()[()])
    assert all(np.isfinite(value) for value in outcomes.values())


def test_outcomes_agree_with_the_series(file, outcomes):
    since = file["blood/time"][()] > 0
    for factor in FACTORS:
        artery = file["blood"][factor][:, 0]
        assert outcomes[f"{factor}_blood_baseline"] == pytest.approx(artery[~since].mean(), rel=1e-4)
    hippocampus = file["hippocampus"]
    assert outcomes["cells_born"] == pytest.approx(hippocampus["births"][()][since].sum())
    assert outcomes["cells_died"] == pytest.approx(hippocampus["deaths"][()][since].sum())


def test_an_outcome_without_occasion_is_not_a_number(folder):
    done = call("run", "short.toml", "--set", "schedule.use=sedentary", cwd=folder)
    assert done.returncode == 0, done.stderr
    with h5py.File(folder / "short.h5") as file:
        values = dict(zip(file["outcomes/outcome"].asstr()[()], file["outcomes/value"][()]))
    assert values["sessions_planned"] == 0 and values["exercise_time"] == 0
    assert np.isnan(values["force_met"]) and np.isnan(values["il6_blood_after_session"])
