"""One run in Python: everything that is in its file, as it is there, and what the reader adds."""
import builtins
import subprocess
import tomllib

import h5py
import myoaxis
import numpy as np
import pandas as pd
import pytest
import xarray
from conftest import SOURCE, run_program

DAY = 86400.0
TABLES = ("outcomes", "events", "fibers", "neurons")


@pytest.fixture
def run(mine):
    with myoaxis.open_run(mine) as opened:
        yield opened


@pytest.fixture
def file(mine):
    with h5py.File(mine) as opened:
        yield opened


def data_sets(group):
    return {name: data.asstr()[()] if data.dtype.kind == "O" else data[()]
            for name, data in group.items() if isinstance(data, h5py.Dataset)}


def test_all_groups_are_there(run, file):
    holders = []
    file.visititems(lambda name, thing: holders.append(name) if isinstance(thing, h5py.Group) and data_sets(thing) else None)
    assert set(run.groups) == set(holders) and "assays/survival" in run.groups and "blood" in run.groups
    assert {"blood", "neurons", "snapshot"} <= set(dir(run))


def test_data_sets_hold_what_the_file_holds(run, file):
    for group in set(run.groups) - set(TABLES):
        data = run[group]
        assert isinstance(data, xarray.Dataset)
        for name, values in data_sets(file[group]).items():
            np.testing.assert_array_equal(data[name].values, values)
            assert data[name].attrs.get("units") == file[group][name].attrs.get("units")
    assert run.blood.il6.dims == ("time", "site") and run.blood is run["blood"]


def test_values_are_read_when_they_are_asked_for(run):
    blood = run.blood
    assert not blood.il6.variable._in_memory and not blood.bdnf.variable._in_memory
    blood.il6.values
    assert blood.il6.variable._in_memory and not blood.bdnf.variable._in_memory


def test_time_is_a_number_in_seconds_and_day_goes_with_it(run):
    assert run.brain.time.attrs["units"] == "s" and run.brain.time.dtype == float
    np.testing.assert_array_equal(run.brain.day, run.brain.time / DAY)
    assert run.brain.day.attrs["units"] == "d" and run.brain.mood.coords["day"].dims == ("time",)
    np.testing.assert_array_equal(run.sessions.day, run.sessions.start / DAY)
    np.testing.assert_allclose(run.sessions.day, [19 / 24, 1 + 19 / 24])


def test_codes_get_names_on_request(run, mine):
    assert run.sessions.done.dtype == np.uint8
    named = myoaxis.open_run(mine, names=True).sessions
    assert list(named.done.values) == ["done", "done"] and list(named["mode"].values) == ["run", "run"]
    assert named.done.attrs["long_name"] == run.sessions.done.attrs["long_name"] and "flag_values" not in named.done.attrs


def test_outcomes_are_a_table(run, file):
    values = dict(zip(file["outcomes/outcome"].asstr()[()], file["outcomes/value"][()]))
    assert run.outcomes.value.to_dict() == pytest.approx(values, nan_ok=True)
    assert list(run.outcomes.columns) == ["value", "unit", "meaning"] and run.outcomes.unit["cells_born"] == "d-1"


def test_events_are_a_table_with_names(run, file):
    meanings = file["events/kind"].attrs["flag_meanings"].split()
    assert list(run.events.kind) == [meanings[code] for code in file["events/kind"]]
    assert isinstance(run.events.kind.dtype, pd.CategoricalDtype) and set(run.events.kind.cat.categories) == set(meanings)
    assert run.events.cell.dtype == np.uint64 and run.events.index.name == "event"
    np.testing.assert_allclose(run.events.day, file["events/time"][()] / DAY)
    assert run.events.attrs["units"]["time"] == "s" and run.events.attrs["units"]["day"] == "d"


@pytest.mark.parametrize("population", ["fibers", "neurons"])
def test_agents_are_a_table_with_the_time_of_their_snapshot(population, run, file):
    table, group = run[population], file[population]
    assert list(table.columns[:3]) == ["snapshot", "time", "day"] and not {"agents", "snapshot_index"} & set(table)
    np.testing.assert_array_equal(table.key, group["key"][()])
    np.testing.assert_array_equal(table.time, group["time"][()][group["snapshot_index"][()]])
    assert table.groupby("day").size().to_dict() == dict(zip([0.0, 1.0, 2.0], group["agents"][()]))


def test_stages_of_neurons_are_names(run, file):
    alive = run.neurons[run.neurons.day == 2].stage.value_counts()
    last = dict(zip(file["hippocampus/stage"].asstr()[()], file["hippocampus/cells"][-1]))
    assert {stage: count / 0.02 for stage, count in alive.items()} == pytest.approx(last)


@pytest.mark.parametrize("wanted, number", [({}, 2), ({"day": 2}, 2), ({"day": 1}, 1), ({"time": 0}, 0), ({"time": DAY}, 1)])
def test_a_snapshot_is_a_table_of_its_own(wanted, number, run):
    pd.testing.assert_frame_equal(run.snapshot("neurons", **wanted), run.neurons[run.neurons.snapshot == number])


