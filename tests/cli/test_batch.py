"""Batches: each run once, whoever does it and however often it is interrupted."""
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import h5py
import numpy as np
import pytest
from conftest import PROGRAM, SHORT_EXPERIMENT, batch_of, call, clean_environment, listing, place, refused
from contract_rules import violations
from moments import PATIENCE, in_time, wait_for
from test_reproducible import content, state_hash

BATCH = batch_of("Rest and running", 3, tail="""
[[arm]]
name = "blocked"
description = "the receptors of BDNF are blocked"
[[arm.intervention]]
kind = "block"
factor = "bdnf"
from = "day 0"
""")


@pytest.fixture
def home(folder):
    (folder / "batch.toml").write_text(BATCH, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A batch that nothing interrupted."""
    home = tmp_path_factory.mktemp("batch")
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (home / "batch.toml").write_text(BATCH, encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert done.returncode == 0, done.stderr
    assert "9 runs complete, 0 failed, 0 to do" in done.stderr
    return home / "study"


def start(home, *options, folder="study"):
    return subprocess.Popen([str(PROGRAM), "batch", "batch.toml", "-o", folder, "--progress", "never", *options], cwd=home,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=clean_environment(),
                            start_new_session=True)


def names_of(study, kind="runs"):
    return sorted(path.name for path in (study / kind).glob("*.h5"))


def assert_same(study, whole):
    """Same index, same files, same data."""
    assert content(study / "index.h5") == content(whole / "index.h5")
    assert names_of(study) == names_of(whole)
    for name in names_of(whole):
        assert state_hash(study / "runs" / name) == state_hash(whole / "runs" / name)
        assert content(study / "runs" / name) == content(whole / "runs" / name)
    leftovers = [name for name in listing(study) if name.endswith((".partial", ".new", ".lock", ".log", ".failed.txt"))]
    assert leftovers == []


def changed(study):
    return {name: (study / name).stat().st_mtime_ns for name in listing(study)}


def test_the_index_lists_all_runs_and_shows_them_as_one(whole):
    assert violations(whole / "index.h5")[0] == []
    with h5py.File(whole / "index.h5") as index:
        runs = index["runs"]
        assert list(runs["subject"][()]) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
        assert list(runs["arm"].asstr()[:3]) == ["rest", "running", "blocked"]
        assert (runs["status"][()] == 1).all()
        assert index.attrs["reference"] == "rest"
        assert index["blood/bdnf"].is_virtual
        assert np.abs(index["blood/row_time"][()] - index["blood/time"][()]).max() <= 3600
        assert "blood" not in index.attrs["left_out"]
        for i, file in enumerate(runs["file"].asstr()[()]):
            with h5py.File(whole / file) as run:
                assert np.array_equal(index["blood/bdnf"][i], run["blood/bdnf"])
                assert np.array_equal(index["blood/row_time"][i], run["blood/time"])
                assert np.array_equal(index["outcomes/value"][i], run["outcomes/value"], equal_nan=True)
                assert run.attrs["subject"] == runs["subject"][i]


def test_runs_are_named_by_their_configuration(whole):
    import hashlib
    for path in (whole / "runs").glob("*.toml"):
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:16] == path.stem


def test_arms_of_a_subject_are_the_same_until_they_differ(whole):
    """Up to the session of day 0 at 19:00: states, not just means."""
    with h5py.File(whole / "index.h5") as index:
        state = np.stack([index["state/hash_high"], index["state/hash_low"]], axis=-1)
        time = index["state/time"][()]
        before = time <= 19 * 3600
        rest, running, blocked = (state[i::3] for i in range(3))
        assert before.sum() == 3
        assert np.array_equal(rest[:, before], running[:, before])
        assert (rest[:, ~before] != running[:, ~before]).any(axis=-1).all()
        assert not np.array_equal(running, blocked)
        assert not np.array_equal(rest[0], rest[1])


def test_a_shared_baseline_changes_nothing(whole, home):
    (home / "batch.toml").write_text(BATCH.replace("subjects = 3", "subjects = 1\nshare_baseline = false"), encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "apart", cwd=home).returncode == 0
    assert names_of(home / "apart", "baselines") == []
    with h5py.File(home / "apart/index.h5") as apart, h5py.File(whole / "index.h5") as shared:
        files = [[index["runs/file"].asstr()[i] for i in range(3)] for index in (apart, shared)]
        for one, other in zip(*files):
            assert state_hash(home / "apart" / one) == state_hash(whole / other)
        assert np.array_equal(apart["outcomes/value"], shared["outcomes/value"][:3], equal_nan=True)


def test_what_is_complete_is_never_done_again(whole):
    before = {name: time for name, time in changed(whole).items() if name != "index.h5"}
    done = call("batch", "batch.toml", "-o", "study", cwd=whole.parent)
    assert done.returncode == 0
    assert {name: time for name, time in changed(whole).items() if name != "index.h5"} == before


def test_more_subjects_and_arms_add_to_what_is_there(whole, home):
    (home / "batch.toml").write_text(BATCH.replace("subjects = 3", "subjects = 2"), encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", cwd=home).returncode == 0
    few = changed(home / "study/runs")
    (home / "batch.toml").write_text(BATCH, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", cwd=home).returncode == 0
    assert {name: changed(home / "study/runs")[name] for name in few} == few
    assert_same(home / "study", whole)


def session_of(process):
    """Process numbers of a batch and the runs that it started: they share its session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == process.pid:
            found.append(int(stat.parent.name))
    return found


def under_way(home):
    """Whether runs have been started and not ended; those that a kill left count, too."""
    return any((home / "study").glob("*/*.h5.partial"))


@pytest.mark.parametrize("whom", ["the batch alone", "the batch and its runs"])
def test_killed_at_random_it_comes_to_the_same_files(whole, home, whom):
    luck = random.Random(int(os.environ.get("MYOAXIS_TEST_SEED", "6")))

    def attempt(haste):
        for _ in range(5):
            process = start(home)
            wait_for(lambda: under_way(home), process)
            time.sleep(luck.uniform(0, 1.2 * haste))
            over = process.poll() is not None
            for number in [process.pid] if whom == "the batch alone" else session_of(process):
                try:
                    os.kill(number, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            process.wait()
            process.stdout.close(), process.stderr.close()
            if over:
                return None
        return True
    assert in_time(home, attempt)
    done = call("batch", "batch.toml", "-o", "study", "--progress", "never", cwd=home)
    assert done.returncode == 0, done.stderr
    assert_same(home / "study", whole)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_where_they_can_go_on(whole, home, by):
    def attempt(haste):
        process = start(home)
        wait_for(lambda: under_way(home), process)
        time.sleep(0.5 * haste)
        process.send_signal(by)
        _, messages = process.communicate(timeout=PATIENCE)
        return (process.returncode, messages) if process.returncode != 0 else None
    code, messages = in_time(home, attempt)
    assert code == 75
    assert "the same command goes on" in messages
    assert call("batch", "batch.toml", "-o", "study", cwd=home).returncode == 0
    assert_same(home / "study", whole)


def test_shards_make_up_the_whole_and_cost_nothing_twice(whole, home):
    for shard in (3, 1, 2):
        assert call("batch", "batch.toml", "-o", "study", "--shard", f"{shard}/3", cwd=home).returncode == 0
        assert len(names_of(home / "study")) == 3 * ((3, 1, 2).index(shard) + 1)
    before = {name: time for name, time in changed(home / "study").items() if name != "index.h5"}
    assert call("batch", "batch.toml", "-o", "study", "--shard", "1/3", cwd=home).returncode == 0
    assert {name: time for name, time in changed(home / "study").items() if name != "index.h5"} == before
    assert_same(home / "study", whole)


def test_a_shard_has_whole_subjects(home):
    (home / "batch.toml").write_text(BATCH.replace("subjects = 3", "subjects = 20"), encoding="utf-8")
    runs = []
    for shard in range(1, 8):  # 60 runs in blocks of 3: a seventh is no whole number of blocks
        done = call("batch", "batch.toml", "-o", "study", "--shard", f"{shard}/7", "--index", cwd=home)
        found = re.search(r"3 arms, (\d+) runs, (\d+) baselines shared", done.stderr)
        assert int(found[1]) == 3 * int(found[2]), done.stderr
        runs.append(int(found[1]))
    assert sum(runs) == 60 and set(runs) == {6, 9}


def test_it_ends_also_where_its_caller_ignores_the_ends_of_children(whole, home):
    done = call("batch", "batch.toml", "-o", "study", cwd=home, preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
    assert done.returncode == 0, done.stderr
    assert_same(home / "study", whole)


def test_two_processes_in_one_folder_never_do_the_same_run(whole, home):
    both = [start(home, "--jobs", "1") for _ in range(2)]
    for process in both:
        _, messages = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, messages
        assert "9 runs complete" in messages
    assert_same(home / "study", whole)
    # What a run took is added up: a second start would show as a second part.
    attempts = [path.read_text().count("wall_seconds") for path in (home / "study/runs").glob("*.cost.json")]
    assert attempts == [1] * 9


def test_a_failed_run_is_a_row_with_its_reason(home):
    (home / "batch.toml").write_text(BATCH, encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", "--set", "transport.propagator_gigabytes=0.000001", cwd=home)
    assert done.returncode == 1
    assert "9 failed" in done.stderr and "propagator_gigabytes" in done.stderr
    with h5py.File(home / "study/index.h5") as index:
        assert (index["runs/status"][()] == 2).all()
        assert all("baseline failed" in message and "propagator_gigabytes" in message
                   for message in index["runs/message"].asstr()[()])


def test_runs_of_another_revision_are_refused_before_any_starts(whole, home):
    shutil.copytree(whole, home / "study")
    first, second = names_of(home / "study")[:2]
    (home / "study/runs" / first).unlink()
    with h5py.File(home / "study/runs" / second, "r+") as file:
        file.attrs.modify("git_sha1", "0" * 40)
    message = refused("batch", "batch.toml", "-o", "study", cwd=home)
    assert "1 of the runs come from another revision" in message and "--overwrite" in message
    looked = call("batch", "batch.toml", "-o", "study", "--index", cwd=home)
    assert "7 runs complete, 0 failed, 1 to do" in looked.stderr and "1 of the runs come from another revision" in looked.stderr
    assert "another revision" in refused("batch", "batch.toml", "-o", "study", "--slurm", "--time=5", "--dry-run", cwd=home)
    assert call("batch", "batch.toml", "-o", "study", "--overwrite", cwd=home).returncode == 0
    assert_same(home / "study", whole)


def test_readings_of_one_name_are_of_one_thing_in_all_arms(home):
    with open(home / "batch.toml", "a", encoding="utf-8") as batch:
        batch.write('[[arm.assay]]\nname = "draw"\nkind = "blood"\nsite = "artery"\nat = ["day 0 12:00"]\n')
    with open(home / "short.toml", "a", encoding="utf-8") as short:
        short.write('[[assay]]\nname = "draw"\nkind = "blood"\nsite = "vein"\nat = ["day 0 12:00"]\n')
    message = refused("batch", "batch.toml", "-o", "study", cwd=home)
    assert "assay 'draw'" in message and "venous plasma" in message and "arterial plasma" in message, message


def test_a_parallel_design_has_other_subjects_in_each_arm(home):
    text = BATCH.replace("subjects = 3", 'subjects = 2\ndesign = "parallel"')
    (home / "batch.toml").write_text(text, encoding="utf-8")
    assert call("batch", "batch.toml", "-o", "study", cwd=home).returncode == 0
    with h5py.File(home / "study/index.h5") as index:
        assert list(index["runs/subject"][()]) == [1, 2, 3, 4, 5, 6]
        assert list(index["runs/arm"].asstr()[()]) == 2 * ["rest", "running", "blocked"]
    assert names_of(home / "study", "baselines") == []


@pytest.mark.parametrize("old, new, words", [
    ("subjects = 3", "subjects = 3\nreferense = 1", ["batch.toml:4", "referense", "did you mean 'reference'"]),
    ("subjects = 3", "subjects = 0", ["subjects = 0", "between 1 and"]),
    ('base = "short.toml"', 'base = "shorter"', ["batch.toml:2", "no such experiment"]),
    ('reference = "rest"', 'reference = "resting"', ["batch.toml:4", "resting", "must be one of rest, running, blocked"]),
    ('name = "running"', 'name = "rest"', ["another arm has this name"]),
    ('factor = "bdnf"', 'factor = "bndf"', ["batch.toml:", "bndf", "bdnf"]),
    ('schedule.use = "sedentary"', 'schedule.used = "sedentary"', ["batch.toml:8", "used"]),
    ("subjects = 3", 'subjects = 3\n[precision]\noutcome = "cells_born"', ["half_width"]),
    ('reference = "rest"', 'reference = "rest"\n[precision]\noutcome = "cels_born"\nhalf_width = 1.0',
     ["batch.toml:6:11:", "cels_born", "did you mean 'cells_born'", "il6_occupancy_fold"]),
])
def test_mistakes_are_named_with_their_place(home, old, new, words):
    (home / "batch.toml").write_text(BATCH.replace(old, new), encoding="utf-8")
    message = refused("batch", "batch.toml", "-o", "study", cwd=home)
    for word in words:
        assert word in message, message


def test_looks_for_precision_try_a_failed_run_again_only_once(home):
    wanted = '[precision]\noutcome = "il6_occupancy_fold"\nhalf_width = 1e-12\nfirst = 3\nstep = 1\n\n[[arm]]'
    head, rest, running, _ = BATCH.replace("subjects = 3", "subjects = 5\nshare_baseline = false").split("[[arm]]", 3)
    # Too little memory in the second arm.
    (home / "batch.toml").write_text(head + wanted + rest + "[[arm]]" + running + "transport.propagator_gigabytes = 0.000001\n", encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert done.returncode == 1 and "5 subjects" in done.stderr
    for subject in range(1, 6):
        assert done.stderr.count(f"failed: running, subject {subject}:") == 1, done.stderr


def test_a_precision_needs_arms_that_differ(home):
    head, rest, _ = BATCH.split("[[arm]]", 2)
    wanted = '[precision]\noutcome = "cells_born"\nhalf_width = 1.0\n\n[[arm]]'
    (home / "batch.toml").write_text(head + wanted + rest, encoding="utf-8")
    message = refused("batch", "batch.toml", "-o", "study", cwd=home)
    assert "batch.toml:6" in message and "precision" in message and "add an [[arm]]" in message


def test_a_scan_of_what_only_some_arms_have_is_refused(home):
    text = BATCH.replace('reference = "rest"', 'reference = "running"').replace('schedule.use = "sedentary"', 'factors = ["il6", "lactate"]')
    text += '[vary]\nmethod = "grid"\n[[vary.parameter]]\nkey = "factor.bdnf.dissociation"\nvalues = ["1 nmol/l", "2 nmol/l"]\n'
    (home / "batch.toml").write_text(text, encoding="utf-8")
    message = refused("batch", "batch.toml", "-o", "study", cwd=home)
    for word in (place(home / "batch.toml", '"factor.bdnf.dissociation"'), "factor.bdnf.dissociation", "the arm 'rest' has no such parameter"):
        assert word in message, message


@pytest.mark.parametrize("shard", ["4/3", "0/3", "1", "one/3", "1/3/5"])
def test_a_part_that_is_none_is_refused(home, shard):
    assert "--shard" in refused("batch", "batch.toml", "-o", "study", "--shard", shard, cwd=home)


def test_precision_stops_adding_subjects(home):
    wanted = '[precision]\noutcome = "il6_occupancy_fold"\nhalf_width = 1000000.0\nfirst = 3\nstep = 1\n\n[[arm]]'
    head, rest, running, _ = BATCH.replace("subjects = 3", "subjects = 5").split("[[arm]]", 3)
    (home / "batch.toml").write_text(head + wanted + rest + "[[arm]]" + running, encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert done.returncode == 0, done.stderr
    assert "3 subjects" in done.stderr and "6 runs complete" in done.stderr
    (home / "batch.toml").write_text((home / "batch.toml").read_text().replace("1000000.0", "1e-12"), encoding="utf-8")
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert "all 5 subjects are not enough" in done.stderr
    assert "--shard" in refused("batch", "batch.toml", "-o", "study", "--shard", "1/2", cwd=home)


def test_the_index_alone_lists_the_subjects_that_the_precision_needs(home):
    wanted = '[precision]\noutcome = "il6_occupancy_fold"\nhalf_width = 1000000.0\nfirst = 3\nstep = 1\n\n[[arm]]'
    head, rest, running, _ = BATCH.replace("subjects = 3", "subjects = 5").split("[[arm]]", 3)
    (home / "batch.toml").write_text(head + wanted + rest + "[[arm]]" + running, encoding="utf-8")
    looked = call("batch", "batch.toml", "-o", "study", "--index", cwd=home)
    assert "0 runs complete, 0 failed, 6 to do" in looked.stderr
    assert "stopped" not in looked.stderr and "without --index" in looked.stderr
    assert call("batch", "batch.toml", "-o", "study", cwd=home).returncode == 0
    before = content(home / "study/index.h5")
    looked = call("batch", "batch.toml", "-o", "study", "--index", cwd=home)
    assert looked.returncode == 0 and "6 runs complete, 0 failed, 0 to do" in looked.stderr
    assert content(home / "study/index.h5") == before
