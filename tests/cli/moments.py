"""Moments at which to interrupt a program, on machines of any speed and load.

A condition is waited for, never a time; and what was over before it could be interrupted is begun again.
"""
import os
import shutil
import signal
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 300  # s, for what takes one on an idle machine


def wait_for(condition, process=None, pause=0.002):
    """Until the condition holds, or the process has ended. Says whether it holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if process is not None and process.poll() is not None:
            return condition()
        assert time.monotonic() < end, "what was waited for has not come"
        time.sleep(pause)
    return True


def in_time(folder, attempt, attempts=20):
    """What attempt(haste) gives that is not None. None says that all was over before it could be interrupted.

    Each attempt has the same files to begin with; haste is 1 at first and then less and less, for pauses.
    """
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        for number in range(attempts):
            found = attempt(0.5**number)
            if found is not None:
                return found
            for path in Path(folder).iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            shutil.copytree(copy, folder, dirs_exist_ok=True)
    raise AssertionError(f"{attempts} times it was over before it could be interrupted")


@contextmanager
def held(process):
    """The process does not go on meanwhile, if it has not ended."""
    process.send_signal(signal.SIGSTOP)
    if process.returncode is None:
        os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def killed_while(condition, process):
    """Kills the process in a moment when the condition holds. False: it has ended without one."""
    while wait_for(condition, process):
        with held(process):
            if condition():
                process.kill()
                process.communicate()
                return process.returncode == -signal.SIGKILL
    return False
