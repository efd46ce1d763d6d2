"""Existing and impossible outputs: what is kept, what is replaced, what is refused."""
import resource
import shutil
import signal

import h5py
import pytest
from conftest import call, clean_environment, listing, refused


def attributes(path):
    with h5py.File(path) as file:
        return dict(file.attrs)


@pytest.fixture
def copy(finished, tmp_path):
    """A folder with the finished run's experiment and output, free to change."""
    shutil.copytree(finished.folder, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_complete_output_is_left_as_it_is(copy):
    before, written = listing(copy), (copy / "short.h5").stat().st_mtime_ns
    done = call("run", "short.toml", cwd=copy)
    assert done.returncode == 0
    assert done.stdout == ""
    assert "complete" in done.stderr and "short.h5" in done.stderr
    assert listing(copy) == before
    assert (copy / "short.h5").stat().st_mtime_ns == written


def test_threads_are_no_part_of_the_configuration(copy):
    before = listing(copy)
    assert call("run", "short.toml", "--threads", 2, "--progress", "never", cwd=copy).returncode == 0
    assert listing(copy) == before


def test_overwrite_runs_a_complete_output_again(copy):
    old = attributes(copy / "short.h5")
    written = (copy / "short.h5").stat().st_mtime_ns
    assert call("run", "short.toml", "--overwrite", cwd=copy).returncode == 0
    assert (copy / "short.h5").stat().st_mtime_ns > written
    assert attributes(copy / "short.h5")["state_hash"] == old["state_hash"]
    assert sorted(listing(copy)) == ["short.h5", "short.toml"]


@pytest.mark.parametrize("change, told", [(("--seed", "8"), "seed is 8 here and"),
                                          (("--set", "schedule.duration=2 days"), 'schedule.duration is "2 days" here'),
                                          (("--set", "organism.age=20 weeks"), 'organism.age is "20 weeks" here'),
                                          (("--set", "output.every=3 h"), 'output.every is "3 h" here')])
def test_the_output_of_another_configuration_is_kept(change, told, copy):
    message = refused("run", "short.toml", *change, cwd=copy)
    assert "short.h5" in message and "--overwrite" in message and "-o" in message
    assert told in message and "settings differ" not in message


def test_overwrite_replaces_the_output_of_another_configuration(copy):
    old = attributes(copy / "short.h5")
    assert call("run", "short.toml", "--seed", 8, "--overwrite", cwd=copy).returncode == 0
    new = attributes(copy / "short.h5")
    assert new["seed"] == 8
    assert new["config_sha256"] != old["config_sha256"] and new["state_hash"] != old["state_hash"]


def write_other_hdf5(path, **attributes_of_root):
    with h5py.File(path, "w") as file:
        file["x"] = [1.0, 2.0]
        file.attrs.update(attributes_of_root)


FOREIGN = {
    "text": lambda path: path.write_text("dear notes\n"),
    "empty": lambda path: path.touch(),
    "noise": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "HDF5 of something else": write_other_hdf5,
    "HDF5 whose format is a number": lambda path: write_other_hdf5(path, format=1),
    "HDF5 of another format": lambda path: write_other_hdf5(path, format="some run", status="complete"),
    "HDF5 without a configuration": lambda path: write_other_hdf5(path, format="myoaxis run", status="complete"),
}


@pytest.mark.parametrize("kind", FOREIGN)
def test_a_foreign_file_is_never_replaced(kind, folder):
    FOREIGN[kind](folder / "out.h5")
    message = refused("run", "short.toml", "-o", "out.h5", cwd=folder)
    assert "out.h5" in message and "-o" in message


def test_a_truncated_output_is_not_taken_for_a_complete_one(copy):
    whole = (copy / "short.h5").read_bytes()
    (copy / "short.h5").write_bytes(whole[:len(whole) // 2])
    assert "short.h5" in refused("run", "short.toml", cwd=copy)


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
def test_the_experiment_is_never_taken_for_the_output(overwrite, folder):
    assert "short.toml" in refused("run", "short.toml", "-o", "short.toml", *overwrite, cwd=folder)


def test_a_missing_folder_of_the_output(folder):
    assert "nowhere/out.h5" in refused("run", "short.toml", "-o", "nowhere/out.h5", cwd=folder, code=1)


def test_a_folder_that_cannot_be_written(folder):
    """Not even root may write to /sys."""
    message = refused("run", "short.toml", "-o", "/sys/out.h5", cwd=folder, code=1)
    assert "/sys/out.h5" in message and "may write to" in message


@pytest.mark.parametrize("overwrite", [(), ("--overwrite",)])
def test_an_output_that_is_a_folder(overwrite, folder):
    (folder / "results").mkdir()
    message = refused("run", "short.toml", "-o", "results", *overwrite, cwd=folder, code=1)
    assert "results" in message and "folder" in message


def test_an_output_below_a_file(folder):
    assert "short.toml/out.h5" in refused("run", "short.toml", "-o", "short.toml/out.h5", cwd=folder, code=1)


def test_an_unfinished_file_that_cannot_be_made(folder):
    (folder / "out.h5.partial").mkdir()
    assert "out.h5.partial" in refused("run", "short.toml", "-o", "out.h5", cwd=folder, code=1)


def small_disk(size):
    """Makes every write beyond `size` bytes of a file fail, as on a full disk."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


@pytest.mark.parametrize("share", [0.001, 0.1])
def test_a_disk_full_at_the_beginning_leaves_nothing_behind(share, finished, folder):
    size = int(share * finished.output.stat().st_size)
    message = refused("run", "short.toml", "-o", "out.h5", cwd=folder, code=1, preexec_fn=small_disk(size))
    assert "out.h5" in message


def test_a_full_disk_leaves_the_old_output(copy):
    message = refused("run", "short.toml", "--overwrite", cwd=copy, code=1, preexec_fn=small_disk(20_000))
    assert "short.h5" in message


def test_an_output_elsewhere(folder):
    (folder / "results").mkdir()
    assert call("run", "short.toml", "-o", "results/a b.h5", cwd=folder).returncode == 0
    assert sorted(listing(folder)) == ["results", "results/a b.h5", "short.toml"]


def test_the_default_output_is_in_the_current_folder(folder):
    (folder / "here").mkdir()
    assert call("run", "../short.toml", cwd=folder / "here").returncode == 0
    assert sorted(listing(folder)) == ["here", "here/short.h5", "short.toml"]


def test_a_run_stopped_early_is_no_complete_one(folder):
    assert call("run", "short.toml", "--until", "day 0 12:00", cwd=folder).returncode == 0
    stopped = attributes(folder / "short.h5")
    assert stopped["status"] == "stopped" and stopped["time"] == 43200
    assert call("run", "short.toml", cwd=folder).returncode == 0
    assert attributes(folder / "short.h5")["status"] == "complete"


def test_shipped_pieces_can_be_taken_from_a_folder_of_ones_own(folder):
    (folder / "mine/regimes").mkdir(parents=True)
    (folder / "mine/regimes/lazy.toml").write_text('description = "Nothing"\nsession = []\n')
    done = call("run", "short.toml", "--set", "schedule.use=lazy", cwd=folder,
                environment=clean_environment(MYOAXIS_CONFIGS=str(folder / "mine")))
    assert done.returncode == 0, done.stderr
    with h5py.File(folder / "short.h5") as file:
        assert file["sessions/session"].shape == (0,)
