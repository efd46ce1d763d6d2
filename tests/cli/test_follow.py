"""`info --follow`: a view of a run while it is written, by a stand-in for the program and by the program itself."""
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest
from conftest import PROGRAM, call, clean_environment
from moments import PATIENCE, wait_for
from test_going_on import newest_time

LIVE_RUN = Path(__file__).with_name("live_run.py")
HOME, LEAVE = "\x1b[H", "\x1b[?25h\x1b[?1049l"


def start(*command, cwd, **options):
    return subprocess.Popen([str(part) for part in command], cwd=cwd, text=True, env=clean_environment(), **options)


class LiveRun:
    """The stand-in, which writes what it is asked for and waits: so nothing depends on how fast anything is."""

    def __init__(self, *arguments, cwd):
        self.process = start(sys.executable, LIVE_RUN, *arguments, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout.readline() == "ready\n"

    def ask(self, things=1):
        for _ in range(things):
            self.process.stdin.write("\n")
            self.process.stdin.flush()
            assert self.process.stdout.readline(), "it has ended"

    def finish(self):
        """Lets it write all that is left."""
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode

    def kill(self):
        self.process.kill()
        self.process.communicate()

    @property
    def goes_on(self):
        return self.process.poll() is None


def live_run(*arguments, rows=0, cwd):
    """With its file there, and so many rows."""
    run = LiveRun(*arguments, cwd=cwd)
    run.ask(1 + rows)
    return run


class Terminal:
    """The program under a terminal of some size."""

    def __init__(self, *arguments, cwd, lines=40, columns=100, **environment):
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.chdir(cwd)
            os.execve(PROGRAM, [str(PROGRAM), *map(str, arguments)], clean_environment(TERM="xterm", **environment))
        self.text = ""

    def read_until(self, done):
        """Reads on until `done(text)`, or to the end."""
        until = time.monotonic() + PATIENCE
        while not done(self.text):
            assert time.monotonic() < until, self.text
            if not select.select([self.file], [], [], 0.1)[0]:
                continue
            try:
                piece = os.read(self.file, 65536)
            except OSError:  # the other side has closed it
                break
            self.text += piece.decode()

    def exit_code(self):
        self.read_until(lambda text: False)
        os.close(self.file)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    @property
    def frames(self):
        """Screens, without what erases."""
        screens = self.text.split(LEAVE)[0].split(HOME)[1:]
        return [re.sub(r"\x1b\[[0-9?]*[A-Za-z]", "", screen).replace("\r", "") for screen in screens]


def test_a_terminal_shows_the_newest_rows_in_place(tmp_path):
    writer = live_run("out.h5", 16, rows=1, cwd=tmp_path)
    terminal = Terminal("info", "out.h5", "--follow", "--every", "0.05 s", cwd=tmp_path)
    for row in range(1, 16):
        terminal.read_until(lambda text, row=row: re.search(rf"running +day {row // 4} {row % 4 * 6:02}:00 of", text))
        writer.ask()
    assert writer.finish() == 0
    assert terminal.exit_code() == 0
    assert len(terminal.frames) > 5
    assert terminal.text.count("\x1b[2J") == 0, "erasing all of it would flicker"
    seen = [line for frame in terminal.frames for line in frame.splitlines() if line.startswith("running ")]
    days = [float(match[1]) for match in (re.search(r"of day 4 00:00 +([0-9.]+) %", line) for line in seen) if match]
    assert days == sorted(days) and len(set(days)) > 3
    assert re.search(r"[0-9.]+ days/s +\d+:\d\d left", terminal.text)
    final = terminal.text.split(LEAVE)[1]
    assert "complete   day 4 00:00 of day 4 00:00   100.0 %" in final
    assert re.search(r"bdnf +26 pg/ml +\+136.4 %", final)  # 11 in the first row
    assert "quiescent_stem 984 (-15)" in final and "mature 80 (+75)" in final
    assert "mood 0.16 (+0.15)" in final and "perceived_exertion 6 (+0)" in final
    assert "2 done, 2 skipped; last: run, day 3 23:00, skipped" in final
    assert "events    16; the ledger closes" in final
    assert "out.h5: is complete" in final


@pytest.mark.parametrize("lines, columns", [(40, 30), (6, 100), (1, 1)])
def test_a_small_terminal_cuts_and_never_scrolls(lines, columns, tmp_path):
    writer = live_run("out.h5", 8, rows=1, cwd=tmp_path)
    terminal = Terminal("info", "out.h5", "--follow", "--every", "0.05 s", cwd=tmp_path, lines=lines, columns=columns)
    for frames in range(1, 8):
        terminal.read_until(lambda text, frames=frames: text.count(HOME) > frames)
        writer.ask()
    assert writer.finish() == 0
    assert terminal.exit_code() == 0
    for frame in terminal.frames:
        assert frame.count("\n") <= max(lines - 1, 2)
        assert all(len(line) <= columns for line in frame.split("\n"))


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_view_and_restores_the_terminal(sent, tmp_path):
    writer = live_run("out.h5", 4, rows=1, cwd=tmp_path)
    terminal = Terminal("info", "out.h5", "--follow", "--every", "0.05 s", cwd=tmp_path)
    terminal.read_until(lambda text: "day 0 06:00" in text)
    writer.ask()
    terminal.read_until(lambda text: "days/s" in text)
    os.kill(terminal.pid, sent)
    assert terminal.exit_code() == 75
    assert terminal.text.count(LEAVE) == 1
    assert "running" in terminal.text.split(LEAVE)[1]
    assert writer.goes_on, "the run, not the view"
    writer.kill()


def follow(*arguments, cwd, **options):
    return start(PROGRAM, "info", "out.h5", "--follow", *arguments, cwd=cwd, stdout=subprocess.PIPE,
                 stderr=subprocess.PIPE, **options)


def test_elsewhere_a_plain_line_now_and_then(tmp_path):
    writer = live_run("out.h5", 12, rows=2, cwd=tmp_path)
    view = follow("--every", "0.05 s", cwd=tmp_path)
    first = view.stdout.readline()
    assert writer.finish() == 0
    stdout, stderr = view.communicate(timeout=PATIENCE)
    assert "\x1b" not in first + stdout + stderr and "\r" not in first + stdout
    assert first.startswith("running   day 0 12:00 of day 4 00:00")
    assert stdout.splitlines()[-1].startswith("complete   day 3 00:00 of day 4 00:00   75.0 %")
    assert "out.h5: is complete" in stderr


@pytest.mark.parametrize("variable", ["NO_COLOR", "CI"])
def test_no_control_codes_where_they_are_not_wanted(variable, tmp_path):
    assert live_run("out.h5", 3, cwd=tmp_path).finish() == 0
    terminal = Terminal("info", "out.h5", "--follow", cwd=tmp_path, **{variable: "1"})
    assert terminal.exit_code() == 0
    assert HOME not in terminal.text and "complete" in terminal.text


def test_a_run_that_is_finished_is_shown_once(finished):
    done = call("info", finished.output, "--follow", cwd=finished.folder)
    assert done.returncode == 0
    assert "Two days, for tests" in done.stdout and "the ledger closes" in done.stdout
    assert "is complete" in done.stderr


def test_a_file_that_never_comes(tmp_path):
    begin = time.monotonic()
    done = call("info", "out.h5", "--follow", cwd=tmp_path)
    assert done.returncode == 2
    assert time.monotonic() - begin > 3
    assert "out.h5" in done.stderr and "waiting" in done.stderr and done.stdout == ""


def test_a_file_that_comes_later(tmp_path):
    writer = LiveRun("out.h5", 5, cwd=tmp_path)
    view = follow("--every", "0.05 s", cwd=tmp_path)
    assert "waiting" in view.stderr.readline()
    writer.ask(3)
    assert "running" in view.stdout.readline()
    assert writer.finish() == 0
    stdout, stderr = view.communicate(timeout=PATIENCE)
    assert view.returncode == 0, stderr
    assert "complete" in stdout


def test_a_crashed_run_is_watched_on_and_says_since_when(tmp_path):
    assert live_run("out.h5", 5, "crash", cwd=tmp_path).finish() != 0
    crashed = time.time() - 3 * 3600 - 300
    os.utime(tmp_path / "out.h5.partial", (crashed, crashed))
    terminal = Terminal("info", "out.h5", "--follow", "--every", "0.2 s", cwd=tmp_path, columns=200)
    terminal.read_until(lambda text: "nothing new since" in text)
    assert re.search(r"nothing new since \d\d:\d\d:\d\d \(3 h \d\d min\), and no program here writes it", terminal.text)
    assert "day 1 06:00" in terminal.text
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.exit_code() == 75


@pytest.mark.parametrize("arguments, message", [
    (("--every", "0 s"), "--every"), (("--every", "soon"), "--every"), (("other.h5",), "one file"),
    (("--json",), "--json")])
def test_wrong_options(arguments, message, tmp_path):
    done = call("info", "out.h5", "--follow", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and message in done.stderr


def test_a_foreign_file_is_refused(tmp_path):
    (tmp_path / "out.h5").write_text("dear notes\n")
    done = call("info", "out.h5", "--follow", "--every", "0.05 s", cwd=tmp_path)
    assert done.returncode == 1 and "out.h5" in done.stderr


def test_info_shows_a_live_run_and_one_left_by_a_crash(tmp_path):
    writer = live_run("out.h5", 5, rows=3, cwd=tmp_path)
    info = json.loads(call("info", "out.h5", "--json", cwd=tmp_path).stdout)
    assert info["status"] == "running" and info["time"] == 3 * 86400 / 4 and "blood" in info["groups"]
    writer.kill()
    for name in ("out.h5", "out.h5.partial"):
        done = call("info", name, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "out.h5.partial: A run that is watched" in done.stdout
        assert "status running, though no program here writes it, at day" in done.stdout
        assert "Outcomes are written when a run ends or is stopped" in done.stdout


def test_the_program_itself_is_followed_to_its_end(folder):
    run = start(PROGRAM, "run", "short.toml", "-o", "out.h5", "--progress", "never", "--set", "schedule.duration=6 days",
                cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for((folder / "out.h5.partial").exists, run)
    views = [follow("--every", "0.02 s", cwd=folder) for _ in range(3)]
    for view in views:
        stdout, stderr = view.communicate(timeout=PATIENCE)
        assert view.returncode == 0, stderr
        assert stdout.splitlines()[-1].startswith("complete   day 6 00:00 of day 6 00:00   100.0 %"), stdout
    messages = run.communicate()[1]
    assert run.returncode == 0, messages


def test_a_run_that_is_stopped_says_how_to_go_on(folder):
    run = start(PROGRAM, "run", "short.toml", "-o", "out.h5", "--progress", "never", "--set",
                "schedule.duration=52 weeks", cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for((folder / "out.h5.checkpoint").exists, run)
    view = follow("--every", "0.05 s", cwd=folder)
    assert view.stdout.readline().startswith("running")
    wait_for(lambda: newest_time(folder / "out.h5.partial") >= 0, run)
    run.send_signal(signal.SIGTERM)
    run.communicate(timeout=PATIENCE)
    assert run.returncode == 75
    stdout, stderr = view.communicate(timeout=PATIENCE)
    assert view.returncode == 0, stderr
    assert stdout.splitlines()[-1].startswith("stopped   day"), stdout
    assert "was stopped at day" in stderr and "goes on" in stderr
