"""Many runs in Python: one data set a group with a dimension run, aligned, labeled, and never mixed up."""
import h5py
import myoaxis
import numpy as np
import pytest
from conftest import MINE, SHORT, run_program

NAMES = ["endurance-1", "endurance-2", "sedentary-1", "sedentary-2"]


@pytest.fixture
def batch(home):
    return myoaxis.open_batch(home / "results")


def single(home, name):
    return myoaxis.open_run(home / "results" / f"{name}.h5")


def test_a_folder_is_a_batch_of_its_results(batch, home):
    assert len(batch) == 4 and list(batch.runs.index) == NAMES
    assert list(batch.runs.columns) == ["title", "seed", "subject", "status", "path"]
    assert list(batch.runs.seed) == [1, 2, 1, 2] and set(batch.runs.status) == {"complete"}
    assert set(batch.groups) == set(single(home, NAMES[0]).groups) and "hippocampus" in dir(batch)
    assert "4 runs" in repr(batch)


def test_each_run_is_a_slice(batch, home):
    for group in ("blood", "muscle", "ledger"):
        for name in NAMES:
            part, whole = batch[group].sel(run=name), single(home, name)[group].load()
            assert part.drop_vars(["run", "title", "seed", "subject"]).broadcast_equals(whole)
            assert {key: one.dtype for key, one in part.data_vars.items()} == {key: one.dtype for key, one in whole.data_vars.items()}
    assert batch.blood.irisin.dims == ("run", "time", "site") and batch.blood.irisin.attrs["units"] == "ng/ml"
    assert batch.blood.day.dims == ("time",)


def test_runs_have_their_labels(batch):
    titles = batch.brain.mood.groupby("title").mean("run").title
    assert len(titles) == 2 and list(batch.brain.seed.values) == [1, 2, 1, 2]
    by_mouse = batch.brain.mood.drop_vars("subject").set_index(run=["title", "seed"]).unstack("run")
    assert by_mouse.notnull().all() and by_mouse.sizes["title"] == by_mouse.sizes["seed"] == 2


def test_outcomes_are_a_tidy_table(batch, home):
    table = batch.outcomes
    assert list(table.columns) == ["run", "title", "seed", "subject", "outcome", "value", "unit", "meaning"]
    wide = table.pivot(index="run", columns="outcome", values="value")
    for name in NAMES:
        np.testing.assert_array_equal(wide.loc[name, single(home, name).outcomes.index], single(home, name).outcomes.value)


def test_agents_stand_below_one_another_with_their_run(batch, home):
    cells = batch.neurons
    assert list(cells.columns[:7]) == ["run", "title", "seed", "subject", "snapshot", "time", "day"]
    assert cells.key.dtype == np.uint64 and cells.stage.dtype == single(home, NAMES[0]).neurons.stage.dtype
    for name in NAMES:
        np.testing.assert_array_equal(cells.key[cells.run == name], single(home, name).neurons.key)
        assert set(cells.seed[cells.run == name]) == {int(name[-1])}
    assert cells.attrs["units"]["born"] == "s"


def test_sessions_that_only_some_had_are_missing_in_the_others(batch):
    sessions = batch.sessions
    assert sessions.sizes == {"run": 4, "session": 5} and sessions.day.dims == ("run", "session")
    done = sessions.done.sum("session")
    assert list(done.sel(run=NAMES[:2]).values) == [5, 5] and sessions.done.sel(run=NAMES[2:]).isnull().all()


def test_runs_of_other_length_and_factors_are_aligned(home, mine):
    batch = myoaxis.open_batch([mine, home / "results/endurance-1.h5"])
    blood = batch.blood
    assert blood.sizes["time"] == single(home, "endurance-1").blood.sizes["time"]
    short, days = blood.il6.sel(run="mine", site="artery"), blood.day
    assert short[days > 2].isnull().all() and short[days <= 2].notnull().all()
    assert blood.irisin.sel(run="mine").isnull().all() and blood.irisin.sel(run="endurance-1").notnull().all()
    assert blood.irisin.dtype == float and batch.ledger.released.dtype == float
    assert set(batch.assays) == {"survival", "draws"} and list(batch.assays["draws"].run.values) == ["mine"]