def test_a_snapshot_that_is_not_there_is_refused_with_what_is(run):
    with pytest.raises(ValueError, match="no snapshot of day 7; there are some of day 0, 1, 2"):
        run.snapshot("neurons", day=7)
    with pytest.raises(ValueError, match="/blood has no snapshots"):
        run.snapshot("blood")


def test_assays_go_by_their_names(run, file):
    assert set(run.assays) == set(file["assays"]) and len(run.assays) == 2
    assert run.assays.draws is run.assays["draws"] and "draws" in dir(run.assays) and "draws" in repr(run.assays)
    with pytest.raises(AttributeError, match="groups: .*draws"):
        run.assays.drawn
    np.testing.assert_array_equal(run.assays["draws"].il6_truth, file["assays/draws/il6_truth"][()])
    assert run.assays["draws"].day.values == pytest.approx([0.75, 20 / 24])


def test_attributes_are_plain_numbers_and_texts(run, file):
    assert run.attrs == {name: value.item() if hasattr(value, "item") else value for name, value in file.attrs.items()}
    assert all(type(value) in (int, float, str) for value in run.attrs.values())
    assert (run.attrs["seed"], run.status, run.unfinished) == (7, "complete", False)
    assert "Two days" in repr(run) and "complete" in repr(run)


def test_the_configuration_is_a_dictionary(run):
    assert run.config == tomllib.loads(run.attrs["config_toml"]) and run.config["schedule"]["duration"] == "2 days"


def test_the_configuration_is_text_where_nothing_reads_toml(run, monkeypatch):
    real = builtins.__import__

    def without_toml(name, *rest):
        if name in ("tomllib", "tomli"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_toml)
    assert run.config == run.attrs["config_toml"]


def test_a_graph_experiment_opens_too(tmp_path):
    run_program("run", SOURCE / "configs/experiments/two_compartments.toml", "-o", "two.h5", cwd=tmp_path)
    run = myoaxis.open_run(tmp_path / "two.h5")
    assert {"transport", "sinks"} <= set(run.groups) and run.transport.content.dims == ("time", "cell")


def test_a_group_that_is_not_there_is_refused_with_what_is(run):
    with pytest.raises(AttributeError, match="'bloods'; groups: .*blood"):
        run.bloods  # noqa: B018
    with pytest.raises(KeyError, match="'assays/bloods'; there are: .*assays/draws"):
        run["assays/bloods"]


def test_wrong_paths_are_told_apart(tmp_path, home):
    with pytest.raises(FileNotFoundError, match="missing.h5: no such file, and no missing.h5.partial"):
        myoaxis.open_run(tmp_path / "missing.h5")
    with pytest.raises(IsADirectoryError, match="open_batch"):
        myoaxis.open_run(home / "results")
    with pytest.raises(myoaxis.ReadError, match="mine.toml: is no HDF5 file"):
        myoaxis.open_run(home / "mine.toml")


def test_files_of_another_kind_are_refused(tmp_path, changed):
    run_program("network", "solve", SOURCE / "configs/networks/y.dat", "-o", "y.h5", cwd=tmp_path)
    with pytest.raises(myoaxis.ReadError, match="y.h5: is a 'myoaxis network' file"):
        myoaxis.open_run(tmp_path / "y.h5")
    with pytest.raises(myoaxis.ReadError, match="other.h5: is an HDF5 file of another program"):
        myoaxis.open_run(changed("other.h5", lambda file: file.attrs.pop("format")))


@pytest.mark.parametrize("version", ["1.0", "30.1", "x"])
def test_an_unknown_version_of_the_format_is_refused(version, changed):
    path = changed("later.h5", lambda file: file.attrs.modify("format_version", version))
    with pytest.raises(myoaxis.ReadError, match=f"format version {version}, this reader knows 2.x and 3.x"):
        myoaxis.open_run(path)


def test_the_reader_knows_the_version_that_the_program_writes(mine):
    with h5py.File(mine) as file:
        assert int(file.attrs["format_version"].split(".")[0]) in myoaxis._file.KNOWN_VERSIONS


def test_a_damaged_file_is_refused(changed):
    path = changed("damaged.h5")
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(myoaxis.ReadError, match="damaged.h5: cannot be read"):
        myoaxis.open_run(path)


def test_the_file_can_be_open_elsewhere(mine, run):
    with h5py.File(mine) as other:
        assert myoaxis.open_run(mine).blood.equals(run.blood) and "blood" in other
    with h5py.File(mine, libver="latest", swmr=True) as other:
        run.close()
        assert myoaxis.open_run(mine).attrs == run.attrs and "blood" in other


def test_reading_changes_nothing_and_needs_no_writing(mine, tmp_path):
    before = mine.read_bytes()
    code = f"import myoaxis; print(myoaxis.open_run({str(mine)!r}).neurons.day.max())"
    done = subprocess.run(["/usr/bin/python3", "-B", "-W", "ignore", "-c", code], cwd=tmp_path, check=True, capture_output=True,
                          text=True, env={"PYTHONPATH": str(SOURCE / "tools/python")})
    assert done.stdout == "2.0\n" and mine.read_bytes() == before and not list(tmp_path.iterdir())
