"""What a batch takes and leaves on the disk, told before and afterwards."""
import os
import re
import shutil

from conftest import call, listing, refused
from disk import failing_disk
from test_batch import home, names_of, whole  # noqa: F401


def test_baselines_of_a_complete_batch_may_be_removed(whole, home):  # noqa: F811
    shutil.copytree(whole, home / "study")
    shutil.rmtree(home / "study/baselines")
    done = call("batch", "batch.toml", "-o", "study", cwd=home)
    assert done.returncode == 0 and "9 runs complete" in done.stderr, done.stderr
    assert names_of(home / "study", "baselines") == []
    assert "for further arms" not in call("batch", "batch.toml", "-o", "study", "--dry-run", cwd=home).stderr


def test_results_that_could_not_be_compressed_are_told(whole, home):  # noqa: F811
    shutil.copytree(whole, home / "study")
    run = sorted((home / "study/runs").glob("*.h5"))[0]
    run.unlink()
    done = call("batch", "batch.toml", "-o", "study", cwd=home, environment=failing_disk(UNSYNCED=f"{run.name}.new"))
    assert done.returncode == 0 and "9 runs complete" in done.stderr, done.stderr
    assert ": the results are whole, but not compressed" in done.stderr


def test_a_baseline_keeps_its_state_alone_and_counts_until_it_is_there(whole, home):  # noqa: F811
    assert {name.partition(".")[2] for name in os.listdir(whole / "baselines")} == {"cost.json", "h5", "h5.checkpoint", "toml"}
    shutil.copytree(whole, home / "study")
    for path in (home / "study/runs").glob("*.h5"):
        path.unlink()
    dry_run = ("batch", "batch.toml", "-o", "study", "--dry-run")
    assert "shared baselines" not in call(*dry_run, cwd=home).stderr
    shutil.rmtree(home / "study/baselines")
    assert re.search(r"shared baselines +3 ", call(*dry_run, cwd=home).stderr)


def test_info_of_a_batch_tells_where_its_runs_are(whole):  # noqa: F811
    for name in ("study", "study/index.h5"):
        assert "runs are study/runs/*.h5" in refused("info", name, cwd=whole.parent)


def test_a_dry_run_tells_the_cost_and_writes_nothing(home):  # noqa: F811
    before = listing(home)
    done = call("batch", "batch.toml", "-o", "study", "--dry-run", cwd=home)
    assert done.returncode == 0
    for words in ("3 arms, 9 runs", "3 baselines shared", "of CPU time", "of results", "for further arms"):
        assert words in done.stderr
    assert listing(home) == before
