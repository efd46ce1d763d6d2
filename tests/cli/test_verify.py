"""`myoaxis verify`: one result in all ways of running, compared at every output time."""
import h5py
import pytest
from conftest import SOURCE, call, refused


def test_every_way_comes_to_the_state_of_the_run(finished, folder):
    done = call("verify", "short.toml", "--threads", 3, cwd=folder)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    with h5py.File(finished.output) as file:
        state, rows = file.attrs["state_hash"], len(file["state/time"])
    assert [line[:32].strip() for line in lines[1:]] == [
        "1 thread", "2 threads", "3 threads", "results written", "restarted at 1/4, 1/2 and 3/4"]
    assert all(state in line for line in lines[1:])
    assert lines[1].endswith(f"reference, {rows} output times")
    assert all(line.endswith(" same") for line in lines[2:])
    assert [path.name for path in folder.iterdir()] == ["short.toml"]


def test_it_can_end_early(folder):
    done = call("verify", "short.toml", "--until", "day 0", "--set", "loop.mood=false", cwd=folder)
    assert done.returncode == 0 and "reference, 4 output times" in done.stdout


@pytest.mark.parametrize("wrong, words", [(("--until", "day -5"), "not after the beginning"), (("--until", "soon"), "--until"),
                                          (("--threads", "1"), "--threads"), (("--set", "scale.x=1"), "scale.x")])
def test_wrong_wishes_are_refused(wrong, words, folder):
    assert words in refused("verify", "short.toml", *wrong, cwd=folder)


def test_a_graph_experiment_is_refused(folder):
    assert "organism" in refused("verify", SOURCE / "configs/experiments/tube.toml", cwd=folder)
