"""A real Slurm of this machine alone, for tests: several nodes, loopback only, all of its state in one folder.

Nothing is installed or left behind, and no service of the machine is touched: the daemons run as the user of the
tests on ports of their own, and are ended with the fixture.
"""
import getpass
import os
import shutil
import socket
import subprocess
import time
from contextlib import ExitStack

from moments import PATIENCE

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "scancel")
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"

# The scheduler looks at once at what changed; a job that was ended has 5 s for it; a job that ended is forgotten late.
# No accounting, no control groups: a test needs neither, and they need root.
CONFIGURATION = """\
ClusterName=tests
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket={home}/munge.socket
StateSaveLocation={home}/state
SlurmdSpoolDir={home}/spool-%n
SlurmctldPidFile={home}/slurmctld.pid
SlurmdPidFile={home}/slurmd-%n.pid
SlurmctldLogFile={home}/slurmctld.log
SlurmdLogFile={home}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1,batch_sched_delay=0
KillWait=5
MinJobAge=3600
InactiveLimit=0
ReturnToService=2
RebootProgram=/bin/false
MpiDefault=none
SlurmdParameters=config_overrides
"""


class CannotStart(Exception):
    """Why there is no Slurm here."""


def with_sbin(environment):
    return environment | {"PATH": f"{environment.get('PATH', '')}:{SBIN}"}


def free_ports(number):
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(number)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


class SlurmCluster:
    """Started when made: SlurmCluster(folder, nodes=2). Raises CannotStart."""

    def __init__(self, home, nodes=2):
        self.home = home
        self.nodes = nodes
        self.environment = with_sbin(dict(os.environ)) | {"SLURM_CONF": str(home / "slurm.conf")}
        missing = [program for program in PROGRAMS if shutil.which(program, path=self.environment["PATH"]) is None]
        if missing:
            raise CannotStart(f"not installed: {', '.join(missing)} (Debian: slurm-wlm, munge)")
        self.daemons = []
        self.hurried = {}  # when each job was, last
        try:
            self.configure()
            self.start()
        except BaseException:
            self.stop()
            raise

    def configure(self):
        host = socket.gethostname().split(".")[0]
        controller, *ports = free_ports(1 + self.nodes)
        text = CONFIGURATION.format(host=host, controller=controller, user=getpass.getuser(), home=self.home)
        for number, port in enumerate(ports, 1):
            text += f"NodeName=n{number} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs=1 RealMemory=1000 State=UNKNOWN\n"
        text += "PartitionName=all Nodes=ALL Default=YES MaxTime=UNLIMITED State=UP\n"
        (self.home / "slurm.conf").write_text(text, encoding="utf-8")
        unified = os.path.exists("/sys/fs/cgroup/cgroup.controllers")
        # Slurm 22.05 loads a plugin of control groups even where none are used.
        (self.home / "cgroup.conf").write_text("CgroupPlugin=cgroup/v2\nIgnoreSystemd=yes\n" if unified else "CgroupPlugin=cgroup/v1\n",
                                               encoding="utf-8")
        key = self.home / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o400)
        (self.home / "state").mkdir()
        for number in range(1, 1 + self.nodes):
            (self.home / f"spool-n{number}").mkdir()

    def start(self):
        munge = {"key-file": "munge.key", "socket": "munge.socket", "pid-file": "munged.pid", "log-file": "munged.log",
                 "seed-file": "munged.seed"}
        self.daemon("munged", "--foreground", "--force", *(f"--{name}={self.home / file}" for name, file in munge.items()))
        self.wait_for(lambda: (self.home / "munge.socket").exists(), "munged")
        self.daemon("slurmctld", "-D", "-c")
        for number in range(1, 1 + self.nodes):
            self.daemon("slurmd", "-D", "-N", f"n{number}")
        self.wait_for(lambda: self.ask("sinfo", "-h", "-t", "idle", "-o", "%D") == str(self.nodes), "slurmctld and slurmd")

    def daemon(self, *command):
        with open(self.home / "daemons.log", "ab") as log:
            self.daemons.append(subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment))

    def wait_for(self, is_there, what, seconds=120):
        end = time.monotonic() + seconds
        while not is_there():
            ended = [daemon.args[0] for daemon in self.daemons if daemon.poll() is not None]
            if ended or time.monotonic() > end:
                log = (self.home / "daemons.log").read_text(errors="replace")[-600:]
                raise CannotStart(f"{what}: {' '.join(ended) + ' ended' if ended else f'not ready after {seconds} s'}: {log}")
            time.sleep(0.1)

    def ask(self, *command):
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=self.environment, timeout=PATIENCE)
        return done.stdout.strip()

    def jobs(self):
        """Jobs that are not over: {"7_1": ("RUNNING", reason)}."""
        rows = self.ask("squeue", "-h", "-r", "-o", "%i|%T|%r").splitlines()
        return {number: (state, reason) for number, state, reason in (row.split("|") for row in rows)}

    def hurry(self):
        """Starts soon what was queued again: Slurm holds such a job back for two minutes, so that nodes can recover.

        Not at once: a node takes a start in the second of the requeue for the one that was revoked, and ends the job.
        """
        for number, (state, reason) in self.jobs().items():
            now = time.monotonic()
            if state == "PENDING" and reason == "BeginTime" and now - self.hurried.get(number, -60) > 5:
                self.hurried[number] = now
                self.ask("scontrol", "update", f"JobId={number}", "StartTime=now+2seconds")

    def finish(self):
        """Waits until no job is left."""
        end = time.monotonic() + 2 * PATIENCE
        while self.jobs():
            assert time.monotonic() < end, self.ask("squeue", "-a")
            self.hurry()
            time.sleep(0.2)

    def stop(self):
        if any(daemon.args[0] == "slurmd" for daemon in self.daemons):
            self.ask("scancel", "--user", getpass.getuser())
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=30)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
