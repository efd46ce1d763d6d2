"""Same experiment and seed: the same bits, on any number of threads, however much is written."""
import h5py
import numpy as np
import pytest
from conftest import call

CHANGING_ATTRIBUTES = {"date_created", "command_line"}
SNAPSHOTS = ("fibers", "neurons", "vessels", "niches")


def run(folder, name, *arguments):
    """Runs the short experiment into name.h5 and gives the path."""
    done = call("run", "short.toml", "-o", f"{name}.h5", *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / f"{name}.h5"


def state_hash(path):
    with h5py.File(path) as file:
        return file.attrs["state_hash"]


def bits(data):
    values = data[()]
    return (data.shape, list(values.flat)) if values.dtype == object else (data.shape, data.dtype.str, values.tobytes())


def content(path, without=()):
    """Every data set's bits, by name."""
    found = {}
    with h5py.File(path) as file:
        file.visititems(lambda name, thing: found.update({name: bits(thing)}) if isinstance(thing, h5py.Dataset) else None)
    return {name: value for name, value in found.items() if name.split("/")[0] not in without}


def differing(one, other, without=()):
    """Names of the data sets in which two files differ."""
    a, b = content(one, without), content(other, without)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


def test_two_threads_give_the_bits_of_one(finished, folder):
    other = run(folder, "two", "--threads", 2)
    assert differing(finished.output, other) == []
    with h5py.File(finished.output) as a, h5py.File(other) as b:
        assert a.attrs.keys() == b.attrs.keys()
        for name in a.attrs.keys() - CHANGING_ATTRIBUTES:
            assert a.attrs[name] == b.attrs[name]


def test_two_threads_give_the_bits_of_one_on_many_agents(folder):
    large = ("--set", "scale.fibers=3000", "--set", "scale.packets=20000", "--set", "scale.dentate_fraction=0.3")
    one, two = (run(folder, f"threads{n}", "--threads", n, *large) for n in (1, 2))
    assert state_hash(one) == state_hash(two)
    assert differing(one, two) == []


def test_another_seed_gives_another_run(finished, folder):
    other = run(folder, "other", "--seed", 8)
    assert state_hash(other) != state_hash(finished.output)
    assert {"blood/bdnf", "blood/il6", "hippocampus/cells", "ledger/carried", "events/time"} <= \
        set(differing(finished.output, other))


def test_the_seed_of_the_command_is_the_seed_of_the_file(finished, folder):
    text = (folder / "short.toml").read_text()
    (folder / "short.toml").write_text(text.replace("seed = 7", "seed = 8"))
    other = run(folder, "seven", "--seed", 7)
    with h5py.File(finished.output) as a, h5py.File(other) as b:
        assert a.attrs["config_sha256"] == b.attrs["config_sha256"]
        assert a.attrs["state_hash"] == b.attrs["state_hash"]


@pytest.mark.parametrize("setting, changed", [
    ("output.snapshots=[]", SNAPSHOTS),
    ('output.snapshots=["day -1", "day 0 19:30", "day 0 19:31"]', SNAPSHOTS),
    ("output.events=false", ("events",)),
    ("output.events_limit=10", ("events",)),
    ("output.every=47 min", ("blood", "ledger", "ledger_fields", "muscle", "hippocampus", "brain", "state")),
])
def test_what_is_written_changes_nothing_else(setting, changed, finished, folder):
    other = run(folder, "other", "--set", setting)
    assert state_hash(other) == state_hash(finished.output)
    assert differing(finished.output, other, without=changed) == []
    assert differing(finished.output, other) != []


def test_a_run_stopped_early_is_the_beginning_of_the_whole(finished, folder):
    part = run(folder, "part", "--until", "day 0 12:00")
    with h5py.File(finished.output) as whole, h5py.File(part) as begun:
        for group in ("blood", "ledger", "muscle", "hippocampus"):
            for name, data in begun[group].items():
                if data.maxshape[0] is None:  # grows with time
                    np.testing.assert_array_equal(data[()], whole[group][name][:len(data)], err_msg=name)
        number = len(begun["events/time"])
        assert 0 < number < len(whole["events/time"])
        np.testing.assert_array_equal(begun["events/cell"], whole["events/cell"][:number])


def test_the_printed_configuration_gives_the_same_run(finished, folder):
    (folder / "resolved.toml").write_text(call("check", "short.toml", cwd=folder).stdout, encoding="utf-8")
    done = call("run", "resolved.toml", cwd=folder)
    assert done.returncode == 0, done.stderr
    with h5py.File(finished.output) as a, h5py.File(folder / "resolved.h5") as b:
        for name in ("config_sha256", "config_toml", "state_hash"):
            assert a.attrs[name] == b.attrs[name]


def test_the_configuration_in_the_file_gives_the_same_run(finished, folder):
    with h5py.File(finished.output) as file:
        (folder / "from_file.toml").write_text(file.attrs["config_toml"], encoding="utf-8")
    assert call("run", "from_file.toml", cwd=folder).returncode == 0
    assert differing(finished.output, folder / "from_file.h5") == []


def test_a_setting_on_the_command_line_is_one_in_the_file(folder):
    set_on_line = call("check", "short.toml", "--set", 'schedule.duration="2 days"', cwd=folder).stdout
    text = (folder / "short.toml").read_text()
    (folder / "short.toml").write_text(text.replace('duration = "1 day"', 'duration = "2 days"'))
    assert call("check", "short.toml", cwd=folder).stdout == set_on_line
