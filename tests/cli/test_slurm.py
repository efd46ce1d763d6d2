"""Batches on a cluster: against a real Slurm of this machine, however its tasks are interrupted; and the scripts alone."""
import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from conftest import PROGRAM, SHORT_EXPERIMENT, batch_of, call, clean_environment, listing, refused
from moments import in_time, wait_for
from slurm_cluster import CannotStart, SlurmCluster
from test_batch import assert_same, changed, names_of

BATCH = batch_of("Rest and running, on a cluster", 2)
TASKS = ("--runs-per-task", 2)  # two tasks


def write_batch(home, text=BATCH):
    (home / "short.toml").write_text(SHORT_EXPERIMENT, encoding="utf-8")
    (home / "batch.toml").write_text(text, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The same batch, done by one process."""
    home = write_batch(tmp_path_factory.mktemp("local"))
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert done.returncode == 0, done.stderr
    return home / "study"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    try:
        running = SlurmCluster(tmp_path_factory.mktemp("slurm"))
    except CannotStart as reason:
        pytest.skip(f"no Slurm here: {reason}")
    yield running
    running.stop()


@pytest.fixture
def home(tmp_path):
    return write_batch(tmp_path)


def on(cluster):
    return clean_environment() | {name: cluster.environment[name] for name in ("PATH", "SLURM_CONF")}


def submit(cluster, home, options="", *more):
    """Gives the number of the array."""
    done = call("batch", "batch.toml", "-o", "study", "--slurm", options, *TASKS, *more, cwd=home, environment=on(cluster))
    assert done.returncode == 0, done.stderr
    assert "tasks; cancel it by: scancel" in done.stderr
    return done.stderr.split("array ")[1].split()[0]


def log_of(home, task):
    return (home / f"study/slurm/array_{task}.log").read_text()


def processes_of(home):
    """Batches and their runs that write to this folder: {process number: (verb, task of the array)}."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if not words[0].endswith(b"myoaxis") or not any(str(home / "study").encode() in word for word in words):
                continue
            variables = dict(line.partition(b"=")[::2] for line in (process / "environ").read_bytes().split(b"\0"))
            task = variables[b"SLURM_ARRAY_JOB_ID"] + b"_" + variables[b"SLURM_ARRAY_TASK_ID"]
            found[int(process.name)] = words[1].decode(), task.decode()
        except (FileNotFoundError, ProcessLookupError, KeyError):  # it has ended, or just begun
            continue
    return found


def status_of(number, field):
    lines = Path(f"/proc/{number}/status").read_text().splitlines()
    return next(line.split()[1] for line in lines if line.startswith(field + ":"))


def send(number, sent):
    with suppress(ProcessLookupError):
        os.kill(number, sent)


def let_go(home):
    for number in processes_of(home):
        send(number, signal.SIGCONT)


@contextmanager
def held(home, task):
    """The processes of a task do not go on meanwhile, and are all there; gives them, without having to be quick."""
    yield {number: verb for number, (verb, whose) in processes_of(home).items() if whose == task}
    let_go(home)


def submit_and_hold(cluster, home, *more):
    """A task that is held with a run on its way and, once this is over, another one to do. Gives array and task."""
    complete = names_of(home / "study") if (home / "study").exists() else []

    def attempt(_):
        array = submit(cluster, home, "", *more)
        while cluster.jobs():
            for task in {task for verb, task in processes_of(home).values() if verb == "run"}:
                mine = {number: verb for number, (verb, whose) in processes_of(home).items() if whose == task}
                for number in mine:
                    send(number, signal.SIGSTOP)
                # Nothing has ended since; of two runs and what they share not even one is done.
                if all(Path(f"/proc/{number}").exists() and status_of(number, "State") in "Tt" for number in mine) and \
                        sorted(mine.values()) == ["batch", "run"] and names_of(home / "study") == complete:
                    return array, task
                for number in mine:
                    send(number, signal.SIGCONT)
            time.sleep(0.01)
        return None
    return in_time(home, attempt)


def test_an_array_ends_as_a_local_batch_does(cluster, whole, tmp_path):
    home = tmp_path / "Anna's 100% folder"  # as people name them
    home.mkdir()
    write_batch(home)
    done = call("batch", "batch.toml", "-o", "study", "--slurm", "--time=30 --mem=200M", *TASKS, "--wait", cwd=home,
                environment=on(cluster))
    assert done.returncode == 0, done.stderr
    assert "4 runs complete, 0 failed, 0 to do" in done.stderr
    logs = sorted((home / "study/slurm").glob("array_*.log"))
    assert len(logs) == 2 and all("myoaxis: " in log.read_text() for log in logs)
    merged = next((home / "study/slurm").glob("merge_*.log")).read_text()
    assert "4 runs complete" in merged
    assert call("compare", "study", cwd=home).stdout in merged
    for name in ("array.sh", "merge.sh"):
        assert (home / "study/slurm" / name).is_file()
    again = call("batch", "batch.toml", "-o", "study", "--slurm", "--time=30", *TASKS, cwd=home, environment=on(cluster))
    assert again.returncode == 0 and "0 of 2 tasks" in again.stderr and "submitted" not in again.stderr
    assert cluster.jobs() == {}
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_a_requeued_task_goes_on_and_the_index_waits_for_it(cluster, whole, home):
    _, task = submit_and_hold(cluster, home)
    cluster.ask("scontrol", "requeue", task)  # which lets its processes go on, to end
    wait_for(lambda: any(reason == "BeginTime" for _, reason in cluster.jobs().values()), pause=0.1)
    assert not list((home / "study/slurm").glob("merge_*.log"))
    cluster.finish()
    assert "REQUEUE" in log_of(home, task)
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_a_task_that_was_told_its_time_is_up_requeues_itself(cluster, whole, home):
    _, task = submit_and_hold(cluster, home)
    with held(home, task) as processes:
        cluster.ask("scancel", "--batch", "--signal=USR1", task)
        batch = next(number for number, verb in processes.items() if verb == "batch")
        wait_for(lambda: int(status_of(batch, "ShdPnd"), 16) >> (signal.SIGUSR1 - 1) & 1)  # its shell has passed it on
    cluster.finish()
    assert "it is queued again" in log_of(home, task)
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_the_end_of_its_time_lets_a_task_requeue_itself(cluster, whole, home):
    """Held until it is over; it is long enough for a task to get on in each of its sessions."""
    _, task = submit_and_hold(cluster, home, "--max-walltime", "5 s")
    with held(home, task):
        time.sleep(5)
    cluster.finish()
    assert "it is queued again" in log_of(home, task)
    assert "0 to do" in next((home / "study/slurm").glob("merge_*.log")).read_text()
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_killed_or_canceled_tasks_are_not_requeued_and_the_same_command_goes_on(cluster, whole, home):
    _, killed = submit_and_hold(cluster, home)
    with held(home, killed) as processes:
        for number in processes:
            send(number, signal.SIGKILL)
    cluster.finish()
    merged = next((home / "study/slurm").glob("merge_*.log")).read_text()
    assert "the same command goes on" in merged and "queued again" not in log_of(home, killed)
    array, _ = submit_and_hold(cluster, home)
    cluster.ask("scancel", array)  # which lets its processes go on, to end
    cluster.finish()
    complete = changed(home / "study/runs")
    assert len(names_of(home / "study")) < 4
    submit(cluster, home)
    cluster.finish()
    now = changed(home / "study/runs")
    assert all(now[name] == then for name, then in complete.items() if name.endswith(".h5"))
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_two_arrays_in_one_folder_do_no_harm(cluster, whole, home):
    submit(cluster, home)
    submit(cluster, home)
    cluster.finish()
    # What a run took is added up: a second start would show as a second part.
    assert all(path.read_text().count("wall_seconds") == 1 for path in (home / "study/runs").glob("*.cost.json"))
    shutil.rmtree(home / "study/slurm")
    assert_same(home / "study", whole)


def test_what_sbatch_refuses_is_passed_on(cluster, home):
    done = call("batch", "batch.toml", "-o", "study", "--slurm", "--partition=nowhere", *TASKS, cwd=home, environment=on(cluster))
    assert done.returncode == 1
    assert "invalid partition" in done.stderr and "nothing was submitted" in done.stderr
    assert cluster.jobs() == {}


def dry(home, options, *more, environment=None):
    done = call("batch", "batch.toml", "-o", "study", "--slurm", options, "--dry-run", *more, cwd=home, environment=environment)
    assert done.returncode == 0, done.stderr
    return done


def test_a_dry_run_prints_the_scripts_and_submits_nothing(home):
    before = listing(home)
    done = dry(home, "--time=2:00:00 -c 3", *TASKS, "--set", 'title="It\'s so"',
               environment=clean_environment(MYOAXIS_CONFIGS="/some/configs", PATH="/usr/bin:/bin"))
    assert listing(home) == before
    array, merge = done.stdout.split("\n#!/bin/bash\n")
    for script in (array, "#!/bin/bash\n" + merge):
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
        assert "#SBATCH --time=2:00:00 -c 3\n" in script and "export MYOAXIS_CONFIGS=/some/configs\n" in script
        assert f"{PROGRAM} batch {home}/batch.toml" in script and f"-o {home}/study --set 'title=\"It'\\''s so\"'" in script
        assert f"#SBATCH --chdir={home}\n" in script
    for words in ("#SBATCH --array=1-2\n", '--shard "$SLURM_ARRAY_TASK_ID/2" --max-walltime \'6900 s\'', "--signal=B:USR1@120\n"):
        assert words in array
    assert "#SBATCH --time=1:00:00\n" in merge and f"compare {home}/study" in merge


@pytest.mark.parametrize("time, seconds", [
    ("90", 5100), ("-t 10:30", 504), ("--time 1:00:00", 3300), ("1-2", 93300), ("1-2:30", 95100), ("1-0:0:20", 86120),
    ("UNLIMITED", None), ("0", None), ("soon", None)])
def test_tasks_stop_before_their_time_limit(home, time, seconds):
    script = dry(home, time if time.startswith("-") else f"--time={time}", *TASKS).stdout
    assert ("--max-walltime" in script) == (seconds is not None)
    assert seconds is None or f"--max-walltime '{seconds} s'" in script


def test_tasks_are_of_hours_and_of_whole_subjects(home):
    write_batch(home, BATCH.replace("subjects = 2", "subjects = 30"))
    assert "--array=1\n" in dry(home, "").stdout  # 60 runs of seconds
    script = dry(home, "-c 3 --time=0:01").stdout  # next to no time: as few as one for each CPU, but whole subjects
    assert 2 <= int(re.search(r"--array=1-(\d+)\n", script)[1]) <= 15
    done = dry(home, "", "--runs-per-task", 5)  # two subjects of two runs
    assert "--array=1-15\n" in done.stdout and "up to 4 runs" in done.stderr
    done = dry(home, "", "--runs-per-task", 1)  # a subject that shares a baseline is not divided
    assert "--array=1-30\n" in done.stdout and "up to 2 runs" in done.stderr


@pytest.mark.parametrize("options, more, words", [
    ("--array=1-9", (), ["--slurm", "--array", "--runs-per-task"]),
    ("--time=5 -W", (), ["--wait"]),
    ("time=5", (), ["time=5", "no option of sbatch"]),
    ("--time=5\n-c 2", (), ["one line"]),
    ("--time=5", ("--shard", "1/2"), ["--shard"]),
    ("--time=5", ("--runs-per-task", "0"), ["--runs-per-task"]),
    ("--time=5", ("--max-walltime", "soon"), ["--max-walltime"]),
])
def test_what_cannot_be_submitted_is_refused(home, options, more, words):
    message = refused("batch", "batch.toml", "-o", "study", "--slurm", options, *more, cwd=home)
    for word in words:
        assert word in message, message


def test_options_of_a_cluster_need_one(home):
    for option in (("--runs-per-task", "2"), ("--wait",)):
        assert "--slurm" in refused("batch", "batch.toml", "-o", "study", *option, cwd=home)


def test_a_machine_without_slurm_is_told_where_recipes_are(home):
    message = refused("batch", "batch.toml", "-o", "study", "--slurm", "--time=5", cwd=home,
                      environment=clean_environment(PATH=str(home)))
    assert "no sbatch in PATH" in message and "README.md" in message


def test_a_batch_with_precision_is_not_for_a_cluster(home):
    write_batch(home, BATCH.replace("[[arm]]", '[precision]\noutcome = "cells_born"\nhalf_width = 1.0\nfirst = 3\n[[arm]]', 1)
                .replace("subjects = 2", "subjects = 5"))
    assert "[precision]" in refused("batch", "batch.toml", "-o", "study", "--slurm", "--time=5", cwd=home)


def cpus_said(home, environment, *more):
    done = subprocess.run([*more, str(PROGRAM), "run", "short.toml", "--dry-run"], cwd=home, capture_output=True, text=True,
                          check=True, env=environment)
    return next(line for line in (done.stdout + done.stderr).splitlines() if line.split()[:1] == ["CPUs"])


def test_threads_are_those_that_slurm_gave_but_no_more_than_there_are(home):
    assert cpus_said(home, clean_environment(SLURM_CPUS_PER_TASK="1")).split(None, 1)[1] == "1 (SLURM_CPUS_PER_TASK)"
    bound = cpus_said(home, clean_environment(SLURM_CPUS_PER_TASK="64"), "taskset", "-c", str(min(os.sched_getaffinity(0))))
    assert bound.split(None, 1)[1] == "1 (affinity; SLURM_CPUS_PER_TASK is 64, more than there are)"
    for nonsense in ("", "0", "many"):
        assert "SLURM" not in cpus_said(home, clean_environment(SLURM_CPUS_PER_TASK=nonsense))
