"""`myoaxis info --follow`: a run seen while it is written."""
import os
import pty
import subprocess

from conftest import PROGRAM, SHORT_EXPERIMENT, call, clean_environment, refused


def start(folder, *options):
    (folder / "slow.toml").write_text(SHORT_EXPERIMENT.replace('duration = "1 day"', 'duration = "6 days"'), encoding="utf-8")
    return subprocess.Popen([str(PROGRAM), "run", "slow.toml", "--progress", "never", *options], cwd=folder,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment())


def test_it_shows_new_rows_until_the_run_has_ended(folder):
    run = start(folder)
    done = call("info", "slow.h5", "--follow", "--every", 0.05, cwd=folder)
    assert run.wait(timeout=60) == 0
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) >= 2 and lines[-1].startswith("day 6 00:00 of day 6 00:00, 100 %")
    assert all(line.startswith("day ") for line in lines)


def test_on_a_terminal_it_renews_in_place(folder):
    run = start(folder)
    master, slave = pty.openpty()
    follow = subprocess.Popen([str(PROGRAM), "info", "slow.h5", "--follow", "--every", "0.1"], cwd=folder, stdout=slave,
                              stderr=subprocess.PIPE, env=clean_environment())
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 4096):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    assert follow.wait(timeout=60) == 0 and run.wait(timeout=60) == 0
    text = seen.decode()
    assert "\033[K" in text and "A\r" in text
    last = text[text.rindex("slow.h5: "):]
    for word in ("complete", "bdnf", "pg/ml", "cells", "immature", "mood", "sessions", "exertion"):
        assert word in last


def test_a_run_under_way_or_crashed_has_an_info(folder):
    run = start(folder, "--checkpoint-every", "0.05 s")
    while not (folder / "slow.h5.checkpoint.previous").exists():
        assert run.poll() is None
    assert "running" in call("info", "slow.h5", cwd=folder).stdout
    run.kill()
    run.wait()
    assert "running" in call("info", "slow.h5", cwd=folder).stdout


def test_nothing_to_follow_is_told(folder):
    assert "no such file" in refused("info", "missing.h5", "--follow", cwd=folder)
    assert "--json" in refused("info", "short.toml", "--follow", "--json", cwd=folder)
