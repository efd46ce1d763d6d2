"""The commands: help, version, plan, messages, progress."""
import json
import os
import pty
import subprocess
import tomllib

import h5py
import pytest
from conftest import PROGRAM, call, clean_environment, listing, refused

VERBS = ("run", "check", "info")


def test_help_names_every_verb(tmp_path):
    done = call("--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    for verb in VERBS:
        assert verb in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_each_verb_has_an_example(verb, tmp_path):
    done = call(verb, "--help", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Example: myoaxis {verb} " in done.stdout


@pytest.mark.parametrize("option", ["-o", "--seed", "--threads", "--set", "--until", "--overwrite", "--dry-run", "--progress"])
def test_help_of_run_explains_every_option(option, tmp_path):
    assert option in call("run", "--help", cwd=tmp_path).stdout


def test_version_names_compiler_libraries_and_revision(tmp_path):
    done = call("--version", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("myoaxis ")
    for word in ("revision", "HDF5", "TBB", "Eigen", "Boost"):
        assert word in done.stdout


@pytest.mark.parametrize("arguments, mention", [
    ([], "--help"),
    (["runn", "short.toml"], "--help"),
    (["run"], "FILE"),
    (["run", "short.toml", "--colour"], "--colour"),
    (["run", "short.toml", "extra.toml"], "extra.toml"),
    (["run", "short.toml", "--threads", "0"], "--threads"),
    (["run", "short.toml", "--threads", "two"], "two"),
    (["run", "short.toml", "--seed", "seven"], "seven"),
    (["run", "short.toml", "--seed", "-1"], "-1"),
    (["run", "short.toml", "--seed", "99999999999999999999"], "99999999999999999999"),
    (["run", "short.toml", "--progress", "sometimes"], "always"),
    (["run", "short.toml", "--until", "tomorrow"], "day 3"),
    (["run", "short.toml", "--until", "day -5"], "day -5"),
    (["run", "short.toml", "--until", "day 9"], "'day 9' is after the end, day 1 00:00"),
    (["run", "short.toml", "-o"], "-o"),
    (["check"], "FILE"),
    (["info"], "FILE"),
])
def test_a_wrong_command_is_refused_with_a_hint(arguments, mention, folder):
    assert mention in refused(*arguments, cwd=folder)


def test_dry_run_prints_the_plan_and_writes_nothing(folder):
    before = listing(folder)
    done = call("run", "short.toml", "--dry-run", cwd=folder)
    assert done.returncode == 0
    assert listing(folder) == before
    for word in ("day -1", "day 1", "fibers", "packets", "steps", "CPUs", "short.h5"):
        assert word in done.stdout + done.stderr


def test_dry_run_touches_no_existing_output(folder):
    (folder / "short.h5").write_text("dear notes")
    before = listing(folder)
    call("run", "short.toml", "--dry-run", "--overwrite", cwd=folder)
    assert listing(folder) == before


def test_run_writes_one_file_named_after_the_experiment(finished):
    assert sorted(finished.files) == ["short.h5", "short.toml"]


def test_run_prints_the_outcomes_alone_on_stdout(finished):
    names = h5py.File(finished.output)["outcomes/outcome"].asstr()[()]
    header, *rows = finished.stdout.splitlines()
    assert header.split()[:3] == ["outcome", "unit", "short"]
    assert [row.split()[0] for row in rows] == list(names)
    assert "short.h5" in finished.stderr


def test_no_terminal_no_control_codes(finished):
    for text in (finished.stdout, finished.stderr):
        assert "\r" not in text and "\033" not in text


def on_terminal(*arguments, cwd, environment):
    """What the program writes to stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([str(PROGRAM), *arguments], cwd=cwd, stdout=subprocess.DEVNULL, stderr=theirs,
                          env=environment) as process:
        os.close(theirs)
        text = b""
        try:
            while piece := os.read(ours, 4096):
                text += piece
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0, text
    return text.decode().replace("\r\n", "\n")


def test_progress_is_shown_on_a_terminal_unless_unwanted(folder):
    # Long enough for the line to be renewed a few times.
    long_run = ("run", "short.toml", "--overwrite", "--set", 'schedule.duration="6 days"')
    environment = clean_environment(TERM="xterm")
    assert "\r" in on_terminal(*long_run, cwd=folder, environment=environment)
    assert "\r" not in on_terminal(*long_run, "--progress", "never", cwd=folder, environment=environment)


def test_no_color_is_respected(folder):
    environment = clean_environment(TERM="xterm", NO_COLOR="1")
    assert "\033[" not in on_terminal("run", "short.toml", "--progress", "never", cwd=folder, environment=environment)


def test_check_prints_the_resolved_configuration_and_nothing_else(folder):
    before = listing(folder)
    done = call("check", "short.toml", "--set", "schedule.duration=3 days", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    resolved = tomllib.loads(done.stdout)
    assert resolved["resolved"] is True
    assert resolved["schedule"]["duration"] == "3 days"
    assert set(resolved["factor"]) >= {"bdnf", "il6"}
    assert listing(folder) == before


def test_a_resolved_configuration_resolves_to_itself(folder):
    first = call("check", "short.toml", cwd=folder).stdout
    (folder / "resolved.toml").write_text(first, encoding="utf-8")
    assert call("check", "resolved.toml", cwd=folder).stdout == first


def test_info_tells_what_the_file_tells(finished):
    info = json.loads(call("info", "short.h5", "--json", cwd=finished.folder).stdout)
    file = h5py.File(finished.output)
    for key in ("status", "seed", "git_sha1", "state_hash"):
        assert info[key] == file.attrs[key]
    assert info["time"] == 86400
    assert sorted(info["groups"]) == sorted(file)
    assert [outcome["name"] for outcome in info["outcomes"]] == list(file["outcomes/outcome"].asstr()[()])
    text = call("info", "short.h5", cwd=finished.folder).stdout
    assert "complete" in text and file.attrs["state_hash"] in text


def test_info_of_several_files_is_an_array(finished):
    done = call("info", "short.h5", "short.h5", "--json", cwd=finished.folder)
    assert [info["file"] for info in json.loads(done.stdout)] == ["short.h5", "short.h5"]


def test_info_refuses_what_is_no_results_file(folder):
    h5py.File(folder / "other.h5", "w").create_dataset("x", data=[1.0])
    assert "missing.h5" in refused("info", "missing.h5", cwd=folder)
    assert "other.h5" in refused("info", "other.h5", cwd=folder)
    # Not even HDF5: it cannot be read, which is code 1.
    assert "short.toml" in refused("info", "short.toml", cwd=folder, code=1)