def test_codes_get_names_on_request(home):
    done = myoaxis.open_batch(home / "results", names=True).sessions.done
    assert list(done.sel(run="endurance-1").values) == ["done"] * 5


def test_an_arm_is_a_label_where_files_name_one(changed, mine):
    trained = changed("trained.h5", lambda file: file.attrs.create("arm", "trained"))
    batch = myoaxis.open_batch([trained, mine])
    assert batch.blood.arm.dims == ("run",) and batch.blood.arm.values[0] == "trained" and batch.runs.arm["trained"] == "trained"


def test_numbers_in_other_units_are_not_mixed(changed, mine):
    other = changed("other.h5", lambda file: file["blood/il6"].attrs.modify("units", "ng/ml"))
    batch = myoaxis.open_batch([mine, other])
    with pytest.raises(ValueError, match="units of /blood/il6: 'pg/ml' in mine, 'ng/ml' in other"):
        batch.blood
    assert batch.brain.sizes["run"] == 2


def test_codes_of_other_meaning_are_not_mixed(changed, mine):
    other = changed("other.h5", lambda file: file["sessions/done"].attrs.modify("flag_meanings", "done skipped"))
    with pytest.raises(ValueError, match="flag_meanings of /sessions/done: .* names=True"):
        myoaxis.open_batch([mine, other]).sessions
    named = myoaxis.open_batch([mine, other], names=True).sessions.done
    assert set(named.sel(run="mine").values) == {"done"} and set(named.sel(run="other").values) == {"skipped"}


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path, mine):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.h5").write_bytes(mine.read_bytes())
    paths = [tmp_path / "a/mine.h5", tmp_path / "b/mine.h5"]
    assert list(myoaxis.open_batch(paths).runs.index) == [str(path) for path in paths]
    with pytest.raises(ValueError, match="given twice: .*a/mine.h5"):
        myoaxis.open_batch([paths[0], paths[0]])


def test_other_files_of_a_folder_are_left_out_but_not_those_named(tmp_path, mine):
    (tmp_path / "mine.h5").write_bytes(mine.read_bytes())
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["x"] = 1
    (tmp_path / "notes.txt").write_text("none")
    assert list(myoaxis.open_batch(tmp_path).runs.index) == ["mine"]
    with pytest.raises(myoaxis.ReadError, match="other.h5: is an HDF5 file of another program"):
        myoaxis.open_batch([tmp_path / "mine.h5", tmp_path / "other.h5"])


def test_nothing_to_open_is_said(tmp_path, mine):
    with pytest.raises(ValueError, match="no results of myoaxis"):
        myoaxis.open_batch(tmp_path)
    with pytest.raises(NotADirectoryError, match="open_run opens a single file"):
        myoaxis.open_batch(mine)
    with pytest.raises(FileNotFoundError, match="missing.h5"):
        myoaxis.open_batch([tmp_path / "missing.h5"])


def test_a_group_that_only_some_have_is_a_batch_of_those(home, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE.replace("survival", "labels"), encoding="utf-8")
    run_program("run", "mine.toml", "-o", "labels.h5", settings=SHORT | {"schedule.duration": '"2 days"'}, cwd=tmp_path)
    batch = myoaxis.open_batch([home / "mine.h5", tmp_path / "labels.h5"])
    assert set(batch.assays) == {"survival", "draws", "labels"}
    assert list(batch.assays["labels"].run.values) == ["labels"] and batch.assays["draws"].sizes["run"] == 2
    with pytest.raises(KeyError, match="no run has a group 'assays/other'"):
        batch["assays/other"]
